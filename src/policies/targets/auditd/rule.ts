import { entryOf } from "../../../model/entry.ts";
import type { FilePattern, Operation, Rule } from "../../model.ts";
import { RuleError } from "../../read.ts";
import type { Options } from "./options.ts";

export const ON: readonly Operation[] = ["execute", "connect", "write"];
const CALLS: Readonly<Record<string, readonly Operation[]>> = {
  execve: ["execute"],
  execveat: ["execute"],
  connect: ["connect"],
  open: ["write"],
  openat: ["write"],
  openat2: ["write"],
  creat: ["write"],
  all: ON,
};
/** Calls by which a file may come to its name as well, or calls by number, which differ from machine to machine. */
const MAYBE = /^(?:rename(?:at2?)?|(?:sym)?link(?:at)?|mknod(?:at)?|open_by_handle_at)$/;
/** Records, by name and number, without which this kind of act is not understood. */
const RECORDS: Readonly<Record<string, readonly Operation[]>> = {
  SYSCALL: ON,
  1300: ON,
  EXECVE: ["execute"],
  1309: ["execute"],
  SOCKADDR: ["connect"],
  1306: ["connect"],
  PATH: ["write"],
  1302: ["write"],
};

/** Fields of a rule, all of which must hold. */
class Conditions {
  exe: string | undefined;
  isNotExe: string | undefined;
  file: readonly FilePattern[] | undefined;
  scope: string | undefined;
  /** The call failed, or did not. */
  outcome: "failed" | "succeeded" | undefined;
  is32 = false;
  message: string | undefined;
  beyond: string | undefined;
  /** It asks for what no file of a log can be. */
  isNothing = false;

  constructor({ fields, watch }: Options) {
    if (watch !== undefined) this.#under(watch);
    for (const field of fields) this.#take(field);
  }

  #take([name, operator, value]: Options["fields"][number]): void {
    const isEqual = operator === "=";
    const user = name === "uid" || name === "euid" ? value.replace(/^\d+$/, "uid=$&").replace(/^root$/, "uid=0") : "";
    if (name === "arch") this.is32 = /^(?:b32|i\d86|arm|ppc|s390)$/.test(value) === isEqual;
    else if (name === "exe" && isEqual) this.exe = value;
    else if (name === "exe") this.isNotExe = value;
    else if (name === "path" && isEqual) this.#file([value]);
    else if (name === "dir" && isEqual) this.#under(value);
    else if (name === "success" && isEqual) this.outcome = /^0+$/.test(value) ? "failed" : "succeeded";
    else if (name === "exit" && (/^=-/.test(operator + value) || /^<(?:0|=-1)$/.test(operator + value)))
      this.outcome = "failed";
    else if (name === "exit" && /^(?:>=0|>-1)$/.test(operator + value)) this.outcome = "succeeded";
    else if (name === "msgtype" && isEqual) this.message = value;
    else if (user !== "" && isEqual && (this.scope ?? user) === user) this.scope = user;
    else this.beyond ??= `${name}${operator}${value} cannot be asked of a log`;
  }

  /** A watch on what may be a folder: itself and all below it. */
  #under(path: string): void {
    let end = path.length;
    while (end > 1 && path[end - 1] === "/") end--;
    const folder = path.slice(0, end);
    this.#file([folder, `${folder === "/" ? "" : folder}/*`]);
  }

  #file(paths: readonly string[]): void {
    // A star is a letter there.
    this.isNothing ||= /[*?]/.test(paths[0] ?? "");
    this.file = paths.map((path) => ({ path }));
  }
}

/** What is asked for by letters: a start, or a file that is written; attributes and reading make no event that policies rule on. */
const permissionOf = (letters: string): readonly Operation[] => [
  ...(letters.includes("x") ? (["execute"] as const) : []),
  ...(letters.includes("w") ? (["write"] as const) : []),
];

const callsOf = (calls: readonly string[]): ReadonlyMap<Operation, string | undefined> => {
  const found = new Map<Operation, string | undefined>();
  for (const call of calls) for (const on of entryOf(CALLS, call) ?? []) found.set(on, undefined);
  for (const call of calls) {
    const asked: readonly Operation[] = /^\d+$/.test(call) ? ON : MAYBE.test(call) ? ["write"] : [];
    for (const on of asked) if (!found.has(on)) found.set(on, `whether the call is ${call} is not logged`);
  }
  return found;
};

