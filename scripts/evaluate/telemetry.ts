import type { Finding } from "../../src/model/finding.ts";
import { atLeast, LEVELS, type Level } from "../../src/model/level.ts";
import { highest, type Index, indexFindings, type Match, placeOf } from "../../src/pipeline/labels/join.ts";
import {
  type BenignRow,
  isWrongToReport,
  kindsOf,
  type Labels,
  type TruthRow,
} from "../../src/pipeline/labels/labels.ts";
import { allPayloads, isPayload, isPayloadWithRest, isWholeLine } from "./same.ts";

/** Parts of a whole, such as rows found of rows there are. */
export interface Share {
  readonly part: number;
  readonly of: number;
}

export type ByLevel = Readonly<Record<Level, Share>>;

export interface TruthResult {
  readonly row: TruthRow;
  /** Highest level of a finding whose source is the row. */
  readonly level: Level | undefined;
  /** Highest level of a finding that has the row as the same process start, logged by a second source. */
  readonly sameLevel: Level | undefined;
  /** Highest level of a finding that holds the row as a step, a wrapper, a child or the same event. */
  readonly relatedLevel: Level | undefined;
  readonly relatedRole: string | undefined;
  /** Undefined where the label names no payload. */
  readonly payload: "runs" | "other role" | "with rest" | "missed" | undefined;
  readonly kind: boolean | undefined;
  readonly technique: "exact" | "also" | "missed";
  readonly wholeLine: boolean;
}

/** Each counts what the one before counts, and more. */
interface Recall {
  readonly direct: ByLevel;
  readonly withSame: ByLevel;
  readonly withRelated: ByLevel;
}

export interface TelemetryResult {
  readonly rows: readonly TruthResult[];
  readonly recall: Readonly<Record<string, Recall>>;
  readonly precision: {
    readonly payload: Share;
    readonly payloadInRuns: Share;
    readonly payloadWithRest: Share;
    readonly payloadOfAllRows: Share;
    readonly kind: Share;
    readonly technique: Share;
    readonly techniqueOrAlso: Share;
    readonly wholeLine: number;
  };
  readonly falsePositives: { readonly all: ByLevel; readonly withoutConhost: ByLevel };
  readonly wrong: readonly { readonly row: BenignRow; readonly finding: Finding }[];
  readonly background: { readonly files: number; readonly findings: readonly Finding[] };
  readonly levels: Readonly<Record<Level, number>>;
  /** Findings at medium and above that stand on no labelled row, outside the background. */
  readonly unlabelled: readonly Finding[];
}

export function share<T>(rows: readonly T[], test: (row: T) => boolean): Share {
  return { part: rows.filter(test).length, of: rows.length };
}

function byLevel<T>(rows: readonly T[], level: (row: T) => Level | undefined): ByLevel {
  const entries = LEVELS.map((least) => {
    const reached = share(rows, (row) => {
      const has = level(row);
      return has !== undefined && atLeast(has, least);
    });
    return [least, reached] as const;
  });
  return Object.fromEntries(entries) as ByLevel;
}

function judgePayload(row: TruthRow, findings: readonly Finding[]): TruthResult["payload"] {
  const wanted = row.payload;
  if (wanted === null || wanted === "") return undefined;
  if (findings.some((f) => f.runs.some((p) => isPayload(p, wanted)))) return "runs";
  const all = findings.flatMap(allPayloads);
  if (all.some((p) => isPayload(p, wanted))) return "other role";
  return all.some((p) => isPayloadWithRest(p, wanted)) ? "with rest" : "missed";
}

function judgeTechnique(row: TruthRow, findings: readonly Finding[]): TruthResult["technique"] {
  const named = findings.flatMap((f) => f.techniques);
  if (named.includes(row.technique)) return "exact";
  return row.also.some((t) => named.includes(t)) ? "also" : "missed";
}

/** `evidence` alone mentions a row in passing; the other roles say that the row belongs to the act that was found. */
function belonging(match: Match): Match["related"] {
  return match.related.filter((r) => r.role !== "evidence");
}

