import type { Literal, Piece } from "./literals.ts";

export type Token =
  | {
      readonly kind: "string";
      readonly pieces: readonly Piece[];
      readonly as?: Literal["as"];
      readonly start: number;
      readonly end: number;
    }
  | { readonly kind: "name"; readonly text: string; readonly start: number; readonly end: number }
  | { readonly kind: "number"; readonly value: number; readonly start: number; readonly end: number }
  | { readonly kind: "op"; readonly text: string; readonly start: number; readonly end: number };

export interface Lexicon {
  readonly lineComments: readonly string[];
  readonly blockComments: readonly (readonly [open: string, close: string])[];
  /** Reads the literal at `at`; `before` is the last token, which tells a pattern from a division. */
  readonly literal: (text: string, at: number, before: Token | undefined) => Literal | undefined;
  /** Matches a name at its place. */
  readonly name: RegExp;
  /** True where a backslash or `_` before a newline joins lines. */
  readonly continuation?: string;
}

const MAX_TOKENS = 100_000;

const OPERATORS = /<=>|<?<-|===|!==|\*\*=|\.\.\.|&&|\|\||[-+.*/|&%]=|=>|->|::|[?!=<>]=|\?\.|=~|\.\.|<<|>>|[\s\S]/y;
const NUMBER = /0[xX][0-9A-Fa-f]{1,12}|&[hH][0-9A-Fa-f]{1,8}|\d{1,15}(?:\.\d{1,15})?/y;

/** Splits code into tokens; newlines are operators, comments are gone. Linear, and total. */
export function lex(text: string, lexicon: Lexicon): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length && tokens.length < MAX_TOKENS) {
    const c = text[at]!;
    if (c === " " || c === "\t" || c === "\r" || c === "\f" || c === "\v" || c === "\u00a0" || c === "\ufeff") {
      at++;
      continue;
    }
    if (c === lexicon.continuation && /^[ \t\r]{0,8}\n/.test(text.slice(at + 1, at + 10))) {
      at = text.indexOf("\n", at) + 1;
      continue;
    }
    const comment = commentEnd(text, at, lexicon);
    if (comment > at) {
      at = comment;
      continue;
    }
    const literal = lexicon.literal(text, at, tokens.at(-1));
    if (literal) {
      const end = Math.max(literal.end, at + 1);
      tokens.push({ kind: "string", pieces: literal.pieces, start: at, end, ...(literal.as && { as: literal.as }) });
      at = end;
      continue;
    }
    const start = at;
    const token = match(lexicon.name, text, at);
    const number = token === undefined ? match(NUMBER, text, at) : undefined;
    if (token !== undefined) {
      at += token.length;
      tokens.push({ kind: "name", text: token, start, end: at });
    } else if (number !== undefined) {
      at += number.length;
      tokens.push({ kind: "number", value: Number(number.replace(/^&[hH]/, "0x")), start, end: at });
    } else {
      const op = match(OPERATORS, text, at)!;
      at += op.length;
      tokens.push({ kind: "op", text: op, start, end: at });
    }
  }
  return tokens;
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function commentEnd(text: string, at: number, { lineComments, blockComments }: Lexicon): number {
  for (const [open, close] of blockComments) {
    if (!text.startsWith(open, at)) continue;
    const end = text.indexOf(close, at + open.length);
    return end < 0 ? text.length : end + close.length;
  }
  if (!lineComments.some((mark) => text.startsWith(mark, at))) return -1;
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** True where an operand may begin: what looks like a pattern there is one. */
export function operandExpected(before: Token | undefined): boolean {
  return before === undefined || (before.kind === "op" && !")]}".includes(before.text));
}

/** The operator that a token is; empty for another one. */
export const opText = (token: Token | undefined): string => (token?.kind === "op" ? token.text : "");

/** The name that a token is; empty for another one. */
export const nameText = (token: Token | undefined): string => (token?.kind === "name" ? token.text : "");
