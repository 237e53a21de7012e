import { type Dirent, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import { type Problem, problemAt, Source } from "../problem.ts";
import { compileChain } from "./compile.ts";
import { type ChainSource, chainSchema, settingsSchema } from "./schema.ts";
import type { Chain, SettingValue } from "./types.ts";

export interface ChainCompilation {
  readonly chains: readonly Chain[];
  readonly problems: readonly Problem[];
  /** What was read, for the catalogue's version. */
  readonly texts: readonly string[];
}

function yamlFiles(folder: string): string[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".yaml") && !entry.name.startsWith("_"))
    .map(({ name }) => join(folder, name))
    .sort();
}

function parse<T>(schema: z.ZodType<T>, source: Source, problems: Problem[]): T | undefined {
  const result = schema.safeParse(source.document.toJS({ maxAliasCount: 100 }));
  if (result.success) return result.data;
  for (const { path, message } of result.error.issues)
    problems.push(problemAt(source, path as (string | number)[], message));
  return undefined;
}

type Overrides = Record<string, Readonly<Record<string, SettingValue>>>;

/**
 * Compiles the chains of a catalogue folder. A file with `settings` alone gives shipped chains other values, and needs their
 * sources: `base` is the folder where they lie.
 */
export function compileChains(root: string): ChainCompilation {
  const problems: Problem[] = [];
  const texts: string[] = [];
  const overrides: Overrides = {};
  const found: { source: Source; data: ChainSource }[] = [];
  for (const file of yamlFiles(join(root, "chains"))) {
    const text = readFileSync(file, "utf8");
    texts.push(text);
    const source = new Source(file, text);
    problems.push(...source.problems);
    if (source.problems.length > 0) continue;
    if (source.document.has("settings")) Object.assign(overrides, parse(settingsSchema, source, problems)?.settings);
    else {
      const data = parse(chainSchema, source, problems);
      if (data) found.push({ source, data });
    }
  }
  const chains = new Map<string, Chain>();
  for (const { source, data } of found) {
    const complain = (path: readonly (string | number)[], message: string) =>
      problems.push(problemAt(source, path, message));
    for (const chain of compileChain(data, overrides, complain)) {
      if (chains.has(chain.id)) complain(["chain"], `the chain ${chain.id} is described twice`);
      chains.set(chain.id, chain);
    }
  }
  return { chains: [...chains.values()], problems, texts };
}
