import type { Catalog } from "../../catalog/catalog.ts";
import type { Cost } from "../../model/cure.ts";
import { decider } from "../decide/engine.ts";
import type { Policy } from "../model.ts";
import { evidenceOf } from "../plan/from-baseline.ts";
import { targetOf } from "../registry.ts";
import { type Costs, isMeant } from "./cure.ts";

/** Rules whose costs are worked out; each is put to everything that the baseline knows. */
const MOST_RULES = 500;

/**
 * Tells what a rule would have cost by what a baseline knows of ordinary use.
 * @throws WhatranError `baseline/…`
 */
export function costsOf(baseline: string, catalog: Catalog): Costs {
  const evidence = evidenceOf(baseline, catalog);
  const known = new Map<string, Cost>();
  return (policy: Policy) => {
    const key = JSON.stringify([policy.target, policy.rules]);
    if (known.has(key) || known.size >= MOST_RULES) return known.get(key);
    const by = decider(policy, targetOf(policy.target).semantics);
    const hosts = new Set<string>();
    const examples = new Set<string>();
    let times = 0;
    for (const one of evidence.acts) {
      const decision = by.decide(one.act);
      if (decision?.decision !== "block" || !isMeant(policy, decision)) continue;
      times += one.times;
      for (const host of one.hosts) hosts.add(host);
      if (examples.size < 3)
        examples.add(one.act.object.path ?? one.act.peer?.host ?? one.act.subject.path ?? "something");
    }
    const cost: Cost = { by: "baseline", times, hosts: hosts.size, examples: [...examples] };
    known.set(key, cost);
    return cost;
  };
}
