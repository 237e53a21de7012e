import type { Catalog } from "../../catalog/catalog.ts";
import { plural } from "../../outputs/counts.ts";
import { type Decider, decider } from "../decide/engine.ts";
import type { Policy, PolicyMode, Rule } from "../model.ts";
import { TARGETS } from "../registry.ts";
import type { PolicyFile, Target } from "../target.ts";
import { RULED } from "../targets/appcontrol/names.ts";
import type { Evidence, Witnessed } from "./evidence.ts";
import type { Measure } from "./measure.ts";
import { applianceMeasures } from "./measures/appliances.ts";
import { attachmentMeasures } from "./measures/attachments.ts";
import { attackSurface } from "./measures/attack-surface.ts";
import { contentMeasures } from "./measures/content.ts";
import { featureMeasures } from "./measures/features.ts";
import { linuxConfineMeasures } from "./measures/linux/confine.ts";
import { linuxProgramMeasures } from "./measures/linux/programs.ts";
import { linuxWatchMeasures } from "./measures/linux/watch.ts";
import { moduleMeasures } from "./measures/modules.ts";
import { networkMeasures } from "./measures/network.ts";
import { copyMeasures, placeMeasures } from "./measures/places.ts";
import { processMeasures } from "./measures/processes.ts";
import { programMeasures } from "./measures/programs.ts";
import { visibilityMeasures } from "./measures/visibility.ts";
import { type Remains, remainsOf } from "./remains.ts";

/** What a measure would have stopped in the history that nobody should have missed. */
export interface Cost {
  readonly times: number;
  readonly hosts: number;
  readonly examples: readonly string[];
}

export interface PlannedMeasure extends Omit<Measure, "rules"> {
  readonly cost: Cost;
  /** Ids of its rules by product. */
  readonly rules: Readonly<Record<string, readonly string[]>>;
  /** Rules that were left out, with the reason. */
  readonly leftOut: readonly string[];
}

export interface Plan {
  readonly schema: "whatran/plan/1";
  readonly mode: PolicyMode;
  readonly evidence: {
    readonly hosts: number;
    readonly hostDays: number;
    readonly starts: number;
    readonly loads: number;
    readonly connections: number;
    readonly alerted: number;
    readonly dropped: number;
    /** What is suspicious but so widespread that it counts as needed: somebody should look at it. */
    readonly doubtful: readonly string[];
  };
  readonly measures: readonly PlannedMeasure[];
  readonly products: readonly {
    readonly id: string;
    readonly title: string;
    readonly files: readonly string[];
    readonly cannot: readonly string[];
    /** Its files stop things in mode audit, too: it has no audit mode, or has it elsewhere. */
    readonly isAtOnce: boolean;
  }[];
  /** What passes when all of it is enforced. */
  readonly remains: readonly Remains[];
}

export interface Planned {
  readonly plan: Plan;
  readonly files: readonly PolicyFile[];
  readonly policies: readonly Policy[];
}

const ALLOW_ALL: Rule = {
  id: "ID_ALLOW_ALL",
  action: "allow",
  on: RULED,
  object: [{ originalName: "*" }],
  description: "Allow all that is not denied",
};
/** Script enforcement is left off: it is not silent in audit mode, and the rules here need it not. */
const OPTIONS: readonly string[] = [
  "Enabled:Unsigned System Integrity Policy",
  "Enabled:UMCI",
  "Enabled:Update Policy No Reboot",
  "Disabled:Script Enforcement",
];
const NAME = "whatran T1218";

/** A policy of a product from the rules of all measures. */
function policyOf(
  target: Target,
  measures: readonly Measure[],
  dropped: ReadonlySet<string>,
  mode: PolicyMode,
): Policy {
  const rules: Rule[] = [];
  const audited = new Set<Rule["on"][number]>();
  for (const measure of measures) {
    if (measure.mode === "audit" && target.triesNoRule) continue;
    for (const rule of measure.rules[target.id] ?? []) {
      if (dropped.has(`${target.id} ${rule.id}`) || target.refuses(rule) !== undefined) continue;
      // A file rule of App Control holds for whatever is done with the file.
      rules.push(target.id === "appcontrol" && !rule.subject ? { ...rule, on: RULED } : rule);
      if (measure.mode === "audit") for (const on of rule.on) audited.add(on);
    }
  }
  const base = { target: target.id, name: NAME, mode, unknown: [] };
  if (target.id === "appcontrol") return { ...base, rules: [ALLOW_ALL, ...rules], options: OPTIONS };
  if (target.id === "asr" || target.id === "exploitprotection")
    return { ...base, rules: rules.map((rule) => (mode === "audit" ? { ...rule, mode } : rule)) };
  if (target.id !== "applocker") return { ...base, rules };
  const ons = [...new Set(rules.flatMap(({ on }) => on))];
  const collections = ons.map((on) => ({ on, mode: audited.has(on) ? ("audit" as const) : mode }));
  return { ...base, rules, collections };
}

interface Broken {
  times: number;
  readonly hosts: Set<string>;
  readonly examples: Set<string>;
}

const exampleOf = ({ act: { on, subject, object, peer } }: Witnessed): string => {
  const what = object.path ?? peer?.host ?? peer?.address ?? "something";
  return on === "execute" ? what : `${subject.path ?? "a process"} (${on}) ${what}`;
};

