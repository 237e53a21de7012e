import { isObject } from "../../decode/json/parse.ts";
import { integer, lookup, own, text } from "./fields.ts";
import { type JsonShape, ObjectRecord } from "./object-record.ts";
import { parseTime } from "./time.ts";

/** Windows events in Wazuh's alerts and archives: `data.win`, field names in camel case, which are given back their capital. */
export const wazuh: JsonShape = {
  marks: ["data.win"],
  recognise(object, at) {
    const win = lookup(object, "data.win") ?? own(object, "win");
    const system = isObject(win) ? own(win, "system") : undefined;
    if (!isObject(win) || !isObject(system)) return undefined;
    const eventId = integer(own(system, "eventID"));
    if (eventId === undefined) return undefined;
    const data = own(win, "eventdata");
    const fields = Object.entries(isObject(data) ? data : {}).map(([name, value]) => [capital(name), value]);
    const head = {
      eventId,
      provider: text(own(system, "providerName")),
      channel: text(own(system, "channel")),
      recordId: integer(own(system, "eventRecordID")),
      host: text(own(system, "computer")),
      time: parseTime(own(system, "systemTime")) ?? parseTime(own(object, "timestamp")),
    };
    return new ObjectRecord("winevent", at, head, Object.fromEntries(fields));
  },
};

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
