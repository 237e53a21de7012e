import { describe, expect, it } from "vitest";
import { inTurns } from "./turns.ts";

/** Keeps the event loop waiting, as a long detection does. */
function busy(milliseconds: number): void {
  for (const end = performance.now() + milliseconds; performance.now() < end; );
}

describe("inTurns", () => {
  it("hears what comes while it works, and ends by it", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 1);
    let done = 0;
    const work = () => {
      busy(10);
      done++;
    };
    await inTurns(Array.from({ length: 100 }), work, controller.signal);
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(100);
  });

  it("works off what is there where it was ended before it began", async () => {
    let done = 0;
    await inTurns([1, 2, 3], () => done++, AbortSignal.abort());
    expect(done).toBe(3);
  });
});
