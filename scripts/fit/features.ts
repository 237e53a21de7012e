import type { Catalog } from "../../src/catalog/catalog.ts";
import { chainWeight, type Reason, usualWeight, weightOf } from "../../src/score/score.ts";

/** A reason as the model sees it: which weight it draws on, and how much of it. */
export interface Feature {
  /** `usual.rare`, `signals.remote-payload`, `chain.strong`; undefined: a fixed share that is not fitted. */
  readonly weight: string | undefined;
  readonly group: string;
  /** Share of the weight that is left after decay; where there is no weight, the log-odds themselves. */
  readonly value: number;
}

/** Undefined for what is told and weighs nothing. */
export function featureOf({ id, group, weight }: Reason, catalog: Catalog): Feature | undefined {
  if (weight === 0) return undefined;
  if (id.startsWith("behaviour:")) {
    const usual = id.slice("behaviour:".length) as Parameters<typeof usualWeight>[0];
    return { weight: `usual.${usual}`, group, value: weight / usualWeight(usual) };
  }
  if (id.startsWith("chain:")) {
    const strength = catalog.chains.find((chain) => `chain:${chain.id}` === id)?.strength;
    if (strength) return { weight: `chain.${strength}`, group, value: weight / chainWeight(strength) };
  }
  const whole = weightOf(id);
  return whole === 0
    ? { weight: undefined, group, value: weight }
    : { weight: `signals.${id}`, group, value: weight / whole };
}
