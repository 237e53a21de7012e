import type { Obfuscation } from "../../model/invocation.ts";
import { splitWindows, type Token } from "../windows/tokens.ts";
import { mixedWords, withoutBlobs } from "./case-mixing.ts";
import { foldCharacter, isAscii } from "./characters.ts";
import { ipv4 } from "./host.ts";
import { lookalikes } from "./lookalikes.ts";
import { isOption } from "./option-fold.ts";
import { TRAITS, traitsOf } from "./traits.ts";

/** Classes of rewriting with their weights: 0 is everyday writing, 1 is never seen in it. */
const WEIGHTS = {
  caret: 0.6,
  quoteInsertion: 0.8,
  unicodeLookalike: 1,
  optionCharacter: 0.9,
  characterInsertion: 1,
  environmentVariable: 0.8,
  pathTraversal: 0.4,
  extraSlashes: 0.3,
  shortName: 0.1,
  urlEncodedHost: 0.9,
  caseMixing: 0.6,
  concatenation: 0.7,
  encodedCommand: 0.5,
  whitespacePadding: 0.5,
  delimiterRun: 0.7,
  loopbackShare: 1,
  devicePath: 0.2,
} as const;

export type ObfuscationClass = keyof typeof WEIGHTS;

/** How much of a text is looked at, and how many finds of a class are named. */
const MAX_TEXT = 65_536;
const MAX_FINDS = 8;
const MAX_SHOWN = 80;

/** One find; the text is cut to 80 characters. */
export function obfuscation(name: ObfuscationClass, text: string, weight: number = WEIGHTS[name]): Obfuscation {
  return { class: name, text: text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text, weight };
}

