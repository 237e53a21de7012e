import { ARGUMENT, execveArgs } from "./execve.ts";
import { fieldText, parseFields, type RawField } from "./fields.ts";
import type { AuditLine } from "./line.ts";
import { decodeSockaddr } from "./sockaddr.ts";

type Fields = ReadonlyMap<string, RawField>;

/**
 * All records of one audit event. A field is named `RECORD.key`: `SYSCALL.exe`, `PATH0.name` (by its item number); a
 * further record of another type bears its place in the event (`AVC3.…`). Records are parsed when a field is first asked for.
 */
export class AuditEvent {
  private readonly lines: AuditLine[] = [];
  private parsed: Map<string, Fields> | undefined;
  private execve: Fields[] = [];

  add(line: AuditLine): void {
    this.lines.push(line);
    this.parsed = undefined;
  }

  get size(): number {
    return this.lines.length;
  }

  get(name: string): string | undefined {
    const dot = name.indexOf(".");
    if (dot < 0) return undefined;
    const [record, key] = [name.slice(0, dot), name.slice(dot + 1)];
    if (record === "SOCKADDR") {
      const decoded = this.socket(key);
      if (decoded !== undefined) return decoded;
    }
    const field = this.records().get(record)?.get(key);
    if (!field) return undefined;
    if (key === "proctitle") return this.list("PROCTITLE.args")?.join(" ");
    return fieldText(record === "EXECVE" && ARGUMENT.test(key) ? "a" : key, field);
  }

  /** `EXECVE.args`, the whole argument vector; `PROCTITLE.args`, its first 128 bytes as the kernel keeps them. */
  list(name: string): readonly string[] | undefined {
    if (name === "EXECVE.args") {
      this.records();
      return this.execve.length > 0 ? execveArgs(this.execve) : undefined;
    }
    if (name !== "PROCTITLE.args") return undefined;
    const title = this.records().get("PROCTITLE")?.get("proctitle");
    return title && fieldText("proctitle", title).replace(/\0+$/, "").split("\0");
  }

  names(): readonly string[] {
    const names: string[] = [];
    for (const [record, fields] of this.records()) for (const key of fields.keys()) names.push(`${record}.${key}`);
    return names;
  }

  private socket(key: string): string | undefined {
    if (key !== "family" && key !== "ip" && key !== "port" && key !== "path") return undefined;
    const saddr = this.records().get("SOCKADDR")?.get("saddr");
    return saddr && decodeSockaddr(saddr.text)?.[key]?.toString();
  }

  private records(): ReadonlyMap<string, Fields> {
    if (this.parsed) return this.parsed;
    const parsed = new Map<string, Fields>();
    this.execve = [];
    for (const line of this.lines) {
      const fields = parseFields(line.body);
      if (line.type === "EXECVE") this.execve.push(fields);
      parsed.set(freeName(parsed, line.type, fields), fields);
    }
    this.parsed = parsed;
    return parsed;
  }
}

function freeName(taken: ReadonlyMap<string, Fields>, type: string, fields: Fields): string {
  const item = type === "PATH" ? fields.get("item")?.text : undefined;
  const wanted = item !== undefined && /^\d{1,4}$/.test(item) ? `PATH${item}` : type;
  if (!taken.has(wanted)) return wanted;
  return `${type}${taken.size}`;
}
