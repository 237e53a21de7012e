import { entryIdOf } from "../model/behaviour-id.ts";
import type { Finding } from "../model/finding.ts";
import { csvField } from "./escape.ts";
import type { Output, OutputContext } from "./output.ts";
import { described, roleLines } from "./words.ts";

type Column = readonly [name: string, value: (finding: Finding) => string | number | undefined];

/** What Hayabusa's readers know as Details: named facts between broken bars. */
function details(finding: Finding): string {
  const facts: [string, string | undefined][] = [
    ["Score", String(Math.round(finding.score))],
    ["Cmdline", finding.commandLine],
    ["Proc", finding.binary.path ?? finding.binary.name],
    ["Runs", described(finding.runs, "runs")],
    ["User", finding.user],
  ];
  return facts.flatMap(([name, value]) => (value ? [`${name}: ${value}`] : [])).join(" ¦ ");
}

function extra(finding: Finding): string {
  const others = roleLines(finding).filter(([role]) => role !== "runs");
  return [
    ...others.map(([role, text]) => `${role}: ${text}`),
    ...finding.evidence.map((one) => `${one.text} (${one.points > 0 ? "+" : ""}${one.points})`),
  ].join(" ¦ ");
}

const STANDARD: readonly Column[] = [
  ["Timestamp", (f) => f.time],
  ["RuleTitle", (f) => f.title],
  ["Level", (f) => f.level],
  ["Computer", (f) => f.host],
  ["Channel", (f) => f.source.channel],
  ["EventID", (f) => f.source.eventId],
  ["RecordID", (f) => f.source.recordId],
  ["Details", details],
  ["ExtraFieldInfo", extra],
  ["RuleID", (f) => f.behaviour],
];

const VERBOSE: readonly Column[] = [
  ...STANDARD,
  // ATT&CK 19 renames Defense Evasion to Stealth; readers of today know the old name.
  ["MitreTactics", (f) => (f.techniques.some((id) => id.startsWith("T1218")) ? "Defense Evasion" : "")],
  ["MitreTags", (f) => f.techniques.join(" ¦ ")],
  ["OtherTags", (f) => f.mitigations.join(" ¦ ")],
  ["RuleFile", (f) => `catalog/${entryIdOf(f.behaviour)}.yaml`],
  ["EvtxFile", (f) => f.source.file],
  ["Index", (f) => f.source.index],
  ["Score", (f) => f.score],
  ["FindingID", (f) => f.id],
];

/** The three columns that Timesketch needs, and enough to search by. */
const TIMESKETCH: readonly Column[] = [
  ["datetime", (f) => f.time],
  ["timestamp_desc", () => "Process Creation"],
  ["message", (f) => `${f.level}: ${f.title}: ${f.commandLine ?? f.canonical ?? f.binary.name}`],
  ["level", (f) => f.level],
  ["score", (f) => f.score],
  ["computer", (f) => f.host],
  ["user", (f) => f.user],
  ["behaviour", (f) => f.behaviour],
  ["tag", (f) => f.techniques.join(",")],
  ["evidence", extra],
  ["source_file", (f) => f.source.file],
  ["source_index", (f) => f.source.index],
];

const PROFILES: Record<OutputContext["profile"], readonly Column[]> = {
  standard: STANDARD,
  verbose: VERBOSE,
  timesketch: TIMESKETCH,
};

/** Comma-separated values (RFC 4180) with the columns that users of Hayabusa, Timeline Explorer and Timesketch know. */
export const csv: Output = {
  name: "csv",
  open(write, context) {
    const columns = PROFILES[context.profile];
    write(`${columns.map(([name]) => name).join(",")}\r\n`);
    return {
      finding: (finding) =>
        write(`${columns.map(([, value]) => csvField(String(value(finding) ?? ""))).join(",")}\r\n`),
      end() {},
    };
  },
};
