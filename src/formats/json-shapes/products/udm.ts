import { isObject, type JsonObject } from "../../../decode/json/parse.ts";
import { entryOf } from "../../../model/entry.ts";
import { own } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { hashesAt, type Meaning, type Properties, pathText, platformAt, productRecord } from "../properties.ts";
import { parseTime } from "../time.ts";

/** A path as the schema writes it (`command_line`) and as the API's JSON does (`commandLine`). */
function both(...paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => [path, path.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())]);
}

const BASE: Properties = {
  platform: platformAt(...both("principal.platform", "target.platform", "principal.asset.platform_software.platform")),
  user: both("principal.user.userid", "principal.user.windows_sid"),
};

/** A process below `at`, under the names of `as`. */
function processAt(at: string, as: "process" | "parent"): Properties {
  return {
    [`${as}.id`]: both(`${at}.product_specific_process_id`),
    [`${as}.pid`]: [`${at}.pid`],
    [`${as}.image`]: both(`${at}.file.full_path`),
  };
}

const ACTOR: Properties = { ...BASE, ...processAt("principal.process", "process") };

/** Who launches is the principal; some parsers put the parent below the new process instead. */
const PARENT = processAt("principal.process", "parent");
const NESTED = processAt("target.process.parent_process", "parent");
const parent = (name: string): readonly string[] => [
  ...(PARENT[name] as readonly string[]),
  ...(NESTED[name] as readonly string[]),
];

const TARGET = processAt("target.process", "process");

const hashes = (at: string) => hashesAt({ MD5: [`${at}.md5`], SHA1: [`${at}.sha1`], SHA256: [`${at}.sha256`] });

const CONNECTION: Properties = {
  ...ACTOR,
  initiated: (event) => {
    const direction = pathText(event, ["network.direction"]);
    return direction === "OUTBOUND" ? "true" : direction === "INBOUND" ? "false" : undefined;
  },
  sourceIp: ["principal.ip"],
  sourcePort: ["principal.port"],
  destinationIp: ["target.ip"],
  destinationHost: ["target.hostname"],
  destinationPort: ["target.port"],
  protocol: both("network.ip_protocol"),
  query: ["network.dns.questions.name"],
  url: ["target.url"],
};

const REGISTRY: Properties = {
  ...ACTOR,
  path: (event) =>
    ["registry_key", "registry_value_name"]
      .map((name) => pathText(event, both(`target.registry.${name}`)))
      .filter(Boolean)
      .join("\\"),
  value: both("target.registry.registry_value_data"),
};

const TASK: Meaning = [
  "scheduledTask",
  {
    ...BASE,
    name: ["target.resource.name", "target.application"],
    commandLine: both("target.process.command_line", "target.file.full_path"),
  },
];
const SERVICE: Meaning = [
  "commandExecution",
  {
    ...ACTOR,
    text: both("target.process.command_line", "target.process.file.full_path", "target.file.full_path"),
    name: ["target.application", "target.resource.name"],
    origin: () => "service",
  },
];

/** Event types of the Unified Data Model that are data components. */
const EVENTS: Readonly<Record<string, Meaning>> = {
  PROCESS_LAUNCH: [
    "processCreation",
    {
      ...BASE,
      ...TARGET,
      image: both("target.process.file.full_path"),
      commandLine: both("target.process.command_line"),
      hashes: hashes("target.process.file"),
      "parent.id": parent("parent.id"),
      "parent.pid": parent("parent.pid"),
      "parent.image": parent("parent.image"),
      parentCommandLine: both("principal.process.command_line", "target.process.parent_process.command_line"),
    },
  ],
  PROCESS_TERMINATION: ["processTermination", { ...BASE, ...TARGET }],
  PROCESS_MODULE_LOAD: [
    "moduleLoad",
    { ...ACTOR, module: both("target.process.file.full_path", "target.file.full_path") },
  ],
  FILE_CREATION: ["fileCreation", { ...ACTOR, path: both("target.file.full_path"), hashes: hashes("target.file") }],
  NETWORK_CONNECTION: ["networkConnection", CONNECTION],
  NETWORK_HTTP: ["networkConnection", CONNECTION],
  NETWORK_DNS: ["networkConnection", CONNECTION],
  SCHEDULED_TASK_CREATION: TASK,
  SCHEDULED_TASK_MODIFICATION: TASK,
  SERVICE_CREATION: SERVICE,
  SERVICE_MODIFICATION: SERVICE,
  FILE_MODIFICATION: [
    "fileCreation",
    { ...ACTOR, path: both("target.file.full_path"), hashes: hashes("target.file"), action: () => "modify" },
  ],
  REGISTRY_CREATION: ["registryKeyModification", REGISTRY],
  REGISTRY_MODIFICATION: ["registryKeyModification", REGISTRY],
};

/** Google Security Operations (Chronicle): events of the Unified Data Model, bare or as its searches wrap them (`udm`, `event`). */
export const udm: JsonShape = {
  marks: ["metadata.event_type"],
  recognise(object, at) {
    const event = ["udm", "event"].map((key) => own(object, key)).find(isObject) ?? object;
    const type = typeOf(event);
    if (type === undefined) return undefined;
    const head = {
      provider: type,
      host: pathText(event, both("principal.hostname", "principal.asset.hostname")),
      time: parseTime(pathText(event, both("metadata.event_timestamp"))),
    };
    return productRecord(at, head, entryOf(EVENTS, type), event);
  },
};

function typeOf(event: JsonObject): string | undefined {
  const metadata = own(event, "metadata");
  const type = isObject(metadata) ? pathText(metadata, both("event_type")) : undefined;
  return type !== undefined && /^[A-Z]{2,24}_[A-Z_]{2,48}$/.test(type) ? type : undefined;
}
