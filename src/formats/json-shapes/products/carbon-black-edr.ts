import { entryOf } from "../../../model/entry.ts";
import { own, text } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { hashesAt, type Meaning, type Properties, pathText, productRecord, protocolName } from "../properties.ts";
import { parseTime } from "../time.ts";

const hashes = hashesAt({ MD5: ["md5"], SHA256: ["sha256"] });

const ACTOR: Properties = {
  user: ["username"],
  "process.id": ["process_guid"],
  "process.pid": ["pid"],
  "process.image": ["process_path"],
};

const REGISTRY_ACTIONS: Readonly<Record<string, string>> = {
  createkey: "createKey",
  delkey: "deleteKey",
  delval: "deleteValue",
};

/** Raw sensor events of Carbon Black EDR's event forwarder (its page on events); `path` is what each is about. */
const EVENTS: Readonly<Record<string, Meaning>> = {
  procstart: [
    "processCreation",
    {
      user: ["username"],
      "process.id": ["process_guid"],
      "process.pid": ["pid"],
      image: ["path", "process_path"],
      commandLine: ["command_line"],
      hashes,
      "parent.id": ["parent_process_guid", "parent_guid"],
      "parent.pid": ["parent_pid"],
      "parent.image": ["parent_path"],
    },
  ],
  procend: ["processTermination", ACTOR],
  moduleload: ["moduleLoad", { ...ACTOR, module: ["path"], hashes }],
  filemod: [
    "fileCreation",
    {
      ...ACTOR,
      path: ["path"],
      hashes: hashesAt({ MD5: ["file_md5"], SHA256: ["file_sha256"] }),
      action: (event) => (pathText(event, ["action"]) === "delete" ? "delete" : "create"),
    },
  ],
  regmod: [
    "registryKeyModification",
    { ...ACTOR, path: ["path"], action: (event) => entryOf(REGISTRY_ACTIONS, pathText(event, ["action"]) ?? "") },
  ],
  netconn: [
    "networkConnection",
    {
      ...ACTOR,
      initiated: (event) => String(pathText(event, ["direction"]) !== "inbound"),
      sourceIp: ["local_ip"],
      sourcePort: ["local_port"],
      destinationIp: ["remote_ip", "ipv4", "ipv6"],
      destinationPort: ["remote_port", "port"],
      destinationHost: ["domain"],
      protocol: (event) => protocolName(pathText(event, ["protocol"])),
    },
  ],
  remotethread: [
    "osApiExecution",
    {
      ...ACTOR,
      api: () => "createRemoteThread",
      "target.id": ["target_process_guid"],
      "target.pid": ["target_pid"],
      "target.image": ["target_path"],
    },
  ],
  crossprocopen: [
    "osApiExecution",
    {
      ...ACTOR,
      "target.id": ["target_process_guid"],
      "target.pid": ["target_pid"],
      "target.image": ["target_path"],
      access: ["requested_access"],
    },
  ],
};

const TYPE = /^ingress\.event\.(\w{1,40})$/;

/** Carbon Black EDR on its own server: `type` is the message's routing key. */
export const carbonBlackEdr: JsonShape = {
  marks: ["process_guid", "cb_server"],
  recognise(object, at) {
    const type = TYPE.exec(text(own(object, "type")) ?? "")?.[1];
    if (type === undefined) return undefined;
    const head = {
      provider: type,
      host: pathText(object, ["computer_name", "hostname", "sensor_id"]),
      time: parseTime(own(object, "timestamp")),
    };
    return productRecord(at, head, entryOf(EVENTS, type), object);
  },
};
