import { parseAuditLine } from "../../../decode/audit/line.ts";
import { isObject } from "../../../decode/json/parse.ts";
import type { LogRecord } from "../../../model/record.ts";
import { AuditJoiner, MAX_LINES } from "../../audit-joiner.ts";
import { integer, own, text } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";

/** go-audit: the records of one audit event as the kernel gave them, each with the number of its type and without its stamp. */
export const goAudit: JsonShape = {
  marks: ["messages", "sequence"],
  recognise(object, at) {
    const messages = own(object, "messages");
    if (!Array.isArray(messages)) return undefined;
    const stamp = `${text(own(object, "timestamp")) ?? ""}:${text(own(object, "sequence")) ?? ""}`;
    const found: LogRecord[] = [];
    const joiner = new AuditJoiner(at.file, (record) => found.push(record));
    for (const message of messages.slice(0, MAX_LINES)) {
      const type = isObject(message) ? integer(own(message, "type")) : undefined;
      const data = isObject(message) ? text(own(message, "data")) : undefined;
      const line = data === undefined ? undefined : parseAuditLine(`type=${type} msg=audit(${stamp}): ${data}`);
      if (line) joiner.add({ ...line, node: at.host }, at.index);
    }
    joiner.end();
    return found[0];
  },
};
