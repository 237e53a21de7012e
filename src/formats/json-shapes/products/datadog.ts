import { isObject, type JsonObject } from "../../../decode/json/parse.ts";
import { entryOf } from "../../../model/entry.ts";
import { firstTime, lookup, own, texts } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import {
  joinedAt,
  type Meaning,
  type Properties,
  pathText,
  platformAt,
  productRecord,
  type Source,
} from "../properties.ts";
import { parseTime } from "../time.ts";

const processAt = (at: string, as: "process" | "parent"): Properties => ({
  [`${as}.pid`]: [`${at}.pid`],
  [`${as}.start`]: (event) => {
    const time = parseTime(pathText(event, [`${at}.exec_time`, `${at}.fork_time`]));
    return time === undefined ? undefined : String(time);
  },
  [`${as}.image`]: [`${at}.executable.path`],
});

const BASE: Properties = { platform: platformAt("agent.os"), user: ["process.user", "usr.id"] };
const ACTOR: Properties = { ...BASE, ...processAt("process", "process") };

/** Arguments stand without the program, and their start may have been cut off. */
const args: Source = (event) => {
  const listed = texts(lookup(event, "process.args"));
  const first = pathText(event, ["process.argv0", "process.executable.name", "process.executable.path"]);
  return listed && first ? [first, ...listed] : undefined;
};

const START: Meaning = [
  "processCreation",
  {
    ...ACTOR,
    image: ["process.executable.path"],
    args,
    commandLine: (event) => pathText(event, ["process.cmdline"]) ?? (args(event) as string[] | undefined)?.join(" "),
    ...processAt("process.parent", "parent"),
    "parent.pid": ["process.parent.pid", "process.ppid"],
    parentCommandLine: ["process.parent.cmdline"],
  },
];

const file = (action: string): Meaning => [
  "fileCreation",
  { ...ACTOR, path: ["file.destination.path", "file.path"], action: () => action },
];

const WRITES = new Set(["O_CREAT", "O_WRONLY", "O_RDWR", "O_TRUNC"]);
/** Files are opened to be read too. */
function opened(event: JsonObject): Meaning | undefined {
  const flags = texts(lookup(event, "file.flags")) ?? [];
  if (!flags.some((flag) => WRITES.has(flag))) return undefined;
  return file(flags.includes("O_CREAT") ? "create" : "modify");
}

const key = (action: string): Meaning => [
  "registryKeyModification",
  {
    ...ACTOR,
    action: () => action,
    path: joinedAt("\\", "registry.key_path", "registry.value_name"),
  },
];

const CONNECTION: Properties = {
  ...ACTOR,
  initiated: () => "true",
  sourceIp: ["network.source.ip"],
  sourcePort: ["network.source.port"],
  destinationIp: ["connect.addr.ip", "network.destination.ip"],
  destinationPort: ["connect.addr.port", "network.destination.port"],
  query: ["dns.question.name"],
};

/** Types of events of Workload Protection (CWS) that are data components. */
const EVENTS: Readonly<Record<string, Meaning>> = {
  exec: START,
  exit: ["processTermination", ACTOR],
  rename: file("create"),
  link: file("create"),
  unlink: file("delete"),
  create: file("create"),
  write: file("modify"),
  delete: file("delete"),
  load_module: ["moduleLoad", { ...ACTOR, module: ["module.path", "file.path"] }],
  ptrace: ["osApiExecution", { ...ACTOR, api: () => "ptrace", "target.pid": ["ptrace.tracee.pid"] }],
  dns: ["networkConnection", CONNECTION],
  connect: ["networkConnection", CONNECTION],
  set_key_value: key("setValue"),
  create_key: key("createKey"),
  delete_key: key("deleteKey"),
};

/** Events of Datadog's agent (Workload Protection): `evt.name` beside the process. */
export const datadog: JsonShape = {
  marks: ["evt.name"],
  recognise(object, at) {
    if (!isObject(own(object, "evt")) || !isObject(own(object, "process"))) return undefined;
    const name = pathText(object, ["evt.name"]);
    if (name === undefined) return undefined;
    const head = {
      provider: name,
      host: pathText(object, ["hostname", "host.name", "host"]),
      time: firstTime(object, ["date", "timestamp"]),
      pickedBy: pathText(object, ["agent.rule_id"]) === undefined ? undefined : "Datadog",
    };
    return productRecord(at, head, name === "open" ? opened(object) : entryOf(EVENTS, name), object);
  },
};
