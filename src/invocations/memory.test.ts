import { expect, it } from "vitest";
import { Catalog } from "../catalog/catalog.ts";
import { Memory } from "./memory.ts";
import { resolve } from "./resolve.ts";

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

it("resolves the same line in other surroundings to the same, under its own request", () => {
  const catalog = new Catalog({ schema: "whatran/catalog/1", version: "0", entries: [] } as never);
  const line = { commandLine: "x.exe /a", image: "C:\\x.exe" };
  const first = resolve({ ...line, parent: "C:\\a.exe" }, catalog);
  const second = resolve({ ...line, parent: "C:\\b.exe" }, catalog);
  expect(second.invocations).toBe(first.invocations);
  expect(second.request.parent).toBe("C:\\b.exe");
  expect(resolve({ ...line, as: "typed" }, catalog).invocations).not.toBe(first.invocations);
  expect(resolve({ ...line, originalFileName: "y.exe" }, catalog).invocations).not.toBe(first.invocations);
});
