import { describe, expect, it } from "vitest";
import { TARGETS as PRODUCTS } from "../src/policies/registry.ts";
import { TARGETS } from "./fuzz/targets.ts";
import { millis } from "./support/cost.ts";

const SIZE = 100_000;
/** What is not linear takes some times as much for files of this size; what is, a small part, on a busy machine as well. */
const MOST_MS = 2000;

/** What a reader may look for again and again: blanks, ends of lines, quotes, brackets, what continues, what names or divides. */
const PIECES = [
  ...["\n", "\r\n", " ", "\t", "\u2028", "\\\n", "a\n", "# a\n", " a", "0"],
  ...['"', "'", "(", "{", "[", "<", "<a ", "<!--", "&amp;", "%", "$("],
  ...["=", ",", ":", "|", "a=b\n", "[a]\n", "a: b\n", "a(\n", "a = \\\n", "ALL,"],
];

/** Readers of text; what is code has tests of its own, as have the catalogue's entries. */
const OTHERS = [
  "evtx",
  "shortcut",
  "hive",
  "container",
  "powershell",
  "cmd",
  "shell",
  "argv",
  "code",
  "explain",
  "catalog",
];

const policy = TARGETS.find(({ name }) => name === "policy")!;
const readers: readonly (readonly [name: string, run: (text: string) => unknown])[] = [
  ...TARGETS.filter((one) => one !== policy && !OTHERS.includes(one.name)).map(
    (one) => [one.name, (text: string) => one.run(Buffer.from(text))] as const,
  ),
  ...PRODUCTS.map(
    ({ id }) => [`policy of ${id}`, (text: string) => policy.run(Buffer.from(`${id}\n${text}`))] as const,
  ),
];

describe("a file of one piece again and again is read in linear time", () => {
  it.each(readers)("%s", (_, run) => {
    for (const [at, piece] of PIECES.entries()) {
      // Sizes differ: the targets tell by them which of a format's places a file lies in.
      const text = piece.repeat(SIZE / piece.length + 1).slice(0, SIZE + at);
      expect([piece, millis(() => run(text), MOST_MS)]).toEqual([
        piece,
        expect.toSatisfy((ms: number) => ms < MOST_MS),
      ]);
    }
  });
});
