import type { JsonObject } from "../../../decode/json/parse.ts";
import { entryOf } from "../../../model/entry.ts";
import { firstText, has, integer, own } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { type Meaning, type Properties, pathText, productRecord } from "../properties.ts";
import { parseTime } from "../time.ts";

const ACTOR: Properties = {
  platform: () => "linux",
  user: ["SUBJ_SEC", "SUBJ_PRIME"],
  "process.image": ["HOW"],
};

/** What was done, in the words of auditd's normaliser. */
const ACTIONS: Readonly<Record<string, Meaning>> = {
  executed: ["processCreation", { ...ACTOR, image: ["OBJ_PRIME"] }],
  "connected-to": [
    "networkConnection",
    { ...ACTOR, initiated: () => "true", destinationIp: ["OBJ_PRIME"], destinationPort: ["OBJ_SEC"] },
  ],
};

/** `ausearch --format csv`: who did what to what, without command lines; its times are local and taken as UTC. */
export const ausearch: JsonShape = {
  marks: ["SERIAL_NUM", "EVENT_KIND"],
  recognise(object, at) {
    if (!["SERIAL_NUM", "EVENT_KIND", "ACTION"].every((name) => has(object, name))) return undefined;
    const head = {
      provider: pathText(object, ["EVENT"]),
      recordId: integer(own(object, "SERIAL_NUM")),
      host: firstText(object, ["NODE"]),
      time: timeOf(object),
    };
    const action = firstText(object, ["ACTION"]) ?? "";
    const isDone = firstText(object, ["RESULT"]) === "success";
    return productRecord(at, head, isDone ? entryOf(ACTIONS, action) : undefined, object);
  },
};

const DATE = /^(\d\d)\/(\d\d)\/(?:20)?(\d\d)$/;

/** `03/05/26` and a clock. */
function timeOf(row: JsonObject): number | undefined {
  const date = DATE.exec(firstText(row, ["DATE"]) ?? "");
  return date ? parseTime(`20${date[3]}-${date[1]}-${date[2]}T${firstText(row, ["TIME"]) ?? "00:00:00"}Z`) : undefined;
}
