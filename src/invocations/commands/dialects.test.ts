import fc from "fast-check";
import { expect, it } from "vitest";
import { parseShell } from "../../cmdline/shell/shell.ts";
import { split } from "./dialects.ts";

const WORDS = "if fi time eval export exec done in { A=1 --k=v /x/y b.c - -- %1 @x +x x,y ~ : . ! 2 2> # a*".split(" ");
const line = fc
  .array(fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom(" ", "  ", "")), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.flat().join(""));

it("takes plain words for what the whole reading of a shell makes of them", () => {
  fc.assert(
    fc.property(line, (text) => {
      const words = split(text, "sh").commands.map(({ argv }) => argv);
      const whole = parseShell(text).filter(({ op }) => op !== "function");
      expect(words).toEqual(whole.map(({ argv }) => argv));
    }),
    { numRuns: 10_000 },
  );
});
