import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Catalog } from "../../src/catalog/catalog.ts";
import { readVectors } from "../../src/catalog/vectors.ts";
import { resolve } from "../../src/invocations/resolve.ts";
import type { Request } from "../../src/invocations/types.ts";
import { type Level, scoreFrom } from "../../src/model/level.ts";
import { requestOf } from "../../src/pipeline/vectors.ts";
import { judgeAll } from "../../src/score/judge.ts";
import { readCorpus } from "../../test/silence/corpus.ts";
import { type Feature, featureOf } from "./features.ts";
import { logOdds, probability, type Weights } from "./model.ts";

/** A command line as the model sees it: whatever it does, with the floor of each act. */
export interface Line {
  readonly text: string;
  readonly acts: readonly { readonly features: readonly Feature[]; readonly floor: Level | undefined }[];
}

/** Command lines that the weights are held to, and are not fitted to. */
export interface Bound {
  readonly name: string;
  /** Whether they must be at medium or above, or must not. */
  readonly loud: boolean;
  readonly lines: readonly Line[];
}

function lineOf(request: Request, catalog: Catalog): Line {
  const acts = judgeAll(resolve(request, catalog)).map(({ reasons, behaviour }) => ({
    features: reasons.flatMap((reason) => featureOf(reason, catalog) ?? []),
    floor: behaviour.floor,
  }));
  return { text: request.commandLine ?? request.args?.join(" ") ?? "", acts };
}

export function scoreWith(features: readonly Feature[], floor: Level | undefined, weights: Weights): number {
  const score = 100 * probability(logOdds(features, weights));
  return Math.max(Math.round(score * 10) / 10, floor === undefined ? 0 : scoreFrom(floor));
}

export const isLoud = ({ acts }: Line, weights: Weights): boolean =>
  acts.some(({ features, floor }) => scoreWith(features, floor, weights) >= scoreFrom("medium"));

interface Counterpart {
  readonly line: string;
  readonly parent?: string;
}

function counterparts(catalog: Catalog): Line[] {
  const all = parse(readFileSync("test/silence/counterparts.yaml", "utf8")) as Record<string, Counterpart[]>;
  return (["windows", "linux"] as const).flatMap((platform) =>
    (all[platform] ?? []).map(({ line, parent }) =>
      lineOf({ platform, commandLine: line, ...(parent !== undefined && { parent }) }, catalog),
    ),
  );
}

/** Vectors of a folder: `*.jsonl` with `commandLine` or `args` and what is known around them. */
function vectorsIn(folder: string, catalog: Catalog): Line[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".jsonl"))
    .flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n"))
    .filter((text) => text.trim() !== "")
    .map((text) => lineOf(JSON.parse(text) as Request, catalog));
}

export function bounds(catalog: Catalog, vectors: string | undefined): readonly Bound[] {
  const files = readVectors("catalog");
  return [
    {
      name: "ordinary lines of test/silence",
      loud: false,
      lines: readCorpus("test/silence").map(({ request }) => lineOf(request, catalog)),
    },
    {
      name: "ordinary lines of the catalogue",
      loud: false,
      lines: files.flatMap((file) => file.silent.map((one) => lineOf(requestOf(one, file.platform), catalog))),
    },
    { name: "those lines in an attacker's hands", loud: true, lines: counterparts(catalog) },
    {
      name: "acts of the catalogue's vectors",
      loud: true,
      lines: files.flatMap((file) => file.resolve.map((one) => lineOf(requestOf(one, file.platform), catalog))),
    },
    ...(vectors === undefined
      ? []
      : [{ name: "acts of published vectors", loud: true, lines: vectorsIn(vectors, catalog) }]),
  ];
}
