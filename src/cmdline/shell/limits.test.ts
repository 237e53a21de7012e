// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are shell text
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { millis } from "../../../test/support/cost.ts";
import { parseShell } from "./shell.ts";
import { MAX_COMMANDS } from "./types.ts";

/** Words as a shell reads exactly them back. */
const shellQuote = (words: readonly string[]) => words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");

describe("limits", () => {
  it("says what was cut", () => {
    expect(parseShell("a;".repeat(MAX_COMMANDS + 5)).cut).toBe("commands");
    expect(parseShell("$(".repeat(50)).cut).toBe("depth");
    expect(parseShell(`x=${"a".repeat(40_000)}; e $x $x $x`).cut).toBe("expansion");
    expect(parseShell("a").cut).toBeUndefined();
  });

  it("reads no more of what a text has hundreds of thousands of, and says so", () => {
    const LONG = 2_000_000;
    for (const [piece, cut] of [
      ["`a`", "commands"],
      ["$(a)", "commands"],
      ["<(a) ", "commands"],
      ["<a ", "beside"],
      ["a=b ", "beside"],
      ["{ a; } >b ", "commands"],
    ] as const) {
      const text = piece.repeat(LONG / piece.length);
      expect(parseShell(text).cut, piece).toBe(cut);
      expect(
        millis(() => parseShell(text), 1000),
        piece,
      ).toBeLessThan(1000);
    }
    expect(parseShell("<a ".repeat(1000)).cut).toBeUndefined();
  });

  it("does not work out what filters blow up", () => {
    const output = (filter: string) => parseShell(`x=$(${filter} <<< ${"a".repeat(50_000)}); $x`).at(-1)?.argv;
    expect(output("cut -c1-2")).toEqual(["aa"]);
    expect(output(`cut -c${"1,".repeat(10_000)}2`)).toEqual(["$x"]);
    expect(output(`sed s/a/${"b".repeat(1000)}/g`)).toEqual(["$x"]);
  });

  it("is total on random text", () => {
    const piece = fc.constantFrom(
      ..."ab$(){}[]<>|&;'\"`\\\n #!=*@/,.0:",
      "$(",
      "${",
      "((",
      "))",
      "<<E",
      "\nE\n",
      "if ",
      "then ",
      "case x in ",
      "esac ",
      "for i in ",
      "do ",
      "done ",
      "f()",
      "eval ",
      "x=",
      "$x",
      "${x//a/b}",
      "<<<",
      "<(",
      "{a,b}",
      "printf %s ",
      "echo ",
      "|base64 -d|",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const script = parseShell(pieces.join(""));
        for (const [index, { parent, stdin }] of script.entries()) {
          if (parent !== undefined && parent >= index) return false;
          // What writes into a pipe stands before its reader, or within it: `a < <(b)`.
          if (stdin?.kind === "pipe" && stdin.from >= index && script[stdin.from]?.parent !== index) return false;
        }
        return script.length <= MAX_COMMANDS;
      }),
      { numRuns: 2000 },
    );
  });

  it("reads back what it quotes", () => {
    const word = fc.string({ unit: "grapheme", maxLength: 12 });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (argv) => {
        expect(parseShell(shellQuote(argv))[0]?.argv).toEqual(argv);
      }),
    );
  });

  const hostile = [
    "$(",
    "`",
    "${x:-",
    '"$(',
    "((",
    "$((",
    "{a,",
    "{",
    "<<E\n",
    "if ",
    "case x in a) ",
    "f(){ ",
    "eval ",
    "'",
    "\\",
    "x=$x$x;",
    "${x//",
    "<(",
    "[[ ",
    "a|",
    "${!",
    "{1..999}",
    "x{1..999}",
    "{a,b}x",
    "{{1..999},a}",
    "{a{1..30}{1..30},b}",
    "for i in {1..99};do ",
    "$() ",
    ": ${a:=b};",
    "[",
    "*",
    "$(x=1)",
  ];
  // What is not linear takes minutes for this; what is takes a fraction of a second, also on a machine that is busy otherwise.
  it.each(hostile)("is quick on many %s", (piece) => {
    const text = piece.repeat(200_000 / piece.length);
    expect(millis(() => parseShell(text), 2000)).toBeLessThan(2000);
  });

  it("reads no further than commands are taken, in a text that holds many more", () => {
    for (const piece of ["a;", "a|", "(", "$(a)", "a\n"]) {
      const script = parseShell(piece.repeat(1_000_000 / piece.length));
      expect(script.cut, piece).toMatch(/commands|depth/);
      expect(script.length, piece).toBeLessThanOrEqual(MAX_COMMANDS);
    }
    const empty = "f() { a; };".repeat(MAX_COMMANDS + 5);
    expect(parseShell(`${empty} b`).map(({ argv }) => argv[0])).toEqual(["b", "a"]);
  });

  it("says that braces which would make too many words were left out", () => {
    const [command] = parseShell("e {a,b}{1..4} {1..40}{1..40}");
    expect(command?.argv.length).toBe(1 + 8 + 40);
    expect(parseShell("e {a,b}{1..4} {1..40}{1..40}").cut).toBe("expansion");
    expect(parseShell("e {a,b}{1..4}").cut).toBeUndefined();
  });
});
