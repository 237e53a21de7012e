import { eachArgument, type Token } from "../windows/tokens.ts";

const MUST_STAY = /[\s"]/;

/** The argument with the quotes that it needs; undefined where it is written so already. */
function unquote({ raw, value, quoted }: Token): string | undefined {
  if (value === "" || value.endsWith("\\")) return undefined;
  if (!MUST_STAY.test(value)) return raw.length === value.length ? undefined : value;
  const isAround = quoted && raw.endsWith('"') && raw.length === value.length + 2;
  return isAround || value.includes('"') ? undefined : `"${value}"`;
}

/** Drops quotes that group nothing; an argument with blanks keeps one pair around the whole of it. */
export function stripInnerQuotes(text: string): string {
  if (!text.includes('"')) return text;
  let out = "";
  let from = 0;
  eachArgument(text, 0, (token) => {
    const written = unquote(token);
    if (written === undefined) return;
    out += text.slice(from, token.start) + written;
    from = token.end;
  });
  return out + text.slice(from);
}
