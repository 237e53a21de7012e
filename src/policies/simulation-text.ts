import { number, plural } from "../outputs/counts.ts";
import { visible } from "../outputs/escape.ts";
import { wrapText } from "../outputs/width.ts";
import type { Hole, Proof } from "./holes.ts";
import type { Outcome, PolicyResult, RuleResult, Simulation } from "./simulation.ts";

/** Lines of each list that a terminal shows; the JSON has them all. */
const SHOWN = 12;

const sum = (outcomes: readonly Outcome[]) => outcomes.reduce((total, { times }) => total + times, 0);

function line({ what, times, hosts, users, why }: Outcome): string {
  const where = [plural(hosts.length, "host"), ...(users.length > 0 ? [users.slice(0, 3).join(", ")] : [])].join("; ");
  return `  ${String(times).padStart(6)} × ${visible(what)} (${visible(where)})\n           ${visible(why)}`;
}

function list(title: string, outcomes: readonly Outcome[]): readonly string[] {
  if (outcomes.length === 0) return [];
  const more = outcomes.length > SHOWN ? [`         and ${plural(outcomes.length - SHOWN, "more kind")}`] : [];
  return ["", `${title}: ${number(sum(outcomes))}`, ...outcomes.slice(0, SHOWN).map(line), ...more];
}

const LONGEST = 140;

function placeOf({ file, recordId, index, host, commandLine = "" }: Proof): string {
  const line = commandLine.length > LONGEST ? `${commandLine.slice(0, LONGEST)}…` : commandLine;
  return `${file}, record ${recordId ?? `at ${index}`}${host === undefined ? "" : ` (${host})`}: ${line}`;
}

/** What was done, with the run that proves it. */
function doneText({ binary, done, title, techniques, why, proof }: Hole): readonly string[] {
  return [
    `  ${String(done).padStart(6)} × ${visible(binary)}: ${visible(title)} (${techniques.join(", ")})`,
    `           ${visible(why)}`,
    `           ${visible(placeOf(proof))}`,
  ];
}

const COLUMNS = 100;

/** What else a program could do: what is the same for all of its ways is said once. */
function possibleText(holes: readonly Hole[]): readonly string[] {
  const [first] = holes;
  if (!first) return [];
  const ways = [...new Set(holes.map(({ title, techniques }) => `${title} (${techniques.join(", ")})`))];
  return [
    `  ${visible(first.binary)}: ${visible(first.why)} (${plural(first.starts, "start")} on ${plural(first.hosts, "host")})`,
    `      ${visible(placeOf(first.proof))}`,
    ...wrapText(visible(ways.join("; ")), COLUMNS - 6).map((line) => `      ${line}`),
  ];
}

function holesText(holes: readonly Hole[]): readonly string[] {
  if (holes.length === 0) return [];
  const [done, possible] = [holes.filter((one) => one.done > 0), holes.filter((one) => one.done === 0)];
  const programs = [...new Set(possible.map(({ binary }) => binary))];
  const all = new Set(holes.map(({ binary }) => binary)).size;
  return [
    "",
    `T1218 behaviours that this policy lets pass: ${holes.length} of ${plural(all, "program")} that the logs show running; ${done.length} of them were done`,
    ...(done.length > 0 ? ["", "Done in these logs, each with a run that proves it:", ...done.flatMap(doneText)] : []),
    ...(programs.length > 0
      ? ["", "Possible, as the program was started and nothing that the behaviour needs is denied:"]
      : []),
    ...programs.flatMap((name) => possibleText(possible.filter(({ binary }) => binary === name))),
  ];
}

const nameOf = (rule: string, title: string | undefined) =>
  rule === "" ? "(no rule)" : title === undefined ? rule : `“${title}” (${rule})`;

function ruleText({ rule, title, events, undecided, stopped, passed, broken, hosts }: RuleResult): string {
  const parts = [
    ...(undecided > 0 ? [`${undecided} undecided`] : []),
    ...(stopped > 0 ? [`${plural(stopped, "attack")} stopped`] : []),
    ...(passed > 0 ? [`${plural(passed, "attack")} passed`] : []),
    ...(broken > 0 ? [`${broken} legitimate on ${plural(hosts, "host")} blocked`] : []),
  ];
  const more = parts.length > 0 ? `: ${parts.join(", ")}` : "";
  return `  ${String(events).padStart(6)} × ${visible(nameOf(rule, title))}${more}`;
}

function resultText(result: PolicyResult): string {
  const { block, audit, allow, undecided } = result.decisions;
  const rules = result.byRule.slice(0, SHOWN);
  return [
    `Policy ${visible(result.policy)}`,
    `  ${plural(block, "event")} blocked, ${audit} audited, ${allow} allowed, ${undecided} undecided`,
    ...rules.map(ruleText),
    ...holesText(result.holes),
    ...list("Attacks stopped", result.stopped),
    ...list("Attacks passed, and by which hole", result.passed),
    ...list("Attacks undecided", result.undecidedAttacks),
    ...list("Legitimate events broken", result.broken),
    ...list("Undecided, and why", result.undecided),
  ].join("\n");
}

/** The summary for people. */
export function simulationText(simulation: Simulation): string {
  return `${simulation.policies.map(resultText).join("\n\n")}\n`;
}
