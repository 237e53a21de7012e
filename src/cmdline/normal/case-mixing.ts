/** Short words that are written in one case or capitalised by nearly everybody. */
const SHORT = /^(?:cmd|exe|dll|com|bat|inf|cpl|vbs|hta|msi|sct|reg|http|url)$/i;
/** Every capital begins something, as in `MpCmdRun`: seldom so by chance. */
const SYLLABLES = /^(?:[A-Z][a-z]+)+$/;
const LONGEST = 40;

const isLower = (code: number) => code >= 97 && code <= 122;
const isUpper = (code: number) => code >= 65 && code <= 90;
const PLUS = 43;
const EQUALS = 61;
const CAPITAL_X = 88;
const isWordCode = (code: number) =>
  isLower(code) || isUpper(code) || (code >= 48 && code <= 57) || code === PLUS || code === EQUALS;

/**
 * Whether capitals are sprinkled over a word (`RuNdLl`, `cMd`), as nobody writes: names in camel case (`DllRegisterServer`) are
 * longer between capitals, and whole words in capitals do not count.
 * @param humps number of places where a capital follows a small letter
 */
function isCaseMixed(word: string, humps: number): boolean {
  if (SHORT.test(word)) return true;
  if (word.length < 5 || humps < 2) return false;
  const length = word.length / (humps + 1);
  return length < 2.7 && (length <= 2.5 || !SYLLABLES.test(word));
}

/** Base64 and its like: letters in it mean nothing. */
const BLOB = /[A-Za-z0-9+/=]{48,}/g;

/** A text with encoded data replaced by one letter. */
export function withoutBlobs(text: string): string {
  return text.replace(BLOB, "x");
}

/** The character at a place, 0 outside the text: to ask for one there costs V8 what it has compiled. */
const codeAt = (text: string, at: number): number => (at >= 0 && at < text.length ? text.charCodeAt(at) : 0);

/** Whether the letters up to `end` and the digits behind them end with `X64` or its like. */
const isArchitecture = (text: string, end: number): boolean =>
  codeAt(text, end - 1) === CAPITAL_X && /^(?:64|86|32)/.test(text.slice(end, end + 2));

/**
 * The words of a text whose case is mixed, at most as many as the limit, and how many others up to the last of them are in camel case.
 * What stands behind a digit is part of a random name, as are long strings; `X64` is a word.
 */
function survey(text: string, limit: number): { readonly mixed: string[]; readonly camel: number } {
  const mixed: string[] = [];
  let camel = 0;
  for (let at = 0; at < text.length && mixed.length < limit; at++) {
    const start = at;
    let humps = 0;
    let before = 0;
    let code = codeAt(text, at);
    for (; isLower(code) || isUpper(code); code = codeAt(text, ++at)) {
      if (isUpper(code) && isLower(before)) humps++;
      before = code;
    }
    let end = at;
    if (isArchitecture(text, end)) {
      end--;
      if (isLower(codeAt(text, end - 1))) humps--;
    }
    while (isWordCode(code)) code = codeAt(text, ++at);
    if (humps === 0 || at - start > LONGEST) continue;
    const word = text.slice(start, end);
    if (isCaseMixed(word, humps)) mixed.push(word);
    else camel++;
  }
  return { mixed, camel };
}

/** The words of a text whose case is mixed. */
export const mixedWords = (text: string, limit: number): string[] => survey(text, limit).mixed;

/** Camel case for each word that may be an unlucky name of it (`IsInRole`), as code has them. */
const NAMES_FOR_ONE = 3;

/** The same of code, where one word among many names in camel case is a name itself: disguises reach all words. */
export function mixedInCode(code: string, limit: number): string[] {
  const { mixed, camel } = survey(code, limit);
  return mixed.length * NAMES_FOR_ONE > camel ? mixed : [];
}
