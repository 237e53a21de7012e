import { decodeHex } from "../../../decode/audit/hex.ts";
import { parseAuditLine } from "../../../decode/audit/line.ts";
import { isObject, type JsonObject } from "../../../decode/json/parse.ts";
import type { LogRecord } from "../../../model/record.ts";
import { AuditJoiner } from "../../audit-joiner.ts";
import { firstTime, has, integer, lookup, own, text } from "../fields.ts";
import { type At, type JsonShape, ObjectRecord } from "../object-record.ts";
import { pickedByWazuh } from "./wazuh.ts";

/** All records of one event stand behind one another in a line. */
const NEXT = / (?=type=[A-Z_]{1,32} msg=audit\()/;
const MOST_RECORDS = 4096;

/**
 * Linux audit events in Wazuh's alerts: the records themselves in `full_log`; where that was left out, what its decoder made of them in
 * `data.audit`, which has the first eight arguments only.
 */
export const wazuhAudit: JsonShape = {
  marks: ["data.audit"],
  recognise(object, at) {
    const log = text(own(object, "full_log"));
    if (log?.includes("audit("))
      return has(object, "data.audit.type") || isObject(lookup(object, "data.audit"))
        ? logged(object, log, at)
        : undefined;
    return decoded(object, at);
  },
};

function logged(object: JsonObject, log: string, at: At): LogRecord | undefined {
  const agent = text(lookup(object, "agent.name"));
  const found: LogRecord[] = [];
  const joiner = new AuditJoiner(at.file, (record) => found.push(record), pickedByWazuh(object));
  for (const part of log.split(NEXT, MOST_RECORDS)) {
    const line = parseAuditLine(part);
    if (line) joiner.add({ ...line, node: line.node ?? agent }, at.index);
  }
  joiner.end();
  return found[0];
}

/** Fields of the record of the system call, which the decoder names as the kernel does, but for one. */
const OF_CALL = ["arch", "syscall", "success", "exit", "ppid", "pid", "auid", "uid", "euid", "tty", "exe", "key"];
const MOST_ARGUMENTS = 64;

function decoded(object: JsonObject, at: At): LogRecord | undefined {
  const said = (name: string) => text(lookup(object, `data.audit.${name}`));
  if (said("type") === undefined && said("syscall") === undefined && said("exe") === undefined) return undefined;
  const args: string[] = [];
  for (
    let one = said("execve.a0");
    one !== undefined && args.length < MOST_ARGUMENTS;
    one = said(`execve.a${args.length}`)
  )
    args.push(argument(one));
  const fields: Record<string, unknown> = { "SYSCALL.comm": said("command"), "CWD.cwd": said("cwd") };
  for (const name of OF_CALL) fields[`SYSCALL.${name}`] = said(name);
  const files = [said("directory.name"), said("file.name")].filter((name) => name !== undefined);
  for (const [item, name] of files.entries()) fields[`PATH${item}.name`] = name;
  if (args.length > 0) fields["EXECVE.args"] = args;
  const head = {
    recordId: integer(lookup(object, "data.audit.id")),
    host: text(lookup(object, "agent.name")),
    time: firstTime(object, ["timestamp", "@timestamp"]),
    pickedBy: pickedByWazuh(object),
  };
  return new ObjectRecord("audit", at, head, fields);
}

/** What holds blanks or is no ASCII the kernel writes in hexadecimal; in words of digits alone nothing tells so. */
const ENCODED = /^(?=.*[A-F])(?:[0-9A-F]{2}){4,}$/;
const ENCODES = /^[^\p{Cc}\ufffd]*[^!-~][^\p{Cc}\ufffd]*$/u;

function argument(written: string): string {
  const text = ENCODED.test(written) ? decodeHex(written) : written;
  return text !== written && ENCODES.test(text.replace(/[\t\n]/g, " ")) ? text : written;
}
