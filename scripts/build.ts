import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { type BuildOptions, build, type Metafile, type Plugin } from "esbuild";
import { buildCatalog } from "./catalog.ts";
import { DIST, ROOT, writeWhole } from "./dist.ts";
import { licences } from "./licences.ts";
import { buildReport } from "./report.ts";

const CHUNKS = join(DIST, "chunks");

const entries = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([out, name]) => ({ in: join(ROOT, "src", `${name}.ts`), out }));

/** Modules in dist/, which may be imported: the library, and what most commands need. */
const MODULES = entries({ index: "index", program: "cli/program" });

/** What Node is started with. To load these as modules would take it 10 ms more, a fifth of explaining a line. */
const STARTED = entries({ cli: "cli/main", worker: "cli/scan/worker" });

/** Commands whose programs are files of their own, with their compiled code beside them: see src/cli/compiled.ts. */
const COMPILED = ["explain", "scan"];

const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  version: string;
  peerDependencies?: Record<string, string>;
};

/** commander can start other programs as subcommands. whatran starts none, ever; and loading the module takes 4 ms. */
const startsNothing: Plugin = {
  name: "starts-nothing",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ path, importer }) =>
      importer.includes("commander") ? { path, namespace: "nothing" } : undefined,
    );
    onLoad({ filter: /.*/, namespace: "nothing" }, () => ({ contents: "module.exports = {}" }));
  },
};

/** In the bundles, `explain` is started by src/cli/explain/start.ts, which finds dist/explain.cjs; `scan` likewise. */
const beside: Plugin = {
  name: "beside",
  setup({ onResolve }) {
    const programs = new RegExp(`/(${COMPILED.join("|")})/program\\.ts$`);
    onResolve({ filter: programs }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.replace(programs, "/$1/start.ts")),
    }));
    onResolve({ filter: /^\.\/program\.ts$/ }, () => ({ path: "./program.mjs", external: true }));
  },
};

/** What the bundles of the program and of the library have in common. */
export const COMMON = {
  bundle: true,
  platform: "node" as const,
  format: "esm" as const,
  target: "node20.19",
  define: { WHATRAN_VERSION: JSON.stringify(manifest.version) },
  external: Object.keys(manifest.peerDependencies ?? {}),
  // commander and yaml are CommonJS and require Node's own modules.
  banner: {
    js: 'import { createRequire as _createRequire } from "node:module";\nconst require = _createRequire(import.meta.url);',
  },
  minify: true,
  plugins: [startsNothing],
  metafile: true as const,
  logLevel: "warning",
} satisfies BuildOptions;

/** What the programs have in common that are no modules. */
const COMMONJS = {
  ...COMMON,
  format: "cjs" as const,
  define: { ...COMMON.define, "import.meta.url": "_url" },
  banner: { js: '"use strict";const _url = require("node:url").pathToFileURL(__filename).href;' },
  outdir: DIST,
  write: false as const,
} satisfies BuildOptions;

/** dist/cli.js and dist/worker.js, and what says that they are no modules, as the package's files are otherwise. */
async function buildStarted(): Promise<void> {
  const plugins = [beside, ...COMMON.plugins];
  const { outputFiles } = await build({ ...COMMONJS, entryPoints: STARTED, plugins });
  for (const { path, text } of outputFiles) writeWhole(path, text, basename(path) === "cli.js" ? 0o755 : 0o644);
  writeWhole(join(DIST, "package.json"), '{ "type": "commonjs" }\n');
}

/** dist/index.mjs and dist/program.mjs; what only some commands need goes into chunks that are loaded then. */
async function buildModules(): Promise<Metafile> {
  const { outputFiles, metafile } = await build({
    ...COMMON,
    entryPoints: MODULES,
    outExtension: { ".js": ".mjs" },
    outdir: DIST,
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    write: false,
  });
  for (const { path, text } of outputFiles) writeWhole(path, text);
  // Chunks of earlier builds; the names of this build's are known only now.
  const made = new Set(outputFiles.map(({ path }) => basename(path)));
  for (const file of readdirSync(CHUNKS)) if (!made.has(file)) rmSync(join(CHUNKS, file));
  return metafile;
}

/** Libraries that those programs need only for a catalogue or a configuration of the user's own: a file each, required then. */
const SELDOM = ["zod", "yaml"];

const seldom: Plugin = {
  name: "seldom",
  setup({ onResolve }) {
    onResolve({ filter: new RegExp(`^(${SELDOM.join("|")})$`) }, ({ kind, path }) =>
      kind === "entry-point" ? undefined : { path: `./${path}.cjs`, external: true },
    );
  },
};

/** dist/explain.cjs and dist/scan.cjs, each one file with its compiled code beside it. */
async function buildCompiled(): Promise<void> {
  for (const file of readdirSync(DIST)) if (file.endsWith(".code")) rmSync(join(DIST, file));
  const { outputFiles } = await build({
    ...COMMONJS,
    entryPoints: {
      ...Object.fromEntries(COMPILED.map((name) => [name, join(ROOT, "src/cli", name, "program.ts")])),
      ...Object.fromEntries(SELDOM.map((name) => [name, name])),
    },
    plugins: [seldom, ...COMMON.plugins],
    outExtension: { ".js": ".cjs" },
  });
  for (const { path, text } of outputFiles) writeWhole(path, text);
  for (const name of COMPILED)
    execFileSync(process.execPath, [...process.execArgv, join(ROOT, "scripts/code.ts"), name], {
      stdio: ["ignore", "ignore", "inherit"],
    });
}

function buildTypes(): void {
  execFileSync("npx", ["--no-install", "tsc", "-p", "tsconfig.types.json"], { stdio: "inherit", cwd: ROOT });
  writeWhole(join(DIST, "types", "package.json"), '{ "type": "module" }\n');
}

async function main(): Promise<void> {
  const problems = buildCatalog();
  for (const problem of problems) console.error(problem);
  await buildReport();
  const metafile = await buildModules();
  await buildStarted();
  await buildCompiled();
  writeWhole(join(DIST, "third-party.txt"), licences(metafile));
  if (existsSync(join(ROOT, "src/index.ts"))) buildTypes();
  if (problems.length > 0) process.exitCode = 1;
}

if (import.meta.filename === process.argv[1]) await main();
