import { isObject, type JsonObject } from "../../../decode/json/parse.ts";
import { tableOf } from "../../../model/entry.ts";
import { firstTime, has, integer, keysOf, lookup, own, propertiesOf, text } from "../fields.ts";
import { type JsonShape, ObjectRecord } from "../object-record.ts";
import { parseTime } from "../time.ts";

/** Windows events in Wazuh's alerts and archives: `data.win`, field names in camel case, which are given back their capital. */
export const wazuh: JsonShape = {
  marks: ["data.win"],
  recognise(object, at) {
    const win = lookup(object, "data.win") ?? own(object, "win") ?? flatWin(object);
    const system = isObject(win) ? own(win, "system") : undefined;
    if (!isObject(win) || !isObject(system)) return undefined;
    const eventId = integer(own(system, "eventID"));
    if (eventId === undefined) return undefined;
    const data = own(win, "eventdata");
    const head = {
      eventId,
      provider: text(own(system, "providerName")),
      channel: text(own(system, "channel")),
      recordId: integer(own(system, "eventRecordID")),
      host: text(own(system, "computer")),
      time: parseTime(own(system, "systemTime")) ?? firstTime(object, ["timestamp", "@timestamp"]),
      pickedBy: pickedByWazuh(object),
    };
    return new ObjectRecord("winevent", at, head, eventData(isObject(data) ? propertiesOf(data) : {}));
  },
};

const FLAT = /^data\.win\.(system|eventdata)\.(.{1,128})$/;

/** The same as the columns of a table have it. */
function flatWin(object: JsonObject): JsonObject | undefined {
  if (!has(object, "data.win.system.eventID")) return undefined;
  const parts = { system: tableOf<unknown>(), eventdata: tableOf<unknown>() };
  for (const key of keysOf(object)) {
    const [, part, name] = FLAT.exec(key) ?? [];
    if (name !== undefined) parts[part as keyof typeof parts][name] = own(object, key);
  }
  return parts;
}

/** Alerts name the rule; archives of everything do not. */
export function pickedByWazuh(object: JsonObject): string | undefined {
  return isObject(own(object, "rule")) ? "Wazuh" : undefined;
}

/** A backslash that stands for itself, as no text has that was escaped. */
const BARE = /^(?:[^\\]|\\[\\"])*\\(?![\\"])/;

/**
 * Wazuh's decoder takes the event as rendered JSON and hands its values on as they stand there, so that they are escaped twice in its
 * alerts: `C:\\\\x` is `C:\\x`. Told by all values together; those of other writers of this shape are not.
 */
function eventData(data: JsonObject): JsonObject {
  const entries = Object.entries(data);
  const isEscaped = !entries.some(([, value]) => typeof value === "string" && BARE.test(value));
  const plain = (value: unknown): unknown =>
    isEscaped && typeof value === "string" ? value.replace(/\\([\\"])/g, "$1") : value;
  return Object.fromEntries(entries.map(([name, value]) => [capital(name), plain(value)]));
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
