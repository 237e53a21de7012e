import { isObject, type JsonObject } from "../../../decode/json/parse.ts";
import { firstTime, lookup, own } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { hashesAt, type Meaning, pathText, productRecord } from "../properties.ts";

/** Names begin with small letters in what GuardDuty exports, and with capital ones in what its clients print. */
const either = (name: string): readonly string[] => [name, `${name[0]!.toUpperCase()}${name.slice(1)}`];

const START: Meaning = [
  "processCreation",
  {
    platform: () => "linux",
    user: either("user"),
    image: either("executablePath"),
    commandLine: either("commandLineExample"),
    currentDirectory: either("pwd"),
    hashes: hashesAt({ SHA256: either("executableSha256") }),
    "process.id": either("uuid"),
    "process.pid": either("pid"),
    "process.start": either("startTime"),
    "process.image": either("executablePath"),
    "parent.id": either("parentUuid"),
    "parent.image": (process) => pathText(firstOf(process, "lineage"), either("executablePath")),
  },
];

const RUNTIME = ["service.runtimeDetails", "Service.RuntimeDetails"];
/** What runs it: an instance, a node of a cluster. */
const HOSTS = ["resource.instanceDetails.instanceId", "Resource.InstanceDetails.InstanceId"];
const SEEN = ["eventFirstSeen", "EventFirstSeen", "createdAt", "CreatedAt"];

/** A process in a finding of Amazon GuardDuty's runtime monitoring; few have an example of its command line. */
export const guardDuty: JsonShape = {
  marks: ["service.runtimeDetails"],
  recognise(object, at) {
    const runtime = RUNTIME.map((path) => lookup(object, path)).find(isObject);
    const process = runtime && below(runtime, "process");
    if (!process || pathText(process, either("executablePath")) === undefined) return undefined;
    const head = {
      provider: "finding",
      host: pathText(object, HOSTS),
      time: firstTime(process, either("startTime")) ?? firstTime(object, SEEN),
      pickedBy: "GuardDuty",
    };
    return productRecord(at, head, START, { ...below(runtime, "context"), ...process });
  },
};

const below = (object: JsonObject, name: string): JsonObject | undefined =>
  either(name)
    .map((key) => own(object, key))
    .find(isObject);

function firstOf(process: JsonObject, name: string): JsonObject {
  const list = either(name)
    .map((key) => lookup(process, key))
    .find(Array.isArray);
  return isObject(list?.[0]) ? list[0] : {};
}
