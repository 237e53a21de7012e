import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { whatran } from "../support/io.ts";
import { folder } from "../support/logs.ts";

let dir = folder();
beforeEach(() => {
  dir = folder();
});
afterEach(() => dir.remove());

/** What `config show` says of a whatran.yaml, without the folder. */
async function said(text: string): Promise<string> {
  dir.write("whatran.yaml", text);
  const { code, err } = await whatran(["config", "show"], { cwd: dir.path });
  expect(code).toBe(2);
  return err.replaceAll(`${dir.path}/`, "");
}

describe("a whatran.yaml that is wrong is told of with line, column and caret", () => {
  it.each([
    ["scan:\n  minLevel: loud\n", "whatran.yaml:2:13: scan.minLevel must be informational"],
    ["scan:\n  min-level: loud\n", "whatran.yaml:2:14: scan.minLevel must be informational"],
    ["scan:\n  minLevle: low\n", "whatran.yaml:2:3: “scan” has no setting “minLevle”"],
    ["scan: {}\nscna: {}\n", "whatran.yaml:2:1: there is no section “scna”"],
    ["scan: 5\n", "whatran.yaml:1:7: “scan” must hold settings"],
    ["__proto__: { minLevel: low }\n", "whatran.yaml:1:1: there is no section “__proto__”"],
    ["toString: { a: 1 }\n", "whatran.yaml:1:1: there is no section “toString”"],
    ["scan: { includeTag: { a: b } }\n", "whatran.yaml:1:21: scan.includeTag must be a list of texts"],
    ["scan: { includeTag: [[a], { b: c }] }\n", "whatran.yaml:1:21: scan.includeTag must be a list of texts"],
    [`# ${"x".repeat(1 << 20)}\n`, "whatran.yaml:1:1: more than 1 MiB are not read"],
  ])("%#", async (text, message) => {
    const [first = "", line, caret] = (await said(text)).split("\n");
    expect(first).toContain(message);
    if (line !== "") expect(caret).toMatch(/^ *\^$/);
  });

  it("and no more of a name is repeated than one can read", async () => {
    expect((await said(`scan: { ${"a".repeat(100_000)}: 1 }\n`)).length).toBeLessThan(2000);
  });
});
