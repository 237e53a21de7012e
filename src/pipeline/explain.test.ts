import { describe, expect, it } from "vitest";
import { builtinCatalog } from "../catalog/load.ts";
import type { Request } from "../invocations/types.ts";
import { explain } from "./explain.ts";

const platformOf = (request: Request) => explain(request, builtinCatalog()).explanation.invocations[0]?.binary.platform;

it("takes an interpreter of Linux for one under the name of its version, too", () => {
  expect(platformOf({ commandLine: "python3 -c 'import os; os.system(\"id\")'" })).toBe("linux");
  expect(platformOf({ commandLine: "python3 C:\\kit\\a.py" })).toBe("windows");
});

describe("a program that is called by its bare name", () => {
  it.each([
    [{ commandLine: "7z x k.7z", parent: "C:\\Windows\\System32\\cmd.exe" }, "windows"],
    [{ commandLine: "curl -O h.example/k", cwd: "D:\\kit" }, "windows"],
    [{ commandLine: "curl -O h.example/k", parent: "/usr/bin/bash" }, "linux"],
    [{ args: ["find", ".", "-name", "k"], cwd: "/srv" }, "linux"],
    [{ commandLine: "certutil.exe -decode a b", parent: "/init" }, "windows"],
    [{ commandLine: "7z x k.7z", parent: "C:\\Windows\\System32\\cmd.exe", platform: "linux" }, "linux"],
  ] as const)("is that of the platform of its parent or folder: %j", (request, platform) => {
    expect(platformOf(request)).toBe(platform);
  });
});
