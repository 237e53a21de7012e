import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { errorsPage } from "../scripts/docs.ts";
import { ERRORS } from "../src/errors.ts";

const ROOT = join(import.meta.dirname, "..");

/** Codes as they are written in the sources: in diagnostics, in thrown errors, in calls that pass them on. */
const CODE = /"((?:[a-z][a-z-]*\/[a-z][a-z-]*))"/g;

const families = new Set(
  Object.keys(ERRORS).flatMap((code) => (code.includes("/") ? [code.split("/")[0] as string] : [])),
);
const sources = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && file !== "errors.ts")
  .map((file) => readFileSync(join(ROOT, "src", file), "utf8"));
const written = new Set(sources.flatMap((text) => [...text.matchAll(CODE)].map((match) => match[1] as string)));

it("has a sentence for every code, that ends like one", () => {
  for (const [code, meaning] of Object.entries(ERRORS)) expect(meaning, code).toMatch(/^[A-Z].{10,}\.$/);
});

it("has no code that nothing uses", () => {
  const unused = Object.keys(ERRORS).filter((code) => code.includes("/") && !written.has(code));
  expect(unused).toEqual([]);
});

it("knows every code of its families that is written anywhere", () => {
  const diagnostics = sources.flatMap((text) =>
    [...text.matchAll(/code: "([^"]+)"/g)].map((match) => match[1] as string),
  );
  expect(diagnostics.filter((code) => families.has(code.split("/")[0] as string) && !(code in ERRORS))).toEqual([]);
});

it("stands in docs/errors.md as it is (npm run docs)", () => {
  expect(readFileSync(join(ROOT, "docs/errors.md"), "utf8")).toBe(errorsPage());
});
