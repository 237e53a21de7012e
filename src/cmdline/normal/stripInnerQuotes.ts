import { eachArgument, type Token } from "../windows/tokens.ts";

const MUST_STAY = /[\s"]/;

function unquote(token: Token): string {
  if (token.value === "" || token.value.endsWith("\\")) return token.raw;
  if (!MUST_STAY.test(token.value)) return token.value;
  return token.value.includes('"') ? token.raw : `"${token.value}"`;
}

/** Drops quotes that group nothing; an argument with blanks keeps one pair around the whole of it. */
export function stripInnerQuotes(text: string): string {
  if (!text.includes('"')) return text;
  let out = "";
  let from = 0;
  for (const token of eachArgument(text)) {
    out += text.slice(from, token.start) + unquote(token);
    from = token.end;
  }
  return out + text.slice(from);
}
