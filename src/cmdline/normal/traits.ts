/**
 * What a text has in it, found in one pass over its characters: a bit set. Each step of rewriting needs some of it, so that most
 * steps need not look at most texts.
 */
export const TRAITS = {
  /** Anything but ASCII. */
  foreign: 1,
  quote: 1 << 1,
  caret: 1 << 2,
  percent: 1 << 3,
  tilde: 1 << 4,
  at: 1 << 5,
  /** Two dots, one behind the other. */
  dots: 1 << 6,
  /** Three commas and semicolons, wherever they stand. */
  delimiters: 1 << 7,
  /** Eight blanks in a row. */
  padding: 1 << 8,
  /** Forty-eight characters of base64 in a row. */
  blob: 1 << 9,
  /** Two slashes in a row … */
  slashes: 1 << 10,
  /** … in a word or of both kinds, … */
  innerSlashes: 1 << 11,
  /** … in front of a digit, … */
  slashesDigit: 1 << 12,
  /** … or in front of `l`, `1`, `[` or `:`, as this machine's names begin, … */
  slashesLocal: 1 << 13,
  /** … or in front of `?` or `.`, as devices do. */
  slashesDevice: 1 << 14,
  /** A capital behind a small letter. */
  hump: 1 << 15,
} as const;

const PADDING = 8;
const BLOB = 48;
const DELIMITERS = 3;

const traitTable = (pairs: Readonly<Record<string, number>>): Uint16Array => {
  const table = new Uint16Array(128);
  for (const [chars, bits] of Object.entries(pairs))
    for (const char of chars) table[char.charCodeAt(0)] = (table[char.charCodeAt(0)] ?? 0) | bits;
  return table;
};

/** What a character means wherever it stands. */
const ALONE = traitTable({
  '"': TRAITS.quote,
  "^": TRAITS.caret,
  "%": TRAITS.percent,
  "~": TRAITS.tilde,
  "@": TRAITS.at,
});

/** What a character means behind two slashes. */
const BEHIND = traitTable({
  "0123456789": TRAITS.slashesDigit,
  "lL1[:": TRAITS.slashesLocal,
  "?.": TRAITS.slashesDevice,
});

const [LETTER, BLANK, DELIMITER, SLASH] = [1, 2, 3, 4];
const KINDS = traitTable({
  " \t": BLANK,
  ",;": DELIMITER,
  "/\\": SLASH,
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+=": LETTER,
});
/** Behind these two slashes of one kind are ordinary: `http://`, ` \\server`. */
const OPENS_PATH = traitTable({ ': \t\n\r\v\f"=,': 1 });
const NO_BREAK_SPACE = 0xa0;
const [DOT, SOLIDUS] = [0x2e, 0x2f];

const isCapital = (code: number) => code >= 65 && code <= 90;
const isSmall = (code: number) => code >= 97 && code <= 122;

/** The traits of a text. Linear. */
export function traitsOf(text: string): number {
  let traits = 0;
  let [blanks, base64, delimiters, slashes] = [0, 0, 0, 0];
  let blankAt = -2;
  let before = 0;
  let last = 0;
  for (let at = 0; at < text.length; last = text.charCodeAt(at++)) {
    const code = text.charCodeAt(at);
    const kind = code < 128 ? KINDS[code]! : code === NO_BREAK_SPACE ? BLANK : 0;
    if (kind === LETTER || code === SOLIDUS) {
      if (++base64 === BLOB) traits |= TRAITS.blob;
      if (isCapital(code) && isSmall(last)) traits |= TRAITS.hump;
    } else base64 = 0;
    if (kind === SLASH) {
      if (++slashes === 1) before = last;
      else {
        traits |= TRAITS.slashes;
        const opens = before < 128 && (at < 2 || OPENS_PATH[before] === 1);
        if (!opens || code !== last) traits |= TRAITS.innerSlashes;
      }
      continue;
    }
    if (slashes > 1 && code < 128) traits |= BEHIND[code]!;
    slashes = 0;
    if (kind === LETTER) continue;
    traits |= code < 128 ? ALONE[code]! : TRAITS.foreign;
    if (kind === DELIMITER && ++delimiters === DELIMITERS) traits |= TRAITS.delimiters;
    if (code === DOT && last === DOT) traits |= TRAITS.dots;
    if (kind === BLANK) {
      blanks = at === blankAt + 1 ? blanks + 1 : 1;
      blankAt = at;
      if (blanks === PADDING) traits |= TRAITS.padding;
    }
  }
  return traits;
}
