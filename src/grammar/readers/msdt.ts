import type { Reader } from "./reader.ts";

/**
 * Troubleshooting packs of older systems put parameters into PowerShell unescaped, so that `$(…)` in them is carried out.
 * Element besides the grammar's: code (the text between the first `$(` and its closing bracket).
 */
export const msdt: Reader = (line, out, parse) => {
  parse(line);
  for (const { text } of out.named("param") ?? []) {
    const code = substitution(text);
    if (code) out.put("code", code);
  }
};

function substitution(text: string): string | undefined {
  const start = text.indexOf("$(");
  if (start < 0) return undefined;
  let depth = 1;
  for (let at = start + 2; at < text.length; at++) {
    if (text[at] === "(") depth++;
    else if (text[at] === ")" && --depth === 0) return text.slice(start + 2, at);
  }
  return text.slice(start + 2);
}
