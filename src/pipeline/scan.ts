import type { Overrides } from "../catalog/chains/types.ts";
import { loadCatalog } from "../catalog/load.ts";
import type { Gate } from "../correlate/allow/list.ts";
import { CaseBuilder } from "../correlate/cases/builder.ts";
import { createDetector } from "../correlate/detector.ts";
import { isOfInterest } from "../correlate/interest.ts";
import type { Finding } from "../model/finding.ts";
import type { Level } from "../model/level.ts";
import type { CaseItem } from "../outputs/output.ts";
import type { RunSummary } from "../outputs/summary.ts";
import { loadAllowList } from "./allow.ts";
import { type GatherOptions, gather } from "./gather.ts";
import { Known, type KnownOptions } from "./known.ts";
import { type Pricing, price } from "./price.ts";
import { loadSite, type SiteOptions } from "./site.ts";
import { EventSorter } from "./sort.ts";
import { Tally } from "./tally.ts";

export type { Progress } from "./tally.ts";

export interface ScanOptions extends KnownOptions, GatherOptions, SiteOptions {
  /** Findings below this level are left out. Default: low. */
  readonly minLevel?: Level;
  readonly cases?: boolean;
  /** Values of settings of chains, by chain and name. */
  readonly chainSettings?: Overrides;
  /** Paths of allow-lists: what they answer for is counted, not given out. */
  readonly allow?: readonly string[];
  /** In place of allow-lists: sees every finding that is about to be given out. */
  readonly gate?: Gate;
  /** False: what happens around a process start is passed over. */
  readonly correlate?: boolean;
  /** Where costs of cures are to be known before the first finding is given out: the events are gone through twice more then. */
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
  try {
    const { pricing, minLevel = "low" } = options;
    await gather(paths, { ...options, everyConnection: pricing !== undefined }, { catalog, tally, sorter });
    const history = known.history(tally.lastTime, () => sorter.sorted());
    const cases = options.cases ? new CaseBuilder() : undefined;
    const shared = { catalog, site, correlate: options.correlate ?? true, ...(history && { history }) };
    if (pricing) {
      const again = await loadAllowList(options.allow, catalog);
      price(sorter, { ...pricing, minLevel }, catalog, { ...shared, ...(again && { gate: again }) });
    }
    const detector = createDetector({ ...shared, minLevel, traces: options.cases ?? false, ...(gate && { gate }) });
    const report = (findings: readonly Finding[]) => {
      for (const finding of findings) {
        tally.finding(finding);
        options.onFinding(finding);
        const trace = cases && detector.traceOf(finding);
        if (trace) for (const item of cases.add(finding, trace)) options.onCase?.(item);
      }
    };
    for (const event of sorter.sorted()) if (!pricing || isOfInterest(event, catalog)) report(detector.push(event));
    report(detector.end());
    for (const item of cases?.finish() ?? []) options.onCase?.(item);
  } finally {
    sorter.close();
    known.close();
  }
  return tally.summary(catalog.version, options.signal?.aborted ?? false, allow?.report());
}
