import type { Event } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import { text } from "../fields.ts";
import { processOf } from "../process.ts";
import { type LogSource, winevent } from "../source.ts";

const DEFENDER = "Microsoft-Windows-Windows Defender";
const process = processOf({ image: text("Process Name", "", "Unknown") });

/** Number of "allow" in the field `Action ID`. */
const ALLOWED = "6";
const MAX_RESOURCES = 64;

/** Of `Path`: `kind:_resource;kind:_resource`, such as `file:_C:\x.exe`. A resource may itself hold a semicolon. */
function resources(record: LogRecord): readonly (readonly [kind: string, value: string])[] {
  const parts = (record.get("Path") ?? "").split(/; {0,2}(?=[A-Za-z]{1,24}:_)/).slice(0, MAX_RESOURCES);
  return parts.flatMap((part) => {
    const match = /^([A-Za-z]{1,24}):_/.exec(part);
    return match === null ? [] : [[match[1]!.toLowerCase(), part.slice(match[0].length)] as const];
  });
}

const detection = defineEvent("policyDecision", {
  platform: "windows",
  user: text("Detection User", "", "Unknown"),
  process,
  product: "defender",
  decision: (record) => {
    if (record.eventId !== 1117) return "audit";
    return record.get("Action ID") === ALLOWED ? "allow" : "block";
  },
  path: (record) => resources(record).find(([kind]) => kind !== "cmdline")?.[1],
  rule: text("Threat Name", ""),
});

/** A detection by command line carries it whole, with the program's full path in front, unquoted. */
const detectedCommand = defineEvent("commandExecution", {
  platform: "windows",
  user: text("Detection User", "", "Unknown"),
  text: () => "",
  dialect: "commandLine",
  origin: () => "defender",
  name: text("Threat Name", ""),
});

/** 1116: found; 1117: acted upon; 1118, 1119: to no avail. The command line is taken from the first of the two only. */
function detected(record: LogRecord): readonly Event[] {
  const commands = record.eventId === 1116 ? resources(record).filter(([kind]) => kind === "cmdline") : [];
  return [detection(record), ...commands.map(([, value]) => detectedCommand(record, { text: value }))];
}

const reduction = defineEvent("policyDecision", {
  platform: "windows",
  user: text("User", ""),
  process,
  product: "asr",
  decision: (record) => (record.eventId === 1122 ? "audit" : "block"),
  path: text("Path", ""),
  rule: text("ID", ""),
});

const reducedCommand = defineEvent("commandExecution", {
  platform: "windows",
  user: text("User", ""),
  process,
  text: (record) => record.get("Target Commandline") ?? "",
  dialect: "commandLine",
  origin: () => "asr",
  name: text("ID", ""),
});

/** 1121: a rule of attack surface reduction blocked; 1122: it would have. */
function reduced(record: LogRecord): readonly Event[] {
  return record.get("Target Commandline") ? [reduction(record), reducedCommand(record)] : [reduction(record)];
}

const kinds = ["policyDecision", "commandExecution"] as const;

export const sources: readonly LogSource[] = [
  winevent("defender/1116", DEFENDER, [1116, 1117, 1118, 1119], kinds, detected),
  winevent("defender/1121", DEFENDER, [1121, 1122], kinds, reduced),
];
