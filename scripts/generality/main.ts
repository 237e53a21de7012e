/**
 * Tries every vector of the catalogue with fresh values and in every way of writing that its program is known to accept:
 * `npx tsx scripts/generality/main.ts [SEED] [REWRITING …]`. With `--list FILE` (repeatable), the lines of a list of command lines
 * with the payloads that must be found in them, instead.
 */
import { parseArgs } from "node:util";
import { Catalog } from "../../src/catalog/catalog.ts";
import { compileCatalog } from "../../src/catalog/compile.ts";
import { readVectors } from "../../src/catalog/vectors.ts";
import { readLines } from "../../src/pipeline/labels/labels.ts";
import type { Vector } from "../evaluate/vectors.ts";
import { runList } from "./lists.ts";
import { run } from "./run.ts";

const { values, positionals } = parseArgs({
  options: { list: { type: "string", multiple: true, default: [] } },
  allowPositionals: true,
});
const [seed = "1", ...only] = positionals;
const catalog = new Catalog(compileCatalog("catalog").catalog);
const text = (request: object) => JSON.stringify(request);

/** Misses one by one, then how many there are of each rewriting. */
function show(
  tried: ReadonlyMap<string, number>,
  misses: readonly { readonly rewriting: string; readonly lines: readonly string[] }[],
): void {
  for (const { rewriting, lines } of misses)
    if (only.length === 0 || only.includes(rewriting)) console.log(`${rewriting} ${lines.join("\n  ")}`);
  for (const [name, count] of tried)
    console.log(`${name}: ${misses.filter((m) => m.rewriting === name).length} of ${count}`);
  const total = [...tried.values()].reduce((sum, count) => sum + count, 0);
  console.log(`${misses.length} of ${total} missed`);
}

if (values.list.length === 0) {
  const { tried, misses } = run(readVectors("catalog"), catalog, Number(seed));
  show(
    tried,
    misses.map(({ rewriting, behaviour, plain, other, differs }) => ({
      rewriting,
      lines: [behaviour, text(plain), text(other), ...differs],
    })),
  );
}
for (const file of values.list) {
  const { tried, misses } = runList(readLines<Vector>(file), catalog, Number(seed));
  show(
    tried,
    misses.map(({ rewriting, id, request, problems }) => ({ rewriting, lines: [id, text(request), ...problems] })),
  );
}
