import { firstText, integer, own, text } from "./fields.ts";
import { type JsonShape, PathRecord } from "./object-record.ts";
import { parseTime } from "./time.ts";

/** whatran's own event kinds, by which an object says that its keys are event properties. */
const KINDS = new Set([
  "processCreation",
  "processTermination",
  "moduleLoad",
  "fileCreation",
  "networkConnection",
  "registryKeyModification",
]);

/** Events that somebody converted to whatran's own names: `kind`, `commandLine`, `parent.image` …, nested or dotted. */
export const ownShape: JsonShape = {
  marks: ["kind"],
  recognise(object, at) {
    if (!KINDS.has(text(own(object, "kind")) ?? "")) return undefined;
    const head = {
      host: firstText(object, ["host"]),
      time: parseTime(own(object, "time")),
      recordId: integer(own(object, "recordId")),
    };
    return new PathRecord("mapped", at, head, object);
  },
};
