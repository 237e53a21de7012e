import { type Dirent, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "../parse.ts";
import { type Problem, problemAt, Source } from "../problem.ts";
import { compileChain } from "./compile.ts";
import { checkOverrides } from "./overrides.ts";
import { chainSchema, settingsSchema } from "./schema.ts";
import type { CompiledChains, OpenChain, Overrides } from "./types.ts";

export interface ChainCompilation extends CompiledChains {
  readonly problems: readonly Problem[];
  /** What was read, for the catalogue's version. */
  readonly texts: readonly string[];
}

const MODEL = "src/catalog/chains/schema.ts";

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

/**
 * Compiles chains/ of a catalogue folder; a file with `settings` alone gives chains a site's own values.
 * @param shipped chains that the folder is laid over, whose settings it may set
 */
export function compileChains(root: string, shipped: readonly OpenChain[] = []): ChainCompilation {
  const problems: Problem[] = [];
  const texts: string[] = [];
  const own: { readonly source: Source; readonly settings: Overrides }[] = [];
  const chains = new Map<string, OpenChain>();
  for (const file of yamlFiles(join(root, "chains"))) {
    const source = Source.listed(file);
    texts.push(source.text);
    problems.push(...source.problems);
    if (source.problems.length > 0) continue;
    if (source.document.has("settings")) {
      const settings = parse(settingsSchema, source, problems, MODEL)?.settings;
      if (settings) own.push({ source, settings });
      continue;
    }
    const data = parse(chainSchema, source, problems, MODEL);
    const complain = (path: readonly (string | number)[], message: string) =>
      problems.push(problemAt(source, path, message));
    for (const chain of data ? compileChain(data, complain) : []) {
      if (chains.has(chain.id)) complain(["chain"], `the chain ${chain.id} is described twice`);
      chains.set(chain.id, chain);
    }
  }
  const settings: Record<string, Overrides[string]> = {};
  const all = [...shipped, ...chains.values()];
  for (const { source, settings: written } of own) {
    const checked = checkOverrides(all, written, (id, name, message) => {
      problems.push(problemAt(source, ["settings", id, ...(name === undefined ? [] : [name])], message));
    });
    for (const [id, values] of Object.entries(checked)) settings[id] = { ...settings[id], ...values };
  }
  return { chains: [...chains.values()], settings, problems, texts };
}
