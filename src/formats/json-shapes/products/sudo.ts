import { isObject, type JsonObject } from "../../../decode/json/parse.ts";
import { lookup, own, text, texts } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { type Meaning, pathText, productRecord } from "../properties.ts";
import { parseTime } from "../time.ts";

const ACCEPTED: Meaning = [
  "processCreation",
  {
    platform: () => "linux",
    user: ["submituser"],
    image: ["command"],
    args: (event) => texts(own(event, "runargv")),
    currentDirectory: ["runcwd", "submitcwd"],
    "parent.image": () => "/usr/bin/sudo",
  },
];

const WRAPS = ["accept", "reject", "alert"];

/**
 * What sudo logs as JSON (`log_format=json`, in a file or behind `@cee:` in a system log), and the description of a session that it records
 * (log.json). What was refused was not started.
 * @see https://www.sudo.ws/docs/man/sudoers.man/
 */
export const sudo: JsonShape = {
  marks: ["submituser", "runargv"],
  recognise(object, at) {
    const inner = own(object, "sudo");
    const outer = isObject(inner) ? inner : object;
    const kind = WRAPS.find((name) => isObject(own(outer, name)));
    const event = kind === undefined ? outer : (own(outer, kind) as JsonObject);
    if (text(own(event, "submituser")) === undefined || !Array.isArray(own(event, "runargv"))) return undefined;
    const head = { provider: "sudo", host: pathText(event, ["submithost"]), time: timeOf(event) };
    return productRecord(at, head, kind === "accept" || kind === undefined ? ACCEPTED : undefined, event);
  },
};

function timeOf(event: JsonObject): number | undefined {
  for (const name of ["submit_time", "server_time", "timestamp"]) {
    const time = parseTime(lookup(event, `${name}.seconds`));
    if (time !== undefined) return time + Number(text(lookup(event, `${name}.nanoseconds`)) ?? 0) / 1e6;
  }
  return undefined;
}
