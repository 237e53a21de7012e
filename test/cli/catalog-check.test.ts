import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { AMBIENT } from "../../src/catalog/ambient.ts";
import { removeTemporary, temporaryFolder } from "../../src/temporary.ts";
import { whatran } from "../support/io.ts";

const ENTRY = `binary: tool.exe
purpose: Runs what it is given, for a test.
needed: absent
grammar: { style: windows, options: { r|run: value }, operands: [file?] }
behaviours:
  - id: run
    title: Runs a program
    category: execute
    when: { r: present }
    runs: { what: executable, from: r }
    techniques: [T1218]
    usual: rare
references: ["https://example.org/tool"]
`;
const VECTORS = "resolve:\n  - { line: 'tool /r D:\\a.exe', behaviour: run, runs: ['D:\\a.exe'] }\n";

const made: string[] = [];
afterAll(() => made.forEach(removeTemporary));

function emptyFolder(): string {
  const dir = temporaryFolder("whatran-check-");
  made.push(dir);
  return dir;
}

function folder(entry: string, vectors = VECTORS): string {
  const dir = emptyFolder();
  mkdirSync(join(dir, "windows"));
  writeFileSync(join(dir, "windows/tool.yaml"), entry);
  writeFileSync(join(dir, "windows/tool.vectors.yaml"), vectors);
  return dir;
}

const behaviour = ENTRY.slice(ENTRY.indexOf("  - id:"), ENTRY.indexOf("references:"));
const twice = ENTRY.replace("references:", `${behaviour}references:`);
const hidden = ENTRY.replace("references:", `${behaviour.replace("id: run", "id: other")}references:`);

