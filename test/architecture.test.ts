import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, it } from "vitest";
import { forbidden, STAGES, wall } from "./stages.ts";

const ROOT = join(import.meta.dirname, "..");
const MOST_LINES = 300;
const PAGES = ["README.md", "CONTRIBUTING.md", "docs/architecture.md"];
const TREES = ["src", "test", "lab", "bench", "scripts", "console"];

/** Static, dynamic and type-only imports alike: a type is a dependency too. */
const IMPORT = /(?:from|import)\s*\(?\s*["'](\.{1,2}\/[^"']+)["']/g;

function sources(tree: string, kind = /\.tsx?$/): string[] {
  if (!existsSync(join(ROOT, tree))) return [];
  return readdirSync(join(ROOT, tree), { recursive: true, encoding: "utf8" })
    .map((file) => `${tree}/${file.replaceAll("\\", "/")}`)
    .filter((file) => kind.test(file));
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  return [...text.matchAll(IMPORT)].map((match) =>
    relative(ROOT, resolve(ROOT, dirname(file), match[1] as string)).replaceAll("\\", "/"),
  );
}

const product = sources("src").filter((file) => !file.endsWith(".test.ts"));
const graph = new Map(product.map((file) => [file, importsOf(file)]));

/** The stage of a file under src; undefined for the files that stand directly in it. */
function stageOf(file: string): string | undefined {
  const [tree, stage, rest] = file.split("/", 3);
  return tree === "src" && rest !== undefined ? stage : undefined;
}

/** One import cycle, as the list of its files; undefined where there is none. */
function findCycle(): string[] | undefined {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    path.push(file);
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next);
      if (cycle) return cycle;
    }
    path.pop();
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const cycle = visit(file);
    if (cycle) return cycle;
  }
  return undefined;
}

it("reads real imports", () => {
  expect(product.length).toBeGreaterThan(10);
  expect([...graph.values()].flat().length).toBeGreaterThan(10);
});

it("keeps every source file in a known stage", () => {
  const strangers = product.filter((file) => {
    const stage = stageOf(file);
    return stage !== undefined && !STAGES.flat().includes(stage);
  });
  expect(strangers).toEqual([]);
});

it("lets a stage import only from stages to its left", () => {
  const wrong: string[] = [];
  for (const [file, imports] of graph) {
    const stage = stageOf(file);
    if (stage === undefined) continue;
    const closed = forbidden(stage);
    for (const target of imports) if (closed.includes(stageOf(target) ?? "")) wrong.push(`${file} → ${target}`);
  }
  expect(wrong).toEqual([]);
});

it("lets no stage import the public API, and the model import nothing", () => {
  const wrong = product.flatMap((file) =>
    (graph.get(file) ?? [])
      .filter((target) =>
        stageOf(file) === "model" ? stageOf(target) !== "model" : stageOf(file) && target === "src/index.ts",
      )
      .map((target) => `${file} → ${target}`),
  );
  expect(wrong).toEqual([]);
});

it("keeps what only tests import out of the source: it belongs to test/support", () => {
  const used = new Set(
    TREES.filter((tree) => tree !== "test")
      .flatMap((tree) => sources(tree))
      .filter((file) => !file.endsWith(".test.ts"))
      .flatMap((file) => [...(graph.get(file) ?? importsOf(file))]),
  );
  const programs = /^src\/(?:index|cli\/main|cli\/\w+\/(?:start|worker))\.ts$/;
  expect(product.filter((file) => !used.has(file) && !programs.test(file))).toEqual([]);
});

it("imports only files that exist", () => {
  const missing = [...graph].flatMap(([file, imports]) =>
    imports.filter((target) => !existsSync(join(ROOT, target))).map((target) => `${file} → ${target}`),
  );
  expect(missing).toEqual([]);
});

it("names only source files that exist", () => {
  const code = TREES.flatMap((tree) => sources(tree)).filter((file) => !file.endsWith(".test.ts"));
  const stale = [...code, ...sources("catalog", /\.yaml$/), ...PAGES].flatMap((file) =>
    [...readFileSync(join(ROOT, file), "utf8").matchAll(/(?<![\w/.])src\/[\w./-]+\.(?:ts|json)\b/g)]
      .filter(([named]) => !existsSync(join(ROOT, named)))
      .map(([named]) => `${file} names ${named}`),
  );
  expect(stale).toEqual([]);
});

it("has no import cycles", () => {
  expect(findCycle()).toBeUndefined();
});

it(`keeps every file within ${MOST_LINES} lines`, () => {
  const long = TREES.flatMap((tree) => sources(tree))
    .map((file) => [file, readFileSync(join(ROOT, file), "utf8").split("\n").length - 1] as const)
    .filter(([, lines]) => lines > MOST_LINES);
  expect(long).toEqual([]);
});

it("tells the linter the same walls", () => {
  const config = JSON.parse(readFileSync(join(ROOT, "biome.json"), "utf8"));
  const walls = STAGES.flat()
    .map(wall)
    .filter((entry) => entry !== undefined);
  expect(config.overrides).toEqual(walls);
});
