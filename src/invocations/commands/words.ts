const [TAB, RETURN, BLANK, QUOTE, APOSTROPHE, BACKSLASH, DELETE] = [0x09, 0x0d, 0x20, 0x22, 0x27, 0x5c, 0x7f];

/** The words of a line of ASCII without quotes, as most are; undefined for all others. */
function plainWords(text: string): string[] | undefined {
  const words: string[] = [];
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : BLANK;
    if (code === QUOTE || code === APOSTROPHE || code > DELETE) return undefined;
    if (code !== BLANK && (code < TAB || code > RETURN)) continue;
    if (at > start) words.push(text.slice(start, at));
    start = at + 1;
  }
  return words;
}

/** What a backslash in front of it does not make part of what is quoted. */
const LINE_END = /[\n\r\u2028\u2029]/;

/** Finds what ends in double quotes: a backslash keeps the character behind it from ending anything. */
class Quotes {
  readonly #text: string;
  /** No quote up to here is ended by any: each would have to be followed to here again. */
  #open = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The quote that ends what is quoted from a place on; 0 where none does. */
  closing(from: number): number {
    if (from <= this.#open) return 0;
    const text = this.#text;
    let at = from;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) return at;
      if (code !== BACKSLASH) continue;
      if (LINE_END.test(text.charAt(at + 1))) break;
      at++;
    }
    this.#open = at;
    return 0;
  }
}

const isBlank = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return code <= DELETE ? code === BLANK || (code >= TAB && code <= RETURN) : /\s/.test(text.charAt(at));
};

/** Splits a Linux line that was logged joined by blanks; quotes that the log kept are honoured. Linear in the line. */
export function words(text: string): string[] {
  const plain = plainWords(text);
  if (plain) return plain;
  const quotes = new Quotes(text);
  const found: string[] = [];
  let word = "";
  let isWithin = false;
  // Where that begins which the word has yet to take over.
  let from = 0;
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : BLANK;
    const end = code === QUOTE ? quotes.closing(at + 1) : code === APOSTROPHE ? text.indexOf("'", at + 1) : 0;
    if (end > 0) {
      word += text.slice(from, at) + text.slice(at + 1, end);
      from = end + 1;
      at = end;
      isWithin = true;
    } else if (at < text.length && !isBlank(text, at)) isWithin = true;
    else {
      if (isWithin) found.push(word + text.slice(from, at));
      word = "";
      isWithin = false;
      from = at + 1;
    }
  }
  return found;
}
