import { parseAuditLine } from "../../../decode/audit/line.ts";
import { isObject } from "../../../decode/json/parse.ts";
import type { LogRecord } from "../../../model/record.ts";
import { AuditJoiner } from "../../audit-joiner.ts";
import { lookup, own, text } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { pickedByWazuh } from "./wazuh.ts";

/** All records of one event stand behind one another in a line. */
const NEXT = / (?=type=[A-Z_]{1,32} msg=audit\()/;
const MOST_RECORDS = 4096;

/** Linux audit events in Wazuh's alerts: `data.audit` has the first eight arguments only, `full_log` the records themselves. */
export const wazuhAudit: JsonShape = {
  marks: ["data.audit"],
  recognise(object, at) {
    const log = text(own(object, "full_log"));
    if (log === undefined || !log.includes("audit(") || !isObject(lookup(object, "data.audit"))) return undefined;
    const agent = text(lookup(object, "agent.name"));
    const found: LogRecord[] = [];
    const joiner = new AuditJoiner(at.file, (record) => found.push(record), pickedByWazuh(object));
    for (const part of log.split(NEXT, MOST_RECORDS)) {
      const line = parseAuditLine(part);
      if (line) joiner.add({ ...line, node: line.node ?? agent }, at.index);
    }
    joiner.end();
    return found[0];
  },
};
