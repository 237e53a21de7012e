import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { identity } from "../../src/cmdline/normal/identity.ts";
import type { Explanation } from "../../src/model/invocation.ts";
import { type Payload, ROLES, type Role, resolvedOf } from "../../src/model/payload.ts";
import { readLines } from "../../src/pipeline/labels/labels.ts";
import { splitArgv } from "./argv.ts";
import { allPayloads, isPayload, isPayloadWithRest, isWholeLine } from "./same.ts";
import { type Share, share } from "./telemetry.ts";

/** A command line and the payloads that must be found in it. */
export interface Vector {
  readonly id: string;
  readonly platform: string;
  readonly binary: string;
  readonly commandLine: string;
  readonly image?: string;
  readonly originalFileName?: string;
  /** The same act as it is written ordinarily. */
  readonly plain?: string;
  readonly class?: string;
  readonly technique?: string;
  readonly expect: readonly string[];
  readonly expectRuns?: readonly string[];
}

export interface VectorResult {
  readonly vector: Vector;
  readonly recognised: boolean;
  /** Undefined where nothing is expected. */
  readonly found: boolean | undefined;
  readonly foundWithRest: boolean | undefined;
  readonly runs: boolean | undefined;
  readonly technique: boolean | undefined;
  readonly sameAsPlain: boolean | undefined;
  /** Payloads that nothing expects and that neither hold nor belong to an expected one. */
  readonly extra: readonly Extra[];
  readonly missing: readonly string[];
  readonly wholeLine: boolean;
}

interface Extra {
  readonly role: Role;
  readonly payload: Payload;
}

export type Ask = (requests: readonly object[]) => Promise<Explanation[]>;

/** The vector files of a folder; a file without `commandLine` and `expect` is something else. */
export function readVectors(folder: string): Map<string, Vector[]> {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(".jsonl"))
    .sort();
  const files = names.map((name) => [basename(name, ".jsonl"), readLines<Vector>(join(folder, name))] as const);
  return new Map(files.filter(([, rows]) => rows[0]?.commandLine !== undefined && Array.isArray(rows[0].expect)));
}

function request(vector: Vector, commandLine = vector.commandLine): object {
  const { image, originalFileName, platform } = vector;
  return { commandLine, platform, ...(image && { image }), ...(originalFileName && { originalFileName }) };
}

function payloadsOf(answer: Explanation) {
  return answer.invocations.flatMap((i) => i.behaviours).flatMap(allPayloads);
}

function bare(name: string): string {
  return name.toLowerCase().replace(/\.exe$/, "");
}

/** T1218 and its sub-techniques answer for one another: lists of command lines are not exact about the dot. */
function isTechnique(named: string, wanted: string): boolean {
  return (
    named === wanted ||
    (named.split(".")[0] === wanted.split(".")[0] && (!named.includes(".") || !wanted.includes(".")))
  );
}

/** Code and commands around an expected text, and the programs inside an expected command, are the same act told at another depth. */
function isNested(payload: Payload, wanted: readonly string[]): boolean {
  const fold = (text: string) => text.toLowerCase().replaceAll("/", "\\");
  const own = [fold(payload.value), identity(payload.value)];
  return wanted.some((text) => own.some((o) => o.includes(fold(text)) || identity(text).includes(o)));
}

function extras(answer: Explanation, wanted: readonly string[]): Extra[] {
  const named = answer.invocations.flatMap((i) => i.behaviours);
  return ROLES.flatMap((role) => named.flatMap((b) => b[role] ?? []).map((payload) => ({ role, payload }))).filter(
    ({ payload }) => !wanted.some((text) => isPayload(payload, text)) && !isNested(payload, wanted),
  );
}

/** Behaviours and payload identities: what must not change when only the writing changes. */
function meaning(answer: Explanation): string {
  const behaviours = answer.invocations.flatMap((i) => i.behaviours);
  const ids = [...new Set(behaviours.map((b) => b.id))].sort();
  const payloads = ROLES.flatMap((role) =>
    [...new Set(behaviours.flatMap((b) => b[role] ?? []).map((p) => `${role} ${identity(resolvedOf(p))}`))].sort(),
  );
  return JSON.stringify([ids, payloads]);
}