function judge(row: TruthRow, index: Index): TruthResult {
  const match = index.match(row);
  const related = belonging(match);
  const found = match.direct.length > 0 ? match.direct : related.map((r) => r.finding);
  const kinds = kindsOf(row);
  const same = row.payload ? found.flatMap(allPayloads).filter((p) => isPayload(p, row.payload ?? "")) : [];
  return {
    row,
    level: highest(match.direct),
    sameLevel: highest(related.filter((r) => r.role === "same").map((r) => r.finding)),
    relatedLevel: highest(related.map((r) => r.finding)),
    relatedRole: related[0]?.role,
    payload: judgePayload(row, found),
    kind: kinds && same.length > 0 ? same.some((p) => kinds.includes(p.what)) : undefined,
    technique: judgeTechnique(row, found),
    wholeLine: found.flatMap(allPayloads).some((p) => isWholeLine(p, row.command_line) && p.value !== row.payload),
  };
}

function higher(a: Level | undefined, b: Level | undefined): Level | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return atLeast(a, b) ? a : b;
}

function recallOf(rows: readonly TruthResult[]): TelemetryResult["recall"] {
  const core = rows.filter((r) => r.row.scope === "core");
  const groups = {
    "core, process creation": core.filter((r) => r.row.evidence === "process_creation"),
    "core, all evidence": core,
    adjacent: rows.filter((r) => r.row.scope === "adjacent"),
  };
  const entries = Object.entries(groups).map(([name, group]) => {
    const withSame = byLevel(group, (r) => higher(r.level, r.sameLevel));
    const withRelated = byLevel(group, (r) => higher(r.level, r.relatedLevel));
    return [name, { direct: byLevel(group, (r) => r.level), withSame, withRelated }] as const;
  });
  return Object.fromEntries(entries);
}

function precisionOf(rows: readonly TruthResult[]): TelemetryResult["precision"] {
  const core = rows.filter((r) => r.row.scope === "core");
  const found = core.filter((r) => r.level !== undefined || r.relatedLevel !== undefined);
  const named = found.filter((r) => r.payload !== undefined);
  const exact = (r: TruthResult) => r.payload === "runs" || r.payload === "other role";
  return {
    payload: share(named, exact),
    payloadInRuns: share(named, (r) => r.payload === "runs"),
    payloadWithRest: share(named, (r) => r.payload !== "missed"),
    payloadOfAllRows: share(
      core.filter((r) => r.payload !== undefined),
      exact,
    ),
    kind: share(
      named.filter((r) => r.kind !== undefined),
      (r) => r.kind === true,
    ),
    technique: share(found, (r) => r.technique === "exact"),
    techniqueOrAlso: share(found, (r) => r.technique !== "missed"),
    wholeLine: found.filter((r) => r.wholeLine).length,
  };
}

function isConhost(row: BenignRow): boolean {
  return /(?:^|[\\/])conhost\.exe$/i.test(row.binary);
}

/** Scores findings against the labels of the folder that they were made from. */
export function scoreTelemetry(labels: Labels, findings: readonly Finding[], folder: string): TelemetryResult {
  const index = indexFindings(findings, folder);
  const rows = labels.truth.map((row) => judge(row, index));
  const scored = labels.benign.filter(isWrongToReport).map((row) => ({ row, direct: index.match(row).direct }));
  const labelled = new Set(
    [...labels.truth, ...labels.benign].flatMap((row) => {
      const match = index.match(row);
      return [...match.direct, ...belonging(match).map((r) => r.finding)];
    }),
  );
  const medium = findings.filter((f) => atLeast(f.level, "medium"));
  const inBackground = (f: Finding) => placeOf(f.source.file, folder).startsWith("background/");
  const background = medium.filter(inBackground);
  const levelOf = (r: { direct: readonly Finding[] }) => highest(r.direct);
  return {
    rows,
    recall: recallOf(rows),
    precision: precisionOf(rows),
    falsePositives: {
      all: byLevel(scored, levelOf),
      withoutConhost: byLevel(
        scored.filter((r) => !isConhost(r.row)),
        levelOf,
      ),
    },
    wrong: scored.flatMap(({ row, direct }) =>
      direct.filter((f) => atLeast(f.level, "low")).map((finding) => ({ row, finding })),
    ),
    background: { files: new Set(background.map((f) => f.source.file)).size, findings: background },
    levels: Object.fromEntries(LEVELS.map((l) => [l, findings.filter((f) => f.level === l).length])) as Record<
      Level,
      number
    >,
    unlabelled: medium.filter((f) => !labelled.has(f) && !inBackground(f)),
  };
}
