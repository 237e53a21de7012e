import type { JsonObject } from "../../../decode/json/parse.ts";
import { parseXml } from "../../../decode/xml/tree.ts";
import { own } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { nestedWinevent } from "./winevent-nested.ts";

/** Keys under which forwarders put the line or the event that they took in. */
const KEYS = [
  "_raw",
  "event",
  "SyslogMessage",
  "Message",
  "message",
  "MESSAGE",
  "event.original",
  "EventXml",
  "Xml",
  "xml",
  "xml_string",
];
const CLOSE = "</Event>";

/** A Windows event as XML text inside JSON: Splunk's raw event, and Sysmon for Linux as syslog, journal and Azure carry it. */
export const xmlText: JsonShape = {
  marks: ["_raw", "SyslogMessage"],
  recognise(object, at) {
    for (const key of KEYS) {
      const tree = eventIn(own(object, key));
      const record = tree && nestedWinevent.recognise(tree, at);
      if (record) return record;
    }
    return undefined;
  },
};

function eventIn(value: unknown): JsonObject | undefined {
  if (typeof value !== "string") return undefined;
  const start = value.indexOf("<Event");
  if (start < 0 || !value.includes("<System", start)) return undefined;
  const end = value.indexOf(CLOSE, start);
  return parseXml(value.slice(start, end < 0 ? undefined : end + CLOSE.length));
}
