import type { JsonObject } from "../../../decode/json/parse.ts";
import { keysOf, own, text } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { flatWinevent } from "./winevent-flat.ts";
import { winlogbeat } from "./winlogbeat.ts";

/** Names of Winlogbeat as Graylog flattens them, behind the name of the shipper or without it. */
const FLATTENED = /^(?:winlogbeat_)?winlog_(?:(event_data|user_data)_)?(\w+)$/;

function renamed(object: JsonObject, nameOf: (key: string) => string): JsonObject {
  const fields = keysOf(object).map((key) => [nameOf(key), own(object, key)] as const);
  return { ...Object.fromEntries(fields), "@timestamp": own(object, "timestamp") };
}

/** Windows events in GELF (NXLog and others: names behind `_`), and Winlogbeat's as Graylog keeps and exports them. */
export const graylog: JsonShape = {
  marks: ["winlogbeat_winlog_event_id", "short_message"],
  recognise(object, at) {
    if (text(own(object, "short_message")) !== undefined && text(own(object, "version")) !== undefined)
      return flatWinevent.recognise(
        renamed(object, (key) => key.replace(/^_/, "")),
        at,
      );
    if (text(own(object, "winlogbeat_winlog_event_id") ?? own(object, "winlog_event_id")) === undefined)
      return undefined;
    const dotted = (key: string) => {
      const [, data, name] = FLATTENED.exec(key) ?? [];
      return name === undefined ? key : ["winlog", data, name].filter(Boolean).join(".");
    };
    return winlogbeat.recognise(renamed(object, dotted), at);
  },
};