/** Which rules would have stopped what in the history; the empty id is the block by default. */
function replay(policy: Policy, target: Target, evidence: Evidence): ReadonlyMap<string, Broken> {
  const by: Decider = decider(policy, target.semantics);
  const broken = new Map<string, Broken>();
  for (const one of evidence.acts) {
    const decision = by.decide(one.act);
    if (decision?.decision !== "block") continue;
    const key = decision.rule === "" ? `default ${one.act.on}` : decision.rule;
    const found = broken.get(key) ?? { times: 0, hosts: new Set(), examples: new Set() };
    broken.set(key, found);
    found.times += one.times;
    for (const host of one.hosts) found.hosts.add(host);
    if (found.examples.size < 5) found.examples.add(exampleOf(one));
  }
  return broken;
}

const NOTHING: Broken = { times: 0, hosts: new Set(), examples: new Set() };

function costOf(measure: Measure, broken: ReadonlyMap<string, ReadonlyMap<string, Broken>>): Cost {
  const all = Object.entries(measure.rules).flatMap(([target, rules]) => {
    const ours = broken.get(target);
    // What an allow list stops by default is the cost of the list, and told once.
    const lists =
      rules[0]?.action === "allow" ? [...new Set(rules.flatMap(({ on }) => on))].map((on) => `default ${on}`) : [];
    return [...rules.map(({ id }) => id), ...lists].map((id) => ours?.get(id) ?? NOTHING);
  });
  return {
    times: all.reduce((sum, { times }) => sum + times, 0),
    hosts: new Set(all.flatMap(({ hosts }) => [...hosts])).size,
    examples: [...new Set(all.flatMap(({ examples }) => [...examples]))].slice(0, 5),
  };
}

/** A rule that would have stopped something legitimate is left out; what remains is replayed once more for the costs. */
export function makePlan(
  catalog: Catalog,
  evidence: Evidence,
  mode: PolicyMode,
  doubtful: readonly string[] = [],
): Planned {
  const measures = [
    ...programMeasures(catalog, evidence),
    ...moduleMeasures(catalog, evidence),
    ...processMeasures(catalog, evidence),
    ...placeMeasures(evidence),
    ...copyMeasures(catalog, evidence),
    ...networkMeasures(catalog, evidence),
    ...contentMeasures(evidence),
    attackSurface(evidence, catalog),
    ...attachmentMeasures(evidence),
    ...featureMeasures(evidence),
    ...visibilityMeasures(catalog, evidence),
    ...linuxProgramMeasures(catalog, evidence),
    ...linuxConfineMeasures(catalog, evidence),
    ...linuxWatchMeasures(catalog, evidence),
    ...applianceMeasures(catalog, evidence),
  ];
  const dropped = new Set<string>();
  const reasons = new Map<string, string>();
  const costs = new Map<string, ReadonlyMap<string, Broken>>();
  const policies: Policy[] = [];
  const enforced: Policy[] = [];
  for (const target of TARGETS) {
    const trial = replay(policyOf(target, measures, dropped, "enforce"), target, evidence);
    for (const [id, { times, hosts, examples }] of trial) {
      if (id.startsWith("default ")) continue;
      dropped.add(`${target.id} ${id}`);
      reasons.set(
        `${target.id} ${id}`,
        `${target.title}: ${id} would have stopped ${plural(times, "legitimate event")} on ${plural(hosts.size, "host")}, such as ${[...examples][0]}`,
      );
    }
    const policy = policyOf(target, measures, dropped, mode);
    if (policy.rules.length <= (target.id === "appcontrol" ? 1 : 0)) continue;
    policies.push(policy);
    const strict = policyOf(target, measures, dropped, "enforce");
    enforced.push(strict);
    costs.set(target.id, replay(strict, target, evidence));
  }
  const written = policies.map((policy) => ({ policy, target: TARGETS.find(({ id }) => id === policy.target)! }));
  const products = written.map(({ policy, target }) => ({ target, files: target.write(policy) }));
  return {
    policies,
    files: products.flatMap(({ files }) => files),
    plan: {
      schema: "whatran/plan/1",
      mode,
      evidence: {
        hosts: evidence.hosts.size,
        hostDays: evidence.hostDays,
        starts: evidence.seen.execute,
        loads: evidence.seen.load,
        connections: evidence.seen.connect,
        alerted: evidence.alerted,
        dropped: evidence.dropped,
        doubtful,
      },
      measures: measures.map((measure) => planned(measure, costs, dropped, reasons)),
      products: products.map(({ target, files }) => ({
        id: target.id,
        title: target.title,
        files: files.map(({ name }) => name),
        cannot: target.cannot,
        isAtOnce: mode === "audit" && target.actsAtOnce === true,
      })),
      remains: remainsOf(catalog, evidence, enforced),
    },
  };
}

function planned(
  { rules, ...measure }: Measure,
  costs: ReadonlyMap<string, ReadonlyMap<string, Broken>>,
  dropped: ReadonlySet<string>,
  reasons: ReadonlyMap<string, string>,
): PlannedMeasure {
  const kept = Object.entries(rules).map(
    ([target, ours]) => [target, ours.map(({ id }) => id).filter((id) => !dropped.has(`${target} ${id}`))] as const,
  );
  const leftOut = Object.entries(rules).flatMap(([target, ours]) =>
    ours.flatMap(({ id }) => reasons.get(`${target} ${id}`) ?? []),
  );
  return { ...measure, cost: costOf({ ...measure, rules }, costs), rules: Object.fromEntries(kept), leftOut };
}
