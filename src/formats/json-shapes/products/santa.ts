import type { JsonObject } from "../../../decode/json/parse.ts";
import { entryOf } from "../../../model/entry.ts";
import { firstText } from "../fields.ts";
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
