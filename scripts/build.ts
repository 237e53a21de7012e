import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build, type Metafile } from "esbuild";
import { buildCatalog } from "./catalog.ts";
import { DIST, ROOT, writeWhole } from "./dist.ts";
import { licences } from "./licences.ts";
import { buildReport } from "./report.ts";

const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  version: string;
  peerDependencies?: Record<string, string>;
};

/** What the bundles of the program and of the library have in common. */
export const COMMON = {
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20.19",
  define: { WHATRAN_VERSION: JSON.stringify(manifest.version) },
  external: Object.keys(manifest.peerDependencies ?? {}),
  metafile: true,
  logLevel: "warning",
} as const;

/** dist/cli.js and dist/index.js; what only some commands need goes into chunks that are loaded then. */
async function buildProgram(): Promise<Metafile> {
  const { metafile } = await build({
    ...COMMON,
    entryPoints: { cli: join(ROOT, "src/cli/main.ts"), index: join(ROOT, "src/index.ts") },
    outdir: DIST,
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
  });
  chmodSync(join(DIST, "cli.js"), 0o755);
  return metafile;
}

function buildTypes(): void {
  execFileSync("npx", ["--no-install", "tsc", "-p", join(ROOT, "tsconfig.types.json")], {
    stdio: "inherit",
    cwd: ROOT,
  });
}

async function main(): Promise<void> {
  rmSync(join(DIST, "chunks"), { recursive: true, force: true });
  const problems = buildCatalog();
  for (const problem of problems) console.error(problem);
  await buildReport();
  const metafile = await buildProgram();
  writeWhole(join(DIST, "third-party.txt"), licences(metafile));
  buildTypes();
  if (problems.length > 0) process.exitCode = 1;
}

if (import.meta.filename === process.argv[1]) await main();
