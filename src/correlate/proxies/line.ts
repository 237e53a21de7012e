import { isOption } from "../../cmdline/normal/option-fold.ts";
import { splitProgram } from "../../cmdline/windows/program.ts";
import type { Argument, Line } from "./types.ts";

/** Most arguments that are looked at, the longest, and the words that a path with blanks may be cut into. */
const MAX_WORDS = 64;
const MAX_WORD = 2048;
const MAX_PIECES = 8;

/** `/i:x`, `--load=x`, `/root,x`; or without anything between, where a path or an address follows: `-sC:\x`. */
const ATTACHED = /^([-/]{1,2}[\w?][\w.-]{0,40}[:=,])(.+)$/s;
const GLUED = /^([-/]{1,2}[a-z]{1,3})((?:[a-z]:[\\/]|\\\\|https?:\/\/).+)$/is;

interface Word {
  readonly text: string;
  readonly quoted: boolean;
}

function wordsOf({ commandLine, args, image, platform }: Line): readonly Word[] {
  if (args) return args.slice(1).map((text) => ({ text, quoted: true }));
  if (commandLine === undefined) return [];
  if (platform === "windows")
    return splitProgram(commandLine, image).args.map(({ value, quoted }) => ({ text: value, quoted }));
  const words = commandLine.trim().split(/\s+/).slice(1);
  return words.map((text) => ({ text, quoted: false }));
}

/** A path that nobody put in quotes, with the words behind it up to its ending: `C:\My files\a b.txt`. */
function joined(words: readonly Word[], index: number): string | undefined {
  const first = words[index] as Word;
  if (first.quoted || !/^(?:[a-z]:\\|\\\\)/i.test(first.text) || /\.\w{1,5}$/.test(first.text)) return undefined;
  for (let end = index + 1; end < words.length && end < index + MAX_PIECES; end++) {
    const { text, quoted } = words[end] as Word;
    if (quoted || /^[-/]|:/.test(text)) return undefined;
    if (/\.\w{1,5}$/.test(text))
      return words
        .slice(index, end + 1)
        .map((word) => word.text)
        .join(" ");
  }
  return undefined;
}

/** Every argument that may name something. */
export function argumentsOf(line: Line): readonly Argument[] {
  const words = wordsOf(line).slice(0, MAX_WORDS);
  const isName = (text: string) =>
    line.platform === "windows" ? isOption(text) && !text.slice(1).includes("/") : text.startsWith("-");
  let option: string | undefined;
  const found: Argument[] = [];
  words.forEach(({ text }, index) => {
    if (text === "" || text.length > MAX_WORD) return;
    const attached = ATTACHED.exec(text) ?? GLUED.exec(text);
    if (attached?.[2] !== undefined) {
      found.push({ text: attached[2], option: attached[1] });
      option = undefined;
    } else if (isName(text)) option = text;
    else {
      const whole = line.platform === "windows" ? joined(words, index) : undefined;
      if (whole !== undefined) found.push({ text: whole, option });
      found.push({ text, option });
      // A word that opens a brace belongs to what stands in it: `/A {REGSVR x.dll}`.
      if (!text.startsWith("{") || text.endsWith("}")) option = undefined;
    }
  });
  return found;
}
