/**
 * Tries every vector of the catalogue with fresh values and in every way of writing that its program is known to accept:
 * `npx tsx scripts/generality/main.ts [SEED] [REWRITING …]`.
 */
import { Catalog } from "../../src/catalog/catalog.ts";
import { compileCatalog } from "../../src/catalog/compile.ts";
import { readVectors } from "../../src/catalog/vectors.ts";
import { run } from "./run.ts";

const [seed = "1", ...only] = process.argv.slice(2);
const catalog = new Catalog(compileCatalog("catalog").catalog);
const { tried, misses } = run(readVectors("catalog"), catalog, Number(seed));
const text = (request: object) => JSON.stringify(request);
for (const { rewriting, behaviour, plain, other, differs } of misses)
  if (only.length === 0 || only.includes(rewriting))
    console.log(`${rewriting} ${behaviour}\n  ${text(plain)}\n  ${text(other)}\n  ${differs.join("\n  ")}`);
for (const [name, count] of tried)
  console.log(`${name}: ${misses.filter((m) => m.rewriting === name).length} of ${count}`);
