import { expect, it } from "vitest";
import { Memory, MemoryAbout } from "./memory.ts";

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

it("holds no more of short keys than of long ones", () => {
  const memory = new Memory<number>(10_000);
  for (let i = 0; i < 1000; i++) memory.get(`${i}`, () => i);
  expect(memory.find("999")).toBe(999);
  expect(memory.find("0")).toBeUndefined();
});

it("does not keep keys of any length", () => {
  const memory = new Memory<object>();
  const key = "x".repeat(100_000);
  expect(memory.get(key, () => ({}))).not.toBe(memory.get(key, () => ({})));
});

it("answers about objects by object and key, and forgets what was not asked for in a long time", () => {
  const memory = new MemoryAbout<number>(1000);
  let made = 0;
  const [one, other] = [{}, {}];
  const ask = (about: object, key: string) => memory.get(about, key, () => ++made);
  expect([ask(one, "a"), ask(one, "a"), ask(one, "b"), ask(other, "a")]).toEqual([1, 1, 2, 3]);
  for (let i = 0; i < 50; i++) {
    ask(other, `${i}`.padEnd(10, "-"));
    expect(ask(one, "a")).toBe(1);
  }
  expect(ask(one, "b")).toBeGreaterThan(50);
});
