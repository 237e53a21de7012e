/** Short words that are written in one case or capitalised by nearly everybody. */
const SHORT = /^(?:cmd|exe|dll|com|bat|inf|cpl|vbs|hta|msi|sct|reg|http|url)$/i;
const LONGEST = 40;

/** Number of places where a capital follows a small letter. */
function humps(word: string): number {
  let count = 0;
  for (let at = 1; at < word.length; at++) {
    if (/[a-z]/.test(word[at - 1]!) && /[A-Z]/.test(word[at]!)) count++;
  }
  return count;
}

/**
 * Whether capitals are sprinkled over a word (`RuNdLl`, `cMd`), as nobody writes: names in camel case (`DllRegisterServer`) are
 * longer between capitals, and whole words in capitals do not count.
 */
function isCaseMixed(word: string): boolean {
  const count = humps(word);
  if (count === 0) return false;
  if (SHORT.test(word)) return true;
  return word.length >= 5 && count >= 2 && word.length / (count + 1) < 2.7;
}

/** Base64 and its like: letters in it mean nothing. */
const BLOB = /[A-Za-z0-9+/=]{48,}/g;

/** A text with encoded data replaced by one letter. */
export function withoutBlobs(text: string): string {
  return text.replace(BLOB, "x");
}

/** The words of a text whose case is mixed. What stands behind a digit is part of a random name, as are long strings; `X64` is a word. */
export function mixedWords(text: string, limit: number): string[] {
  const found: string[] = [];
  for (const match of text.matchAll(/[A-Za-z0-9+=]+/g)) {
    if (match[0].length > LONGEST) continue;
    const word = /^[A-Za-z]*?(?=X(?:64|86|32)|[^A-Za-z]|$)/.exec(match[0])![0];
    if (isCaseMixed(word)) found.push(word);
    if (found.length >= limit) break;
  }
  return found.slice(0, limit);
}