describe("catalog check", () => {
  it("says why a path is no catalogue", async () => {
    const dir = folder(ENTRY);
    const told = async (path: string) => (await whatran(["catalog", "check", path])).out;
    expect(await told(join(dir, "none"))).toContain("no such folder");
    expect(await told(join(dir, "windows/tool.yaml"))).toContain("a file; name the folder");
    expect(await told(join(dir, "windows"))).toContain("holds none of windows/");
  });

  it("takes no file of that name for a folder", async () => {
    const dir = emptyFolder();
    writeFileSync(join(dir, "windows"), "");
    const { code, out } = await whatran(["catalog", "check", dir]);
    expect(out).toContain("holds none of windows/");
    expect(code).toBe(2);
  });

  it.skipIf(!existsSync("/proc/self/mem")).each(["windows/x.yaml", "windows/tool.vectors.yaml"])(
    "says of %s that it cannot be read (or skipped: no /proc)",
    async (name) => {
      const dir = folder(ENTRY);
      rmSync(join(dir, name), { force: true });
      symlinkSync("/proc/self/mem", join(dir, name));
      const { code, out } = await whatran(["catalog", "check", dir]);
      expect(out).toMatch(new RegExp(`${name}:1:1: it cannot be read: E\\w+`));
      expect(code).toBe(2);
    },
  );

  it("finds nothing wrong with a sound folder", async () => {
    const { code, out } = await whatran(["catalog", "check", folder(ENTRY)]);
    expect(out).toContain("1 binary, 1 behaviour, 0 problems");
    expect(code).toBe(0);
  });

  const cases: readonly [what: string, entry: string, vectors: string, place: string, says: string][] = [
    ["wrong YAML", ENTRY.replace("needed: absent", "needed: [absent"), VECTORS, "tool.yaml:4:1", "Flow sequence"],
    ["an unknown key", ENTRY.replace("usual:", "usul:"), VECTORS, "tool.yaml:12:5", "“usul” is no key"],
    ["a missing key", ENTRY.replace(/needed:.*\n/, ""), VECTORS, "tool.yaml:1:1", 'needed: choose one of "system"'],
    [
      "a technique of no form",
      ENTRY.replace("[T1218]", "[T12]"),
      VECTORS,
      "tool.yaml:11:18",
      "such as T1218 or T1218.011",
    ],
    ["a title too short", ENTRY.replace("Runs a program", "Runs"), VECTORS, "tool.yaml:7:12", "write at least 8"],
    ["a number for a text", ENTRY.replace("Runs a program", "42"), VECTORS, "tool.yaml:7:12", "put it in quotes"],
    [
      "a payload of no kind",
      ENTRY.replace("what: executable", "what: exe"),
      VECTORS,
      "tool.yaml:10:19",
      'behaviours.0.runs.what: choose one of "auto"|"library"',
    ],
    [
      "folders of no name",
      ENTRY.replace("{ r: present }", "{ r: { in: tempory } }"),
      VECTORS,
      "tool.yaml:9:22",
      'choose one of "temporary"|"loose"',
    ],
    ["an unknown key of a payload", ENTRY.replace("from: r", "frm: r"), VECTORS, "tool.yaml:10:", "“frm” is no key"],
    ["no purpose", ENTRY.replace(/purpose:.*\n/, ""), VECTORS, "tool.yaml:1:1", "“purpose” is missing"],
    ["an id twice", twice, VECTORS, "tool.yaml:13:9", "stands here twice"],
    ["a behaviour that never comes up", hidden, VECTORS, "tool.yaml:13:9", "unreachable"],
    [
      "an element that is not there",
      ENTRY.replace("when: { r:", "when: { x:"),
      VECTORS,
      "tool.yaml:6:9",
      "no element “x”",
    ],
    [
      "an element of normal use that is not there",
      ENTRY.replace(
        "references:",
        "normal:\n  - { when: { $cwd: present }, why: Nobody supplies that element. }\nreferences:",
      ),
      VECTORS,
      "tool.yaml:14:3",
      "no element “$cwd”",
    ],
    [
      "an option with quotes in its name",
      ENTRY.replace("r|run:", 'r|"run":'),
      VECTORS,
      "tool.yaml:4",
      "quotes in its name",
    ],
    [
      "vectors that the grammar cannot match",
      ENTRY.replace("r|run", "q|run").replace("{ r:", "{ q:").replace("from: r", "from: q"),
      VECTORS,
      "tool.vectors.yaml:2:5",
      "is not shown",
    ],
    ["vectors that are no YAML", ENTRY, "resolve:\n  - { line: [x }\n", "tool.vectors.yaml:2:", "Flow sequence"],
    ["vectors with an unknown key", ENTRY, "resolve:\n  - { lime: x }\n", "tool.vectors.yaml:2:7", "“lime” is no key"],
    ["vectors of another shape", ENTRY, "resolve: 7\n", "tool.vectors.yaml:1:1", "expected array"],
  ];
  it.each(cases)("says where %s stands, with a caret", async (_, entry, vectors, place, says) => {
    const { code, out } = await whatran(["catalog", "check", folder(entry, vectors)]);
    expect(out).toContain(place);
    expect(out).toContain(says);
    if (!place.includes("vectors.yaml:1")) expect(out).toMatch(/\n\s+\^/);
    expect(code).toBe(2);
  });

  it.each(Object.keys(AMBIENT))("takes what surrounds a command for an element: %s", async (element) => {
    const asked = ENTRY.replace("when: { r:", `when: { ${element}: present, r:`);
    const bound = ENTRY.replace("    techniques:", `    reads: { what: auto, from: ${element} }\n    techniques:`);
    const tried = await Promise.all([asked, bound].map((entry) => whatran(["catalog", "check", folder(entry)])));
    for (const { out } of tried) expect(out).not.toContain("has no element");
  });

  it.each(["catalog check", "explain --catalog"])("refuses a folder that holds no catalogue: %s", async (command) => {
    const empty = emptyFolder();
    const [name, flag] = command.split(" ") as [string, string];
    const { code, out, err } = await whatran([name, flag, empty, ...(name === "explain" ? ["tool /r a"] : [])]);
    expect(out + err).toContain("holds none of windows/, linux/ and chains/");
    expect(code).toBe(2);
  });
});
