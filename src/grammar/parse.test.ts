import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { translateGrammar } from "../catalog/translate.ts";
import type { GrammarStyle } from "../catalog/types.ts";
import { splitArguments } from "../cmdline/windows/tokens.ts";
import { parseLine } from "./parse.ts";
import type { Arg, Line } from "./types.ts";

interface Source {
  options?: Record<string, string>;
  operands?: string[];
  pairs?: Record<string, string>;
  commands?: Record<string, unknown>;
}

function grammar(style: GrammarStyle, source: Source, bundleFirst = false, abbreviate = style === "gnu") {
  const full = { options: {}, operands: [], pairs: {}, commands: {}, ordered: false, ...source };
  const context = { style, caseSensitive: style === "gnu" || style === "single", abbreviate, bundleFirst };
  return translateGrammar(full, context, [], (path, message) => {
    throw new Error(`${path.join(".")}: ${message}`);
  });
}

const argv = (...values: string[]): Line => ({
  args: values.map((value): Arg => ({ value, raw: value, start: 0, end: 0, quoted: false })),
  text: undefined,
});
const line = (text: string): Line => ({ args: splitArguments(text), text });

function read(parsed: ReturnType<typeof parseLine>): Record<string, string[]> {
  return Object.fromEntries([...parsed.values].map(([name, values]) => [name, values.map(({ text }) => text)]));
}

describe("the windows style", () => {
  const g = grammar("windows", {
    options: { i: "value? :", s: "flag", out: "value", z: "value glued", log: "value next", c: "rest" },
    operands: ["files*"],
    pairs: { TRANSFORMS: "transforms" },
  });
  it.each([
    ["/S a.dll", { s: [""], files: ["a.dll"] }],
    ["-i:http://h/a a.dll", { i: ["http://h/a"], files: ["a.dll"] }],
    ["/i a.dll", { i: [""], files: ["a.dll"] }],
    ["/out:x y", { out: ["x"], files: ["y"] }],
    ["/out=x", { out: ["x"] }],
    ["/OUT x y", { out: ["x"], files: ["y"] }],
    ["/zhttp://h/a", { z: ["http://h/a"] }],
    ["/z\u6570.dll", { z: ["\u6570.dll"] }],
    ["/z\u200bhttp://h/a", { z: ["http://h/a"] }],
    ["/z\u00ada.dll", { z: ["a.dll"] }],
    ["/\u1dbba.dll", { z: ["a.dll"] }],
    ["\u2013s a", { s: [""], files: ["a"] }],
    ["/\u02e2 a", { s: [""], files: ["a"] }],
    ["transforms=a;b", { transforms: ["a;b"] }],
    ['/c "a b" > c', { c: ['"a b" > c'] }],
    ["/log a", { log: ["a"] }],
  ])("reads %s", (text, wanted) => {
    expect(read(parseLine(g, line(text)))).toEqual(wanted);
  });
  it("lists what it does not know, and takes paths with slashes for paths", () => {
    expect(parseLine(g, line("/what a")).unknown).toEqual(["/what"]);
    expect(read(parseLine(g, line("/dir/file.txt")))).toEqual({ files: ["/dir/file.txt"] });
    expect(parseLine(g, line("/what:D:\\a.txt b")).unknown).toEqual(["/what:D:\\a.txt"]);
    expect(read(parseLine(g, line("/what:D:\\a.txt b")))).toEqual({ files: ["b"] });
    expect(read(parseLine(g, line("/d:/dir/file.txt")))).toEqual({ files: ["/d:/dir/file.txt"] });
  });
});

describe("the gnu style", () => {
  const g = grammar("gnu", {
    options: { "f|file": "value", v: "flag", x: "flag", color: "value?", n: "value" },
    operands: ["name", "command..."],
  });
  it.each([
    [["-xvf", "a", "n"], { x: [""], v: [""], f: ["a"], name: ["n"] }],
    [["-fa", "n"], { f: ["a"], name: ["n"] }],
    [["--file=a", "n"], { f: ["a"], name: ["n"] }],
    [["--fi", "a", "n"], { f: ["a"], name: ["n"] }],
    [["--color", "n"], { color: [""], name: ["n"] }],
    [["n", "sh", "-x", "-c", "y"], { name: ["n"], command: ["sh -x -c y"] }],
    [["--", "-n", "b"], { name: ["-n"], command: ["b"] }],
  ])("reads %s", (args, wanted) => {
    expect(read(parseLine(g, argv(...args)))).toEqual(wanted);
  });
});

