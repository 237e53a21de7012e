import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bindChain, milliseconds } from "./bind.ts";
import { compileChains } from "./folder.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "whatran-chains-"));
  mkdirSync(join(root, "chains"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const compile = (text: string) => {
  writeFileSync(join(root, "chains", "x.yaml"), text);
  return compileChains(root);
};
const template = () => readFileSync("catalog/chains/_template.yaml", "utf8");

describe("chains", () => {
  it("compile from their template, with the defaults of their settings", () => {
    const { chains, problems } = compile(template());
    expect(problems).toEqual([]);
    const [chain] = chains.map((one) => bindChain(one));
    expect(chain).toMatchObject({ id: "DET0000/AN0000", anchor: 1, platform: "windows" });
    expect(chain?.steps[0]).toMatchObject({ within: 600_000, join: { how: "file", to: 1 } });
    expect(chain?.steps[2]?.tests).toEqual([{ image: ["cmd.exe", "power*.exe"] }]);
  });

  it("take a site's own values of settings, and no others", () => {
    writeFileSync(join(root, "chains", "ours.yaml"), "settings: { DET0000/AN0000: { TimeWindow: 5 s, Children: [] } }");
    const { chains, settings, problems } = compile(template());
    expect(problems).toEqual([]);
    const [chain] = chains.map((one) => bindChain(one, settings));
    expect(chain?.steps[2]).toMatchObject({ within: 5000, tests: [{}] });
    expect(Object.keys(chain?.settings ?? {})).toEqual(["TimeWindow", "Children"]);
  });

  it("have tests of one shape, whatever they ask", () => {
    const [chain] = compile(template()).chains.map((one) => bindChain(one));
    const shapes = chain?.steps.flatMap(({ tests }) => tests.map((test) => Object.keys(test).join()));
    expect(shapes?.length).toBeGreaterThan(1);
    expect(new Set(shapes).size).toBe(1);
  });

  it("say of a site's settings what there is not, and what is of another kind", () => {
    const told = (settings: string) => {
      writeFileSync(join(root, "chains", "ours.yaml"), `settings:\n  ${settings}\n`);
      return compile(template()).problems.map(({ line, message }) => `${line}: ${message}`);
    };
    expect(told("DET0000/AN0001: { TimeWindow: 5 s }")).toEqual([
      "2: there is no chain “DET0000/AN0001”; whatran catalog chains lists them",
    ]);
    expect(told("DET0000/AN0000: { Window: 5 s }")).toEqual([
      "2: DET0000/AN0000 has no setting “Window”; it has Children, TimeWindow",
    ]);
    expect(told("DET0000/AN0000: { TimeWindow: soon }")).toEqual([
      "2: DET0000/AN0000.TimeWindow must be a period such as 10 min",
    ]);
    expect(told("DET0000/AN0000: { Children: 5 }")).toEqual(["2: DET0000/AN0000.Children must be a list of texts"]);
    expect(told("DET0000/AN0000: { Children: a.exe }")).toEqual([]);
  });

  it("say what is wrong, and where", () => {
    const wrong = (from: string, to: string) =>
      compile(template().replace(from, to)).problems.map(({ message }) => message);
    expect(wrong("within: $TimeWindow", "within: $Tome")).toContain("there is no setting “Tome”");
    expect(wrong("image: $Children", "image: $constructor")).toContain("there is no setting “constructor”");
    expect(wrong("child: start", "child: begin")).toContain("there is no step “begin” to join to");
    expect(wrong("child: start", "folder: start")).toContain("a step behind the anchor is not joined by folder");
    expect(wrong("is: 10 min", "is: soon")).toContain("“soon” is no period such as 10 min");
    expect(wrong("anchor: true", "anchor: false").join()).toContain("exactly one step is the anchor");
    expect(wrong("finding: child", "finding: kind")).toContain("there is no step “kind”");
    expect(wrong("{ image: $Children }", "{}")).toContain("no step uses the setting “Children”");
    expect(compile("chain: [").problems.length).toBeGreaterThan(0);
  });

  it("know the words of fields that have a closed list, and say where another stands", () => {
    const place = (from: string, to: string, own = "") => {
      if (own) writeFileSync(join(root, "chains", "ours.yaml"), own);
      return compile(template().replace(from, to)).problems.map(
        ({ line, column, message, excerpt }) =>
          `${line}:${column} ${message} at ${excerpt.split("\n")[0]?.slice(column - 1, column + 4)}`,
      );
    };
    const classes = "system, programFiles, programData, temp, profile, share, web, downloads, relative, other";
    expect(place("trusted: false", "place: [temp, tmep]")[0]).toMatch(
      new RegExp(`^\\d+:\\d+ place: “tmep” is none of ${classes} at tmep\\]$`),
    );
    expect(place("trusted: false", "place: programfiles")).toEqual([]);
    expect(place("trusted: false", "trust: instaled")[0]).toContain(
      "“instaled” is none of system, installed, stray at insta",
    );
    expect(place("trusted: false", "api: [peek]")[0]).toContain("api: “peek” is none of processAccess,");
    // What a setting holds is said at the setting, and what a site sets, at the site's file.
    expect(place("image: $Children", "place: $Children")[0]).toMatch(/place: “cmd.exe” is none of .* at cmd\.e$/);
    const kinds = template()
      .replace('[cmd.exe, "power*.exe"]', "[temp]")
      .replace("image: $Children", "place: $Children");
    writeFileSync(join(root, "chains", "ours.yaml"), "settings:\n  DET0000/AN0000: { Children: [downlods] }\n");
    expect(compile(kinds).problems.map(({ line, message }) => `${line}: ${message}`)).toEqual([
      `2: DET0000/AN0000.Children: place: “downlods” is none of ${classes}`,
    ]);
  });

  it("read periods", () => {
    expect(["5 s", "10 min", "2h", "1 d", "250ms"].map(milliseconds)).toEqual([
      5000, 600_000, 7_200_000, 86_400_000, 250,
    ]);
    expect(milliseconds("a while")).toBeNaN();
  });
});
