import { firstTime, integer, lookup, own, text } from "../fields.ts";
import { type JsonShape, PathRecord } from "../object-record.ts";

/** Open Cybersecurity Schema Framework, of any producer; classes are told by `class_uid`. */
export const ocsf: JsonShape = {
  marks: ["class_uid", "activity_id"],
  recognise(object, at) {
    const eventId = integer(own(object, "class_uid"));
    if (eventId === undefined) return undefined;
    const head = {
      eventId,
      provider: text(lookup(object, "metadata.product.name")),
      recordId: integer(lookup(object, "metadata.sequence")),
      host: text(lookup(object, "device.hostname")) ?? text(lookup(object, "device.name")),
      time: firstTime(object, ["time", "time_dt"]),
    };
    return new PathRecord("ocsf", at, head, object);
  },
};
