/** Widths of text on a terminal. Texts here went through `visible`, so they hold no controls and no zero-width characters. */

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const NARROW_ONLY = /^[\x20-\x7e]*$/;
const COMBINING = /\p{M}/u;

function charWidth(char: string): number {
  if (COMBINING.test(char)) return 0;
  return WIDE.test(char) ? 2 : 1;
}

/** Columns that the text takes. */
export function width(text: string): number {
  if (NARROW_ONLY.test(text)) return text.length;
  let columns = 0;
  for (const char of text) columns += charWidth(char);
  return columns;
}

/** The start of the text that fits, ending in `…` where something is missing. */
export function clip(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  let out = "";
  let used = 1;
  for (const char of text) {
    used += charWidth(char);
    if (used > columns) break;
    out += char;
  }
  return `${out}…`;
}

/** The end of the text that fits, beginning with `…` where something is missing: the end of a path tells most. */
export function clipStart(text: string, columns: number): string {
  const most = Math.max(12, columns);
  if (width(text) <= most) return text;
  const chars = [...text];
  let used = 1;
  let from = chars.length;
  while (from > 0 && used + charWidth(chars[from - 1] as string) <= most) used += charWidth(chars[--from] as string);
  return `…${chars.slice(from).join("")}`;
}

/** Cut or padded to exactly this many columns. */
export function cell(text: string, columns: number): string {
  const fitted = clip(text, columns);
  return fitted + " ".repeat(Math.max(0, columns - width(fitted)));
}

/** Breaks text into lines of at most `columns`, at spaces where there are any. A character is never lost. */
export function wrapText(text: string, columns: number): string[] {
  const most = Math.max(8, columns);
  const lines: string[] = [];
  let line = "";
  let used = 0;
  const flush = () => {
    lines.push(line.trimEnd());
    line = "";
    used = 0;
  };
  for (const word of text.match(/\S+\s*/g) ?? []) {
    if (used > 0 && used + width(word.trimEnd()) > most) flush();
    for (const char of word) {
      const wide = charWidth(char);
      if (used + wide > most) {
        if (char === " ") continue;
        flush();
      }
      line += char;
      used += wide;
    }
  }
  if (line !== "" || lines.length === 0) flush();
  return lines;
}
