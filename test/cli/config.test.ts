import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { whatran } from "../support/io.ts";
import { folder } from "../support/logs.ts";

let dir = folder();
beforeEach(() => {
  dir = folder();
});
afterEach(() => dir.remove());

async function setting(name: string, env: Record<string, string> = {}, cwd = dir.path) {
  const { out, code } = await whatran(["config", "show", "--json"], { env, cwd });
  expect(code).toBe(0);
  return JSON.parse(out)[name] as { value: unknown; origin: string };
}

describe("config show", () => {
  it("tells the default", async () => {
    expect(await setting("scan.minLevel")).toEqual({ value: "low", origin: "default" });
  });

  it("finds the nearest whatran.yaml above, which rules over the user's file", async () => {
    const user = join(dir.path, "xdg");
    mkdirSync(join(user, "whatran"), { recursive: true });
    const personal = dir.write("xdg/whatran/config.yaml", "scan:\n  minLevel: high\n  hash: true\n");
    mkdirSync(join(dir.path, "deep", "deeper"), { recursive: true });
    const project = dir.write("deep/whatran.yaml", "scan:\n  min-level: medium\n");
    const env = { XDG_CONFIG_HOME: user };
    const cwd = join(dir.path, "deep", "deeper");
    expect(await setting("scan.minLevel", env, cwd)).toEqual({ value: "medium", origin: project });
    expect(await setting("scan.hash", env, cwd)).toEqual({ value: true, origin: personal });
  });

  it("lets the environment rule over files", async () => {
    dir.write("whatran.yaml", "scan: { minLevel: medium }\n");
    expect(await setting("scan.minLevel", { WHATRAN_SCAN__MIN_LEVEL: "critical" })).toEqual({
      value: "critical",
      origin: "WHATRAN_SCAN__MIN_LEVEL",
    });
  });

  it("reads lists from YAML and from variables", async () => {
    dir.write("whatran.yaml", "scan: { excludeComputer: [A, B] }\n");
    expect((await setting("scan.excludeComputer")).value).toEqual(["A", "B"]);
    expect((await setting("scan.excludeComputer", { WHATRAN_SCAN__EXCLUDE_COMPUTER: "C, D" })).value).toEqual([
      "C",
      "D",
    ]);
  });

  it.each([
    ["scan: { minLevle: medium }\n", "minLevle"],
    ["scna: { minLevel: medium }\n", "scna"],
    ["scan: { minLevel: loud }\n", "informational"],
    ["scan: [\n", "whatran.yaml:2:1: "],
    ["just text\n", "whatran.yaml:1:1: the file must be one map of keys"],
    ["scan: 5\n", "must hold settings"],
  ])("does not guess what is meant: %j", async (text, hint) => {
    const file = dir.write("whatran.yaml", text);
    const { code, err } = await whatran(["config", "show"], { cwd: dir.path });
    expect(code).toBe(2);
    expect(err).toContain(file);
    expect(err).toContain(hint);
  });

  it("names the flag that is wrong, and the variable", async () => {
    expect((await whatran(["scan", "x", "--min-level", "loud"])).err).toContain("--min-level must be");
    expect((await whatran(["scan", "x"], { env: { WHATRAN_SCAN__HASH: "perhaps" } })).err).toContain(
      "WHATRAN_SCAN__HASH",
    );
  });

  it("prints a table for people", async () => {
    const { out } = await whatran(["config"], { cwd: dir.path });
    expect(out).toMatch(/^scan\.minLevel +low +default$/m);
  });
});
