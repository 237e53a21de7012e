import { withoutNuls } from "../text/nuls.ts";
import { ARGUMENT, execveArgs } from "./execve.ts";
import { fieldText, parseFields, type RawField } from "./fields.ts";
import { parseInterpreted } from "./interpreted.ts";
import type { AuditLine } from "./line.ts";
import { decodeSockaddr } from "./sockaddr.ts";

type Fields = ReadonlyMap<string, RawField>;

const NONE: Fields = new Map();

/**
 * All records of one audit event. A field is named `RECORD.key`: `SYSCALL.exe`, `PATH0.name` (by its item number); a
 * further record of another type bears its place in the event (`AVC3.…`). A record is parsed when a field of it is first
 * asked for.
 */
export class AuditEvent {
  private readonly records = new Map<string, AuditLine>();
  private readonly parsed = new Map<string, Fields>();

  add(line: AuditLine): void {
    this.records.set(this.freeName(line), line);
  }

  get size(): number {
    return this.records.size;
  }

  get(name: string): string | undefined {
    const dot = name.indexOf(".");
    if (dot < 0) return undefined;
    const record = name.slice(0, dot);
    const key = name.slice(dot + 1);
    if (record === "SOCKADDR") {
      const decoded = this.socket(key);
      if (decoded !== undefined) return decoded;
    }
    const field = this.fields(record).get(key);
    if (!field) return undefined;
    if (key === "proctitle") return this.list("PROCTITLE.args")?.join(" ") ?? field.text;
    return fieldText(record === "EXECVE" && ARGUMENT.test(key) ? "a" : key, field);
  }

  /**
   * `EXECVE.args`, the whole argument vector; `PROCTITLE.args`, its first 128 bytes as the kernel keeps them, where the log
   * still has the ends of the arguments.
   */
  list(name: string): readonly string[] | undefined {
    if (name === "EXECVE.args") return this.execve();
    if (name !== "PROCTITLE.args" || this.records.get("PROCTITLE")?.interpreted) return undefined;
    const title = this.fields("PROCTITLE").get("proctitle");
    return title && withoutNuls(fieldText("proctitle", title)).split("\0");
  }

  names(): readonly string[] {
    const names: string[] = [];
    for (const record of this.records.keys())
      for (const key of this.fields(record).keys()) names.push(`${record}.${key}`);
    return names;
  }

  private execve(): readonly string[] | undefined {
    const parts: Fields[] = [];
    for (const [name, line] of this.records) if (line.type === "EXECVE") parts.push(this.fields(name));
    return parts.length > 0 ? execveArgs(parts) : undefined;
  }

  private socket(key: string): string | undefined {
    if (key !== "family" && key !== "ip" && key !== "port" && key !== "path") return undefined;
    const saddr = this.fields("SOCKADDR").get("saddr");
    return saddr && decodeSockaddr(saddr.text)?.[key]?.toString();
  }

  private fields(record: string): Fields {
    const known = this.parsed.get(record);
    if (known) return known;
    const line = this.records.get(record);
    if (!line) return NONE;
    const fields = line.interpreted ? parseInterpreted(line.type, line.body) : parseFields(line.body);
    this.parsed.set(record, fields);
    return fields;
  }

  private freeName({ type, body }: AuditLine): string {
    const item = type === "PATH" ? /^item=(\d{1,4})\b/.exec(body)?.[1] : undefined;
    const wanted = item === undefined ? type : `PATH${item}`;
    return this.records.has(wanted) ? `${type}${this.records.size}` : wanted;
  }
}
