import { expect, it } from "vitest";
import { Catalog } from "../catalog/catalog.ts";
import { resolve } from "./resolve.ts";

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

it("keeps what a line means from its second coming on", () => {
  const catalog = new Catalog({ schema: "whatran/catalog/1", version: "0", entries: [] } as never);
  let number = 0;
  const others = () => {
    for (let i = 0; i < 200; i++) resolve({ commandLine: `other.exe ${number++}` }, catalog);
  };
  const ask = () => resolve({ commandLine: "x.exe /a" }, catalog).invocations;
  const first = ask();
  others();
  const second = ask();
  expect(second).not.toBe(first);
  others();
  expect(ask()).toBe(second);
});

it("does not take a line for one that has come because they differ in one character only", () => {
  const catalog = new Catalog({ schema: "whatran/catalog/1", version: "0", entries: [] } as never);
  const ask = (line: string) => resolve({ commandLine: line }, catalog).invocations;
  const line = "tool.exe /in C:\\Data\\part.dat /out D:\\Store\\part.bin /log E:\\part.log";
  ask(line);
  const alike = Array.from(line, (_, at) => `${line.slice(0, at)}~${line.slice(at + 1)}`);
  const answers = alike.map(ask);
  for (let i = 0; i < 200; i++) ask(`filler.exe ${i}`);
  expect(alike.filter((one, at) => ask(one) === answers[at])).toEqual([]);
});

it("holds of the long lines the last one only", () => {
  const catalog = new Catalog({ schema: "whatran/catalog/1", version: "0", entries: [] } as never);
  const ask = (line: string) => resolve({ commandLine: line }, catalog).invocations;
  const long = "x.exe ".repeat(10_000);
  const lines = Array.from({ length: 8 }, (_, at) => `${long}${at}`);
  const answers = lines.map(ask);
  expect(ask(lines[7]!)).toBe(answers[7]);
  for (const at of [0, 1, 2, 3, 4, 5, 6]) expect(ask(lines[at]!)).not.toBe(answers[at]);
});
