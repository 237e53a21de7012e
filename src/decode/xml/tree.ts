import type { JsonObject } from "../json/parse.ts";
import { decodeEntities } from "./entities.ts";

const MAX_DEPTH = 64;
const MAX_ELEMENTS = 100_000;
/** A name begins behind space or a quote only, and is of bounded length: a long word is looked at once. */
const ATTRIBUTE = /(?<=[\s"'])([^\s=/<>"']{1,256})\s{0,64}=\s{0,64}(?:"([^"<]*)"|'([^'<]*)')/g;

interface Open {
  readonly name: string;
  readonly attributes: [string, string][];
  readonly children: [string, unknown][];
  text: string;
}

/**
 * The element that `xml` holds as objects: attributes are `@name`, text beside attributes is `#text`, an element of text
 * alone is a string, children of one name are a list. Comments, instructions and document types mean nothing; there are no
 * external entities. What is not closed is closed at the end. undefined where there is no element, or too many.
 */
export function parseXml(xml: string): JsonObject | undefined {
  const root = open("", "");
  const stack = [root];
  let elements = 0;
  for (let at = xml.indexOf("<"); at >= 0; ) {
    const end = markupEnd(xml, at);
    const top = stack.at(-1)!;
    const first = xml.charCodeAt(at + 1);
    if (xml.startsWith("<![CDATA[", at)) top.text += xml.slice(at + 9, end - 3);
    else if (first === 0x2f) {
      if (stack.length > 1) close(stack);
    } else if (first !== 0x21 && first !== 0x3f) {
      elements += 1;
      if (elements > MAX_ELEMENTS || stack.length > MAX_DEPTH) return undefined;
      const isEmpty = xml.charCodeAt(end - 2) === 0x2f;
      const body = xml.slice(at + 1, end - (isEmpty ? 2 : 1));
      const space = body.search(/\s/);
      stack.push(space < 0 ? open(body, "") : open(body.slice(0, space), body.slice(space)));
      if (isEmpty) close(stack);
    }
    at = xml.indexOf("<", end);
    if (stack.length > 1) stack.at(-1)!.text += decodeEntities(xml.slice(end, at < 0 ? xml.length : at));
  }
  while (stack.length > 1) close(stack);
  return root.children.length > 0 ? group(root.children) : undefined;
}

/** Where the markup that starts at `at` ends. */
function markupEnd(xml: string, at: number): number {
  const [opening, closing] = xml.startsWith("<!--", at)
    ? [4, "-->"]
    : xml.startsWith("<![CDATA[", at)
      ? [9, "]]>"]
      : [1, ">"];
  const end = xml.indexOf(closing, at + opening);
  return end < 0 ? xml.length : end + closing.length;
}

function open(name: string, attributes: string): Open {
  const found: [string, string][] = [];
  for (const [, key, double, single] of attributes.matchAll(ATTRIBUTE)) {
    found.push([`@${key}`, decodeEntities(double ?? single ?? "")]);
  }
  return { name, attributes: found, children: [], text: "" };
}

function close(stack: Open[]): void {
  const { name, attributes, children, text } = stack.pop()!;
  const value = attributes.length + children.length === 0 ? text : group([...attributes, ...children, ["#text", text]]);
  stack.at(-1)!.children.push([name, value]);
}

/** Names with their values; a name that comes again makes a list. */
function group(entries: readonly [string, unknown][]): JsonObject {
  const object: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  const lists = new Set<string>();
  for (const [name, value] of entries) {
    if (!(name in object)) object[name] = value;
    else if (lists.has(name)) (object[name] as unknown[]).push(value);
    else {
      object[name] = [object[name], value];
      lists.add(name);
    }
  }
  return object;
}
