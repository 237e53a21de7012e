import { isObject, type JsonObject } from "../../../decode/json/parse.ts";
import { entryOf } from "../../../model/entry.ts";
import { firstText, firstTime, own } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import {
  hashesAt,
  type Meaning,
  type Properties,
  pathText,
  platformAt,
  productRecord,
  protocolName,
} from "../properties.ts";

/** Event forwarding writes a number in place of the system's name, and the name beside it. */
const PLATFORM: Properties = {
  platform: (event) => {
    const isNumbered = /^\d+$/.test(pathText(event, ["agent_os_type"]) ?? "");
    return platformAt(isNumbered ? "agent_os_sub_type" : "agent_os_type")(event);
  },
};

const ACTOR: Properties = {
  ...PLATFORM,
  user: ["actor_effective_username", "actor_primary_username", "os_actor_primary_username", "user_name"],
  "process.id": ["actor_process_instance_id", "os_actor_process_instance_id"],
  "process.pid": ["actor_process_os_pid", "os_actor_process_os_pid"],
  "process.image": ["actor_process_image_path", "actor_process_image_name", "os_actor_process_image_path"],
};

const START: Meaning = [
  "processCreation",
  {
    ...PLATFORM,
    user: ["action_process_username", "actor_effective_username", "actor_primary_username", "user_name"],
    "process.id": ["action_process_instance_id"],
    "process.pid": ["action_process_os_pid"],
    image: ["action_process_image_path", "action_process_image_name"],
    commandLine: ["action_process_image_command_line"],
    integrityLevel: ["action_process_integrity_level"],
    hashes: hashesAt({ MD5: ["action_process_image_md5"], SHA256: ["action_process_image_sha256"] }),
    "parent.id": ["actor_process_instance_id"],
    "parent.pid": ["actor_process_os_pid"],
    "parent.image": ["actor_process_image_path", "actor_process_image_name"],
    parentCommandLine: ["actor_process_command_line"],
  },
];

/** Types of events, in small letters and without `ENUM.`; alerts put them as `Process Execution`. The first that the type begins with. */
const EVENTS: readonly (readonly [type: RegExp, subtype: RegExp, meaning: Meaning])[] = [
  [/^process/, /stop|termination/, ["processTermination", { ...ACTOR, "process.pid": ["action_process_os_pid"] }]],
  [/^process/, /^$|start|execution/, START],
  [
    /^(?:load_image|module)/,
    /^/,
    [
      "moduleLoad",
      {
        ...ACTOR,
        module: ["action_module_path"],
        hashes: hashesAt({ MD5: ["action_module_md5"], SHA256: ["action_module_sha256"] }),
      },
    ],
  ],
  [
    /^file/,
    /create|write|rename|^$/,
    ["fileCreation", { ...ACTOR, path: ["action_file_path"], hashes: hashesAt({ SHA256: ["action_file_sha256"] }) }],
  ],
  [
    /^network/,
    /^/,
    [
      "networkConnection",
      {
        ...ACTOR,
        initiated: (event) => String(pathText(event, ["action_network_is_server"]) !== "true"),
        sourceIp: ["action_local_ip"],
        sourcePort: ["action_local_port"],
        destinationIp: ["action_remote_ip"],
        destinationPort: ["action_remote_port"],
        destinationHost: ["action_external_hostname", "dst_action_external_hostname"],
        protocol: (event) => protocolName(pathText(event, ["action_network_protocol"])),
      },
    ],
  ],
  [
    /^registry/,
    /set_value|create|^$/,
    [
      "registryKeyModification",
      {
        ...ACTOR,
        path: (event) =>
          joined(event, ["action_registry_key_name", "action_registry_full_key"], ["action_registry_value_name"]),
        value: ["action_registry_data"],
      },
    ],
  ],
  [
    /^injection/,
    /^/,
    [
      "osApiExecution",
      {
        ...ACTOR,
        api: () => "createRemoteThread",
        "target.pid": ["action_remote_process_os_pid"],
        "target.image": ["action_remote_process_image_path"],
      },
    ],
  ],
];

function joined(event: JsonObject, keys: readonly string[], values: readonly string[]): string | undefined {
  return [pathText(event, keys), pathText(event, values)].filter(Boolean).join("\\") || undefined;
}

const MARKS = [
  "actor_process_image_path",
  "actor_process_image_name",
  "action_process_image_path",
  "action_process_image_name",
  "os_actor_process_image_path",
];

/** What event forwarding writes in place of the names of types, and of the subtypes that matter here. */
const NUMBERED: Readonly<Record<string, readonly [type: string, subtypes: Readonly<Record<string, string>>]>> = {
  "1": ["process", { "1": "start", "2": "stop" }],
  "2": ["network", {}],
  "3": ["file", { "1": "create", "3": "rename", "6": "write" }],
  "4": ["registry", { "1": "create", "4": "set_value" }],
  "5": ["injection", {}],
  "6": ["load_image", {}],
};

/** Cortex XDR: the rows of its data set `xdr_data` (queries, event forwarding), and alerts, which name the same fields. */
export const cortex: JsonShape = {
  marks: MARKS,
  recognise(object, at) {
    const [type, subtype] = kindOf(object);
    if (type === "" || pathText(object, MARKS) === undefined) return undefined;
    const isAlert = own(object, "detection_timestamp") !== undefined;
    const head = {
      provider: type,
      host: firstText(object, ["agent_hostname", "host_name", "endpoint_name"]),
      time: firstTime(object, ["event_timestamp", "_time", "detection_timestamp"]),
      pickedBy: isAlert ? "Cortex XDR" : undefined,
    };
    const fitting = EVENTS.find(([types, subtypes]) => types.test(type) && subtypes.test(isAlert ? "" : subtype));
    return productRecord(at, head, fitting?.[2], object);
  },
};

function kindOf(object: JsonObject): readonly [type: string, subtype: string] {
  const type = plain(pathText(object, ["event_type"]));
  const subtype = plain(pathText(object, ["event_sub_type"]));
  const [name, subtypes] = entryOf(NUMBERED, type) ?? [];
  return name === undefined ? [type, subtype] : [name, entryOf(subtypes!, subtype) ?? subtype];
}

function plain(type: string | undefined): string {
  return (type ?? "").toLowerCase().replace(/^enum\./, "");
}

/** The events of an alert, which has one as an object, or a list of them; host and time of detection stand beside. */
export function cortexEvents(alert: JsonObject): readonly JsonObject[] | undefined {
  const events = own(alert, "events");
  if (own(alert, "detection_timestamp") === undefined) return undefined;
  const list = (Array.isArray(events) ? events : [events]).filter(isObject);
  return list.length === 0 ? undefined : list.map((event) => ({ ...alert, events: null, ...event }));
}
