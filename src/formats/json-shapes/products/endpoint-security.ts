import { isObject, type JsonObject } from "../../../decode/json/parse.ts";
import { keysOf, own, texts } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { type Meaning, type Properties, pathText, productRecord, type Source } from "../properties.ts";
import { parseTime } from "../time.ts";

const MAC: Properties = { platform: () => "macos" };
const ACTOR: Properties = {
  ...MAC,
  user: ["process.audit_token.euid"],
  "process.pid": ["process.audit_token.pid"],
  "process.image": ["process.executable.path"],
};

/** The other process of a call. */
const into = (name: string): Properties => ({
  "target.pid": [`event.${name}.target.audit_token.pid`],
  "target.image": [`event.${name}.target.executable.path`],
});

/** Events of macOS's Endpoint Security that are data components, by the key below `event`. */
const EVENTS: readonly (readonly [name: string, meaning: Meaning])[] = [
  [
    "exec",
    [
      "processCreation",
      {
        ...MAC,
        user: ["event.exec.target.audit_token.euid"],
        "process.pid": ["event.exec.target.audit_token.pid"],
        image: ["event.exec.target.executable.path"],
        args: (event) => argumentsOf(event),
        commandLine: (event) => argumentsOf(event)?.join(" "),
        currentDirectory: ["event.exec.cwd.path"],
        // The process that calls becomes the new one: its own parent is the parent, its program what ran before.
        "parent.pid": ["event.exec.target.ppid"],
        "parent.image": ["process.executable.path"],
      },
    ],
  ],
  ["exit", ["processTermination", ACTOR]],
  ["create", ["fileCreation", { ...ACTOR, path: placed("create") }]],
  ["rename", ["fileCreation", { ...ACTOR, path: placed("rename") }]],
  ["unlink", ["fileCreation", { ...ACTOR, path: ["event.unlink.target.path"], action: () => "delete" }]],
  [
    "remote_thread_create",
    ["osApiExecution", { ...ACTOR, ...into("remote_thread_create"), api: () => "createRemoteThread" }],
  ],
  ["get_task", ["osApiExecution", { ...ACTOR, ...into("get_task"), api: () => "processAccess" }]],
  ["trace", ["osApiExecution", { ...ACTOR, ...into("trace"), api: () => "ptrace" }]],
  [
    "sudo",
    [
      "commandExecution",
      {
        ...ACTOR,
        user: ["event.sudo.from_username"],
        text: ["event.sudo.command"],
        dialect: () => "sh",
        origin: () => "sudo",
      },
    ],
  ],
];

/** `eslogger`'s JSON, and Jamf Protect's telemetry, which names the host. */
export const endpointSecurity: JsonShape = {
  marks: ["event.exec"],
  recognise(object, at) {
    const event = own(object, "event");
    if (!isObject(event) || pathText(object, ["process.audit_token.pid"]) === undefined) return undefined;
    const found = EVENTS.find(([name]) => isObject(own(event, name)));
    const head = {
      provider: found?.[0] ?? keysOf(event)[0],
      host: pathText(object, ["host.hostname"]),
      time: parseTime(own(object, "time")),
    };
    return productRecord(at, head, found?.[1], object);
  },
};

function argumentsOf(event: JsonObject): readonly string[] | undefined {
  const exec = own(own(event, "event") as JsonObject, "exec");
  return isObject(exec) ? texts(own(exec, "args")) : undefined;
}

/** Where a file is put: a name in a folder, or one that was there. */
function placed(name: string): Source {
  const at = `event.${name}.destination`;
  return (event) => {
    const folder = pathText(event, [`${at}.new_path.dir.path`]);
    const file = pathText(event, [`${at}.new_path.filename`]);
    if (folder !== undefined && file !== undefined) return `${folder}/${file}`;
    return pathText(event, [`${at}.existing_file.path`]);
  };
}
