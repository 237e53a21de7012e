/** Checks catalogue entries and their vectors: `npx tsx scripts/vectors.ts [part of a path …]`. For authors of entries. */
import { Catalog } from "../src/catalog/catalog.ts";
import { compileCatalog } from "../src/catalog/compile.ts";
import { readVectors } from "../src/catalog/vectors.ts";
import { checkResolve, checkSilent } from "../src/pipeline/vectors.ts";

const wanted = process.argv.slice(2);
const concerns = (path: string) => wanted.length === 0 || wanted.some((part) => path.includes(part));
const { catalog: compiled, problems } = compileCatalog("catalog");
for (const p of problems.filter(({ file }) => concerns(file)))
  console.log(`${p.file}:${p.line}:${p.column} ${p.message}\n${p.excerpt}`);
const catalog = new Catalog(compiled);
let passed = 0;
let failed = 0;
for (const file of readVectors("catalog").filter((f) => concerns(f.file))) {
  const report = (line: string, problem: string | undefined) => {
    if (problem === undefined) passed++;
    else {
      failed++;
      console.log(`${file.file}\n    ${line}\n    ${problem}`);
    }
  };
  for (const v of file.resolve) report(v.line ?? JSON.stringify(v.args), checkResolve(file, v, catalog));
  for (const v of file.silent) report(v.line ?? JSON.stringify(v.args), checkSilent(file, v, catalog));
}
console.log(
  `${compiled.entries.length} entries, ${problems.length} problems; vectors: ${passed} passed, ${failed} failed`,
);
process.exitCode = failed + problems.length > 0 ? 1 : 0;
