import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { gapsPage } from "../../scripts/gaps/page.ts";
import { builtinCatalog } from "../../src/catalog/load.ts";

const ROOT = join(import.meta.dirname, "../..");
const page = gapsPage(builtinCatalog());
const row = (name: string) => page.split("\n").find((line) => line.startsWith(`| ${name} |`)) ?? "";

it("is the page that npm run docs writes", () => {
  expect(readFileSync(join(ROOT, "docs/gaps.md"), "utf8"), "run npm run docs").toBe(page);
});

it("knows what the lists stop, and what they let pass", () => {
  // On the block list, started from the shell, denied by AaronLocker.
  expect(row("mshta.exe")).toMatch(/^\| mshta\.exe \| – \| all \d+ \| – \|$/);
  // On no list of programs; its libraries are denied where users write.
  expect(row("rundll32.exe")).toMatch(/^\| rundll32\.exe \| all \d+ \| all \d+ \| \S.*\|$/);
  // Names itself no library: what it starts is the payload.
  expect(row("split")).toMatch(/^\| split \| all 1 \|$/);
});
