/**
 * Escapers. Every string of a finding was written by a stranger; no output prints one unescaped.
 *
 * "Hidden" characters are those that change what a reader sees without being seen: controls, direction marks, zero-width
 * and filler characters, unusual spaces, variation selectors, lone surrogates. They are shown as `\u{…}`, because a
 * command line that hides something should look as if it does.
 */
const HIDDEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u00a0\u115f\u1160\u1680\u17b4\u17b5\u2000-\u200a\u202f\u205f\u2800\u3000\u3164\uffa0]|\u034f|[\u180b-\u180f]|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]/gu;

/** Controls, format characters and separators of lines in JSON text; JSON itself escapes C0 controls and lone surrogates. */
const HIDDEN_IN_JSON = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]|[\u{e0100}-\u{e01ef}]/gu;

const shown = (char: string) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;

/** Makes hidden characters visible: for terminals, logs and pages. */
export function visible(text: string): string {
  return text.replace(HIDDEN, shown);
}

/** The same of a text of several lines, which stay lines. */
export function visibleLines(text: string): string {
  return text.split("\n").map(visible).join("\n");
}

/** The same in parts, so that a page can mark what was hidden. */
export function hiddenParts(text: string): { readonly text: string; readonly hidden: boolean }[] {
  const parts: { text: string; hidden: boolean }[] = [];
  let at = 0;
  for (const match of text.matchAll(HIDDEN)) {
    if (match.index > at) parts.push({ text: text.slice(at, match.index), hidden: false });
    parts.push({ text: shown(match[0]), hidden: true });
    at = match.index + match[0].length;
  }
  if (at < text.length) parts.push({ text: text.slice(at), hidden: false });
  return parts;
}

/**
 * JSON on one line, safe to print and to split into lines by any reader: hidden characters become `\uXXXX`, which every
 * JSON parser turns back into the same text.
 */
export function jsonLine(value: unknown): string {
  return safeJson(JSON.stringify(value));
}

/** The same of what is JSON already. */
export function safeJson(text: string): string {
  return text.replace(HIDDEN_IN_JSON, codeUnits);
}

/** The same, laid out for people. */
export function jsonPretty(value: unknown): string {
  return safeJson(JSON.stringify(value, null, 2));
}

function codeUnits(chars: string): string {
  let out = "";
  for (let i = 0; i < chars.length; i++) out += `\\u${chars.charCodeAt(i).toString(16).padStart(4, "0")}`;
  return out;
}

/** JSON that may stand inside an HTML `script` element: no `<`, so that no closing tag or comment can be formed. */
export function jsonInHtml(value: unknown): string {
  return jsonLine(value).replaceAll("<", "\\u003c");
}

/** Text for HTML content and quoted attributes. */
export function html(text: string): string {
  return visible(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** What a spreadsheet takes for a formula, full-width forms included (OWASP: CSV injection). */
const FORMULA = /^\s*[=+\-@|%\uff1d\uff0b\uff0d\uff20]/;

/**
 * One CSV field (RFC 4180). Hidden characters are made visible, so a field never spans lines; a field that a spreadsheet
 * would run as a formula starts with an apostrophe.
 */
export function csvField(text: string): string {
  const shown = visible(text);
  const guarded = FORMULA.test(shown) ? `'${shown}` : shown;
  return /[",\r\n']|^\s|\s$/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
