/** An address as reports write it, so that nobody follows it by accident: `hxxps[:]//name[.]example`. */
const SCHEME = /\bh(?:xx|tt)p(s?)(?:\[:\]\/\/|:\/\/|\[:\/\/\])/gi;
const DOT = /(?<=\w)(?:\[\.\]|\[dot\])(?=\w)/gi;
/** What tells at once that nothing of this is there. */
const MARKS = /hxxp|\[(?:\.|dot|:)/i;

/**
 * A command line with its addresses as they are meant, and not as reports write them; the text itself where it has none of these. Within a
 * pattern of a shell `[.]` means the same as `.`, so that a line which was no report's says what it said.
 */
export function refanged(text: string): string {
  if (!MARKS.test(text)) return text;
  return text.replace(SCHEME, (_, secure: string) => `http${secure.toLowerCase()}://`).replace(DOT, ".");
}
