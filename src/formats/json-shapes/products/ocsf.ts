import { isObject, type JsonObject } from "../../../decode/json/parse.ts";
import { firstTime, has, integer, lookup, own, text } from "../fields.ts";
import { type JsonShape, PathRecord } from "../object-record.ts";

/** Open Cybersecurity Schema Framework, of any producer; classes are told by `class_uid`. */
export const ocsf: JsonShape = {
  marks: ["class_uid", "activity_id"],
  recognise(object, at) {
    const eventId = integer(own(object, "class_uid"));
    if (eventId === undefined) return undefined;
    const product = text(lookup(object, "metadata.product.name"));
    const head = {
      eventId,
      pickedBy: has(object, "finding_info") ? (product ?? "the product") : undefined,
      provider: product,
      recordId: integer(lookup(object, "metadata.sequence")),
      host: text(lookup(object, "device.hostname")) ?? text(lookup(object, "device.name")),
      time: firstTime(object, ["time", "time_dt"]),
    };
    return new PathRecord("ocsf", at, head, object);
  },
};

const DETECTION_FINDING = 2004;
const PROCESS_ACTIVITY = { class_uid: 1007, activity_id: 1 };

/** The processes in the evidence of a detection, each as the start that it was; undefined where it has none. */
export function ocsfEvidence(object: JsonObject): readonly JsonObject[] | undefined {
  const list = own(object, "evidences");
  if (integer(own(object, "class_uid")) !== DETECTION_FINDING || !Array.isArray(list)) return undefined;
  const processes = list.filter(isObject).filter((one) => text(lookup(one, "process.cmd_line")) !== undefined);
  if (processes.length === 0) return undefined;
  return processes.map((one) => ({ ...object, evidences: null, ...one, ...PROCESS_ACTIVITY }));
}
