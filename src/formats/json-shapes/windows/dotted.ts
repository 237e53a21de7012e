import { isObject } from "../../../decode/json/parse.ts";
import { tableOf } from "../../../model/entry.ts";
import { has, keysOf, own } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { nestedWinevent } from "./winevent-nested.ts";

/** Where SentinelOne's data lake has the tree of an event, each leaf below its path, each name with a small letter first. */
const ROOT = "winEventLog.data.event.";

/** Windows events whose tree was put into dotted keys. */
export const dottedWinevent: JsonShape = {
  marks: [`${ROOT}system.eventID`],
  recognise(object, at) {
    if (!has(object, `${ROOT}system.eventID`)) return undefined;
    const event = tableOf<unknown>();
    for (const key of keysOf(object)) if (key.startsWith(ROOT)) put(event, key.slice(ROOT.length), own(object, key));
    return nestedWinevent.recognise({ Event: event }, at);
  },
};

/** Puts a value below the names of a path; names of values have no dots. */
function put(event: Record<string, unknown>, path: string, value: unknown): void {
  const names = path.split(".", 3).map((name) => `${name[0]?.toUpperCase() ?? ""}${name.slice(1)}`);
  let below = event;
  for (const name of names.slice(0, -1)) {
    const inner = own(below, name);
    const next: Record<string, unknown> = isObject(inner) ? inner : tableOf<unknown>();
    below[name] = next;
    below = next;
  }
  below[names[names.length - 1]!] = value;
}
