import { expect, it } from "vitest";
import { builtinCatalog } from "../catalog/load.ts";
import { explain } from "../pipeline/explain.ts";

const text = (commandLine: string) =>
  explain({ commandLine, platform: "windows" }, builtinCatalog()).explanation.verdict.text;

it("finds nothing odd about the ending of a script of a shell", () => {
  for (const line of ['bash.exe -c "/c/kit/a.sh"', 'ssh.exe kelp "~/a.sh"', "cmd /c start C:\\kit\\a.sh"])
    expect(text(line), line).not.toContain("unusual for its kind");
  expect(text("pcalua -a C:\\kit\\a.dat")).toContain("unusual for its kind");
});
