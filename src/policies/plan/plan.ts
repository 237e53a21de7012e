import type { Catalog } from "../../catalog/catalog.ts";
import { plural } from "../../outputs/counts.ts";
import type { Operation, Policy, PolicyMode, Rule } from "../model.ts";
import { TARGETS } from "../registry.ts";
import type { PolicyFile, Target } from "../target.ts";
import { type Broken, type BrokenByTarget, type Cost, costOf, type Pace, replay, UNPACED } from "./cost.ts";
import type { Evidence } from "./evidence.ts";
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

const NAME = "whatran T1218";

/** A policy of a product from the rules of all measures; undefined where none is left for it. */
function policyOf(
  target: Target,
  measures: readonly Measure[],
  leftOut: ReadonlyMap<string, string>,
  mode: PolicyMode,
): Policy | undefined {
  const rules: Rule[] = [];
  const audited = new Set<Operation>();
  for (const measure of measures) {
    if (measure.mode === "audit" && target.triesNoRule) continue;
    for (const rule of measure.rules[target.id] ?? []) {
      if (leftOut.has(keyOf(target.id, rule.id)) || target.refuses(rule) !== undefined) continue;
      rules.push(target.hasRuleModes && mode === "audit" ? { ...rule, mode } : rule);
      if (measure.mode === "audit") for (const on of rule.on) audited.add(on);
    }
  }
  if (rules.length === 0) return undefined;
  return { target: target.id, name: NAME, mode, unknown: [], rules, ...target.frame?.(rules, mode, audited) };
}

type Proposing = (catalog: Catalog, evidence: Evidence) => readonly Measure[];

const PROPOSING: readonly Proposing[] = [
  programMeasures,
  moduleMeasures,
  processMeasures,
  (_, evidence) => placeMeasures(evidence),
  copyMeasures,
  networkMeasures,
  (_, evidence) => contentMeasures(evidence),
  (catalog, evidence) => [attackSurface(evidence, catalog)],
  (_, evidence) => attachmentMeasures(evidence),
  (_, evidence) => featureMeasures(evidence),
  visibilityMeasures,
  linuxProgramMeasures,
  linuxConfineMeasures,
  linuxWatchMeasures,
  applianceMeasures,
];

async function measuresOf(catalog: Catalog, evidence: Evidence, pace: Pace): Promise<readonly Measure[]> {
  const measures: Measure[] = [];
  for (const propose of PROPOSING) {
    const pause = pace.pause();
    if (pause) await pause;
    if (pace.isStopped) break;
    measures.push(...propose(catalog, evidence));
  }
  return measures;
}

/** What measures come to, product by product, once they were held against the history. */
interface Tried {
  /** Of products with a rule left. */
  readonly policies: readonly Policy[];
  /** The same to enforce. */
  readonly enforced: readonly Policy[];
  readonly costs: BrokenByTarget;
  /** Why rules were left out, by product and id. */
  readonly leftOut: ReadonlyMap<string, string>;
}

const keyOf = (target: string, id: string) => `${target} ${id}`;

/** A rule that would have stopped something legitimate is left out; what remains is replayed once more for the costs. */
async function tryOut(measures: readonly Measure[], evidence: Evidence, mode: PolicyMode, pace: Pace): Promise<Tried> {
  const leftOut = new Map<string, string>();
  const costs = new Map<string, ReadonlyMap<string, Broken>>();
  const policies: Policy[] = [];
  const enforced: Policy[] = [];
  for (const target of TARGETS) {
    if (pace.isStopped) break;
    const trial = policyOf(target, measures, leftOut, "enforce");
    if (!trial) continue;
    for (const [id, { times, hosts, examples }] of await replay(trial, target, evidence, pace)) {
      if (id.startsWith("default ")) continue;
      const much = `${plural(times, "legitimate event")} on ${plural(hosts.size, "host")}, such as ${[...examples][0]}`;
      leftOut.set(keyOf(target.id, id), `${target.title}: ${id} would have stopped ${much}`);
    }
    const policy = policyOf(target, measures, leftOut, mode);
    const strict = policyOf(target, measures, leftOut, "enforce");
    if (!policy || !strict) continue;
    policies.push(policy);
    enforced.push(strict);
    costs.set(target.id, await replay(strict, target, evidence, pace));
  }
  return { policies, enforced, costs, leftOut };
}

/** A plan from what the measures are worth in the history, with the files of every product; of one that was stopped nothing is to be used. */
export async function makePlan(
  catalog: Catalog,
  evidence: Evidence,
  mode: PolicyMode,
  doubtful: readonly string[] = [],
  pace: Pace = UNPACED,
): Promise<Planned> {
  const measures = await measuresOf(catalog, evidence, pace);
  const tried = await tryOut(measures, evidence, mode, pace);
  const { policies, enforced } = tried;
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
      measures: measures.map((measure) => planned(measure, tried)),
      products: products.map(({ target, files }) => ({
        id: target.id,
        title: target.title,
        files: files.map(({ name }) => name),
        cannot: target.cannot,
        isAtOnce: mode === "audit" && target.actsAtOnce === true,
      })),
      remains: pace.isStopped ? [] : remainsOf(catalog, evidence, enforced),
    },
  };
}

function planned({ rules, ...measure }: Measure, { costs, leftOut }: Tried): PlannedMeasure {
  const kept = Object.entries(rules).map(
    ([target, ours]) => [target, ours.map(({ id }) => id).filter((id) => !leftOut.has(keyOf(target, id)))] as const,
  );
  const reasons = Object.entries(rules).flatMap(([target, ours]) =>
    ours.flatMap(({ id }) => leftOut.get(keyOf(target, id)) ?? []),
  );
  const cost = costOf({ ...measure, rules }, costs);
  return { ...measure, cost, rules: Object.fromEntries(kept), leftOut: reasons };
}
