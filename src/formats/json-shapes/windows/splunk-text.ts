import { tableOf } from "../../../model/entry.ts";
import { own } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { flatWinevent } from "./winevent-flat.ts";

const PAIR = /^([A-Za-z]{2,40})=(.*)$/;

/** Splunk's plain rendering of a Windows event (`LogName=…`, `EventCode=…`, last `Message=…`) in `_raw`. */
export const splunkText: JsonShape = {
  marks: ["_raw"],
  recognise(object, at) {
    const raw = own(object, "_raw");
    if (typeof raw !== "string" || !raw.includes("EventCode=")) return undefined;
    const fields = tableOf<unknown>();
    const message = raw.search(/^Message=/m);
    for (const line of (message < 0 ? raw : raw.slice(0, message)).split(/\r?\n/).slice(0, 100)) {
      const pair = PAIR.exec(line);
      if (pair) fields[pair[1]!] = pair[2];
    }
    if (message >= 0) fields.Message = raw.slice(message + "Message=".length);
    return flatWinevent.recognise({ ...fields, _time: own(object, "_time") }, at);
  },
};
