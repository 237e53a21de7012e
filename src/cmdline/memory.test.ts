import { expect, it } from "vitest";
import { Memory } from "./memory.ts";

it("answers again without asking, and forgets what was not asked for in a long time", () => {
  const memory = new Memory<number>();
  let made = 0;
  const ask = (key: string) => memory.get(key, () => ++made);
  expect([ask("a"), ask("a"), ask("b")]).toEqual([1, 1, 2]);
  for (let i = 0; i < 1000; i++) {
    ask(`${i}`.padEnd(10_000, "-"));
    expect(ask("a")).toBe(1);
  }
  expect(ask("b")).toBeGreaterThan(1000);
});

it("does not keep keys of any length", () => {
  const memory = new Memory<object>();
  const key = "x".repeat(100_000);
  expect(memory.get(key, () => ({}))).not.toBe(memory.get(key, () => ({})));
});
