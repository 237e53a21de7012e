import { isObject, type JsonObject } from "../../../decode/json/parse.ts";
import { entryOf } from "../../../model/entry.ts";
import { firstText, firstTime, has, own, texts } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { hashesAt, type Meaning, type Properties, productRecord } from "../properties.ts";

/** By this name a line of Santa's log is known for one, wherever it stood. */
const SANTA = "santad";

const BASE: Properties = { platform: () => "macos", user: ["user", "uid"], "process.pid": ["pid"] };

/** The log parts its fields by bars, and writes such a bar otherwise. */
const plain = (name: string) => (line: JsonObject) => firstText(line, [name])?.replaceAll("<pipe>", "|");

const written = (name: string, action: string): Meaning => [
  "fileCreation",
  { ...BASE, path: plain(name), action: () => action, "process.image": ["processpath"] },
];

const ACTIONS: Readonly<Record<string, Meaning>> = {
  EXEC: [
    "processCreation",
    {
      ...BASE,
      image: plain("path"),
      commandLine: plain("args"),
      hashes: hashesAt({ SHA256: ["sha256"] }),
      "parent.pid": ["ppid"],
    },
  ],
  WRITE: written("path", "modify"),
  RENAME: written("newpath", "create"),
  LINK: written("newpath", "create"),
  DELETE: written("path", "delete"),
};

/** A line of Santa's log (macOS). What it denied was never started. */
export const santa: JsonShape = {
  marks: [SANTA],
  recognise(object, at) {
    if (firstText(object, ["program"]) !== SANTA) return undefined;
    const isDenied = firstText(object, ["decision"]) === "DENY";
    const meaning = isDenied ? undefined : entryOf(ACTIONS, firstText(object, ["action"]) ?? "");
    return productRecord(at, { provider: SANTA }, meaning, object);
  },
};

const text64 = (written: string): string => Buffer.from(written, "base64").toString("utf8");

const STARTED: Meaning = [
  "processCreation",
  {
    platform: () => "macos",
    user: ["target.effective_user.name", "target.real_user.name", "target.effective_user.uid"],
    image: ["target.executable.path"],
    args: (execution) => texts(own(execution, "args"))?.map(text64),
    hashes: hashesAt({ SHA256: ["target.executable.hash.hash"] }),
    currentDirectory: ["working_directory.path"],
    "process.pid": ["target.id.pid"],
    "parent.pid": ["target.parent_id.pid", "instigator.id.pid"],
    "parent.image": ["instigator.executable.path"],
  },
];

/** The same as Santa writes it as JSON of its messages (`EventLogType` json), arguments being bytes, in base64. */
export const santaMessage: JsonShape = {
  marks: ["machine_id", "execution"],
  recognise(object, at) {
    const execution = own(object, "execution");
    if (!isObject(execution) || !has(execution, "instigator") || !has(execution, "target")) return undefined;
    const head = {
      provider: SANTA,
      host: firstText(object, ["machine_id"]),
      time: firstTime(object, ["event_time", "processed_time"]),
    };
    const isDenied = firstText(execution, ["decision"]) === "DECISION_DENY";
    return productRecord(at, head, isDenied ? undefined : STARTED, execution);
  },
};
