import type { PayloadWhat, Role } from "../../model/payload.ts";
import { kindOfName } from "./kinds.ts";
import type { Call, Handler } from "./language.ts";
import { flatten, knownText, textOf, UNKNOWN, type Value } from "./values.ts";

/** Names of the first argument, where a caller may name it. */
const FIRST = ["args", "cmd", "command", "path", "filename", "file", "source", "url"];

/** Argument `n`, or the named one that stands for the first. */
export function argument(call: Call, n: number): Value | undefined {
  const positional = call.args[n];
  if (positional !== undefined || n > 0) return positional;
  for (const name of FIRST) {
    const value = call.named.get(name);
    if (value) return value;
  }
  return undefined;
}

/** Argument `n` is text for a shell. */
export const shell =
  (n = 0): Handler =>
  (call) => {
    const text = textOf(argument(call, n));
    if (text !== undefined) call.sink.emit({ role: "runs", what: "command", value: text, shell: true });
    else call.sink.startsUnknown();
    return UNKNOWN;
  };

/** Argument `n` is a command line that the system splits. */
export const line =
  (n = 0): Handler =>
  (call) => {
    const text = textOf(argument(call, n));
    if (text !== undefined) call.sink.emit({ role: "runs", what: "command", value: text, commandLine: text });
    return UNKNOWN;
  };

/** Reports a program and its arguments; nothing where the program is not a constant. */
export function emitProgram({ sink }: Call, program: string | undefined, args: readonly string[]): void {
  if (program !== undefined) sink.program([program, ...args]);
  else sink.startsUnknown();
}

/**
 * Argument `n` is the program and the next ones its arguments; `skip` of those are its own name (`exec` families), `rest` false
 * where what follows is something else.
 */
export const program =
  (n = 0, { skip = 0, rest = true }: { skip?: number; rest?: boolean } = {}): Handler =>
  (call) => {
    const first = argument(call, n);
    const following = rest
      ? call.args.slice(n + 1)
      : call.args.slice(n + 1, n + 2).filter((value) => value.kind === "list");
    if (first?.kind === "list") {
      const [name, ...args] = flatten([first]);
      emitProgram(call, name, args);
    } else emitProgram(call, textOf(first), flatten(following).slice(skip));
    return UNKNOWN;
  };

/** One text is for a shell; a list, or several arguments, are a program and its arguments. */
export const shellOrProgram: Handler = (call) => {
  const alone = call.args.length === 1 && call.args[0]?.kind !== "list";
  return alone ? shell()(call) : program()(call);
};

/** Argument `n` names a file or an address that is used in the role given. */
export const named =
  (role: Role, what?: PayloadWhat, n = 0): Handler =>
  (call) => {
    const given = argument(call, n);
    // A number is a descriptor that is open already.
    if (given?.kind === "number") return UNKNOWN;
    if (given?.kind === "source") {
      if (role === "runs") call.sink.runSource(given.finding);
      return given;
    }
    const value = textOf(given);
    if (value === undefined || value.trim() === "") return UNKNOWN;
    const remote = /^(?:https?|ftps?|sftp|smb|tftp):\/\//i.test(value);
    return call.sink.emit({
      role: remote && role === "reads" ? "fetches" : role,
      what: what ?? kindOfName(value),
      value,
    });
  };

/** A file that is loaded as code, where it is named by a path; a bare name is a module of the installation. */
export const loaded =
  (what: PayloadWhat = "script", n = 0): Handler =>
  (call) => {
    const value = textOf(argument(call, n));
    return value !== undefined && /[\\/]/.test(value) ? named("runs", what, n)(call) : UNKNOWN;
  };

/** Opens a file: the mode in argument `n` tells what for. */
export const opened =
  (n = 1): Handler =>
  (call) => {
    const mode = textOf(call.args[n] ?? call.named.get("mode")) ?? "r";
    return named(/[wax+]/.test(mode) ? "writes" : "reads")(call);
  };

/** What a file or an address holds, also where a method without brackets reads it: `URI.open(x).read`. */
function sourceOf(value: Value | undefined): (Value & { kind: "source" }) | undefined {
  if (value?.kind === "source") return value;
  return value?.kind === "method" ? sourceOf(value.receiver) : undefined;
}

/** Values of which nobody knows what they hold when they are run. */
const UNCLEAR: ReadonlySet<Value["kind"]> = new Set(["name", "unknown", "method", "text"]);

/** Argument `n` is code of the language; what was read from a file or an address is run. */
export const code =
  (language: string, n = 0): Handler =>
  (call) => {
    const value = call.args[n];
    const source = sourceOf(value);
    if (source) call.sink.runSource(source.finding);
    if (value?.kind === "sealed") call.sink.runsHidden(value.why);
    const text = knownText(value);
    if (text !== undefined) call.sink.nested(language, text);
    else if (!source && (!value || UNCLEAR.has(value.kind))) call.sink.runsUnknown();
    return UNKNOWN;
  };

/** A call that changes its text: a pure function of constants. */
export const pure =
  (change: (text: string, call: Call) => string | undefined, n = 0): Handler =>
  (call) => {
    const value = call.receiver ?? call.args[n];
    if (value?.kind === "source" || value?.kind === "sealed") return value;
    const text = knownText(value);
    const changed = text === undefined ? undefined : change(text, call);
    return changed === undefined ? UNKNOWN : call.sink.fold(changed);
  };

/** Characters by their numbers. */
export const characters: Handler = ({ args, sink }) => {
  const codes = flatten(args).map(Number);
  const valid = codes.length > 0 && codes.every((each) => Number.isInteger(each) && each >= 0 && each <= 0x10ffff);
  return valid ? sink.decode(String.fromCodePoint(...codes.slice(0, 4096))) : UNKNOWN;
};

/** One table out of several. */
export function table(...parts: readonly Readonly<Record<string, Handler>>[]): ReadonlyMap<string, Handler> {
  return new Map(parts.flatMap((part) => Object.entries(part)));
}

/** The same handler under several names, separated by blanks. */
export function each(names: string, handler: Handler): Record<string, Handler> {
  return Object.fromEntries(
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name, handler]),
  );
}
