import { mkdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { rowsOf } from "../scripts/fit/data.ts";
import type { Feature } from "../scripts/fit/features.ts";
import { brier, prAuc, reliability } from "../scripts/fit/measure.ts";
import { logOdds, probability, fit as regress, type Sample, type Weights } from "../scripts/fit/model.ts";
import { byHost, later } from "../scripts/fit/split.ts";
import { train } from "../scripts/fit/train.ts";
import { priorWeights, shippedWeights } from "../scripts/fit/weights.ts";
import { scoreOf } from "../src/score/score.ts";
import fitted from "../src/score/weights.json" with { type: "json" };
import { testCatalog } from "./support/events.ts";
import { whatran } from "./support/io.ts";
import { folder, processStart } from "./support/logs.ts";

const PRIOR: Weights = new Map([
  ["prior", -1],
  ["signals.a", 1],
  ["signals.b", -1],
]);
const feature = (weight: string, group = weight, value = 1): Feature => ({ weight, group, value });
const sample = (label: boolean, ...features: Feature[]): Sample => ({ label, features, times: 1 });
const many = (count: number, one: Sample) => Array.from({ length: count }, () => one);

describe("the fit", () => {
  it("leaves weights alone of which the data say nothing", () => {
    const weights = regress(many(50, sample(true, feature("signals.a"))), PRIOR, { spread: 0.3 });
    expect(weights.get("signals.b")).toBeCloseTo(-1, 6);
    expect(weights.get("signals.a")).toBeGreaterThan(1);
  });

  it("finds the weight that the data show, where nothing holds it back", () => {
    const data = [
      ...many(300, sample(true, feature("signals.a"))),
      ...many(100, sample(false, feature("signals.a"))),
      ...many(100, sample(true)),
      ...many(300, sample(false)),
    ];
    const weights = regress(data, PRIOR, { spread: 5 });
    expect(weights.get("prior")).toBeCloseTo(-Math.log(3), 1);
    expect(weights.get("signals.a")).toBeCloseTo(2 * Math.log(3), 1);
  });

  it("keeps every sign and strays no further than twice its spread, whatever the data say", () => {
    const features = fc.subarray([
      feature("signals.a", "g"),
      feature("signals.b", "g"),
      feature("signals.a", "g", 0.5),
    ]);
    const samples = fc.array(fc.record({ label: fc.boolean(), features, times: fc.constantFrom(1, 3) }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(samples, fc.constantFrom(0.2, 0.6), (data, spread) => {
        const weights = regress(data, PRIOR, { spread });
        expect(weights.get("signals.a")).toBeGreaterThan(0);
        expect(weights.get("signals.b")).toBeLessThan(0);
        for (const [name, weight] of weights) {
          expect(Number.isFinite(weight)).toBe(true);
          expect(Math.abs(weight - (PRIOR.get(name) ?? 0))).toBeLessThan(2 * spread + 1e-9);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("adds up reasons as the score itself does", () => {
    const weights = shippedWeights();
    const names = [...weights.keys()].filter((name) => name.startsWith("signals."));
    const features = fc.array(
      fc.record({
        weight: fc.constantFrom(...names),
        group: fc.constantFrom("g", "h"),
        value: fc.constantFrom(1, 0.5),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(features, (list) => {
        const reasons = list.map(({ weight, group, value }) => ({
          id: weight,
          group,
          weight: (weights.get(weight) as number) * value,
          text: "",
        }));
        expect(100 * probability(logOdds(list, weights))).toBeCloseTo(scoreOf(reasons).score, 0);
      }),
    );
  });

  it("does not break what it is held to", () => {
    const acts = [{ features: [feature("signals.a")], floor: undefined }];
    const attack = { name: "an attack", loud: true, lines: [{ text: "x", acts }] };
    const rows = many(200, sample(false, feature("signals.a"))).map((row, at) => ({
      ...row,
      set: "s",
      host: `h${at}`,
      time: at,
      behaviour: `b${at}`,
    }));
    expect(train(rows, [], PRIOR, 0.5).weights.get("signals.a")).toBeLessThan(0.6);
    const held = train(rows, [attack], PRIOR, 0.5).weights;
    expect(logOdds([feature("signals.a")], held)).toBeGreaterThanOrEqual(Math.log(0.4 / 0.6) - 0.01);
  });

  it("keeps a host whole and the later days apart", () => {
    const rows = Array.from({ length: 100 }, (_, at) => ({
      ...sample(at % 2 === 0),
      set: at < 60 ? "s" : "t",
      host: `h${at % 10}`,
      time: (at * 37) % 101,
      behaviour: "b",
    }));
    const folds = byHost(rows, 4);
    expect(folds.flatMap(({ unseen }) => unseen)).toHaveLength(100);
    for (const { seen, unseen } of folds)
      for (const { host } of unseen) expect(seen.some((row) => row.host === host)).toBe(false);
    const { seen, unseen } = later(rows, 0.7);
    for (const set of ["s", "t"]) {
      const times = (list: typeof rows) => list.filter((row) => row.set === set).map(({ time }) => time);
      expect(Math.max(...times(seen as typeof rows))).toBeLessThanOrEqual(Math.min(...times(unseen as typeof rows)));
    }
  });
});

describe("what a fit is worth", () => {
  const scored = (...pairs: [number, boolean][]) => pairs.map(([score, label]) => ({ score, label }));
  it("is measured as usual", () => {
    expect(prAuc(scored([90, true], [80, true], [10, false]))).toBe(1);
    expect(prAuc(scored([90, false], [80, true]))).toBe(0.5);
    expect(prAuc(scored([50, true], [50, false]))).toBe(0.5);
    expect(brier(scored([100, true], [0, false], [50, true], [50, false]))).toBe(0.125);
    const bin = reliability(scored([72, true], [78, false], [100, true])).filter(({ findings }) => findings > 0);
    expect(bin.map(({ from, findings, true: hits }) => [from, findings, hits])).toEqual([
      [70, 2, 1],
      [95, 1, 1],
    ]);
  });
});

describe("the shipped weights", () => {
  it("say when, from what and by which command they were fitted, and keep the analyst's signs", () => {
    expect(fitted.fitted).toMatchObject({
      date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      command: expect.stringContaining("npm run fit"),
    });
    expect(fitted.fitted.data.length).toBeGreaterThan(1);
    const prior = priorWeights();
    for (const [name, weight] of shippedWeights()) {
      expect(Math.sign(weight), name).toBe(Math.sign(prior.get(name) ?? 0));
      expect(Math.abs(weight - (prior.get(name) ?? 0)), name).toBeLessThanOrEqual(2 * fitted.fitted.spread + 0.01);
    }
  });
});

describe("labels", () => {
  const dir = folder();
  afterAll(() => dir.remove());

  it("come from feedback too, by the finding's id", async () => {
    const logs = join(dir.path, "logs");
    mkdirSync(logs);
    const lines = [
      "regsvr32.exe /s C:\\Users\\Public\\a.dll",
      "regsvr32.exe /s C:\\Users\\Public\\bb.dll",
      "mshta.exe C:\\Users\\Public\\ccc.hta",
    ];
    dir.write("logs/a.ndjson", lines.map((line) => `${processStart(line)}\n`).join(""));
    const { out } = await whatran(["scan", logs]);
    const ids = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).id as string);
    expect(ids).toHaveLength(3);
    const file = join(dir.path, "said.ndjson");
    for (const [at, label] of ["true", "false", "unsure"].entries())
      await whatran(["feedback", ids[at] ?? "", label, "--file", file]);
    const rows = await rowsOf(logs, file, testCatalog());
    expect(rows.map(({ label }) => label).sort()).toEqual([false, true]);
    expect(rows[0]?.features.map(({ weight }) => weight)).toContain("signals.writable-place");
  });
});
