import type { JsonObject } from "../../../decode/json/parse.ts";
import { entryOf } from "../../../model/entry.ts";
import { own, text } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import {
  hashesAt,
  type Meaning,
  type Properties,
  pathText,
  platformNamed,
  productRecord,
  type Source,
} from "../properties.ts";
import { parseTime } from "../time.ts";

const BASE: Properties = { platform: (event) => platformNamed(text(own(event, "device_os"))) };

/** The process that acts: the parent, where a child is started. */
const processAt = (prefix: string, as: string): Properties => ({
  [`${as}.id`]: [`${prefix}_guid`],
  [`${as}.pid`]: [`${prefix}_pid`],
  [`${as}.image`]: [`${prefix}_path`],
});

const ACTOR: Properties = { ...BASE, user: ["process_username"], ...processAt("process", "process") };

/** Hashes are lists, MD5 and SHA-256 told by their length. */
const hashes =
  (name: string): Source =>
  (event) => {
    const listed = own(event, name);
    const of = (length: number) => (Array.isArray(listed) ? listed.find((hash) => text(hash)?.length === length) : "");
    return hashesAt({ MD5: ["md5"], SHA256: ["sha256"] })({ md5: of(32), sha256: of(64) });
  };

/** Flags of `action`, of which there may be several, as `A | B`: the first that means something. */
const actionOf =
  (words: Readonly<Record<string, string>>): Source =>
  (event) => {
    const flags = (text(own(event, "action")) ?? "").slice(0, 1024).split(/[ |]+/);
    return flags.map((flag) => entryOf(words, flag.replace(/^ACTION_/, ""))).find((word) => word !== undefined);
  };

/** What the sensor says of who signed a file; states are flags, as `A | B`. */
const signature = (of: string): Properties => ({
  "signature.signer": (event) => pathText(firstOf(event, of), ["name"]),
  "signature.signed": (event) => {
    const state = pathText(firstOf(event, of), ["state"]);
    return state === undefined ? undefined : String(/_SIGNED\b/.test(state) && !state.includes("NOT_SIGNED"));
  },
});

const script = (name: string): Meaning => [
  "commandExecution",
  { ...ACTOR, text: [name], dialect: () => "powershell", origin: () => "scriptBlock" },
];

/** Types of endpoint events of the Carbon Black Cloud's data forwarder, and what their fields mean. */
const EVENTS: Readonly<Record<string, Meaning>> = {
  procstart: [
    "processCreation",
    {
      ...BASE,
      user: ["childproc_username"],
      "process.id": ["childproc_guid"],
      "process.pid": ["childproc_pid"],
      image: ["childproc_name"],
      commandLine: ["target_cmdline"],
      hashes: hashes("childproc_hash"),
      company: (event) => pathText(firstOf(event, "childproc_publisher"), ["name"]),
      ...processAt("process", "parent"),
      parentCommandLine: ["process_cmdline"],
    },
  ],
  procend: ["processTermination", ACTOR],
  moduleload: [
    "moduleLoad",
    { ...ACTOR, module: ["modload_name"], hashes: hashes("modload_hash"), ...signature("modload_publisher") },
  ],
  scriptload: [
    "moduleLoad",
    { ...ACTOR, module: ["scriptload_name"], hashes: hashes("scriptload_hash"), ...signature("scriptload_publisher") },
  ],
  fileless_scriptload: script("fileless_scriptload_cmdline"),
  filemod: [
    "fileCreation",
    {
      ...ACTOR,
      path: ["filemod_name"],
      hashes: hashes("filemod_hash"),
      action: actionOf({
        FILE_CREATE: "create",
        FILE_DELETE: "delete",
        FILE_WRITE: "modify",
        FILE_LAST_WRITE: "modify",
      }),
    },
  ],
  netconn: [
    "networkConnection",
    {
      ...ACTOR,
      initiated: (event) => isOutgoing(own(event, "netconn_inbound")),
      sourceIp: ["local_ip"],
      sourcePort: ["local_port"],
      destinationIp: ["remote_ip"],
      destinationPort: ["remote_port"],
      destinationHost: ["netconn_domain"],
      protocol: (event) =>
        text(own(event, "netconn_protocol"))
          ?.replace(/^PROTO_/, "")
          .toLowerCase(),
    },
  ],
  regmod: [
    "registryKeyModification",
    {
      ...ACTOR,
      path: ["regmod_name"],
      action: actionOf({
        CREATE_KEY: "createKey",
        DELETE_KEY: "deleteKey",
        DELETE_VALUE: "deleteValue",
        RENAME_KEY: "rename",
      }),
    },
  ],
  crossproc: [
    "osApiExecution",
    {
      ...ACTOR,
      "target.id": ["crossproc_guid"],
      "target.image": ["crossproc_name"],
      api: actionOf({ CREATE_REMOTE_THREAD: "createRemoteThread", DUP_PROCESS_HANDLE: "handle" }),
    },
  ],
};

const TYPE = /^endpoint\.event\.(\w{1,40})$/;

/** The Carbon Black Cloud's data forwarder: `type` names the event, whose fields bear its name too. */
export const carbonBlack: JsonShape = {
  marks: ["process_guid", "device_name"],
  recognise(object, at) {
    const type = TYPE.exec(text(own(object, "type")) ?? "")?.[1];
    if (type === undefined || text(own(object, "process_guid")) === undefined) return undefined;
    const head = {
      provider: type,
      host: pathText(object, ["device_name", "device_id"]),
      time: parseTime(text(own(object, "device_timestamp"))?.replace(/ UTC$/, "")),
    };
    return productRecord(at, head, entryOf(EVENTS, type.replace(/^netconn_proxy$/, "netconn")), object);
  },
};

function isOutgoing(inbound: unknown): string | undefined {
  const written = text(inbound);
  return written === undefined ? undefined : String(written !== "true");
}

function firstOf(event: JsonObject, name: string): JsonObject {
  const list = own(event, name);
  return Array.isArray(list) && typeof list[0] === "object" && list[0] !== null ? (list[0] as JsonObject) : {};
}
