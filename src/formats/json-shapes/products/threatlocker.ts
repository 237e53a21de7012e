import type { JsonObject } from "../../../decode/json/parse.ts";
import { firstText, firstTime } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { hashesAt, type Meaning, type Properties, pathText, productRecord } from "../properties.ts";

const FULL_PATH = ["Full Path", "FullPath", "fullPath"];
const PROCESS_PATH = ["Process Path", "ProcessPath", "processPath"];
const ACTION = ["Action Type", "ActionType", "actionType"];

const fileOf = (event: JsonObject) => pathText(event, FULL_PATH);
const BASE: Properties = {
  platform: (event) => (/^"?\//.test(fileOf(event) ?? "") ? "macos" : "windows"),
  user: ["Username", "User Name", "UserName", "username"],
};
const ACTOR: Properties = { ...BASE, "process.image": PROCESS_PATH };
const HASHES = hashesAt({ SHA256: ["SHA256", "sha256"] });

/** The path is that of the file that was opened; the process is the one that opened it. */
const START: Meaning = [
  "processCreation",
  {
    ...BASE,
    image: FULL_PATH,
    commandLine: ["Command Line", "CommandLine", "commandLine", "Parameters", "parameters"],
    hashes: HASHES,
    "parent.image": PROCESS_PATH,
  },
];
const LOAD: Meaning = ["moduleLoad", { ...ACTOR, module: FULL_PATH, hashes: HASHES }];
const made = (action: string): Meaning => ["fileCreation", { ...ACTOR, path: FULL_PATH, action: () => action }];

const LIBRARY = /\.(?:dll|ocx|cpl|sys|drv|ax|dylib|so)$/i;

function meaningOf(event: JsonObject): Meaning | undefined {
  // What was denied did not happen.
  if (/^deny|^ringfenc/i.test(pathText(event, ["Policy Action", "Action", "policyAction", "action"]) ?? ""))
    return undefined;
  switch (pathText(event, ACTION)?.toLowerCase().replaceAll(" ", "")) {
    case "execute":
    case "newprocess":
    case "elevate":
      return LIBRARY.test(fileOf(event) ?? "") ? LOAD : START;
    case "write":
    case "move":
      return made("modify");
    case "delete":
      return made("delete");
    default:
      return undefined;
  }
}

/** ThreatLocker's unified audit, as its portal exports it to tables and its API gives it. */
export const threatLocker: JsonShape = {
  marks: ["Full Path", "Process Path", "Action Type"],
  recognise(object, at) {
    const names = [FULL_PATH, PROCESS_PATH, ACTION];
    if (names.some((name) => pathText(object, name) === undefined)) return undefined;
    const head = {
      provider: "threatlocker",
      host: firstText(object, ["Asset Name", "Hostname", "Computer Name", "AssetName", "hostname", "computerName"]),
      time: firstTime(object, ["Date/Time", "Date Time", "DateTime", "dateTime"]),
    };
    return productRecord(at, head, meaningOf(object), object);
  },
};
