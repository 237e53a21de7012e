import { describe, expect, it } from "vitest";
import { ruleTest } from "./sigma.ts";

const START = { Image: "C:\\Windows\\System32\\tool.exe", CommandLine: "tool.exe /load C:\\Temp\\a.dll" };

describe("a Sigma rule", () => {
  it.each([
    [{ "Image|endswith": "\\TOOL.exe" }, true],
    [{ "Image|endswith": "tool" }, false],
    [{ Image: "*\\tool.exe" }, true],
    [{ "CommandLine|contains": ["/unload", "/load"] }, true],
    [{ "CommandLine|contains|all": ["/unload", "/load"] }, false],
    [{ "CommandLine|contains|windash": "-load" }, true],
    [{ "CommandLine|contains": "-load" }, false],
    [{ "CommandLine|re": "a\\.d.l$" }, true],
    [{ "ParentImage|endswith": ".exe" }, false],
    [{ ParentImage: null }, true],
    [[{ "Image|endswith": "no.exe" }, { "CommandLine|contains": ".dll" }], true],
    [["nowhere", "a.dll"], true],
  ])("takes the selection %j: %s", (selection, met) => {
    expect(ruleTest({ selection, condition: "selection" })(START)).toBe(met);
  });

  it.each([
    ["yes_a and yes_b", true],
    ["yes_a and no_a", false],
    ["no_a and yes_a or yes_b", true],
    ["no_a and (yes_a or yes_b)", false],
    ["all of yes_*", true],
    ["1 of no_*", false],
    ["1 of them", true],
    ["all of them", false],
    ["yes_a and not 1 of no_*", true],
    ["not yes_a or no_a", false],
  ])("takes the condition %s: %s", (condition, met) => {
    const [yes, no] = [{ "Image|endswith": "tool.exe" }, { Image: "x" }];
    expect(ruleTest({ yes_a: yes, yes_b: yes, no_a: no, condition })(START)).toBe(met);
  });

  it("refuses what it does not understand", () => {
    expect(() => ruleTest({ selection: {}, condition: "other" })).toThrow("other");
  });
});
