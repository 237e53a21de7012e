import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { compileCatalog } from "./compile.ts";

const root = mkdtempSync(join(tmpdir(), "whatran-like-"));
afterAll(() => rmSync(root, { recursive: true }));

const LINUX = `
binary: kit
homes: [/usr/bin]
packages: [kit]
purpose: Does this and that for the test.
needed: absent
grammar: { style: gnu, caseSensitive: true, options: { X: value, x: flag } }
behaviours:
  - { id: text, title: Carries out a text, category: execute, when: { X: present }, runs: { what: command, from: X, as: sh }, techniques: [T1218], usual: rare }
mitigations: [M1038]
references: ["https://example.org/kit"]
`;
const OWN =
  "{ id: quiet, title: Says nothing more, category: execute, when: { x: present }, techniques: [T1218], usual: routine }";

function compile(windows: string) {
  for (const folder of ["linux", "windows"]) mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, "linux/kit.yaml"), LINUX);
  writeFileSync(join(root, "windows/kit.yaml"), windows);
  const { catalog, problems } = compileCatalog(root);
  return { entry: catalog.entries.find(({ id }) => id === "windows/kit"), problems };
}

describe("names that every object answers to", () => {
  const compiled = (options: string) => {
    const { entry, problems } = compile(
      `binary: kit.exe\nlike: linux/kit\ngrammar: { style: gnu, caseSensitive: true, options: { X: value, ${options} } }\nbehaviours: []\n`,
    );
    return { options: Object.keys(entry?.grammar.options ?? {}), problems: problems.map(({ message }) => message) };
  };

  it("are names of options like any other", () => {
    expect(compiled("constructor: flag, valueOf: value")).toEqual({
      options: ["X", "constructor", "valueOf"],
      problems: [],
    });
  });

  it("are no ways to take a value", () => {
    expect(compiled("a: constructor").problems.join()).toContain("“constructor” is no way to take a value");
  });
});

describe("an entry that is like another one", () => {
  const text = `binary: kit.exe\nlike: linux/kit\nhomes: ['Program Files\\Kit']\nbehaviours: [${OWN}]\nreferences: ["https://example.org/own"]\n`;

  it("takes what it does not say from there, and puts its own in front", () => {
    const { entry, problems } = compile(text);
    expect(problems).toEqual([]);
    expect(entry).toMatchObject({ like: "linux/kit", homes: ["Program Files\\Kit"], packages: [] });
    expect(entry?.behaviours.map(({ id }) => id)).toEqual(["windows/kit/quiet", "windows/kit/text"]);
    expect(entry?.references).toEqual(["https://example.org/own", "https://example.org/kit"]);
    // Its options are those of Linux, where X is not x.
    expect(Object.keys(entry?.grammar.options ?? {})).toEqual(["X", "x"]);
  });

  it("hands texts to cmd, unless it brings a shell of its own", () => {
    const as = (yaml: string) => compile(yaml).entry?.behaviours.at(-1)?.bindings[0]?.as;
    expect(as(text)).toBe("cmd");
    expect(as(`${text}ownShell: true\n`)).toBe("sh");
  });

  it.each(["linux/none", "linux/../linux/kit", "windows/kit"])("says that there is no %s", (like) => {
    const { problems } = compile(text.replace("linux/kit", like));
    expect(problems[0]?.message).toContain("name an entry of this catalogue as linux/NAME");
  });
});

describe("an entry whose program another one carries out", () => {
  const LANGUAGE = LINUX.replace("binary: kit", "binary: lang")
    .replace(
      "behaviours:",
      "behaviours:\n  - { id: told, title: Loads what the environment names, category: execute, when: { $env.LANG_OPT: present }, runs: { what: command, from: $env.LANG_OPT, as: sh }, techniques: [T1574], usual: rare }",
    )
    .replace(
      "mitigations:",
      "normal: [{ behaviours: [told, text], runs: [system], why: It is set up so. }]\nmitigations:",
    );
  const text = `binary: kit.exe\nlike: linux/kit\nhomes: []\nreferences: ["https://example.org/own"]\n`;
  const withRuntime = (runtime: string) => {
    const { entry } = compile(text);
    writeFileSync(join(root, "linux/lang.yaml"), LANGUAGE);
    writeFileSync(join(root, "linux/kit.yaml"), LINUX.replace("homes:", `runtime: ${runtime}\nhomes:`));
    const { catalog, problems } = compileCatalog(root);
    rmSync(join(root, "linux/lang.yaml"));
    return { entry, problems, of: (id: string) => catalog.entries.find((one) => one.id === id) };
  };

  it("obeys the environment that this one obeys, and nothing else of it", () => {
    const { of, problems } = withRuntime("linux/lang");
    expect(problems).toEqual([]);
    expect(of("linux/kit")?.behaviours.map(({ id }) => id)).toEqual(["linux/kit/text", "linux/kit/told"]);
    expect(of("linux/kit")?.normal.map(({ behaviours }) => behaviours)).toEqual([["told"]]);
    // Where it is like one of another platform, too: its texts are then read by the shell of its own.
    expect(of("windows/kit")?.behaviours.map(({ bindings: [first] }) => first?.as)).toEqual(["cmd", "cmd"]);
  });

  it.each(["linux/none", "linux/../linux/kit"])("says that there is no %s", (runtime) => {
    expect(withRuntime(runtime).problems[0]?.message).toContain("name an entry of this catalogue as linux/NAME");
  });
});
