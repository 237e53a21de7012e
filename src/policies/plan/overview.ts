import { mitigationName } from "../../outputs/attack.ts";
import { plural } from "../../outputs/counts.ts";
import type { Plan, PlannedMeasure } from "./plan.ts";

/** Measures by their mitigation, in the order of the plan. */
export function grouped(measures: readonly PlannedMeasure[]): ReadonlyMap<string, readonly PlannedMeasure[]> {
  const groups = new Map<string, PlannedMeasure[]>();
  for (const measure of measures) groups.set(measure.mitigation, [...(groups.get(measure.mitigation) ?? []), measure]);
  return groups;
}

export interface Row {
  readonly mitigation: string;
  readonly name: string;
  readonly measures: number;
  /** How many would have stopped something legitimate, and how many begin in audit mode. */
  readonly costly: number;
  readonly audit: number;
}

/** A row for each mitigation. */
export const overviewOf = (measures: readonly PlannedMeasure[]): readonly Row[] =>
  [...grouped(measures)].map(([mitigation, ones]) => ({
    mitigation,
    name: mitigationName(mitigation) ?? "",
    measures: ones.length,
    costly: ones.filter(({ cost }) => cost.times > 0).length,
    audit: ones.filter(({ mode }) => mode === "audit").length,
  }));

/** Measures in a row that say the same but for what they are about, together. */
export function alike(measures: readonly PlannedMeasure[]): readonly (readonly PlannedMeasure[])[] {
  const runs: PlannedMeasure[][] = [];
  let last = "";
  for (const measure of measures) {
    const { mitigation, mode, evidence, blind, cost, leftOut, rules } = measure;
    const key = JSON.stringify([mitigation, mode, evidence, blind, cost, leftOut, productsOf(rules)]);
    if (key === last) runs.at(-1)?.push(measure);
    else runs.push([measure]);
    last = key;
  }
  return runs;
}

const productsOf = (rules: PlannedMeasure["rules"]) =>
  Object.keys(rules).filter((target) => (rules[target]?.length ?? 0) > 0);

export function costText({ cost }: PlannedMeasure): string {
  if (cost.times === 0) return "It would have stopped nothing legitimate in this history.";
  return `It would have stopped ${plural(cost.times, "event")} on ${plural(cost.hosts, "host")}, such as ${cost.examples.join("; ")}.`;
}

/** How a measure is begun; the steps stand with its products. */
export const beginning = ({ mode }: PlannedMeasure): string =>
  mode === "audit" ? "Stay in audit mode until the log says what it would cost." : "Audit, pilot group, everybody.";

/** Files that stop something as soon as they are loaded, though the others only audit. */
export const atOnce = ({ products }: Plan): readonly string[] =>
  products.filter(({ isAtOnce }) => isAtOnce).flatMap(({ files }) => files);

export const AT_ONCE =
  "These products have no audit mode of their own: their files act as soon as they are loaded, so begin with a pilot group";

/** What the list of what still passes is, and why it passes. */
export const REMAINS =
  "Each behaviour of the programs that stay was put to these policies, enforced, with a payload where users write. These pass: the programs are needed, and what would tell an attack apart (arguments, what is in a file or in the registry) is asked by none of the products, or is what people do here, too. What is left is to look: whatran scan, and the Sysmon configuration of this plan.";
