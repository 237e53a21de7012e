import { visible } from "../outputs/escape.ts";
import type { Hole, Proof } from "./holes.ts";
import type { Outcome, PolicyResult, RuleResult, Simulation } from "./simulation.ts";

/** Lines of each list that a terminal shows; the JSON has them all. */
const SHOWN = 12;

const count = (n: number, what: string) => `${n.toLocaleString("en-US")} ${what}${n === 1 ? "" : "s"}`;
const sum = (outcomes: readonly Outcome[]) => outcomes.reduce((total, { times }) => total + times, 0);

function line({ what, times, hosts, users, why }: Outcome): string {
  const where = [count(hosts.length, "host"), ...(users.length > 0 ? [users.slice(0, 3).join(", ")] : [])].join("; ");
  return `  ${String(times).padStart(6)} × ${visible(what)} (${visible(where)})\n           ${visible(why)}`;
}

function list(title: string, outcomes: readonly Outcome[]): readonly string[] {
  if (outcomes.length === 0) return [];
  const more = outcomes.length > SHOWN ? [`         and ${count(outcomes.length - SHOWN, "more kind")}`] : [];
  return ["", `${title}: ${sum(outcomes).toLocaleString("en-US")}`, ...outcomes.slice(0, SHOWN).map(line), ...more];
}

const LONGEST = 140;

function placeOf({ file, recordId, index, host, commandLine = "" }: Proof): string {
  const line = commandLine.length > LONGEST ? `${commandLine.slice(0, LONGEST)}…` : commandLine;
  return `${file}, record ${recordId ?? `at ${index}`}${host === undefined ? "" : ` (${host})`}: ${line}`;
}

/** The ways of one program: what is the same for all of them is said once. */
function programText(holes: readonly Hole[]): readonly string[] {
  const [first] = holes;
  if (!first) return [];
  const possible = holes.filter(({ done }) => done === 0);
  return [
    `  ${visible(first.binary)}: ${visible(first.why)} (${count(first.starts, "start")} on ${count(first.hosts, "host")})`,
    ...holes
      .filter(({ done }) => done > 0)
      .flatMap(({ done, title, techniques, proof }) => [
        `    ${`${done} ×`.padEnd(9)}${visible(title)} (${techniques.join(", ")})`,
        `             ${visible(placeOf(proof))}`,
      ]),
    ...new Set(possible.map(({ title, techniques }) => `    possible ${visible(title)} (${techniques.join(", ")})`)),
    ...(possible[0] ? [`             ${visible(placeOf(possible[0].proof))}`] : []),
  ];
}

function holesText(holes: readonly Hole[]): readonly string[] {
  if (holes.length === 0) return [];
  const programs = [...new Set(holes.map(({ binary }) => binary))];
  const done = holes.filter((hole) => hole.done > 0).length;
  return [
    "",
    `T1218 behaviours that this policy lets pass: ${holes.length} of ${count(programs.length, "program")} that the logs show running; ${done} of them were done`,
    ...programs.flatMap((name) => programText(holes.filter(({ binary }) => binary === name))),
  ];
}

function ruleText({ rule, events, stopped, passed, broken, hosts }: RuleResult): string {
  const parts = [
    ...(stopped > 0 ? [`${count(stopped, "attack")} stopped`] : []),
    ...(passed > 0 ? [`${count(passed, "attack")} passed`] : []),
    ...(broken > 0 ? [`${broken} legitimate on ${count(hosts, "host")} blocked`] : []),
  ];
  const more = parts.length > 0 ? `: ${parts.join(", ")}` : "";
  return `  ${String(events).padStart(6)} × ${visible(rule === "" ? "(no rule)" : rule)}${more}`;
}

function resultText(result: PolicyResult): string {
  const { block, audit, allow, undecided } = result.decisions;
  const rules = result.byRule.slice(0, SHOWN);
  return [
    `Policy ${visible(result.policy)}`,
    `  ${count(block, "event")} blocked, ${audit} audited, ${allow} allowed, ${undecided} undecided`,
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