/** Each rewriting that a pattern finds, with what a text must have in it to be worth looking at. */
export const PATTERNS: readonly (readonly [ObfuscationClass, trait: number, RegExp])[] = [
  ["caret", TRAITS.caret, /[A-Za-z]\^(?=[A-Za-z])/g],
  ["environmentVariable", TRAITS.percent, /%[\w()]{1,64}:(?:~[-0-9,]{1,12}|[^%=]{1,64}=[^%]{0,64})%/g],
  ["environmentVariable", TRAITS.percent, /(?:%[A-Za-z0-9_]{1,3}%){2,}/g],
  ["pathTraversal", TRAITS.dots, /[^\\/\s"]{0,63}[^\\/\s".][\\/]{1,4}\.\.[\\/]/g],
  ["extraSlashes", TRAITS.innerSlashes, /[^\\/:\s"=,][\\/]{3,}[^\\/]|[^\\/:\s"=,]\/\/[^\\/]|\\\/|[A-Za-z0-9]\/\\/g],
  ["extraSlashes", TRAITS.innerSlashes, /(?<![\\/])\\[\w.~-]{1,64}\\{2}[\w.~]/g],
  [
    "loopbackShare",
    TRAITS.slashesLocal,
    /[\\/]{2}(?:localhost|127\.0\.0\.1|\[?::1\]?)[\\/]+(?:admin|[a-z])\$(?=[\\/"\s]|$)/gi,
  ],
  ["devicePath", TRAITS.slashesDevice, /[\\/]{2}[?.][\\/](?=[a-z]:|unc[\\/]|globalroot[\\/])/gi],
  ["shortName", TRAITS.tilde, /[A-Za-z0-9_]{1,6}~[0-9](?=[\\/."\s]|$)/g],
  ["whitespacePadding", TRAITS.padding, /[ \t\u00a0]{8,}/g],
  ["delimiterRun", TRAITS.delimiters, /[,;]{3,}|(?:[,;] ?){5,}/g],
];

/** What batch files write day by day: `%~dp0\name` and `%~dp0/name` double one separator, `%~dp0..\name` goes up from their own folder. */
const EVERYDAY = 0.1;

function isDoubledOnce(raw: string, found: string): boolean {
  const pair = found === "\\/" ? found : "\\\\";
  return (found === pair || /^\\[^\\]+\\\\[^\\]$/.test(found)) && raw.indexOf(pair) === raw.lastIndexOf(pair);
}

/** A rooted path up to the folder that is left; none of Windows. */
const ROOTED = /(?:^|[\s"=])[a-z]:[\\/](?!(?:windows|winnt)[\\/])[^":]*$/i;

/** Out of a folder of its own, at one place of the line, and not back into the folder that was left. */
function goesUpOnce(raw: string, found: string, at: number): boolean {
  const rest = raw.slice(at + found.length, at + found.length + MAX_SHOWN);
  if (!ROOTED.test(raw.slice(Math.max(0, at - MAX_SHOWN), at)) || /[\\/]\.\.[\\/]/.test(raw.slice(0, at))) return false;
  const [name] = found.split(/[\\/]/, 1);
  return !rest.toLowerCase().startsWith(name!.toLowerCase()) && !/[^.\\/][\\/]+\.\.[\\/]/.test(rest);
}

function byPattern(raw: string, traits: number): Obfuscation[] {
  const finds: Obfuscation[] = [];
  for (const [name, trait, pattern] of PATTERNS) {
    if ((traits & trait) === 0) continue;
    let count = 0;
    for (const match of raw.matchAll(pattern)) {
      const isEveryday =
        (name === "extraSlashes" && isDoubledOnce(raw, match[0])) ||
        (name === "pathTraversal" && goesUpOnce(raw, match[0], match.index));
      finds.push(obfuscation(name, match[0], isEveryday ? EVERYDAY : undefined));
      if (++count >= MAX_FINDS) break;
    }
  }
  return finds;
}

function ofOption(token: Token): Obfuscation[] {
  const first = String.fromCodePoint(token.value.codePointAt(0)!);
  const finds: Obfuscation[] = [];
  if (!isAscii(first)) finds.push(obfuscation("optionCharacter", token.raw));
  const name = token.value.slice(first.length).split(/[:=]/, 1)[0]!;
  const others = [...name].filter((char) => char >= "\u0080");
  if (others.some((char) => foldCharacter(char) !== "")) finds.push(obfuscation("unicodeLookalike", token.raw));
  if (others.some((char) => foldCharacter(char) === "")) finds.push(obfuscation("characterInsertion", token.raw));
  return finds;
}

/** Letters that Windows folds in a bare word, such as a verb of wmic or certutil; words of foreign languages are not meant. */
function ofWord(token: Token): Obfuscation[] {
  if (/[\\/.:]/.test(token.value)) {
    return lookalikes(token.value).map((one) => obfuscation("unicodeLookalike", one.text, one.impostor ? 1 : 0.5));
  }
  const folded = [...token.value].some((char) => char > "\u024f" && foldCharacter(char) !== "");
  return folded ? [obfuscation("unicodeLookalike", token.raw, 0.5)] : [];
}

function byToken(tokens: readonly Token[]): Obfuscation[] {
  const finds: Obfuscation[] = [];
  for (const token of tokens) {
    if (finds.length >= MAX_FINDS * 2) break;
    if (token.innerQuotes) finds.push(obfuscation("quoteInsertion", token.raw));
    if (token.value === "" || isAscii(token.value)) continue;
    finds.push(...(isOption(token.value) ? ofOption(token) : ofWord(token)));
  }
  return finds;
}

/** Hosts written as a number, in octal or hexadecimal parts, or with escapes. */
function byHost(raw: string): Obfuscation[] {
  const finds: Obfuscation[] = [];
  for (const match of raw.matchAll(
    /(?:https?:)?[\\/]{2}(?:[^\s\\/"@]{1,64}@)?([0-9][0-9a-fx.]{0,62}|[^\s\\/":@]{0,64}%[0-9a-f]{2}[^\s\\/":]{0,64})(?=[\\/:@"\s]|$)/gi,
  )) {
    const host = match[1]!.toLowerCase();
    if (match[0].length < 9 && !/^http/i.test(match[0])) continue;
    const odd = host.includes("%") || (ipv4(host) !== undefined && ipv4(host) !== host);
    if (odd) finds.push(obfuscation("urlEncodedHost", match[0]));
    if (finds.length >= MAX_FINDS) break;
  }
  return finds;
}

/** Traits without which no host is written oddly: a number, an escape, or either behind a user's name. */
const ODD_HOST = TRAITS.slashesDigit | TRAITS.percent | TRAITS.at;

/**
 * How far a command line as written is from its normal form, by class of rewriting. What the normal form still contains is no
 * rewriting. `-` for `/` and plain capitals count nothing.
 */
export function distance(raw: string, normal: string): Obfuscation[] {
  if (raw === normal) return [];
  const whole = raw.slice(0, MAX_TEXT);
  const traits = traitsOf(whole);
  const text = traits & TRAITS.blob ? withoutBlobs(whole) : whole;
  const finds = byPattern(text, traits);
  if (traits & (TRAITS.quote | TRAITS.foreign)) finds.push(...byToken(splitWindows(text)));
  if (traits & TRAITS.slashes && traits & ODD_HOST) finds.push(...byHost(text));
  if (traits & TRAITS.hump) for (const word of mixedWords(text, MAX_FINDS)) finds.push(obfuscation("caseMixing", word));
  return finds.length === 0 ? finds : finds.filter((one) => !normal.includes(one.text));
}
