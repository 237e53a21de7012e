import type { Catalog } from "../../../catalog/catalog.ts";
import type { Cost } from "../../../model/cure.ts";
import type { Policy } from "../../model.ts";
import { evidenceOf } from "../../plan/from-baseline.ts";
import type { Costs } from "../cure.ts";
import { keyOf, MOST_EXAMPLES, MOST_RULES, objectOf, stopper } from "./rule.ts";

/**
 * Tells what a rule would have cost by what a baseline knows of ordinary use.
 * @throws WhatranError `baseline/…`
 */
export function costsByBaseline(baseline: string, catalog: Catalog): Costs {
  const evidence = evidenceOf(baseline, catalog);
  const known = new Map<string, Cost>();
  return (policy: Policy) => {
    const key = keyOf(policy);
    if (known.has(key) || known.size >= MOST_RULES) return known.get(key);
    const stops = stopper(policy);
    const hosts = new Set<string>();
    const examples = new Set<string>();
    let times = 0;
    for (const one of evidence.acts) {
      if (!stops(one.act)) continue;
      times += one.times;
      for (const host of one.hosts) hosts.add(host);
      if (examples.size < MOST_EXAMPLES) examples.add(objectOf(one.act));
    }
    const cost: Cost = { by: "baseline", times, hosts: hosts.size, examples: [...examples] };
    known.set(key, cost);
    return cost;
  };
}
