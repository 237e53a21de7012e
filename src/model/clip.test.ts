import { expect, it } from "vitest";
import { clip } from "./clip.ts";

it("gives the beginning of a text, whatever it holds", () => {
  expect(clip("abc", 3)).toBe("abc");
  expect(clip("abcd", 3)).toBe("abc");
  expect(clip("a\ud83d\ude00b", 2)).toBe("a\ud83d");
  expect(clip("\u0000\uffff\u00e9x", 3)).toBe("\u0000\uffff\u00e9");
  expect(clip("", 0)).toBe("");
});
