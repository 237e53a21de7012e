import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { atLeast } from "../../src/model/level.ts";
import { explain } from "../../src/pipeline/explain.ts";
import { testCatalog } from "../support/events.ts";

interface Counterpart {
  readonly line: string;
  readonly parent?: string;
}
type Platform = "windows" | "linux";
const read = (name: string) =>
  parse(readFileSync(`test/silence/${name}.yaml`, "utf8")) as Partial<Record<Platform, Counterpart[]>>;
const files = [read("counterparts"), read("twins")];

describe.each(["windows", "linux"] as const)("what ordinary use is not, on %s", (platform) => {
  const all = files.flatMap((file) => file[platform] ?? []);
  it.each(all.map((one) => [one.line, one] as const))("speaks of %s", (commandLine, { parent }) => {
    const request = { platform, commandLine, ...(parent !== undefined && { parent }) };
    const { verdict } = explain(request, testCatalog()).explanation;
    expect(atLeast(verdict.level, "medium"), `${verdict.level} ${verdict.score}: ${verdict.text}`).toBe(true);
  });
});
