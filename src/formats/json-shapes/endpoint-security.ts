import { isObject, type JsonObject } from "../../decode/json/parse.ts";
import { own, texts } from "./fields.ts";
import type { JsonShape } from "./object-record.ts";
import { type Meaning, type Properties, pathText, productRecord } from "./properties.ts";
import { parseTime } from "./time.ts";

const MAC: Properties = { platform: () => "macos" };
const ACTOR: Properties = {
  ...MAC,
  user: ["process.audit_token.euid"],
  "process.pid": ["process.audit_token.pid"],
  "process.image": ["process.executable.path"],
};

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
  ["create", ["fileCreation", { ...ACTOR, path: createdPath }]],
];

/** `eslogger`'s JSON. */
export const endpointSecurity: JsonShape = {
  marks: ["event.exec"],
  recognise(object, at) {
    const event = own(object, "event");
    if (!isObject(event) || pathText(object, ["process.audit_token.pid"]) === undefined) return undefined;
    const found = EVENTS.find(([name]) => isObject(own(event, name)));
    return productRecord(at, { provider: found?.[0], time: parseTime(own(object, "time")) }, found?.[1], object);
  },
};

function argumentsOf(event: JsonObject): readonly string[] | undefined {
  const exec = own(own(event, "event") as JsonObject, "exec");
  return isObject(exec) ? texts(own(exec, "args")) : undefined;
}

function createdPath(event: JsonObject): string | undefined {
  const at = "event.create.destination";
  const folder = pathText(event, [`${at}.new_path.dir.path`]);
  const name = pathText(event, [`${at}.new_path.filename`]);
  if (folder !== undefined && name !== undefined) return `${folder}/${name}`;
  return pathText(event, [`${at}.existing_file.path`]);
}
