import { describe, expect, it } from "vitest";
import { builtinCatalog } from "../catalog/load.ts";
import { explain } from "../pipeline/explain.ts";

const sentence = (commandLine: string) =>
  explain({ commandLine, platform: "linux" }, builtinCatalog()).explanation.verdict.text;

describe("a payload without a folder", () => {
  it("depends on the working directory", () => {
    expect(sentence("LD_PRELOAD=a.so ls")).toContain("the working directory decides what runs");
  });

  it("is not said to where a variable may hold the folder", () => {
    expect(sentence("LD_PRELOAD=$LIB ls")).toContain("the library $LIB.");
    expect(sentence("LD_PRELOAD=$LIB ls")).not.toContain("working directory");
  });
});
