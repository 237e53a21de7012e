import { expect, it } from "vitest";
import { parseCmd } from "../src/cmdline/cmd/cmd.ts";
import { readCode } from "../src/cmdline/code/code.ts";
import { readPowerShell } from "../src/cmdline/powershell/powershell.ts";
import { parseShell } from "../src/cmdline/shell/shell.ts";
import { asWord } from "../src/cmdline/windows/tokens.ts";
import { partsOf } from "../src/correlate/proxies/names.ts";
import { unversioned } from "../src/invocations/identify/identify.ts";
import { resolve } from "../src/invocations/resolve.ts";
import type { Request } from "../src/invocations/types.ts";
import { explain } from "../src/pipeline/explain.ts";
import { TARGETS } from "./fuzz/targets.ts";
import { millis } from "./support/cost.ts";
import { testCatalog } from "./support/events.ts";

const MANY = 300_000;
/** CPU, milliseconds. What is not linear takes some times as much for this; what is, a small part, on a busy machine as well. */
const MOST = 2000;

const LINES: readonly (readonly [start: string, piece: string, end: string, request: Request])[] = [
  ["", "$(", "", { platform: "linux", as: "typed" }],
  ["", "a|", "", { platform: "linux", as: "typed" }],
  ["", "<a ", "", { platform: "linux", as: "typed" }],
  ["", "1", "x", { platform: "linux", as: "typed" }],
  ["", "1.", "", { platform: "linux", as: "logged" }],
  ["", '\\"', "", { platform: "linux", as: "logged" }],
  ["", "'", "", { platform: "linux", as: "logged" }],
  ["", "<(", "", { platform: "windows", as: "typed" }],
  ["echo ", "a 1>b", "", { platform: "windows", as: "typed" }],
  ["sh -c '", "&", "", { platform: "windows", as: "typed" }],
  ["sh -c '", ";", "'x", { platform: "windows", as: "typed" }],
  ["msiexec ", '/A="', "", { platform: "windows" }],
];

/** What one thing is made of, the same again and again before something else: a name, a path, a text. */
const READERS: Readonly<Record<string, (run: (piece: string) => string) => unknown>> = {
  "a word is quoted": (run) => asWord(`${run("\\")} x`),
  "an argument's pieces": (run) => partsOf(`${run(";")}x`),
  "a versioned name": (run) => unversioned(`${run("1.")}x1`),
  "a name with its ending": (run) => explain({ args: [`${run(".exe")}x`, "a"], platform: "windows" }, testCatalog()),
  "dirname of a path": (run) => parseShell(`x=$(dirname ${run("/").slice(0, 40_000)}x); $x`),
  "lines of an output": (run) => parseShell(`x=$(echo '${run("\n").slice(0, 40_000)}x'); $x`),
  "a class's version": (run) => readCode("vbscript", `CreateObject("a${run(".1")}x").Run "calc"`),
  "a folder joined": (run) => readPowerShell(`Join-Path '${run("\\")}x' 'a'`),
  "a part of a variable": (run) => parseCmd(`set a=b& echo %a:~${run(" ")}x%`),
  "options of a decoder": (run) => parseShell(`echo a | base64 -${run("d").slice(0, 40_000)}1`),
  "a macro's quotes": (run) => readCode("m4", `syscmd(${run("'")}x)`),
  "an editor's line": (run) => readCode("ed", `1${run(" ")}x`),
  "a file's name in ECS": (run) => json.run(Buffer.from(fileOf(run("a")))),
};
const json = TARGETS.find(({ name }) => name === "json")!;
const fileOf = (name: string) =>
  JSON.stringify({
    event: { category: ["file"], type: ["creation"] },
    process: { executable: "C:\\a.exe" },
    file: { name },
  });

it.each(Object.entries(READERS))("reads %s in bounded time", (_, read) => {
  expect(millis(() => read((piece) => piece.repeat(MANY / piece.length)), MOST)).toBeLessThan(MOST);
});

it.each(LINES)("explains %s and many %s in bounded time", (start, piece, end, around) => {
  // No line comes twice: what is remembered costs nothing.
  let turn = 0;
  const run = () =>
    explain({ ...around, commandLine: `${start}${piece.repeat(MANY / piece.length)}${end}${turn++}` }, testCatalog());
  expect(millis(run, MOST)).toBeLessThan(MOST);
});

it("resolves what a loop starts in time that grows with its rounds alone", () => {
  const catalog = testCatalog();
  const words = Array.from({ length: 250 }, (_, at) => `w${at}`).join(" ");
  const loop = (turn: number) => ({
    platform: "windows" as const,
    commandLine: `cmd.exe /c for /l %i in (1,1,200) do x.exe ${words} %i ${turn}`,
    image: "C:\\Windows\\System32\\cmd.exe",
  });
  let turn = 0;
  const run = () => resolve(loop(turn++), catalog);
  expect(resolve(loop(turn++), catalog).invocations[0]?.behaviours[0]?.runs).toHaveLength(200);
  // Each command compared with each of the others takes some times as long.
  expect(millis(run, 150)).toBeLessThan(150);
});
