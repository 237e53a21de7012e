// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are shell text
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shellQuote } from "./quote.ts";
import { parseShell } from "./shell.ts";
import { MAX_COMMANDS } from "./types.ts";

describe("limits", () => {
  it("says what was cut", () => {
    expect(parseShell("a;".repeat(MAX_COMMANDS + 5)).cut).toBe("commands");
    expect(parseShell("$(".repeat(50)).cut).toBe("depth");
    expect(parseShell(`x=${"a".repeat(40_000)}; e $x $x $x`).cut).toBe("expansion");
    expect(parseShell("a").cut).toBeUndefined();
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
          if (stdin?.kind === "pipe" && stdin.from >= index) return false;
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
    "for i in {1..99};do ",
    "$() ",
    ": ${a:=b};",
    "[",
    "*",
    "$(x=1)",
  ];
  it.each(hostile)("is quick on many %s", (piece) => {
    const before = process.cpuUsage();
    parseShell(piece.repeat(200_000 / piece.length));
    expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
  });
});
