import type { Event } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import { firstOf, integer, text } from "../fields.ts";
import { processOf } from "../process.ts";
import { type LogSource, winevent } from "../source.ts";

const APPLOCKER = "Microsoft-Windows-AppLocker";
const CODE_INTEGRITY = "Microsoft-Windows-CodeIntegrity";

type Decision = "allow" | "audit" | "block";

/** AppLocker: programs and libraries, installers and scripts, packaged apps run and deployed; 8028/8029 are App Control's. */
const DECISIONS: Readonly<Record<number, Decision>> = {
  8002: "allow",
  8003: "audit",
  8004: "block",
  8005: "allow",
  8006: "audit",
  8007: "block",
  8020: "allow",
  8021: "audit",
  8022: "block",
  8023: "allow",
  8024: "audit",
  8025: "block",
  8028: "audit",
  8029: "block",
};

/** `FilePath` has AppLocker's own variables (`%OSDRIVE%`); newer versions add the full path. */
const lockedPath = firstOf(
  text("FullFilePath", "", "-"),
  text("FullFilePathBuffer", "", "-"),
  text("FilePath", "", "-"),
  text("FilePathBuffer", "", "-"),
  text("Package", ""),
  text("PackageBuffer", ""),
);
const byPid = processOf({ pid: integer("TargetProcessId") });

const locked = defineEvent("policyDecision", {
  platform: "windows",
  user: text("TargetUser", ""),
  process: byPid,
  product: (record) => ((record.eventId ?? 0) >= 8028 ? "appcontrol" : "applocker"),
  decision: (record) => DECISIONS[record.eventId ?? 0] ?? "audit",
  path: lockedPath,
  rule: firstOf(text("RuleName", "-", ""), text("RuleNameBuffer", "-", ""), text("RuleId", "")),
});

const lockedLibrary = defineEvent("moduleLoad", {
  platform: "windows",
  user: text("TargetUser", ""),
  process: byPid,
  module: lockedPath,
});

/** A decision of the DLL rules that was not a block is a module load as well. */
function applocker(record: LogRecord): readonly Event[] {
  const rules = (record.get("PolicyName") ?? record.get("PolicyNameBuffer"))?.toUpperCase();
  const isLoaded = rules === "DLL" && record.eventId !== 8004;
  return isLoaded ? [locked(record), lockedLibrary(record)] : [locked(record)];
}

/** The manifest writes these names with spaces, 3033 and newer versions in one word. */
const file = firstOf(text("File Name", ""), text("FileNameBuffer", ""), text("FileName", ""));
const loader = processOf({
  image: firstOf(text("Process Name", ""), text("ProcessNameBuffer", ""), text("ProcessName", "")),
});

const integrity = defineEvent("policyDecision", {
  platform: "windows",
  process: loader,
  product: "appcontrol",
  decision: (record) => (record.eventId === 3076 ? "audit" : "block"),
  path: file,
  rule: firstOf(text("PolicyName", ""), text("PolicyNameBuffer", "")),
});

const auditedLoad = defineEvent("moduleLoad", {
  platform: "windows",
  process: loader,
  module: file,
  originalFileName: text("OriginalFileName", ""),
});

/** Field names: the providers' manifests, and Microsoft's "Understanding App Control events". */
export const sources: readonly LogSource[] = [
  winevent("applocker", APPLOCKER, Object.keys(DECISIONS).map(Number), ["policyDecision", "moduleLoad"], applocker),
  // 3076: the file was loaded, for the policy only audits. 3033 and 3077: it was not.
  winevent("codeintegrity/3076", CODE_INTEGRITY, [3076], ["policyDecision", "moduleLoad"], (record) => [
    integrity(record),
    auditedLoad(record),
  ]),
  winevent("codeintegrity/3077", CODE_INTEGRITY, [3033, 3077], integrity),
];
