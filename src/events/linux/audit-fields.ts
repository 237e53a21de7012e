import type { LogRecord } from "../../model/record.ts";
import type { Reader } from "../define.ts";
import { processOf } from "../process.ts";

/** `(null)`, `(none)` and `?` are how auditd writes that there is nothing. */
const NOTHING = new Set(["", "?", "(null)", "(none)"]);

/** The first of these fields that has a value. */
export function field(...names: readonly string[]): Reader<string | undefined> {
  return (record) => {
    for (const name of names) {
      const value = record.get(name);
      if (value !== undefined && !NOTHING.has(value)) return value;
    }
    return undefined;
  };
}

export function decimal(...names: readonly string[]): Reader<number | undefined> {
  const text = field(...names);
  return (record) => toNumber(text(record), /^\d{1,15}$/, 10);
}

/** System call arguments (`a0` …) are written in hex without a mark. */
export function hex(name: string): Reader<number | undefined> {
  return (record) => toNumber(record.get(name), /^(?:0x)?[0-9a-fA-F]{1,12}$/, 16);
}

function toNumber(text: string | undefined, form: RegExp, radix: number): number | undefined {
  return text !== undefined && form.test(text) ? Number.parseInt(text, radix) : undefined;
}

/** The title of the process: auditd's words, or Laurel's. */
export function titleOf(record: LogRecord): readonly string[] | undefined {
  return record.list("PROCTITLE.args") ?? record.list("PROCTITLE.ARGV");
}

/** What every event has from the record that names its process. Audit logs know a process by its number only. */
export function base(type: "SYSCALL" | "USER_CMD" | "PROCTITLE") {
  return {
    platform: "linux",
    user: field(`${type}.UID`, `${type}.uid`),
    process: processOf({ pid: decimal(`${type}.pid`), image: field(`${type}.exe`) }),
  } as const;
}

/** One file that a system call named. */
export interface AuditPath {
  readonly name: string;
  readonly nametype: string | undefined;
  readonly mode: string | undefined;
}

const MAX_PATHS = 32;

/** The PATH records by item, relative names in the working directory; Laurel has them as one list. */
export function paths(record: LogRecord): readonly AuditPath[] {
  const found: AuditPath[] = [];
  const listed = record.list("PATH")?.slice(0, MAX_PATHS).map(fromJson);
  const cwd = field("CWD.cwd")(record);
  for (let item = 0; item < MAX_PATHS; item += 1) {
    const get = (key: string) => (listed ? listed[item]?.[key] : record.get(`PATH${item}.${key}`));
    const name = get("name");
    const nametype = get("nametype");
    if (nametype === undefined && name === undefined) break;
    if (name !== undefined && !NOTHING.has(name))
      found.push({ name: absolute(name, cwd), nametype, mode: get("mode") });
  }
  return found;
}

function fromJson(text: string): Readonly<Record<string, string>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return {};
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, typeof one === "string" ? one : JSON.stringify(one)]),
    );
  } catch {
    return {};
  }
}

function absolute(path: string, cwd: string | undefined): string {
  if (path.startsWith("/") || cwd === undefined) return path;
  return `${cwd.replace(/\/$/, "")}/${path.replace(/^\.\//, "")}`;
}
