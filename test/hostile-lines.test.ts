import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readVectors } from "../src/catalog/vectors.ts";
import { parseCmd } from "../src/cmdline/cmd/cmd.ts";
import { readPowerShell } from "../src/cmdline/powershell/powershell.ts";
import { parseShell } from "../src/cmdline/shell/shell.ts";
import { splitProgram } from "../src/cmdline/windows/program.ts";
import { splitWindows } from "../src/cmdline/windows/tokens.ts";
import type { Request } from "../src/invocations/types.ts";
import { explain } from "../src/pipeline/explain.ts";
import { requestOf } from "../src/pipeline/vectors.ts";
import { threadMillis } from "./support/cost.ts";
import { testCatalog } from "./support/events.ts";

const catalog = testCatalog();
const MANY = 10_000;
const MEGABYTES = 10_000_000;
const SECONDS = 20_000;

/** Lines that hand themselves on again and again, or that no log ever holds whole. */
const ENDLESS: Readonly<Record<string, Request>> = {
  "cmd /c": { commandLine: `${"cmd /c ".repeat(MANY)}calc.exe` },
  start: { commandLine: `cmd /c ${"start ".repeat(MANY)}calc.exe` },
  call: { commandLine: `cmd /c ${"call ".repeat(MANY)}calc.exe` },
  if: { commandLine: `cmd /c ${"if 1==1 ".repeat(MANY)}calc.exe` },
  for: { commandLine: `cmd /c ${"for %i in (a) do ".repeat(MANY)}calc.exe` },
  "cmd's groups": { commandLine: `cmd /c ${"(".repeat(MANY)}calc${")".repeat(MANY)}` },
  "powershell -c": { commandLine: `${"powershell -c ".repeat(MANY)}calc.exe` },
  "PowerShell's groups": {
    commandLine: `powershell -c "${"$(".repeat(MANY)}calc${")".repeat(MANY)}"`,
    platform: "windows",
  },
  forfiles: { commandLine: `${'forfiles /c "'.repeat(MANY)}calc.exe` },
  schtasks: { commandLine: `${'schtasks /create /tn x /tr "'.repeat(MANY)}calc.exe` },
  conhost: { commandLine: `${"conhost ".repeat(MANY)}calc.exe` },
  pcalua: { commandLine: `${"pcalua -a ".repeat(MANY)}calc.exe` },
  rundll32: { commandLine: `${"rundll32 shell32.dll,ShellExec_RunDLL ".repeat(MANY)}calc.exe` },
  env: { commandLine: `${"env ".repeat(MANY)}id`, platform: "linux" },
  sudo: { args: [...Array<string>(MANY).fill("sudo"), "id"] },
  find: { commandLine: `${"find . -exec ".repeat(MANY)}id \\;` },
  eval: { commandLine: `bash -c '${"eval ".repeat(MANY)}id'` },
  "sh -c, never closed": { commandLine: `${"sh -c '".repeat(MANY + 1)}id` },
  "sh's groups": { commandLine: `sh -c '${"$(".repeat(MANY)}id${")".repeat(MANY)}'` },
  "a long line": { commandLine: `rundll32 ${"a".repeat(MEGABYTES)}.dll,Run` },
  "a long line of commands": { commandLine: `bash -c '${"echo a; ".repeat(MEGABYTES / 8)}'` },
  "a long word": { args: ["/usr/bin/env", "a".repeat(MEGABYTES)] },
  "many words": { args: ["/usr/bin/env", ...Array<string>(MEGABYTES / 4).fill("a=b")] },
  "quotes that end nowhere": { commandLine: `rundll32 "C:\\x.dll,${'a" '.repeat(MEGABYTES / 4)}` },
  "one quote": { commandLine: 'rundll32 "C:\\x.dll,Run' },
  "one quote of a shell": { commandLine: "sh -c 'id; echo \"a'" },
};

describe("a line without end", () => {
  it.each(Object.entries(ENDLESS))("%s: an answer in bounded time that says what was cut", (_, request) => {
    const started = threadMillis();
    const { explanation } = explain(request, catalog);
    expect(threadMillis() - started).toBeLessThan(SECONDS);
    expect(explanation.invocations[0]?.cut).toMatch(/deep|more than|longer|more (?:code|commands)|within quotes/);
    expect(explanation.verdict.text).toContain(`Not all of it was read: ${explanation.invocations[0]?.cut}.`);
  });

  it("reads nested texts no further than some times the line", () => {
    const { explanation } = explain({ commandLine: `${"cmd /c ".repeat(10 * MANY)}calc.exe` }, catalog);
    expect(explanation.invocations[0]?.cut).toMatch(/^nested texts of more than/);
    expect(JSON.stringify(explanation).length).toBeLessThan(20_000_000);
  });

  it("answers lone surrogates in JSON that can be read back", () => {
    const { explanation } = explain({ commandLine: "rundll32 \ud800C:\\x\udc00.dll,\udfffRun" }, catalog);
    expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
  });
});

describe("readers of strangers' text", () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary", maxLength: 30 }),
    fc.constantFrom(
      "\ud83d",
      "\udc00",
      '"',
      "'",
      "`",
      "^",
      "%",
      "!",
      "$(",
      "${",
      "<<E",
      "(",
      ")",
      "{",
      "}",
      "&&",
      "|",
      "\0",
    ),
    fc.constantFrom(
      "for %i in (",
      "do ",
      "if ",
      "set a=",
      "%a:~1,",
      "@'\n",
      "case x in",
      "function f",
      "-f ",
      "[char]",
      "iex ",
    ),
  );
  const text = fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join(""));
  const readers: Readonly<Record<string, (line: string) => unknown>> = {
    "the C runtime": splitWindows,
    CreateProcess: (line) => [splitProgram(line), splitProgram(line, undefined, true)],
    cmd: (line) => parseCmd(line),
    PowerShell: readPowerShell,
    sh: (line) => parseShell(line),
  };
  it.each(Object.entries(readers))("%s never throws", (_, read) => {
    fc.assert(
      fc.property(text, (line) => read(line) !== undefined),
      { numRuns: 500 },
    );
  });
});

describe("explaining what was explained", () => {
  /** The first command that a line runs, as a line of its own. */
  const next = (request: Request): string | undefined => {
    const runs = explain(request, catalog).explanation.invocations.flatMap((one) =>
      one.behaviours.flatMap((b) => b.runs),
    );
    return runs.find(({ what }) => what === "command")?.value;
  };
  const STEPS = 40;

  it("ends for every fourth vector", () => {
    const endless = readVectors("catalog").flatMap((file) =>
      file.resolve
        .filter((_, i) => i % 4 === 0)
        .flatMap((vector) => {
          const { platform } = file;
          const seen = new Set<string>();
          let line = next(requestOf(vector, platform));
          while (line !== undefined && !seen.has(line) && seen.size < STEPS) {
            seen.add(line);
            line = next({ commandLine: line, platform });
          }
          return seen.size < STEPS ? [] : [vector.line ?? vector.args];
        }),
    );
    expect(endless).toEqual([]);
  });
});
