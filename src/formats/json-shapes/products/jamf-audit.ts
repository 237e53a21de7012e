import { isObject, type JsonObject } from "../../../decode/json/parse.ts";
import { own } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { type Meaning, pathText, productRecord } from "../properties.ts";

/** Arguments stand under their numbers, from 1. */
function argumentsOf(event: JsonObject): readonly string[] | undefined {
  const exec = own(event, "exec_args");
  const args = isObject(exec) ? own(exec, "args") : undefined;
  if (!isObject(args)) return undefined;
  const found: string[] = [];
  for (let at = 1; typeof args[at] === "string"; at++) found.push(args[at] as string);
  return found.length === 0 ? undefined : found;
}

const isSpawn = (event: JsonObject): boolean => pathText(event, ["header.event_name"]) === "AUE_POSIX_SPAWN";

/** Of a spawn the subject is the one who calls, of an execve it is what it becomes. */
const START: Meaning = [
  "processCreation",
  {
    platform: () => "macos",
    user: ["subject.effective_user_name", "subject.user_name"],
    image: ["path"],
    args: argumentsOf,
    commandLine: (event) => argumentsOf(event)?.join(" "),
    "process.pid": (event) => pathText(event, [isSpawn(event) ? "arguments.child_PID" : "subject.process_id"]),
    "parent.pid": (event) => (isSpawn(event) ? pathText(event, ["subject.process_id"]) : undefined),
    "parent.image": (event) => (isSpawn(event) ? pathText(event, ["subject.process_name"]) : undefined),
  },
];

/** macOS' old audit (BSM) as Jamf's Compliance Reporter and Protect's first telemetry write it: one event an object, by `AUE_…`. */
export const jamfAudit: JsonShape = {
  marks: ["header.event_name"],
  recognise(object, at) {
    const name = isObject(own(object, "header")) ? pathText(object, ["header.event_name"]) : undefined;
    if (name === undefined || !/^AUE_[A-Z_0-9]{1,48}$/.test(name)) return undefined;
    const seconds = Number(pathText(object, ["header.time_seconds_epoch"]));
    const head = {
      provider: name,
      host: pathText(object, ["host_info.host_name"]),
      time:
        seconds > 0 ? seconds * 1000 + Number(pathText(object, ["header.time_milliseconds_offset"]) ?? 0) : undefined,
    };
    const failed = (pathText(object, ["return.error"]) ?? "0") !== "0";
    const starts = /^AUE_(?:EXECVE?|MAC_EXECVE|POSIX_SPAWN)$/.test(name) && !failed;
    return productRecord(at, head, starts ? START : undefined, object);
  },
};
