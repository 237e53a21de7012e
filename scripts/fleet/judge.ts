import type { ActRow } from "../../lab/labels.ts";
import type { Finding } from "../../src/model/finding.ts";
import { atLeast, type Level } from "../../src/model/level.ts";
import { highest, placeOf } from "../../src/pipeline/labels/join.ts";
import type { Share } from "../evaluate/telemetry.ts";

/** So many findings a day are looked at by a team that has an hour for it. */
const TOP = 50;

interface JudgedAct {
  readonly act: ActRow;
  readonly level: Level | undefined;
}

export interface FleetResult {
  readonly hostDays: number;
  /** Injected chains, one row an act; campaigns are apart. */
  readonly chains: readonly JudgedAct[];
  readonly campaigns: ReadonlyMap<string, readonly JudgedAct[]>;
  /** Findings at medium and above that touch nothing that was injected. */
  readonly wrong: readonly Finding[];
  /** Of the highest-scored findings of each day, at most 50 of those at medium and above: the true ones. */
  readonly top: Share;
  /** The same without findings on campaigns. */
  readonly topWithoutCampaigns: Share;
}

/** Every place that belongs to the act a finding tells of; mere evidence may lie anywhere. */
function placesOf(finding: Finding, folder: string): string[] {
  const spots = [finding.source, ...finding.related.filter(({ role }) => role !== "evidence")];
  return spots.map(({ file, index }) => `${placeOf(file, folder)}#${index}`);
}

const isSerious = ({ level }: Finding) => atLeast(level, "medium");

function topOf(findings: readonly Finding[], isTrue: (finding: Finding) => boolean): Share {
  const days = new Map<string, Finding[]>();
  for (const finding of findings) {
    const day = finding.time?.slice(0, 10) ?? "";
    days.set(day, [...(days.get(day) ?? []), finding]);
  }
  const top = [...days.values()].flatMap((day) => day.sort((a, b) => b.score - a.score).slice(0, TOP));
  return { part: top.filter(isTrue).length, of: top.length };
}

/** Compares what was found with what was injected. `folder` is the lab's own, below which both name files. */
export function judgeFleet(
  acts: readonly ActRow[],
  found: readonly Finding[],
  { folder, hostDays }: { readonly folder: string; readonly hostDays: number },
): FleetResult {
  const owners = new Map<string, ActRow>();
  for (const act of acts)
    for (const [file, ordinals] of Object.entries(act.records))
      for (const ordinal of ordinals) owners.set(`${file.toLowerCase()}#${ordinal}`, act);
  const hits = new Map<ActRow, Finding[]>();
  const ownersOf = new Map<Finding, readonly ActRow[]>();
  for (const finding of found) {
    const owning = [...new Set(placesOf(finding, folder).flatMap((place) => owners.get(place) ?? []))];
    ownersOf.set(finding, owning);
    for (const act of owning) hits.set(act, [...(hits.get(act) ?? []), finding]);
  }
  const serious = found.filter(isSerious);
  const isTrue = (finding: Finding) => (ownersOf.get(finding)?.length ?? 0) > 0;
  const isCampaign = ({ act }: ActRow) => act.startsWith("campaign/");
  const judged = acts.map((act) => ({ act, level: highest(hits.get(act) ?? []) }));
  const campaigns = new Map<string, JudgedAct[]>();
  for (const one of judged)
    if (isCampaign(one.act)) campaigns.set(one.act.act, [...(campaigns.get(one.act.act) ?? []), one]);
  return {
    hostDays,
    chains: judged.filter(({ act }) => !isCampaign(act)),
    campaigns,
    wrong: serious.filter((finding) => !isTrue(finding)),
    top: topOf(serious, isTrue),
    topWithoutCampaigns: topOf(
      serious.filter((finding) => !ownersOf.get(finding)?.some(isCampaign)),
      isTrue,
    ),
  };
}
