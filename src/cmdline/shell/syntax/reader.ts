import type { Scan } from "./scan.ts";
import { nextToken, type Token } from "./tokens.ts";
import type { Word } from "./tree.ts";

/** The text of a word that may be a reserved one or a name: unquoted and plain; else empty. */
export function plainWord(word: Word | undefined): string {
  const part = word?.length === 1 ? word[0]! : undefined;
  return part?.kind === "text" && !part.quoted ? part.text : "";
}

/** Tokens with one of look-ahead. */
export class TokenReader {
  readonly scan: Scan;
  private token: Token | undefined;

  constructor(scan: Scan) {
    this.scan = scan;
  }

  peek(): Token {
    this.token ??= nextToken(this.scan);
    return this.token;
  }

  next(): Token {
    const token = this.peek();
    this.token = undefined;
    return token;
  }

  /** Goes on at another place. */
  jump(pos: number): void {
    this.token = undefined;
    this.scan.pos = pos;
  }

  /** The operator that comes next; else empty. */
  op(): string {
    const token = this.peek();
    return token.kind === "op" ? token.op : "";
  }

  /** The plain word that comes next; else empty. */
  plain(): string {
    const token = this.peek();
    return token.kind === "word" ? plainWord(token.word) : "";
  }

  accept(text: string): boolean {
    if (this.op() !== text && this.plain() !== text) return false;
    this.next();
    return true;
  }

  newlines(): void {
    while (this.op() === "\n") this.next();
  }

  /** The source from `start` to the last token that was taken. */
  raw(start: number): string {
    return this.scan.text.slice(start, this.token?.start ?? this.scan.pos).trimEnd();
  }
}
