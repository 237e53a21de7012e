import { entryOf } from "../../../model/entry.ts";
import { firstTime, has, own, text } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import {
  hashesAt,
  type Meaning,
  type Properties,
  pathText,
  platformAt,
  productRecord,
  type Source,
  userAt,
} from "../properties.ts";

const platform = platformAt("device_os_name");

const user = (of: "actor" | "process"): Source => userAt([`${of}.user.name`, "user_name"], [`${of}.user.domain`]);

const hashes = (at: string): Source => hashesAt({ MD5: [`${at}.md5`], SHA256: [`${at}.sha2`] });

const ACTOR: Properties = {
  platform,
  user: user("actor"),
  "process.id": ["actor.uid"],
  "process.pid": ["actor.pid"],
  "process.image": ["actor.file.path", "actor.file.name"],
};

const START: Meaning = [
  "processCreation",
  {
    platform,
    user: user("process"),
    "process.id": ["process.uid"],
    "process.pid": ["process.pid"],
    image: ["process.file.path"],
    commandLine: ["process.cmd_line"],
    originalFileName: ["process.file.original_name"],
    hashes: hashes("process.file"),
    "parent.id": ["actor.uid"],
    "parent.pid": ["actor.pid"],
    "parent.image": ["actor.file.path"],
    parentCommandLine: ["actor.cmd_line"],
  },
];
const FILE: Meaning = ["fileCreation", { ...ACTOR, path: ["file.path"], hashes: hashes("file") }];
const KEY: Meaning = ["registryKeyModification", { ...ACTOR, path: ["reg_key.path"], action: () => "createKey" }];
/** `reg_value` is what was there, with its name; what it was set to stands beside it. */
const VALUE: Meaning = [
  "registryKeyModification",
  {
    ...ACTOR,
    path: (event) =>
      ["reg_value.path", "reg_value.name"].flatMap((at) => pathText(event, [at])?.replace(/\\$/, "") ?? []).join("\\"),
    value: ["reg_value_result.data", "reg_value.data"],
  },
];
const CONNECTION: Meaning = [
  "networkConnection",
  {
    ...ACTOR,
    sourceIp: ["connection.src_ip"],
    sourcePort: ["connection.src_port"],
    destinationIp: ["connection.dst_ip"],
    destinationHost: ["connection.dst_name"],
    destinationPort: ["connection.dst_port"],
    url: ["connection.url.text"],
    initiated: (event) => {
      const direction = pathText(event, ["connection.direction_id"]);
      return direction === undefined ? undefined : String(direction === "2");
    },
  },
];

/** Types of events of the endpoint (Symantec's event schema, 8000 and following) that are data components, and what `id` says was done. */
const EVENTS: Readonly<Record<string, (done: string | undefined) => Meaning | undefined>> = {
  "8001": (done) => (done === "2" ? ["processTermination", ACTOR] : START),
  "8002": (done) => (done === "2" ? undefined : ["moduleLoad", { ...ACTOR, module: ["module.path"] }]),
  "8003": (done) => (done === "2" || done === "6" ? undefined : FILE),
  "8005": (done) => (done === "1" ? KEY : undefined),
  "8006": (done) => (done === "2" ? undefined : VALUE),
  "8007": () => CONNECTION,
};

/** Symantec Endpoint Security and EDR, as Integrated Cyber Defense exports their events: `actor` does something to what the type names. */
export const symantec: JsonShape = {
  marks: ["type_id", "device_name", "actor"],
  recognise(written, at) {
    // Symantec EDR names it otherwise.
    const object = has(written, "event_actor") ? { ...written, actor: own(written, "event_actor") } : written;
    const type = text(own(object, "type_id"));
    if (type === undefined || !/^80\d\d$/.test(type) || pathText(object, ["device_name", "device_uid"]) === undefined)
      return undefined;
    const head = {
      provider: type,
      host: pathText(object, ["device_name"]),
      time: firstTime(object, ["time", "device_time"]),
    };
    return productRecord(at, head, entryOf(EVENTS, type)?.(text(own(object, "id"))), object);
  },
};
