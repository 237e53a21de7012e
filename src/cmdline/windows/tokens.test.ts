import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rest, splitWindows } from "./tokens.ts";

const values = (text: string) => splitWindows(text).map((token) => token.value);

describe("splitWindows", () => {
  it.each([
    ["prog a  b\tc", ["prog", "a", "b", "c"]],
    ['"C:\\My Tools\\x.exe" "a b" c', ["C:\\My Tools\\x.exe", "a b", "c"]],
    ['C:\\"My Tools"\\x.exe /s', ["C:\\My Tools\\x.exe", "/s"]],
    ['p "a\\"b" c', ["p", 'a"b', "c"]],
    ['p "a\\\\" b', ["p", "a\\", "b"]],
    ['p a\\\\b "c\\\\\\"d"', ["p", "a\\\\b", 'c\\"d']],
    ['p "a""b" c', ["p", 'a"b', "c"]],
    ['p C:\\"a b" c', ["p", 'C:"a', "b c"]],
    ['p "" x', ["p", "", "x"]],
    ['"p\\" x', ["p\\", "x"]],
    ['p "open end', ["p", "open end"]],
    ["  p  ", ["p"]],
    ["", []],
  ])("%s", (text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  it("keeps places, so that a program can take the rest of the line", () => {
    const text = 'cmd /c  start "" x.exe';
    const tokens = splitWindows(text);
    expect(rest(text, tokens[1]!)).toBe('start "" x.exe');
    for (const token of tokens) expect(text.slice(token.start, token.end)).toBe(token.raw);
  });

  it.each([
    ['p /"i"nteractive', true],
    ['p report".dl"l', true],
    ['ru"ndll"32 x', true],
    ['p /i:"C:\\a b\\c.sct"', false],
    ['p "C:\\a b.dll",Start', false],
    ['"p"', false],
    ['cmd /c "say "hello" now"', false],
    ['cmd /c "say -c "now|hello""', false],
    ['p hel""lo', true],
    ['"C:\\Program Files"\\x.exe /s', false],
  ])("tells quotes that break words from quotes that group: %s", (text, expected) => {
    expect(splitWindows(text).some((token) => token.innerQuotes)).toBe(expected);
  });

  it("covers every character that is not a blank, in order", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", '"', "\\", " ", "\t", "/", "é") }), (text) => {
        const covered = splitWindows(text).reduce(
          (left, token) => {
            expect(text.slice(token.start, token.end)).toBe(token.raw);
            expect(left.at).toBeLessThanOrEqual(token.start);
            return { at: token.end, gaps: left.gaps + text.slice(left.at, token.start) };
          },
          { at: 0, gaps: "" },
        );
        expect((covered.gaps + text.slice(covered.at)).trim()).toBe("");
      }),
    );
  });
});
