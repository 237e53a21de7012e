import { WhatranError } from "../../errors.ts";

/** An element as it stands in a policy. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

interface Open extends XmlElement {
  readonly attributes: Map<string, string>;
  readonly children: XmlElement[];
  text: string;
}

const MAX_DEPTH = 32;
/** No product has elements of more than some twenty. */
const MAX_ATTRIBUTES = 1000;
const MAX_ELEMENTS = 500_000;
const NAME = /[A-Za-z_][\w.:-]{0,127}/y;
const SPACE = /\s*/y;
const ENTITY = /&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));|&/g;
const NAMED: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
/** Characters that are decoded at once, and those of an entity at most. */
const PIECE = 65_536;
const LONGEST_ENTITY = 16;
/** What XML 1.0 has no way to say. */
const NO_CHARACTER = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;

/**
 * Reads XML strictly, as a product would, unlike src/decode/xml which forgives: tags must match, and there are no document types and
 * no entities but the five of XML, so that nothing outside is read and nothing grows.
 * @throws WhatranError `policy/xml` with line and column
 */
export function readXml(text: string): XmlElement {
  return new Reader(text.replace(/^\ufeff/, "")).read();
}

class Reader {
  readonly #text: string;
  #at = 0;
  #elements = 0;
  /** The line that was asked for last, where it begins and where it ends, so that lines are found in one pass over the text. */
  #line = { number: 1, start: 0, end: -1 };

  constructor(text: string) {
    this.#text = text;
  }

  read(): XmlElement {
    const stack: Open[] = [];
    let root: Open | undefined;
    for (;;) {
      const next = this.#text.indexOf("<", this.#at);
      this.#characters(this.#text.slice(this.#at, next < 0 ? undefined : next), stack.at(-1));
      if (next < 0) break;
      this.#at = next;
      if (this.#skipped(stack.at(-1))) continue;
      if (this.#text.startsWith("</", next)) {
        this.#close(stack);
        continue;
      }
      if (root && stack.length === 0) this.#fail("a second element at the top");
      const { element, isEmpty } = this.#open();
      root ??= element;
      stack.at(-1)?.children.push(element);
      if (!isEmpty) stack.push(element);
      if (stack.length > MAX_DEPTH) this.#fail(`elements nested deeper than ${MAX_DEPTH}`);
    }
    const open = stack.at(-1);
    if (open) this.#fail(`<${open.name}> of line ${open.line} is not closed`);
    return root ?? this.#fail("there is no element");
  }

  #characters(text: string, into: Open | undefined): void {
    if (text === "") return;
    if (into) into.text += this.#decoded(text);
    else if (text.trim() !== "") this.#fail("text outside of the element");
  }

