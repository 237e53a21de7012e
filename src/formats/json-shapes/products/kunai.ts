import { isObject } from "../../../decode/json/parse.ts";
import { entryOf } from "../../../model/entry.ts";
import { own, text } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { hashesAt, type Meaning, type Properties, pathText, productRecord } from "../properties.ts";
import { parseTime } from "../time.ts";

const TASK: Properties = {
  platform: () => "linux",
  user: ["info.task.user", "info.task.uid"],
  "process.id": ["info.task.guuid"],
  "process.pid": ["info.task.tgid", "info.task.pid"],
};
const ACTOR: Properties = { ...TASK, "process.image": ["data.exe.path", "data.exe"] };

const START: Meaning = [
  "processCreation",
  {
    ...TASK,
    image: ["data.exe.path"],
    commandLine: ["data.command_line"],
    hashes: hashesAt({ MD5: ["data.exe.md5"], SHA1: ["data.exe.sha1"], SHA256: ["data.exe.sha256"] }),
    "parent.id": ["info.parent_task.guuid"],
    "parent.pid": ["info.parent_task.tgid", "info.parent_task.pid"],
    "parent.image": ["data.parent_exe"],
    parentCommandLine: ["data.parent_command_line"],
  },
];

/** `write_config`, `write_close` and their like say that it was written to; a file that is made has its own. */
const written = (action: string): Meaning => [
  "fileCreation",
  { ...ACTOR, path: ["data.path", "data.new", "data.new_path"], action: () => action },
];

const CONNECTION: Properties = {
  ...ACTOR,
  initiated: () => "true",
  sourceIp: ["data.src.ip"],
  sourcePort: ["data.src.port"],
  destinationIp: ["data.dst.ip"],
  destinationPort: ["data.dst.port"],
  // A question mark where it was not looked up.
  destinationHost: (event) => pathText(event, ["data.dst.hostname"])?.replace(/^\?$/, ""),
  protocol: (event) => pathText(event, ["data.socket.proto"])?.toLowerCase(),
};

/** Kunai's events (its documentation, one page each) that are data components. */
const EVENTS: Readonly<Record<string, Meaning>> = {
  execve: START,
  execve_script: START,
  exit: ["processTermination", ACTOR],
  exit_group: ["processTermination", ACTOR],
  mmap_exec: [
    "moduleLoad",
    { ...ACTOR, module: ["data.mapped.path"], hashes: hashesAt({ SHA256: ["data.mapped.sha256"] }) },
  ],
  file_create: written("create"),
  file_rename: written("create"),
  write_config: written("modify"),
  write: written("modify"),
  write_close: written("modify"),
  connect: ["networkConnection", CONNECTION],
  dns_query: ["networkConnection", { ...CONNECTION, query: ["data.query"] }],
  ptrace: [
    "osApiExecution",
    {
      ...ACTOR,
      api: () => "ptrace",
      "target.pid": ["data.target.task.tgid"],
      "target.image": ["data.target.exe.path"],
    },
  ],
};

/** Kunai (eBPF): `data` of the event beside `info` of the machine and the task. */
export const kunai: JsonShape = {
  marks: ["info.event.name"],
  recognise(object, at) {
    const info = own(object, "info");
    if (!isObject(info) || !isObject(own(object, "data"))) return undefined;
    const name = pathText(info, ["event.name"]);
    if (name === undefined || pathText(info, ["task.pid"]) === undefined) return undefined;
    const head = {
      provider: name,
      host: pathText(info, ["host.name"]),
      time: parseTime(text(own(info, "utc_time"))),
    };
    return productRecord(at, head, entryOf(EVENTS, name), object);
  },
};
