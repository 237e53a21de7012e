import { expect, it } from "vitest";
import { millis } from "../../../test/support/cost.ts";
import { aareFault, aareMet } from "./aare.ts";

it.each([
  ["/tmp/**", "/tmp/a/b", true],
  ["/tmp/**", "/tmp/", false],
  ["/tmp/*", "/tmp/a", true],
  ["/tmp/*", "/tmp/a/b", false],
  ["/tmp/a*", "/tmp/a", true],
  ["/tmp/**/", "/tmp/a/b/", true],
  ["/tmp/**/x", "/tmp//x", false],
  ["/t{a,b/**}/c", "/tb/x/y/c", true],
  ["/t{a,b/**}/c", "/ta/c", true],
  ["/t{a,b/**}/c", "/tc/c", false],
  ["/{,usr/}bin/{,ba,da}sh", "/usr/bin/bash", true],
  ["/{,usr/}bin/{,ba,da}sh", "/bin/zsh", false],
  ["/[^a-c]x", "/dx", true],
  ["/[^a-c]x", "/bx", false],
  ["/a\\*b", "/a*b", true],
  ["/a\\*b", "/axb", false],
  ["/a,b", "/a,b", true],
  ["/**", "/", false],
  ["/x**", "/x", true],
])("%s against %s", (pattern, path, fits) => {
  expect(aareMet(pattern, path)).toBe(fits);
});

it.each([
  ["/a[b", "a bracket is not closed"],
  ["/a{b", "a brace is not closed"],
  ["/a}b", "a brace closes nothing"],
  ["{".repeat(40), "too deep"],
  ["a".repeat(5000), "too long"],
])("says what is wrong", (pattern, why) => {
  expect(aareFault(pattern)).toBe(why);
  expect(aareMet(pattern, "/a")).toContain(why);
});

it("takes the time of its letters, whatever its stars", () => {
  const pattern = `/${"**a*".repeat(200)}`;
  const once = (letters: number) => () => expect(aareMet(pattern, `/${"a".repeat(letters)}b`)).toBe(true);
  const half = millis(once(250), 1);
  expect(millis(once(500), half * 3)).toBeLessThan(half * 3 + 20);
});
