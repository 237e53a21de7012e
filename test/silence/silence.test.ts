import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readVectors } from "../../src/catalog/vectors.ts";
import { createDetector } from "../../src/correlate/detector.ts";
import { atLeast, type Level } from "../../src/model/level.ts";
import { explain } from "../../src/pipeline/explain.ts";
import { requestOf } from "../../src/pipeline/vectors.ts";
import { aStart, testCatalog } from "../support/events.ts";
import { type Ordinary, readCorpus, startedBy } from "./corpus.ts";

const corpus = readCorpus("test/silence");
const catalog = testCatalog();
const textOf = ({ request }: Ordinary) => request.commandLine ?? JSON.stringify(request.args);

interface Loud {
  readonly one: Ordinary;
  readonly level: Level;
  readonly why: string;
}

const explained = corpus.map((one) => ({ one, ...explain(one.request, catalog) }));

const loudExplained: readonly Loud[] = explained.flatMap(({ one, explanation: { verdict } }) =>
  atLeast(verdict.level, "medium") ? [{ one, level: verdict.level, why: verdict.text }] : [],
);

/** What a detector says of a log that holds this process start alone. */
function detected(one: Ordinary): Loud | undefined {
  const { platform, commandLine, args, image, originalFileName, parent, cwd, env } = one.request;
  const start = aStart(0, "A", image ?? "", commandLine ?? args?.join(" ") ?? "", "P", {
    platform,
    args,
    image,
    originalFileName,
    currentDirectory: cwd,
    env,
    user: one.user,
    parent: { key: "id:P", pid: 80, image: parent },
  });
  const detector = createDetector({ catalog, minLevel: "medium" });
  const [found] = [...detector.push(start), ...detector.end()];
  return found && { one, level: found.level, why: found.evidence.map(({ text }) => text).join(" ") };
}

const surrounded = corpus.filter(({ request }) => request.parent !== undefined);
const loudDetected = surrounded.flatMap((one) => detected(one) ?? []);

const shown = ({ one, level, why }: Loud) => `${one.file}: ${textOf(one)}\n    ${level}: ${why}`;
const of = (all: readonly Loud[], platform: string) => all.filter(({ one }) => one.request.platform === platform);
const count = (all: readonly Ordinary[], platform: string) =>
  all.filter(({ request }) => request.platform === platform).length;

/** Offenders are listed only where they are too many: the message then says which. */
function expectFewer(loud: readonly Loud[], total: number, share: number): void {
  const list = loud.length / total < share ? [] : loud.map(shown);
  expect(list, `${loud.length} of ${total} lines of ordinary use are at medium or above`).toEqual([]);
}

describe("silence about ordinary use", () => {
  it("is measured on at least 2,000 different command lines", () => {
    const lines = new Set(corpus.map((one) => `${one.request.platform} ${textOf(one)}`));
    const twice = corpus.length - lines.size;
    expect(lines.size).toBeGreaterThanOrEqual(2000);
    expect(twice, "lines that stand twice").toBeLessThan(corpus.length / 50);
    expect(surrounded.length).toBeGreaterThan(500);
  });

  it("keeps below 0.5 % of all lines, and of those of Windows, at medium or above", () => {
    expectFewer(loudExplained, corpus.length, 0.005);
    expectFewer(of(loudExplained, "windows"), count(corpus, "windows"), 0.005);
  });

  it("keeps below 0.2 % of the lines of Linux at medium or above", () => {
    expectFewer(of(loudExplained, "linux"), count(corpus, "linux"), 0.002);
  });

  it("keeps as quiet where a detector knows parent and user", () => {
    expectFewer(of(loudDetected, "windows"), count(surrounded, "windows"), 0.005);
    expectFewer(of(loudDetected, "linux"), count(surrounded, "linux"), 0.002);
  });
});

describe("the corpus", () => {
  const { absent, alone } = parse(readFileSync("test/silence/ordinary.yaml", "utf8")) as Record<
    "absent" | "alone",
    { why: string; entries: string[] }[]
  >;
  const namedIn = (groups: typeof absent) => groups.flatMap(({ entries }) => entries);
  const needed = new Map([
    ...namedIn(absent).map((id) => [id, 0] as const),
    ...namedIn(alone).map((id) => [id, 1] as const),
  ]);
  const vectors = readVectors("catalog").flatMap((file) => file.silent.map((one) => requestOf(one, file.platform)));
  const lines = new Map<string, Set<string>>();
  for (const { request, resolution } of [
    ...explained.map(({ one, resolution: found }) => ({ request: one.request, resolution: found })),
    ...vectors.map((request) => ({ request, resolution: explain(request, catalog).resolution })),
  ])
    for (const id of startedBy(resolution))
      lines.set(id, (lines.get(id) ?? new Set()).add(request.commandLine ?? JSON.stringify(request.args)));

  it("has five lines, with those of the vectors, for every catalogued binary that ordinary systems run", () => {
    const few = catalog.entries
      .map(({ id }) => ({ id, have: lines.get(id)?.size ?? 0, need: needed.get(id) ?? 5 }))
      .filter(({ have, need }) => have < need);
    expect(few).toEqual([]);
  });

  it("says of few binaries that ordinary systems do not run them, and why", () => {
    const ids = new Set(catalog.entries.map(({ id }) => id));
    expect([...needed.keys()].filter((id) => !ids.has(id))).toEqual([]);
    expect(needed.size).toBeLessThan(ids.size / 12);
    for (const { why } of [...absent, ...alone]) expect(why).toMatch(/^[A-Z].{20,}\.$/);
  });

  it("excuses none that has its five lines", () => {
    expect([...needed.keys()].filter((id) => (lines.get(id)?.size ?? 0) >= 5)).toEqual([]);
  });

  it("takes lines from entries that name a source only", () => {
    expect(catalog.entries.filter(({ references }) => references.length === 0).map(({ id }) => id)).toEqual([]);
  });
});
