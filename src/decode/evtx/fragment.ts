import { u32 } from "./bytes.ts";
import { Cursor, type Holes, isName } from "./cursor.ts";
import type { AttributeNode, ElementNode, Fragment, Node } from "./tree.ts";
import { scalarText, sizeOfType } from "./value.ts";

/** Elements within elements; real logs stay under ten. */
const MAX_DEPTH = 64;
/** Bit that BinXML sets on a token when more of the same follow; it says nothing that the tokens do not. */
const MORE = 0x40;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

/**
 * The beginning of a fragment, as far as the end of the first element of this name: what `readFragment` would give, cut short
 * there. undefined where there is no such element, or a value or template stands before its end.
 */
export function readUntil(
  bytes: Buffer,
  at: number,
  end: number,
  name: string,
  holes?: Holes,
): { readonly nodes: readonly Node[]; readonly end: number } | undefined {
  const cursor = new Cursor(bytes, at, end, holes);
  const builder = new TreeBuilder();
  while (cursor.at < cursor.end && !cursor.broken) {
    const token = cursor.u8();
    const kind = token & ~MORE;
    if (kind === 0x00 || (kind > 0x0b && kind !== 0x0f)) return undefined;
    const closes = kind === 0x03 || kind === 0x04 ? builder.innermost : undefined;
    if (!readToken(kind, token, cursor, builder, false)) return undefined;
    if (closes === name && !cursor.broken) return { nodes: builder.roots, end: cursor.at };
  }
  return undefined;
}

interface OpenElement extends ElementNode {
  readonly attributes: MutableAttribute[];
  readonly children: Node[];
}

interface MutableAttribute extends AttributeNode {
  readonly parts: Node[];
}

/**
 * Reads BinXML tokens ([MS-EVEN6] 2.2.12) of a chunk from `at` to the end-of-fragment token or to `end`.
 * Damage cuts the tree short instead of failing. In a template definition every element carries a dependency id.
 */
export function readFragment(bytes: Buffer, at: number, end: number, inTemplate: boolean, holes?: Holes): Fragment {
  const cursor = new Cursor(bytes, at, end, holes);
  const builder = new TreeBuilder();
  let complete = false;
  while (cursor.at < cursor.end && !cursor.broken) {
    const token = cursor.u8();
    if (token === 0x00) {
      complete = true;
      break;
    }
    if (!readToken(token & ~MORE, token, cursor, builder, inTemplate)) break;
  }
  if (!complete) depends(cursor);
  return { nodes: builder.roots, end: cursor.at, complete: complete || (cursor.at === cursor.end && !cursor.broken) };
}

function depends(cursor: Cursor): void {
  if (cursor.holes) cursor.holes.isPortable = false;
}

function readToken(token: number, raw: number, cursor: Cursor, tree: TreeBuilder, inTemplate: boolean): boolean {
  switch (token) {
    case 0x01:
      return openElement(cursor, tree, inTemplate, raw !== token);
    case 0x02:
      tree.endAttributes();
      return true;
    case 0x03:
    case 0x04:
      tree.close();
      return true;
    case 0x05:
      return readValue(cursor, tree);
    case 0x06:
      tree.attribute(cursor.name());
      return true;
    case 0x07:
      tree.text(cursor.text());
      return true;
    case 0x08:
      tree.text(String.fromCharCode(cursor.u16()));
      return true;
    case 0x09: {
      const name = cursor.name();
      tree.text(ENTITIES.get(name) ?? `&${name};`);
      return true;
    }
    case 0x0a:
      cursor.name();
      return true;
    case 0x0b:
      cursor.text();
      return true;
    case 0x0c:
      tree.add({ kind: "instance", at: cursor.at });
      depends(cursor);
      return skipInstance(cursor);
    case 0x0d:
    case 0x0e: {
      const index = cursor.u16();
      cursor.u8();
      if (!cursor.broken) tree.add({ kind: "slot", index, optional: token === 0x0e });
      return true;
    }
    case 0x0f:
      return cursor.take(3) >= 0;
    default:
      return false;
  }
}

function openElement(cursor: Cursor, tree: TreeBuilder, inTemplate: boolean, hasAttributes: boolean): boolean {
  // Writers disagree about the dependency id outside template definitions: the name's hash tells who is right.
  const usual = inTemplate ? 2 : 0;
  const fits = (skip: number) =>
    cursor.at + skip + 8 <= cursor.end && isName(cursor.bytes, u32(cursor.bytes, cursor.at + skip + 4));
  const isUsual = fits(usual);
  if (!isUsual) depends(cursor);
  cursor.take(isUsual || !fits(2 - usual) ? usual : 2 - usual);
  cursor.skipSize();
  const name = cursor.name();
  if (hasAttributes) cursor.skipSize();
  return !cursor.broken && tree.open(name);
}

function readValue(cursor: Cursor, tree: TreeBuilder): boolean {
  const type = cursor.u8();
  if (type === 0x01) {
    tree.text(cursor.text());
    return true;
  }
  const size = sizeOfType(type);
  const at = cursor.take(size ?? 0);
  if (size === undefined || at < 0) return false;
  tree.text(scalarText(cursor.bytes, type, at, size));
  return true;
}

/** Steps over a template instance (its definition, if it stands here, its descriptors and its values). */
function skipInstance(cursor: Cursor): boolean {
  cursor.take(5);
  const definition = cursor.u32();
  if (definition === cursor.at) {
    cursor.take(20);
    cursor.take(cursor.u32());
  }
  const count = cursor.u32();
  const descriptors = cursor.take(count * 4);
  if (descriptors < 0) return false;
  for (let i = 0; i < count && !cursor.broken; i++) cursor.take(u32(cursor.bytes, descriptors + i * 4) & 0xffff);
  return !cursor.broken;
}

class TreeBuilder {
  readonly roots: Node[] = [];
  readonly #open: OpenElement[] = [];
  /** Where text and slots go: an attribute's parts while attributes are read, else the children. */
  #target: Node[] = this.roots;

  get innermost(): string | undefined {
    return this.#open.at(-1)?.name;
  }

  open(name: string): boolean {
    if (this.#open.length >= MAX_DEPTH) return false;
    this.endAttributes();
    const element: OpenElement = { kind: "element", name, attributes: [], children: [] };
    this.#target.push(element);
    this.#open.push(element);
    this.#target = element.children;
    return true;
  }

  attribute(name: string): void {
    const parts: Node[] = [];
    this.#open.at(-1)?.attributes.push({ name, parts });
    this.#target = parts;
  }

  endAttributes(): void {
    this.#target = this.#open.at(-1)?.children ?? this.roots;
  }

  close(): void {
    this.#open.pop();
    this.endAttributes();
  }

  text(text: string): void {
    this.#target.push({ kind: "text", text });
  }

  add(node: Node): void {
    this.#target.push(node);
  }
}