export function judgeVector(vector: Vector, answer: Explanation, plain?: Explanation): VectorResult {
  const payloads = payloadsOf(answer);
  const runs = answer.invocations.flatMap((i) => i.behaviours).flatMap((b) => b.runs ?? []);
  const wanted = [...vector.expect, ...(vector.expectRuns ?? [])];
  const wholeLine = payloads.some(
    (p) => isWholeLine(p, vector.commandLine) && !wanted.some((text) => isPayload(p, text)),
  );
  const missing = vector.expect.filter((text) => !payloads.some((p) => isPayload(p, text)));
  const named = answer.invocations.flatMap((i) => i.behaviours).flatMap((b) => b.techniques);
  const expects = vector.expect.length > 0;
  return {
    vector,
    recognised: answer.invocations.some((i) => bare(i.binary.name) === bare(vector.binary)),
    found: expects ? missing.length === 0 && !wholeLine : undefined,
    foundWithRest: expects
      ? missing.every((text) => payloads.some((p) => isPayloadWithRest(p, text))) && !wholeLine
      : undefined,
    runs: vector.expectRuns?.length
      ? vector.expectRuns.every((text) => runs.some((p) => isPayload(p, text)))
      : undefined,
    technique: vector.technique ? named.some((t) => isTechnique(t, vector.technique ?? "")) : undefined,
    sameAsPlain: plain ? meaning(answer) === meaning(plain) && payloads.length > 0 : undefined,
    extra: expects ? extras(answer, wanted) : [],
    missing,
    wholeLine,
  };
}

/** Asks once for everything in a file: the vectors, and the plain form of those that have one. */
export async function scoreVectors(vectors: readonly Vector[], ask: Ask): Promise<VectorResult[]> {
  const rewritten = vectors.filter((v) => v.plain !== undefined);
  const answers = await ask([...vectors.map((v) => request(v)), ...rewritten.map((v) => request(v, v.plain))]);
  const plain = new Map(rewritten.map((v, i) => [v, answers[vectors.length + i]]));
  return vectors.map((v, i) => judgeVector(v, answers[i] as Explanation, plain.get(v)));
}

/** The vectors of Linux once more as argv, which is what Linux logs hold. */
export async function scoreAsArgs(vectors: readonly Vector[], ask: Ask): Promise<VectorResult[]> {
  const split = vectors.flatMap((vector) => {
    const args = vector.platform === "linux" ? splitArgv(vector.commandLine) : undefined;
    return args ? [{ vector, args }] : [];
  });
  if (split.length === 0) return [];
  const answers = await ask(split.map(({ vector, args }) => ({ args, platform: vector.platform })));
  return split.map(({ vector }, i) => judgeVector(vector, answers[i] as Explanation));
}

export interface VectorSummary {
  readonly vectors: number;
  readonly found: Share;
  readonly foundWithRest: Share;
  readonly runs: Share;
  readonly recognised: Share;
  readonly technique: Share;
  readonly sameAsPlain: Share;
  readonly extraPayloads: number;
  readonly withExtra: Share;
  readonly wholeLine: number;
}

export function summarise(results: readonly VectorResult[]): VectorSummary {
  const of = (key: "found" | "foundWithRest" | "runs" | "recognised" | "technique" | "sameAsPlain") =>
    share(
      results.filter((r) => r[key] !== undefined),
      (r) => r[key] === true,
    );
  return {
    vectors: results.length,
    found: of("found"),
    foundWithRest: of("foundWithRest"),
    runs: of("runs"),
    recognised: of("recognised"),
    technique: of("technique"),
    sameAsPlain: of("sameAsPlain"),
    extraPayloads: results.reduce((sum, r) => sum + r.extra.length, 0),
    withExtra: share(
      results.filter((r) => r.found !== undefined),
      (r) => r.extra.length > 0,
    ),
    wholeLine: results.filter((r) => r.wholeLine).length,
  };
}
