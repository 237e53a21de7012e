import { TextDecoder } from "node:util";

/** The encodings of text that are told by their first bytes. */
type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/** Encoding by byte order mark, or by the zero bytes beside two ASCII characters; UTF-8 otherwise. */
export function encodingOf(head: Uint8Array): Encoding {
  const [first, second, third, fourth] = head;
  if ((first === 0xff && second === 0xfe) || (isAscii(first) && second === 0 && isAscii(third) && fourth === 0)) {
    return "utf-16le";
  }
  if ((first === 0xfe && second === 0xff) || (first === 0 && isAscii(second) && third === 0 && isAscii(fourth))) {
    return "utf-16be";
  }
  return "utf-8";
}

function isAscii(byte: number | undefined): boolean {
  return byte !== undefined && byte > 0 && byte < 0x80;
}

/** That many different control characters are in no text, whatever was typed or broken there. */
const MOST_CONTROLS = 4;

/** A whole text, whatever its encoding. */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

/** Characters that no text has; zeros stand in logs of machines that lost power. */
const NO_TEXT = /[\x01-\x08\x0e-\x1a\x1c]/g;

/** The first bytes as text, for sniffing; none of it where they begin as a binary file does, whatever text that holds. */
export function headText(head: Uint8Array): string {
  const text = textOf(head);
  return new Set(text.slice(0, 512).match(NO_TEXT)).size < MOST_CONTROLS ? text : "";
}

/** Passes UTF-8 through untouched, and turns UTF-16 into it. */
export class Utf8Input {
  private readonly next: (block: Uint8Array) => void;
  /** The first bytes, until there are four. */
  private head: Buffer | undefined = Buffer.alloc(0);
  private decoder: TextDecoder | undefined;

  constructor(next: (block: Uint8Array) => void) {
    this.next = next;
  }

  push(block: Uint8Array): void {
    if (!this.head) {
      this.forward(block);
      return;
    }
    const head: Uint8Array = this.head.length === 0 ? block : Buffer.concat([this.head, block]);
    if (head.length >= 4) this.start(head);
    else this.head = Buffer.from(head);
  }

  end(): void {
    if (this.head) this.start(this.head);
    const rest = this.decoder?.decode();
    if (rest) this.next(Buffer.from(rest));
  }

  private start(head: Uint8Array): void {
    this.head = undefined;
    const encoding = encodingOf(head);
    if (encoding !== "utf-8") this.decoder = new TextDecoder(encoding);
    this.forward(head);
  }

  private forward(block: Uint8Array): void {
    this.next(this.decoder ? Buffer.from(this.decoder.decode(block, { stream: true })) : block);
  }
}
