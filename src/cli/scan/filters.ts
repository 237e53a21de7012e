import { loadCatalog } from "../../catalog/load.ts";
import { WhatranError } from "../../errors.ts";
import { TELLING_FILES } from "../../invocations/telling/files.ts";
import type { Finding } from "../../model/finding.ts";
import type { Settings } from "../config/settings.ts";
import type { Io } from "../io.ts";
import { isOf, shownBy, techniqueOf, warnOfUnshown } from "../techniques.ts";
import { parseOffset, parseTime } from "./time.ts";

/** Says whether a finding is wanted. */
export type Filter = (finding: Finding) => boolean;

function eventIds(texts: readonly string[]): Set<number> {
  const wrong = texts.find((text) => !/^\d{1,9}$/.test(text));
  if (wrong !== undefined) throw new WhatranError("usage", `“${wrong}” is no event id`);
  return new Set(texts.map(Number));
}

function byTime(start: number | undefined, end: number | undefined): Filter | undefined {
  if (start === undefined && end === undefined) return undefined;
  return (finding) => {
    // A finding whose time nobody knows may lie in the period: it is kept.
    if (finding.time === undefined) return true;
    const time = Date.parse(finding.time);
    return (start === undefined || time >= start) && (end === undefined || time <= end);
  };
}

type FilterSettings = Pick<
  Settings<"scan">,
  | "includeTag"
  | "excludeTag"
  | "includeComputer"
  | "excludeComputer"
  | "includeEid"
  | "excludeEid"
  | "timelineStart"
  | "timelineEnd"
  | "timeOffset"
>;

/** Says which of the techniques that findings are chosen by no finding ever bears. */
export async function warnOfTags(values: Settings<"scan">, io: Io): Promise<void> {
  const { includeTag = [], excludeTag = [], catalog, quiet = false } = values;
  if (quiet || includeTag.length + excludeTag.length === 0) return;
  const { entries, chains } = await loadCatalog(catalog ?? []);
  const shown = shownBy(entries, [...chains, ...TELLING_FILES]);
  warnOfUnshown("--include-tag", includeTag.map(techniqueOf), shown, io);
  warnOfUnshown("--exclude-tag", excludeTag.map(techniqueOf), shown, io);
}

/** One filter of all the settings. `now` is the end of `--time-offset`, in milliseconds. */
export function filterOf(settings: FilterSettings, now: number): Filter {
  const filters: Filter[] = [];
  const list = <T>(
    texts: readonly string[] | undefined,
    prepare: (texts: readonly string[]) => T,
    test: (finding: Finding, prepared: T) => boolean,
    wanted: boolean,
  ) => {
    if (!texts?.length) return;
    const prepared = prepare(texts);
    filters.push((finding) => test(finding, prepared) === wanted);
  };
  const techniques = (texts: readonly string[]) => texts.map(techniqueOf);
  const anyTechnique = (finding: Finding, wanted: string[]) =>
    finding.techniques.some((id) => wanted.some((one) => isOf(id, one)));
  list(settings.includeTag, techniques, anyTechnique, true);
  list(settings.excludeTag, techniques, anyTechnique, false);
  const hosts = (texts: readonly string[]) => new Set(texts.map((text) => text.toLowerCase()));
  const onHost = (finding: Finding, names: Set<string>) => names.has((finding.host ?? "").toLowerCase());
  list(settings.includeComputer, hosts, onHost, true);
  list(settings.excludeComputer, hosts, onHost, false);
  const hasId = (finding: Finding, ids: Set<number>) =>
    finding.source.eventId !== undefined && ids.has(finding.source.eventId);
  list(settings.includeEid, eventIds, hasId, true);
  list(settings.excludeEid, eventIds, hasId, false);
  if (settings.timeOffset !== undefined && settings.timelineStart !== undefined)
    throw new WhatranError("usage", "--time-offset and --timeline-start exclude each other");
  const start =
    settings.timeOffset !== undefined
      ? now - parseOffset(settings.timeOffset)
      : settings.timelineStart !== undefined
        ? parseTime(settings.timelineStart, "--timeline-start")
        : undefined;
  const end = settings.timelineEnd !== undefined ? parseTime(settings.timelineEnd, "--timeline-end") : undefined;
  const period = byTime(start, end);
  if (period) filters.push(period);
  return (finding) => filters.every((filter) => filter(finding));
}