  /** Comments, instructions and marked sections; document types are refused. */
  #skipped(into: Open | undefined): boolean {
    for (const [opening, closing] of [
      ["<!--", "-->"],
      ["<![CDATA[", "]]>"],
      ["<?", "?>"],
    ] as const) {
      if (!this.#text.startsWith(opening, this.#at)) continue;
      const end = this.#text.indexOf(closing, this.#at + opening.length);
      if (end < 0) this.#fail(`${opening} without ${closing}`);
      if (closing === "]]>" && into) into.text += this.#text.slice(this.#at + opening.length, end);
      this.#at = end + closing.length;
      return true;
    }
    if (this.#text.startsWith("<!", this.#at))
      this.#fail("a document type, which could name entities and other files, is not read");
    return false;
  }

  #close(stack: Open[]): void {
    const start = this.#at;
    const name = this.#match(NAME, start + 2);
    const open = stack.pop();
    if (open?.name !== name) {
      this.#at = start;
      this.#fail(`</${name}> closes ${open ? `<${open.name}> of line ${open.line}` : "nothing"}`);
    }
    this.#match(SPACE);
    if (this.#text[this.#at] !== ">") this.#fail("“>” is missing");
    this.#at++;
  }

  #open(): { readonly element: Open; readonly isEmpty: boolean } {
    if (++this.#elements > MAX_ELEMENTS) this.#fail(`more than ${MAX_ELEMENTS} elements`);
    const { line, column } = this.#place();
    const name = this.#match(NAME, this.#at + 1) || this.#fail("an element without a name");
    const attributes = new Map<string, string>();
    for (;;) {
      const space = this.#match(SPACE);
      const isEmpty = this.#text.startsWith("/>", this.#at);
      if (isEmpty || this.#text[this.#at] === ">") {
        this.#at += isEmpty ? 2 : 1;
        return { element: { name, attributes, children: [], text: "", line, column }, isEmpty };
      }
      const key = this.#match(NAME);
      if (key === "" || space === "") this.#fail(`<${name}> is written wrongly`);
      if (attributes.size >= MAX_ATTRIBUTES) this.#fail(`more than ${MAX_ATTRIBUTES} attributes`);
      if (attributes.has(key)) this.#fail(`the attribute ${key} comes twice`);
      attributes.set(key, this.#value());
    }
  }

  #value(): string {
    this.#match(SPACE);
    if (this.#text[this.#at] !== "=") this.#fail("“=” is missing");
    this.#match(SPACE, this.#at + 1);
    const quote = this.#text[this.#at] ?? "";
    if (quote !== '"' && quote !== "'") this.#fail("a value without quotes");
    const end = this.#text.indexOf(quote, this.#at + 1);
    if (end < 0) this.#fail("a value whose quotes are not closed");
    const raw = this.#text.slice(this.#at + 1, end);
    if (raw.includes("<")) this.#fail("“<” inside a value");
    const value = this.#decoded(raw.replace(/[\t\r\n]/g, " "));
    this.#at = end + 1;
    return value;
  }

  /** Entities are put in piece by piece: of all at once the engine would keep a record each, many times the size of the text. */
  #decoded(text: string): string {
    if (NO_CHARACTER.test(text)) this.#fail("a control character");
    if (!text.includes("&")) return text;
    const pieces: string[] = [];
    for (let at = 0, end = 0; at < text.length; at = end) {
      end = Math.min(at + PIECE, text.length);
      const last = end < text.length ? text.lastIndexOf("&", end) : -1;
      if (last > end - LONGEST_ENTITY && last > at) end = last;
      pieces.push(this.#entities(text.slice(at, end)));
    }
    return pieces.join("");
  }

  #entities(text: string): string {
    return text.replace(
      ENTITY,
      (whole, name: string | undefined, decimal: string | undefined, hex: string | undefined) => {
        if (name !== undefined) return NAMED[name] ?? "";
        const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
        const char = whole === "&" || !(code <= 0x10ffff) ? "" : String.fromCodePoint(code);
        return char === "" || NO_CHARACTER.test(char) ? this.#fail(`the entity ${whole} is not known`) : char;
      },
    );
  }

  #match(pattern: RegExp, from = this.#at): string {
    pattern.lastIndex = from;
    const found = pattern.exec(this.#text)?.[0] ?? "";
    this.#at = from + found.length;
    return found;
  }

  #place(): { readonly line: number; readonly column: number } {
    const endOf = (start: number) => {
      const end = this.#text.indexOf("\n", start);
      return end < 0 ? this.#text.length : end;
    };
    let { number, start, end } = this.#line;
    if (this.#at < start || end < 0) [number, start, end] = [1, 0, endOf(0)];
    while (end < this.#at) {
      number++;
      start = end + 1;
      end = endOf(start);
    }
    this.#line = { number, start, end };
    return { line: number, column: this.#at - start + 1 };
  }

  #fail(message: string): never {
    const { line, column } = this.#place();
    throw new WhatranError("policy/xml", `line ${line}, column ${column}: ${message}`);
  }
}
