import { visible } from "../outputs/escape.ts";
import type { Outcome, PolicyResult, Simulation } from "./simulation.ts";

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

function resultText(result: PolicyResult): string {
  const { block, audit, allow, undecided } = result.decisions;
  const rules = Object.entries(result.rules).slice(0, SHOWN);
  return [
    `Policy ${visible(result.policy)}`,
    `  ${count(block, "event")} blocked, ${audit} audited, ${allow} allowed, ${undecided} undecided`,
    ...rules.map(([rule, times]) => `  ${String(times).padStart(6)} × ${visible(rule === "" ? "(no rule)" : rule)}`),
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
