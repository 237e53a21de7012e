import type { Obfuscation } from "../model/invocation.ts";
import type { Signal } from "./signal.ts";
import { listed, shown } from "./text.ts";

/** What each class of rewriting looks like, as the end of “it has …”. */
const LOOKS: Readonly<Record<string, string>> = {
  caret: "carets inside words",
  quoteInsertion: "quotes inside words",
  unicodeLookalike: "letters that only look like Latin ones",
  optionCharacter: "dashes or slashes of other scripts before options",
  characterInsertion: "characters inside options that the program drops",
  environmentVariable: "pieces of variables in place of letters",
  pathTraversal: "paths that go back and forth",
  extraSlashes: "doubled slashes",
  urlEncodedHost: "an address written as a number or with escapes",
  caseMixing: "capitals at random",
  concatenation: "words put together from pieces",
  encodedCommand: "encoded code",
  whitespacePadding: "long runs of blanks",
  delimiterRun: "runs of commas or semicolons",
  loopbackShare: "a share of the machine itself in place of a path",
  devicePath: "a device path in place of a plain one",
};

/** Below this weight a class is part of everyday writing. */
const TELLING = 0.15;

/** The heaviest find of each class; ten doubled slashes say no more than one. */
function byClass(all: readonly Obfuscation[]): readonly Obfuscation[] {
  const best = new Map<string, Obfuscation>();
  for (const one of all) if (one.weight > (best.get(one.class)?.weight ?? 0)) best.set(one.class, one);
  return [...best.values()];
}

const isTelling = ({ weight }: Obfuscation): boolean => weight >= TELLING;

export const obfuscatedLine: Signal = {
  id: "obfuscated-line",
  group: "writing",
  title: "The command line is written so that it is hard to read",
  evaluate({ invocation, outer }) {
    const found = [...outer.flatMap((one) => one.obfuscation), ...invocation.obfuscation].filter(isTelling);
    if (found.length === 0) return undefined;
    const all = byClass(found);
    const share = 1 - all.reduce((rest, { weight }) => rest * (1 - weight), 1);
    const looks = all.map((one) => `${LOOKS[one.class] ?? one.class} (${shown(one.text)})`);
    return {
      share,
      text: `The command line is written in a way that hides its meaning: it has ${listed(looks.slice(0, 4))}.`,
    };
  },
};
