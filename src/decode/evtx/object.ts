import { arrayTexts } from "./array.ts";
import type { Chunk } from "./chunk.ts";
import { ROOT } from "./plan.ts";
import type { EvtxRecord } from "./record.ts";
import type { ValueTable } from "./table.ts";
import type { ElementNode, Node } from "./tree.ts";
import { ARRAY, scalarText, TYPE } from "./value.ts";

/** An element as a plain value: text, or its attributes (`@name`), its text (`#text`) and its children by name. */
export type PlainValue = string | readonly PlainValue[] | { readonly [name: string]: PlainValue };

/** Fragments within fragments beyond this depth are left out. */
const MAX_DEPTH = 16;

/** The whole record, decoded: what its XML says, as nested objects. Elements of the same name become an array. */
export function toObject(record: EvtxRecord): PlainValue {
  const content: Content = { members: new Map(), text: "" };
  add(content, record.tables[0]!.plan.nodes, record.tables[0]!, record.chunk, 0);
  return plain(content);
}

interface Content {
  readonly members: Map<string, PlainValue[]>;
  text: string;
}

function add(content: Content, nodes: readonly Node[], table: ValueTable, chunk: Chunk, depth: number): void {
  for (const node of nodes) {
    if (node.kind === "text") {
      content.text += node.text;
    } else if (node.kind === "element") {
      member(content, node.name, elementValue(node, table, chunk, depth));
    } else if (depth < MAX_DEPTH) {
      const inner = node.kind === "instance" ? openInstance(chunk, node.at) : openSlot(chunk, table, node.index);
      if (inner !== undefined) add(content, inner.plan.nodes, inner, chunk, depth + 1);
      else if (node.kind === "slot") content.text += slotText(table, node.index);
    }
  }
}

function elementValue(element: ElementNode, table: ValueTable, chunk: Chunk, depth: number): PlainValue {
  const content: Content = { members: new Map(), text: "" };
  for (const attribute of element.attributes) {
    const value: Content = { members: new Map(), text: "" };
    add(value, attribute.parts, table, chunk, depth);
    if (!attribute.parts.every((part) => part.kind === "slot" && table.type(part.index) === TYPE.null)) {
      member(content, `@${attribute.name}`, value.text);
    }
  }
  add(content, element.children, table, chunk, depth);
  return plain(content);
}

function openInstance(chunk: Chunk, at: number): ValueTable | undefined {
  return chunk.openInstance(at, chunk.bytes.length, ROOT);
}

function openSlot(chunk: Chunk, table: ValueTable, slot: number): ValueTable | undefined {
  if (table.type(slot) !== TYPE.binXml) return undefined;
  const start = table.start(slot);
  return chunk.open(start, start + table.size(slot), ROOT);
}

function slotText(table: ValueTable, slot: number): string {
  const type = table.type(slot);
  if (type === TYPE.null || type === TYPE.binXml) return "";
  const at = table.start(slot);
  const size = table.size(slot);
  return type >= ARRAY ? arrayTexts(table.bytes, type, at, size).join(",") : scalarText(table.bytes, type, at, size);
}

function member(content: Content, name: string, value: PlainValue): void {
  const values = content.members.get(name);
  if (values === undefined) content.members.set(name, [value]);
  else values.push(value);
}

function plain(content: Content): PlainValue {
  if (content.members.size === 0) return content.text;
  const entries = [...content.members].map(
    ([name, values]) => [name, values.length === 1 ? values[0]! : values] as const,
  );
  if (content.text !== "") entries.push(["#text", content.text]);
  return Object.fromEntries(entries);
}
