import { WhatranError } from "../../errors.ts";
import type { Finding } from "../../model/finding.ts";
import type { Settings } from "../config/settings.ts";
import { parseOffset, parseTime } from "./time.ts";

/** Says whether a finding is wanted. */
export type Filter = (finding: Finding) => boolean;

/** A technique as users write it: `T1218`, `t1218.011`, `attack.t1218.011`. */
function technique(text: string): string {
  const id = text.toUpperCase().replace(/^ATTACK\./, "");
  if (!/^T\d{4}(?:\.\d{3})?$/.test(id))
    throw new WhatranError("usage", `“${text}” is no technique, such as T1218 or T1218.011`);
  return id;
}

/** `T1218` also means its sub-techniques. */
const hasTechnique = (finding: Finding, wanted: string) =>
  finding.techniques.some((id) => id === wanted || id.startsWith(`${wanted}.`));

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
  const techniques = (texts: readonly string[]) => texts.map(technique);
  const anyTechnique = (finding: Finding, ids: string[]) => ids.some((id) => hasTechnique(finding, id));
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