/** The rule for one kind of act; undefined where it cannot fit one. */
function ruleFor(
  on: Operation,
  open: string | undefined,
  by: Conditions,
  action: Rule["action"],
): Omit<Rule, "id"> | undefined {
  const { exe, isNotExe, file, scope, outcome, isNothing } = by;
  const isStart = on === "execute";
  if (isNothing || (outcome === "failed" && on !== "connect") || (file && on === "connect")) return undefined;
  // A connection that is not waited for begins with a call that fails.
  const unsaid = outcome !== undefined && on === "connect" ? "whether the call succeeded is not logged" : undefined;
  const beyond =
    by.beyond ??
    open ??
    unsaid ??
    (isNotExe !== undefined && !isStart ? `which program is not ${isNotExe} is not compared` : undefined);
  const rest = beyond === undefined ? {} : { beyond };
  // When a start has come to its end, the program of the process is the one that was started; for other calls it is who acts.
  const program = exe === undefined ? [] : [{ path: exe }];
  const both = isStart && exe !== undefined && file;
  const object = both
    ? file.some(({ path }) => path === exe)
      ? program
      : file.map((one) => ({ ...one, beyond: "two files are asked for" }))
    : (file ?? (isStart ? program : []));
  const subject = isStart ? [] : program;
  const onSubject = on === "connect" && beyond !== undefined;
  const objects =
    onSubject || beyond === undefined
      ? object
      : (object.length > 0 ? object : [{}]).map((one) => ({ ...one, ...rest }));
  const subjects = onSubject ? (subject.length > 0 ? subject : [{}]).map((one) => ({ ...one, ...rest })) : subject;
  return {
    action,
    on: [on],
    ...(subjects.length > 0 && { subject: subjects }),
    ...(objects.length > 0 && { object: objects }),
    ...(scope !== undefined && { scope: [scope] }),
    ...(isStart && isNotExe !== undefined && { exceptions: [{ path: isNotExe }] }),
  };
}

/** A line that asks for records, or has them left out, by kinds of acts. */
export interface Entry {
  readonly rules: readonly Omit<Rule, "id">[];
  /** Asked before all rules of the other lists, wherever it stands. */
  readonly isBefore: boolean;
  readonly is32: boolean;
}

/** What a line means. @throws RuleError for a list that does not have such a condition */
export function readEntry(options: Options): Entry {
  const { list, action, calls, permissions } = options;
  const by = new Conditions(options);
  const entry = (
    asked: Iterable<readonly [Operation, string | undefined]>,
    what: Rule["action"],
    isBefore = false,
  ): Entry => ({
    rules: [...asked].flatMap(([on, open]) => ruleFor(on, open, by, what) ?? []),
    isBefore,
    is32: by.is32,
  });
  const nothing = entry([], "allow");
  if (calls.length > 0 && list !== "exit" && list !== "io_uring") throw new RuleError(`calls in the list ${list}`);
  if (action === "possible" || list === "user" || list === "filesystem" || list === "io_uring") return nothing;
  // A process that no rule of this list lets be audited makes no records at all.
  if (list === "task")
    return action === "never"
      ? entry(
          ON.map((on) => [on, undefined]),
          "allow",
          true,
        )
      : nothing;
  if (list === "exclude") {
    const { message } = by;
    const open =
      message === undefined || entryOf(RECORDS, message) === ON ? undefined : `records of ${message} are left out`;
    return entry(
      (message === undefined ? ON : (entryOf(RECORDS, message) ?? [])).map((on) => [on, open]),
      "allow",
      true,
    );
  }
  const letters = permissions ?? (options.watch === undefined ? undefined : "rwxa");
  const asked =
    letters !== undefined
      ? permissionOf(letters).map((on) => [on, undefined] as const)
      : callsOf(calls.length === 0 ? ["all"] : calls);
  return entry(asked, action === "never" ? "allow" : "audit");
}