describe("elements of their own kind", () => {
  it("takes what stands behind -- for no operand of a program that does not", () => {
    const g = grammar("gnu", { options: { r: "value", "--": "rest" }, operands: ["script"] });
    expect(read(parseLine(g, argv("--", "-r", "b")))).toEqual({ "--": ["-r b"] });
  });
  it("ends an until option at its terminator", () => {
    const g = grammar("single", { options: { exec: "until ; +", name: "value next" }, operands: ["paths*"] });
    const parsed = parseLine(g, argv("/a", "-exec", "rm", "{}", ";", "-name", "x"));
    expect(read(parsed)).toEqual({ paths: ["/a"], exec: ["rm {}"], name: ["x"] });
    expect(parsed.values.get("exec")?.[0]?.args.map(({ value }) => value)).toEqual(["rm", "{}"]);
  });
  it("takes the beginning of a long name for it, but of programs that compare whole names", () => {
    const source: Source = { options: { "build-arg": "value" }, operands: ["words*"] };
    expect(read(parseLine(grammar("gnu", source), argv("--build", "a")))).toEqual({ "build-arg": ["a"] });
    expect(read(parseLine(grammar("gnu", source, false, false), argv("--build", "a")))).toEqual({ words: ["a"] });
  });
  it("takes the next word for an optional value unless it looks like an option", () => {
    const g = grammar("gnu", { options: { "r|resume": "value? = next", v: "flag" }, operands: ["words*"] });
    expect(read(parseLine(g, argv("-r", "a", "b")))).toEqual({ r: ["a"], words: ["b"] });
    expect(read(parseLine(g, argv("-r", "-v", "b")))).toEqual({ r: [""], v: [""], words: ["b"] });
    expect(read(parseLine(g, argv("--resume=a", "b", "-r")))).toEqual({ r: ["a", ""], words: ["b"] });
  });
  it("gives what follows the last option to what it names", () => {
    const g = grammar("gnu", {
      options: { m: "value last", v: "flag", q: "flag" },
      operands: ["script", "arguments..."],
    });
    expect(read(parseLine(g, argv("-v", "-m", "venv", "-q", "x")))).toEqual({
      v: [""],
      m: ["venv"],
      arguments: ["-q x"],
    });
    expect(read(parseLine(g, argv("-vmvenv", "x")))).toEqual({ v: [""], m: ["venv"], arguments: ["x"] });
  });

  it("goes on in a cluster behind digits", () => {
    const g = grammar("gnu", { options: { "0": "digits", n: "flag", e: "value" }, operands: ["files*"] });
    expect(read(parseLine(g, argv("-0777ne", "code", "f")))).toEqual({
      "0": ["777"],
      n: [""],
      e: ["code"],
      files: ["f"],
    });
  });

  it("takes a number out of the next word only where it is one, and short enough", () => {
    const g = grammar("windows", { options: { e: "digits next 1", g: "flag" }, operands: ["target"] });
    expect(read(parseLine(g, argv("-e", "1", "-g", "a.exe")))).toEqual({ e: ["1"], g: [""], target: ["a.exe"] });
    expect(read(parseLine(g, argv("-e", "4312")))).toEqual({ e: [""], target: ["4312"] });
  });

  it("deals operands around a list", () => {
    const g = grammar("gnu", { operands: ["first", "rest*", "last"] });
    expect(read(parseLine(g, argv("a", "b", "c", "d")))).toEqual({ first: ["a"], rest: ["b", "c"], last: ["d"] });
  });
  it("takes assignments before a command", () => {
    const g = grammar("gnu", { options: { i: "flag" }, operands: ["assignments*:assignment", "inner..."] });
    expect(read(parseLine(g, argv("-i", "A=1", "sh", "B=2")))).toEqual({
      i: [""],
      assignments: ["A=1"],
      inner: ["sh B=2"],
    });
  });
  it("chooses a subcommand and keeps the outer options", () => {
    const g = grammar("gnu", {
      options: { H: "value" },
      commands: { "run|start": { options: { d: "flag" }, operands: ["image", "inner..."] } },
    });
    const parsed = parseLine(g, argv("-H", "x", "start", "-d", "img", "sh", "-c", "y"));
    expect(read(parsed)).toEqual({ H: ["x"], command: ["run"], d: [""], image: ["img"], inner: ["sh -c y"] });
  });
  it("finds a subcommand behind operands where the program does", () => {
    const g = grammar("gnu", { operands: ["filter*"], commands: { exec: { operands: ["inner..."] } } });
    expect(read(parseLine({ ...g, commandsAnywhere: true }, argv("3", "exec", "sh", "x")))).toEqual({
      filter: ["3"],
      command: ["exec"],
      inner: ["sh x"],
    });
    expect(read(parseLine(g, argv("3", "exec", "sh")))).toEqual({ filter: ["3", "exec", "sh"] });
  });
  it("accepts any option where the grammar says so", () => {
    for (const style of ["gnu", "single", "windows"] as const) {
      const g = grammar(style, { options: { o: "value next", "*": "flag" } });
      const parsed = parseLine(g, argv("--odd-one", "-q", "-o", "x"));
      expect(read(parsed)).toEqual({ o: ["x"] });
      expect(parsed.unknown).toEqual(["--odd-one", "-q"]);
      expect(parsed.whole).toBe(true);
    }
  });
  it("reads a first word of letters as options", () => {
    const g = grammar("gnu", { options: { x: "flag", f: "value", z: "flag" }, operands: ["files*"] }, true);
    expect(read(parseLine(g, argv("xzf", "a.tgz", "b")))).toEqual({ x: [""], z: [""], f: ["a.tgz"], files: ["b"] });
  });
  it("takes one letter behind two dashes for a long name", () => {
    const g = grammar("gnu", {
      options: { u: "flag", userspec: "value", groups: "value", v: "flag" },
      operands: ["all*"],
    });
    expect(read(parseLine(g, argv("--u", "a", "--g=b", "-u", "--v", "c")))).toEqual({
      userspec: ["a"],
      groups: ["b"],
      u: [""],
      v: [""],
      all: ["c"],
    });
  });
  it("accepts unique prefixes where the program does", () => {
    const g = grammar("windows", { options: { encodedcommand: "value next", exec: "value next" } }, false, true);
    expect(read(parseLine(g, line("-enc QQ==")))).toEqual({ encodedcommand: ["QQ=="] });
    expect(parseLine(g, line("-e QQ==")).unknown).toContain("-e");
  });
});

it("never throws and loses no argument", () => {
  const g = grammar("windows", { options: { a: "value", b: "flag", c: "values 2" }, operands: ["one", "more*"] });
  fc.assert(
    fc.property(fc.array(fc.string()), (values) => {
      const parsed = parseLine(g, argv(...values));
      const held = [...parsed.values.values()].flat().length + parsed.unknown.length;
      expect(held).toBeLessThanOrEqual(2 * values.length + 1);
    }),
  );
});
