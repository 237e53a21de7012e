import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Catalog } from "../../src/catalog/catalog.ts";
import type { Gate } from "../../src/correlate/allow/list.ts";
import { buildFinding } from "../../src/correlate/build.ts";
import type { Pending } from "../../src/correlate/pending.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { Level } from "../../src/model/level.ts";
import { readFeedback } from "../../src/pipeline/labels/feedback.ts";
import { indexFindings } from "../../src/pipeline/labels/join.ts";
import { isWrongToReport, readLabels, telemetryIn } from "../../src/pipeline/labels/labels.ts";
import { scan } from "../../src/pipeline/scan.ts";
import type { Reason } from "../../src/score/score.ts";
import { type Feature, featureOf } from "./features.ts";

/** A labelled finding as the model sees it. */
export interface Row {
  /** Folder that it comes from. */
  readonly set: string;
  /** What a fold holds together: one host of one folder, or one file where the log names no host. */
  readonly host: string;
  readonly time: number;
  readonly behaviour: string;
  readonly label: boolean;
  readonly features: readonly Feature[];
  readonly floor?: Level;
}

/** Notes of every finding what it was made of. */
class Collector implements Gate {
  readonly seen = new Map<Finding, { features: readonly Feature[]; floor: Level | undefined }>();
  readonly #catalog: Catalog;
  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }
  hides(pending: Pending): boolean {
    const { judgement, corroborations } = pending;
    const reasons: readonly Reason[] = [...judgement.reasons, ...corroborations];
    const features = reasons.flatMap((reason) => featureOf(reason, this.#catalog) ?? []);
    this.seen.set(buildFinding(pending), { features, floor: judgement.behaviour.floor });
    return true;
  }
}

/** Findings of a labelled folder of which it is known whether they are true: by its labels, and by what analysts said. */
export async function rowsOf(folder: string, feedback: string | undefined, catalog: Catalog): Promise<Row[]> {
  const collector = new Collector(catalog);
  await scan(telemetryIn(folder), { gate: collector, minLevel: "informational", onFinding() {} });
  const findings = [...collector.seen.keys()];
  const labels = labelsOf(folder, findings);
  const said = readFeedback(feedback ?? join(folder, "whatran-feedback.ndjson")).labels;
  return findings.flatMap((finding): Row[] => {
    const word = said.get(finding.id);
    const label = word === undefined ? labels.get(finding) : word === "unsure" ? undefined : word === "true";
    const seen = collector.seen.get(finding);
    if (label === undefined || !seen) return [];
    const { features, floor } = seen;
    return [
      {
        set: folder,
        host: `${folder}\0${finding.host?.toLowerCase() ?? finding.source.file}`,
        time: finding.time === undefined ? 0 : Date.parse(finding.time),
        behaviour: finding.behaviour,
        label,
        features,
        ...(floor !== undefined && { floor }),
      },
    ];
  });
}

/** What the labels of a folder say of its findings; nothing of those that they do not name. */
export function labelsOf(folder: string, findings: readonly Finding[]): Map<Finding, boolean> {
  const labels = new Map<Finding, boolean>();
  if (!existsSync(join(folder, "truth.jsonl")) && !existsSync(join(folder, "benign.jsonl"))) return labels;
  const { truth, benign } = readLabels(folder);
  const index = indexFindings(findings, folder);
  for (const row of benign.filter(isWrongToReport))
    for (const finding of index.match(row).direct) labels.set(finding, false);
  for (const row of truth) {
    const { direct, related } = index.match(row);
    // Who merely started the act is no act of its own.
    const acts = related.filter(({ role }) => role !== "evidence" && role !== "child").map(({ finding }) => finding);
    for (const finding of [...direct, ...acts]) labels.set(finding, true);
  }
  return labels;
}
