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

/**
 * For each place of a text the double quote that ends what is quoted there, 0 where none does: a backslash keeps the character behind
 * it from ending anything. Looked up from the end once, as a quote that nothing ends would have to be followed to the end each time.
 */
function closingQuotes(text: string): Uint32Array {
  const closing = new Uint32Array(text.length + 2);
  for (let at = text.length - 1; at >= 0; at--) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) closing[at] = at;
    else if (code !== BACKSLASH) closing[at] = closing[at + 1]!;
    else if (!/[\n\r\u2028\u2029]/.test(text.charAt(at + 1))) closing[at] = closing[at + 2]!;
  }
  return closing;
}

const isBlank = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return code <= DELETE ? code === BLANK || (code >= TAB && code <= RETURN) : /\s/.test(text.charAt(at));
};

/** Splits a Linux line that was logged joined by blanks; quotes that the log kept are honoured. Linear in the line. */
export function words(text: string): string[] {
  const plain = plainWords(text);
  if (plain) return plain;
  const closing = closingQuotes(text);
  const found: string[] = [];
  let word = "";
  let isWithin = false;
  // Where that begins which the word has yet to take over.
  let from = 0;
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : BLANK;
    const end = code === QUOTE ? closing[at + 1]! : code === APOSTROPHE ? text.indexOf("'", at + 1) : 0;
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
