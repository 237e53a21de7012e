import { commandIn } from "../../syslog/message.ts";
import { firstText, firstTime, integer, own } from "../fields.ts";
import { type JsonShape, ObjectRecord } from "../object-record.ts";

/**
 * Entries of macOS' unified log as `log show` and `log stream` print them with `--style json` or `ndjson`: commands of sudo and of cron; what
 * else programs write has no meaning here.
 */
export const unifiedLog: JsonShape = {
  marks: ["eventMessage", "processImagePath"],
  recognise(object, at) {
    const program = firstText(object, ["processImagePath"]);
    const message = firstText(object, ["eventMessage"]);
    if (program === undefined || message === undefined) return undefined;
    const head = { time: firstTime(object, ["timestamp"]), channel: "unified log" };
    const pid = integer(own(object, "processID"));
    const command = commandIn({ program, pid, message, platform: "macos" });
    return new ObjectRecord("mapped", at, head, command ?? { kind: "message" });
  },
};
