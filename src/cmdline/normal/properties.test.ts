import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { millis } from "../../../test/support/cost.ts";
import { splitProgram } from "../windows/program.ts";
import { splitWindows } from "../windows/tokens.ts";
import { classifyValue } from "./classify.ts";
import { distance } from "./distance.ts";
import { identity } from "./identity.ts";
import { lookalikes } from "./lookalikes.ts";
import { optionFold } from "./option-fold.ts";
import { normalPath } from "./path.ts";
import { isRemote } from "./remote.ts";
import { normalUrl } from "./url.ts";

const STEPS: Record<string, (text: string) => string> = {
  optionFold,
  normalPath,
  normalUrl,
  identity: (text) => identity(text),
  posixIdentity: (text) => identity(text, "linux"),
};

/** Pieces from which odd paths, addresses and options are made. */
const piece = fc.constantFrom(
  ..."C: c$ \\ / \\\\ . .. : % %25 %2e %windir% %temp% file: http: https:// http:\\ localhost 127.0.0.1 ? \\?\\ UNC GLOBALROOT".split(
    " ",
  ),
  ..."progra~1 :$DATA \" '' ^ @ # { } ~ ~1 Windows system32 x.dll a b. - – ⁄ ᵗ ſ а í \ud800 \udc00 İ ß".split(" "),
  " ",
  "\t",
  "\u00a0",
);
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.array(piece, { maxLength: 14 }).map((parts) => parts.join("")),
);

describe("normal form", () => {
  for (const [name, step] of Object.entries(STEPS)) {
    it(`${name} is idempotent on any text`, () => {
      fc.assert(
        fc.property(text, (raw) => {
          const once = step(raw);
          expect(step(once)).toBe(once);
        }),
        { numRuns: 3000 },
      );
    });
  }

  it("gives a path that needs no work the same form as one that does", () => {
    const name = fc.stringMatching(/^[A-Za-z0-9 ._~%()-]{1,12}$/);
    const folder = fc.constantFrom("Windows", "Sysnative", "sysnative", "Users", "All Users", "PROGRA~1");
    const path = fc.array(fc.oneof(name, folder), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(path, (names) => {
        const plain = `C:\\${names.join("\\")}`;
        expect(normalPath(plain)).toBe(normalPath(`\\\\?\\${plain}`));
      }),
      { numRuns: 3000 },
    );
  });

  it("every function answers to any text", () => {
    fc.assert(
      fc.property(text, (raw) => {
        splitProgram(raw);
        splitWindows(raw);
        lookalikes(raw);
        isRemote(raw);
        distance(raw, "");
        classifyValue(raw);
      }),
      { numRuns: 3000 },
    );
  });
});

const ALL: Record<string, (text: string) => unknown> = {
  ...STEPS,
  splitWindows,
  splitProgram: (raw) => splitProgram(raw),
  lookalikes,
  distance: (raw) => distance(raw, ""),
  classifyValue: (raw) => classifyValue(raw),
};

const UNITS = [
  "C:\\Users\\",
  "a ",
  '"a b" ',
  "../",
  "....",
  "%windir%",
  "%a",
  "file:",
  "\\\\?\\",
  "a/b",
  ";,",
  "^a",
  "~1",
  "aB",
  "http://1.1/",
  "á",
  "\u0316\u0301",
  "//",
  "@",
  ":1",
  "    ",
];

/** Milliseconds under which a measurement says nothing on a busy machine; a quadratic step takes seconds. */
const FLOOR = 16;

/** Times that ten times the length takes; the least of a dozen measurements at most, for the machine is shared. */
function ratioOf(short: () => void, long: () => void): number {
  let ratio = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 12 && ratio >= 12; attempt++) {
    ratio = Math.min(ratio, millis(long, 0) / Math.max(millis(short, 0), FLOOR));
  }
  return ratio;
}

describe("cost", () => {
  for (const [name, step] of Object.entries(ALL)) {
    it(`${name} takes time in proportion to the length`, () => {
      for (const unit of UNITS) {
        const short = unit.repeat(Math.ceil(20_000 / unit.length));
        const long = unit.repeat(Math.ceil(200_000 / unit.length));
        step(short);
        expect(
          ratioOf(
            () => step(short),
            () => step(long),
          ),
          `${name} on ${JSON.stringify(unit)}`,
        ).toBeLessThan(12);
      }
    });
  }

  for (const [name, step] of Object.entries(STEPS)) {
    it(`${name} takes a megabyte of ASCII in less than 50 ms`, () => {
      const paths = "C:\\Program Files\\Vendor\\tool.exe /flag:value ".repeat(23_000);
      step(paths.slice(0, 100_000));
      expect(millis(() => step(paths), 50, 12)).toBeLessThan(50);
    });
  }
});
