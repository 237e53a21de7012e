import { loadCatalog } from "../catalog/load.ts";
import type { Gate } from "../correlate/allow/list.ts";
import { CaseBuilder } from "../correlate/cases/builder.ts";
import { createDetector } from "../correlate/detector.ts";
import type { Finding } from "../model/finding.ts";
import { atLeast, type Level } from "../model/level.ts";
import type { CaseItem } from "../outputs/output.ts";
import type { RunSummary } from "../outputs/summary.ts";
import { loadAllowList } from "./allow.ts";
import { Foreseen, levelFor, ofInterest, type Pricing } from "./foreseen.ts";
import { type GatherOptions, gather, startThreads } from "./gather.ts";
import { Known, type KnownOptions } from "./known.ts";
import { loadSite, type SiteOptions, siteOptions } from "./site.ts";
import { EventSorter } from "./sort.ts";
import { Tally } from "./tally.ts";
import { inTurns } from "./turns.ts";
import { detectShared } from "./workers/detect-shared.ts";
import { HostDetector } from "./workers/host-detector.ts";
import type { Outcome } from "./workers/protocol.ts";

export type { Progress } from "./tally.ts";

export interface ScanOptions extends KnownOptions, GatherOptions, SiteOptions {
  /** Findings below this level are left out. Default: low. */
  readonly minLevel?: Level;
  readonly cases?: boolean;
  /** Paths of allow-lists: what they answer for is counted, not given out. */
  readonly allow?: readonly string[];
  /** In place of allow-lists: sees every finding that is about to be given out. */
  readonly gate?: Gate;
  /** Share of true findings for which likelihoods are told; see the detector's. */
  readonly prior?: number;
  /** False: what happens around a process start is passed over. */
  readonly correlate?: boolean;
  /** Where costs of cures are to be known before the first finding is given out: the events are gone through once more then. */
  readonly pricing?: Pricing;
  onFinding(finding: Finding): void;
  onCase?(item: CaseItem): void;
}

/**
 * Reads inputs, understands their records, and gives out findings: the main job. Bad input never throws; it comes as diagnostics.
 * @throws WhatranError for an operator's mistake: an unknown format, a wrong catalogue
 */
export async function scan(paths: readonly string[], options: ScanOptions): Promise<RunSummary> {
  const catalog = await loadCatalog(options.catalogDirs, options.chainSettings);
  const site = loadSite(options, options.onDiagnostic);
  const allow = await loadAllowList(options.allow, catalog);
  const gate = options.gate ?? allow;
  const known = new Known(options, catalog);
  const tally = new Tally();
  const sorter = new EventSorter();
  const { pricing, prior, minLevel = "low", correlate = true } = options;
  const gathering = { ...options, everyConnection: pricing !== undefined };
  const pool = await startThreads(paths, gathering);
  try {
    await gather(paths, gathering, { catalog, tally, sorter }, pool);
    options.onHeld?.();
    const past = await known.past(tally.lastTime, () => sorter.sorted());
    const cases = options.cases ? new CaseBuilder() : undefined;
    const report = ({ finding, trace }: Outcome) => {
      tally.finding(finding);
      options.onFinding(finding);
      if (cases && trace) for (const item of cases.add(finding, trace)) options.onCase?.(item);
    };
    const history = known.history(past);
    const shared = { catalog, site, correlate, ...(history && { history }) };
    const events = pricing ? ofInterest(sorter, catalog) : sorter;
    const detect = async (level: Level, guard: Gate | undefined, take: (outcome: Outcome) => void) => {
      const detecting = { minLevel: level, correlate, prior, traces: cases !== undefined };
      // What an allow-list has seen is known to one thread only.
      if (pool && !guard) {
        const here = new HostDetector({ ...shared, ...detecting });
        const there = { ...detecting, site: siteOptions(options), ...(past && { past }) };
        await detectShared(pool, here, events, there, take, options.signal);
        return;
      }
      const detector = createDetector({ ...shared, ...detecting, hostByHost: true, ...(guard && { gate: guard }) });
      const give = (findings: readonly Finding[]) => {
        for (const finding of findings) take({ finding, trace: detector.traceOf(finding) });
      };
      await inTurns(events.sorted(), (event) => give(detector.push(event)), options.signal);
      give(detector.end());
    };
    if (pricing) {
      const foreseen = new Foreseen(pricing, minLevel);
      // What lies below the level that was asked for is not the allow-list's to count.
      const aside = gate && ((await loadAllowList(options.allow, catalog)) ?? gate);
      await detect(levelFor(minLevel), gate && aside && sided(minLevel, gate, aside), (one) => foreseen.take(one));
      await foreseen.count(sorter.sorted(), catalog, options.signal);
      if (foreseen.waiting) for (const outcome of foreseen.waiting) report(outcome);
      else await detect(minLevel, aside, report);
    } else await detect(minLevel, gate, report);
    for (const item of cases?.finish() ?? []) options.onCase?.(item);
  } finally {
    sorter.close();
    known.close();
    await pool?.close();
  }
  return tally.summary(catalog.version, options.signal?.aborted ?? false, allow?.report());
}

/** Asks one gate about findings of a level or above, and another about those below. */
function sided(level: Level, gate: Gate, below: Gate): Gate {
  return { hides: (pending, scored) => (atLeast(scored.level, level) ? gate : below).hides(pending, scored) };
}
