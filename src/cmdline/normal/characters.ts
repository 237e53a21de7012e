/**
 * Characters that Windows programs take for others. The sets were measured on public models of Windows binaries
 * (wietze, "Bypassing EDRs with command-line obfuscation"); the letter rules are Unicode's (NFKD, marks) plus a small table.
 */

/** Code points that some program takes for the dash of an option. */
const DASHES = new Set(
  "\u00ad\u058a\u05be\u1400\u1806\u2010\u2011\u2012\u2013\u2014\u2015\u2053\u2212\u2e17\u2e3a\u2e3b\u301c\u3030\u30a0\ufe31\ufe32\ufe58\ufe63\uff0d",
);

/** Code points that some program takes for the slash of an option. */
const SLASHES = new Set("\u2044\u2215\u244a\u29f8\uff0f\u2571\u29f5\uff3c");

/** Letters that NFKD does not take apart: small capitals, strokes, hooks. */
const LETTERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    a: "ᴀɑαⱥ",
    b: "ʙƀɓƃ",
    c: "ᴄƈȼɕ",
    d: "ᴅđɗɖƌ",
    e: "ᴇǝəɛɇ",
    f: "ꜰƒϝ",
    g: "ɢǥɡɠγ",
    h: "ʜħɦ",
    i: "ɪıɨι",
    j: "ᴊɉȷ",
    k: "ᴋƙκ",
    l: "ʟłƚɫɬɭ",
    m: "ᴍɱ",
    n: "ɴŋɲƞν",
    o: "ᴏøɔɵο",
    p: "ᴘƥᵽπ℘₧",
    q: "ꞯɋʠ",
    r: "ʀɍɼɽ",
    s: "ꜱʂȿσ",
    t: "ᴛŧƭʈτ",
    u: "ᴜʉµυ",
    v: "ᴠʋ",
    w: "ᴡⱳω",
    x: "χ",
    y: "ʏɏƴ",
    z: "ᴢƶȥʐⱬ",
  }).flatMap(([ascii, others]) => [...others].map((other): [string, string] => [other, ascii])),
);

/** Letters of other scripts that look like ASCII ones; nothing folds them, they make impostors. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    a: "аα",
    b: "Ьв",
    c: "сϲ",
    d: "ԁ",
    e: "еҽ",
    g: "ɡց",
    h: "һհ",
    i: "іιӏ",
    j: "јϳ",
    k: "кκ",
    l: "ⅼ",
    m: "м",
    n: "ոп",
    o: "оοօ",
    p: "рρ",
    q: "ԛ",
    r: "гᴦ",
    s: "ѕ",
    t: "тτ",
    u: "υսц",
    v: "ѵν",
    w: "ԝш",
    x: "хχ",
    y: "уγү",
    z: "ᴢ",
  }).flatMap(([ascii, others]) => [...others].map((other): [string, string] => [other, ascii])),
);

const MARK = /\p{M}/u;

/** The option character that a code point stands for. */
export function optionCharacter(char: string | undefined): "-" | "/" | undefined {
  if (char === undefined) return undefined;
  if (char === "-" || DASHES.has(char)) return "-";
  return char === "/" || SLASHES.has(char) ? "/" : undefined;
}

function asciiOrNothing(text: string): string {
  let out = "";
  for (const char of text) if (char < "\u0080") out += char;
  return out;
}

function fold(char: string): string {
  const parts = [...char.normalize("NFKD")].filter((part) => !MARK.test(part));
  return asciiOrNothing(
    parts.map((part) => LETTERS.get(part) ?? LETTERS.get(part.toLowerCase())?.toUpperCase() ?? part).join(""),
  );
}

/** Folding is the dearest step and few characters occur: the first of them are remembered. */
const FOLDED = new Map<string, string>();
const MAX_FOLDED = 4096;

/** ASCII that a Windows program's own folding makes of one code point; empty where it makes nothing of it. */
export function foldCharacter(char: string): string {
  if (char < "\u0080") return char;
  const known = FOLDED.get(char);
  if (known !== undefined) return known;
  const folded = fold(char);
  if (FOLDED.size < MAX_FOLDED) FOLDED.set(char, folded);
  return folded;
}

/** The ASCII letter that a reader would see; undefined for characters that resemble none. */
export function seenAs(char: string): string | undefined {
  if (char < "\u0080") return char;
  const twin = LOOKALIKES.get(char) ?? LOOKALIKES.get(char.toLowerCase())?.toUpperCase();
  return twin ?? (foldCharacter(char) || undefined);
}

/** A letter with marks of the Latin script: part of ordinary names in many languages. */
export function isAccented(char: string): boolean {
  return /^[\u00c0-\u024f\u1e00-\u1eff]$/u.test(char);
}

const ASCII = /^[\0-\x7f]*$/;

/** Text up to this length is looked at faster without a regular expression. */
const SHORT = 24;

export function isAscii(text: string): boolean {
  if (text.length > SHORT) return ASCII.test(text);
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}
