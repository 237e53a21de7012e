import { describe, expect, it } from "vitest";
import { threadMillis } from "../support/cost.ts";
import { corpusOf, regressionsOf } from "./corpus.ts";
import { mutated } from "./mutate.ts";
import { Dice } from "./random.ts";
import { TARGETS } from "./targets.ts";

/** Far above what any input takes, far below what one takes on which a reader is quadratic or worse. */
const PATIENCE_MS = 20_000;
const SHORT_RUN = 60;

describe.each(TARGETS)("$name", (target) => {
  const corpus = corpusOf(target.name);

  it("has a corpus, which it bears", async () => {
    expect(corpus.length).toBeGreaterThan(0);
    for (const bytes of corpus) await target.run(bytes);
  });

  it("bears what it once failed on, in time", async () => {
    for (const { name, bytes } of regressionsOf(target.name)) {
      const before = threadMillis();
      await target.run(bytes);
      expect(threadMillis() - before, name).toBeLessThan(PATIENCE_MS);
    }
  });

  it("bears a short run, and finds something in it", async () => {
    let found = 0;
    for (let number = 0; number < SHORT_RUN; number += 1)
      found += await target.run(mutated(corpus, new Dice(7, number)));
    expect(found).toBeGreaterThan(0);
  });
});

it("makes the same input of the same numbers, and others of others", () => {
  const corpus = corpusOf("json");
  expect(mutated(corpus, new Dice(1, 5))).toEqual(mutated(corpus, new Dice(1, 5)));
  const made = new Set(Array.from({ length: 50 }, (_, number) => mutated(corpus, new Dice(1, number)).toString("hex")));
  expect(made.size).toBeGreaterThan(45);
});
