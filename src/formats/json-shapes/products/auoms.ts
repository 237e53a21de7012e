import { own } from "../fields.ts";
import { type JsonShape, ObjectRecord } from "../object-record.ts";

const STAMP = /^type=AUOMS_[A-Z_]{1,40} audit\((\d{1,11}\.\d{1,3}):(\d{1,19})\): /;
/** `key=value`, the value in quotes, in brackets, or up to the next blank. */
const PAIR = /(?:^| )([a-z0-9_]{1,40})=("[^"]*"|\[[^\]]*\]|[^ "[]*)/g;

/**
 * Audit events as Azure's auoms collector puts them into syslog: all records of an event in one line, the arguments joined
 * in `cmdline`, which stands in quotes that nothing escapes.
 */
export const auoms: JsonShape = {
  marks: ["SyslogMessage"],
  recognise(object, at) {
    const message = own(object, "SyslogMessage");
    const stamp = typeof message === "string" ? STAMP.exec(message) : null;
    if (typeof message !== "string" || !stamp) return undefined;
    const fields: Record<string, string> = {};
    const command = / cmdline=(.*?) redactors=/s.exec(message);
    const rest = command ? message.replace(command[0], "") : message;
    for (const [, key, value] of rest.slice(stamp[0].length).matchAll(PAIR)) {
      fields[`SYSCALL.${key === "user" ? "UID" : key}`] = unquoted(value!);
    }
    if (fields["SYSCALL.cwd"] !== undefined) fields["CWD.cwd"] = fields["SYSCALL.cwd"];
    if (command) fields["PROCTITLE.proctitle"] = unquoted(command[1]!);
    const head = { recordId: Number(stamp[2]), host: fields["SYSCALL.node"], time: Number(stamp[1]) * 1000 };
    return new ObjectRecord("audit", at, head, fields);
  },
};

function unquoted(value: string): string {
  return value.length > 1 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
}
