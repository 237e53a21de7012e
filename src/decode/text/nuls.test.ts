import { expect, it } from "vitest";
import { nulLines, withoutNuls } from "./nuls.ts";

it("takes NULs off the end alone", () => {
  expect(withoutNuls("\0a\0b\0\0")).toBe("\0a\0b");
  expect(withoutNuls("\0\0")).toBe("");
});

it("puts each of several texts on a line", () => {
  expect(nulLines("a\0b\0\0")).toBe("a\nb");
});
