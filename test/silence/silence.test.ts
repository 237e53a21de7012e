import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { createDetector } from "../../src/correlate/detector.ts";
import { atLeast, type Level } from "../../src/model/level.ts";
import { explain } from "../../src/pipeline/explain.ts";
import { aStart, testCatalog } from "../support/events.ts";
import { type Ordinary, readCorpus } from "./corpus.ts";

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
  const { absent, also } = parse(readFileSync("test/silence/ordinary.yaml", "utf8")) as {
    absent: { entries: string[] }[];
    also: string[];
  };
  const unusual = new Set(absent.flatMap(({ entries }) => entries));
  const ids = new Set(catalog.entries.map(({ id }) => id));

  it("has five lines for every catalogued binary that ordinary systems run", () => {
    const seen = new Map<string, number>();
    for (const { resolution } of explained)
      for (const id of new Set(resolution.invocations.flatMap(({ entry }) => (entry ? [entry.id] : []))))
        seen.set(id, (seen.get(id) ?? 0) + 1);
    const ordinary = catalog.entries.filter(
      ({ id, needed }) => !unusual.has(id) && (needed === "system" || needed === "feature" || also.includes(id)),
    );
    const few = ordinary
      .map(({ id }) => `${id}: ${seen.get(id) ?? 0}`)
      .filter((text) => !/: (?:[5-9]|\d\d+)$/.test(text));
    expect(ordinary.length).toBeGreaterThan(200);
    expect(few).toEqual([]);
  });

  it("names only binaries of the catalogue as usual or unusual", () => {
    expect([...unusual, ...also].filter((id) => !ids.has(id))).toEqual([]);
  });
});
