import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { COMMON } from "./build.ts";
import { buildCatalog } from "./catalog.ts";
import { DIST, ROOT, writeWhole } from "./dist.ts";
import { licences } from "./licences.ts";
import { buildReport } from "./report.ts";

/** dist/whatran.mjs: the whole program in one file that needs Node and nothing else, for machines without a network. */
const problems = buildCatalog();
for (const problem of problems) console.error(problem);
const report = await buildReport();
const { outputFiles, metafile } = await build({
  ...COMMON,
  entryPoints: [join(ROOT, "src/cli/main.ts")],
  outfile: join(DIST, "whatran.mjs"),
  define: {
    ...COMMON.define,
    WHATRAN_CATALOG: JSON.stringify(readFileSync(join(DIST, "catalog.json"), "utf8")),
    WHATRAN_REPORT: JSON.stringify(report),
  },
  write: false,
});
const notices = licences(metafile).replaceAll("*/", "* /");
writeWhole(join(DIST, "whatran.mjs"), `${outputFiles[0]?.text}\n/*\n${notices}*/\n`, 0o755);
if (problems.length > 0) process.exitCode = 1;
