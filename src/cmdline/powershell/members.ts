import { entryOf } from "../../model/entry.ts";
import { contentsOf, makeObject, runCode } from "./acts.ts";
import { decodeBytes, encodeText } from "./base64.ts";
import { effect, XML_DOCUMENT } from "./effects.ts";
import { replaced, split } from "./operators.ts";
import { gather, MAX_DEPTH, madeList, madeText, note, OPENED, type Session } from "./session.ts";
import { foldStatic } from "./types.ts";
import {
  bytesOf,
  itemsOf,
  list,
  number,
  numberOf,
  REGISTRY_KEY,
  shownText,
  text,
  textOf,
  UNKNOWN,
  type Value,
} from "./values.ts";
import { contentsOfClass, isManaged } from "./wmi.ts";

/** A text without the characters at its ends that are given, blanks where none are. */
function trimmed(subject: string, name: string, args: readonly Value[]): string {
  const given = args.flatMap(itemsOf).map(textOf).join("");
  const goes = (at: number) => (given === "" ? subject[at]!.trim() === "" : given.includes(subject[at]!));
  let [from, to] = [0, subject.length];
  if (name !== "trimend") while (from < to && goes(from)) from++;
  if (name !== "trimstart") while (to > from && goes(to - 1)) to--;
  return subject.slice(from, to);
}

/** Methods of a text that only fold it; undefined where the method is none of them. */
function foldText(subject: string, name: string, args: readonly Value[], session: Session): Value | undefined {
  const [first, second] = [textOf(args[0]), textOf(args[1])];
  const [from, count] = [numberOf(args[0]), numberOf(args[1])];
  switch (name) {
    case "replace":
      return first === undefined || second === undefined ? UNKNOWN : replaced(subject, first, second, false, session);
    case "split":
      return split(
        subject,
        itemsOf(args[0] ?? UNKNOWN).flatMap((one) => [...(textOf(one) ?? "")]),
        session,
      );
    case "substring":
      return from === undefined || from < 0
        ? UNKNOWN
        : madeText(session, subject.slice(from, count === undefined ? undefined : from + count));
    case "remove":
      if (from === undefined || from < 0) return UNKNOWN;
      return madeText(
        session,
        subject.slice(0, from) + (count === undefined ? "" : subject.slice(from + Math.max(count, 0))),
      );
    case "insert":
      return from === undefined || second === undefined
        ? UNKNOWN
        : madeText(session, subject.slice(0, from) + second + subject.slice(from));
    case "tolower":
    case "tolowerinvariant":
      return madeText(session, subject.toLowerCase());
    case "toupper":
    case "toupperinvariant":
      return madeText(session, subject.toUpperCase());
    case "trim":
    case "trimstart":
    case "trimend":
      return madeText(session, trimmed(subject, name, args));
    case "tostring":
    case "normalize":
    case "clone":
      return madeText(session, subject);
    case "tochararray":
    case "getenumerator":
      return madeList(
        session,
        [...subject].map((char) => text(char, true)),
      );
    default:
      return undefined;
  }
}

const OF_FILE = /^(?:fullname|path|providerpath|source|definition)$/;

/** Whether a member gives what its object was told to open. */
const isOfOpened = (type: string, member: string): boolean =>
  (type === "internetexplorer.application" && member === "document") ||
  /^response(?:text|body|stream)?$/.test(member) ||
  XML_DOCUMENT.test(type);

/** `.name` without a call. */
export function property(value: Value, written: string, session: Session): Value {
  const name = written.toLowerCase();
  // What a variable of the session holds is its value.
  if (value.kind === "type" && name !== "value") return { kind: "type", name: `${value.name}.${name}` };
  if (value.kind === "object" && isOfOpened(value.type, name))
    return session.variables.get(OPENED) ?? { ...value, member: name };
  if (value.kind === "object" && value.type === REGISTRY_KEY)
    return contentsOf(text(`${shownText(value.args[0])}\\${written}`), session);
  if (value.kind === "object" && name === "properties" && isManaged(value.type))
    return contentsOfClass(shownText(value.args[0]));
  if (value.kind === "object") return { ...value, member: name };
  if (value.kind === "map") return value.entries.get(name) ?? UNKNOWN;
  if (value.kind === "contents" || value.kind === "sealed" || name === "value") return value;
  // A list has the members of its items.
  if (value.kind === "list" && OF_FILE.test(name))
    return list(value.items.map((item) => property(item, name, session)));
  // Of a file that was looked for, the path by which it was found.
  if (value.kind === "text" && OF_FILE.test(name) && /[\\/]/.test(value.text)) return value;
  if ((name === "length" || name === "count") && value.kind === "text") return number(value.text.length);
  if ((name === "length" || name === "count") && value.kind === "list") return number(value.items.length);
  if ((name === "length" || name === "count") && value.kind === "bytes") return number(value.bytes.length);
  if (value.kind === "text") return { kind: "object", type: "text", args: [value], member: name };
  if (value.kind === "unknown" && value.source !== "")
    return { kind: "object", type: "unknown", args: [], member: name };
  return UNKNOWN;
}

function isEncoding(value: Value): value is Value & { kind: "type" } {
  return value.kind === "type" && /encoding/.test(value.name);
}

function callMember(value: Value & { kind: "object" }, args: readonly Value[], session: Session, depth: number): Value {
  const owner: Value = value.type === "text" ? value.args[0]! : { kind: "object", type: value.type, args: value.args };
  return call(owner, value.member!, args, session, depth);
}

function runBlock(code: string, args: readonly Value[], session: Session, depth: number): Value {
  session.variables.set("args", list(args));
  return depth < MAX_DEPTH ? session.evaluate(code, depth + 1) : UNKNOWN;
}

const MAX_ITEMS = 4096;

/** What blocks give for each item in turn; a name in place of a block is a property of the item. */
export function overEach(
  items: readonly Value[],
  blocks: readonly (Value | undefined)[],
  session: Session,
  depth: number,
): Value {
  const known: Value[] = [];
  for (const item of items.slice(0, MAX_ITEMS)) {
    session.variables.set("_", item);
    session.variables.set("psitem", item);
    for (const block of blocks) {
      let value: Value = UNKNOWN;
      if (block?.kind === "block") value = session.evaluate(block.code, depth + 1);
      else if (block?.kind === "text") value = property(item, block.text, session);
      if (value !== UNKNOWN) gather(session, known, value);
    }
  }
  for (const name of ["_", "psitem"]) session.variables.delete(name);
  return known.length > 0 ? list(known) : UNKNOWN;
}

/** Methods of a block that carry it out. */
const INVOKED = /^invoke(?:returnasis)?$/;

/** `.name(args)` and `::name(args)`; the name in lower case. */
export function call(value: Value, name: string, args: readonly Value[], session: Session, depth: number): Value {
  // `$type::Join.Invoke(…)` calls the method that a member names.
  const dot = value.kind === "type" && name === "invoke" ? value.name.lastIndexOf(".") : -1;
  if (value.kind === "type" && dot > 0) {
    const owner: Value = { kind: "type", name: value.name.slice(0, dot) };
    return call(owner, value.name.slice(dot + 1), args, session, depth);
  }
  if (value.kind === "object" && value.member && name === "invoke") return callMember(value, args, session, depth);
  if (value.kind === "block" && INVOKED.test(name)) return runBlock(value.code, args, session, depth);
  if ((value.kind === "contents" || value.kind === "sealed") && INVOKED.test(name))
    return runCode(value, session, depth);
  if (value.kind === "block" && name === "getnewclosure") return value;
  if (name === "foreach" && args[0]?.kind === "block" && depth < MAX_DEPTH)
    return overEach(itemsOf(value), args, session, depth);
  if (isEncoding(value) && name === "getstring") {
    const bytes = bytesOf(args[0]);
    return bytes ? madeText(session, decodeBytes(bytes, value.name)) : (args[0] ?? UNKNOWN);
  }
  if (isEncoding(value) && name === "getencoding")
    return { kind: "type", name: `encoding.${textOf(args[0])?.replace("-", "").replace("utf16", "unicode")}` };
  if (isEncoding(value) && name === "getbytes") {
    const known = textOf(args[0]);
    return known === undefined ? (args[0] ?? UNKNOWN) : { kind: "bytes", bytes: encodeText(known, value.name) };
  }
  const folded = value.kind === "type" ? foldStatic(value.name, name, args, session) : undefined;
  if (folded) return folded;
  const reversed =
    value.kind === "type" && value.name === "array" && name === "reverse" ? reverse(args[0], session) : undefined;
  if (reversed) return reversed;
  const done = effect(value, name, args, session, depth);
  if (done) return done;
  if (value.kind === "text") return foldText(value.text, name, args, session) ?? value;
  if (value.kind === "type" && name === "new") return makeObject(value.name, args, session);
  return value.kind === "number" && name === "tostring" ? madeText(session, String(value.number)) : value;
}

/** `[array]::Reverse($x)` turns the variable's own list around. */
function reverse(value: Value | undefined, session: Session): Value {
  if (value?.kind !== "list") return UNKNOWN;
  if (value.items.every((item) => item.kind === "text")) note(session, "concatenation", "[array]::Reverse", 0.9);
  const turned = list([...value.items].reverse());
  for (const [name, known] of session.variables) if (known === value) session.variables.set(name, turned);
  return UNKNOWN;
}

/** Beginnings of what .NET shows of a method of texts that is not called; obfuscators cut letters out of them. */
const SHOWN_METHODS: Readonly<Record<string, string>> = {
  indexof: "int IndexOf(char value)",
  lastindexof: "int LastIndexOf(char value)",
  insert: "string Insert(int startIndex, string value)",
  normalize: "string Normalize()",
  remove: "string Remove(int startIndex, int count)",
  substring: "string Substring(int startIndex)",
};

function shownMethod(value: Value): Value {
  const isMethod = value.kind === "object" && value.type === "text" && value.member !== undefined;
  const known = isMethod ? entryOf(SHOWN_METHODS, value.member!) : undefined;
  return known === undefined ? value : text(known);
}

/** `[index]`, with negative numbers from the end and lists of numbers. */
export function index(indexed: Value, place: Value, session: Session): Value {
  const value = shownMethod(indexed);
  if (value.kind === "map") return value.entries.get((textOf(place) ?? "").toLowerCase()) ?? UNKNOWN;
  if (value.kind !== "text" && value.kind !== "list" && value.kind !== "bytes") return value;
  const at = (one: Value): Value => {
    const known = numberOf(one);
    if (known === undefined) return UNKNOWN;
    if (value.kind === "list") return value.items.at(known) ?? UNKNOWN;
    if (value.kind === "bytes") {
      const byte = value.bytes.at(known);
      return byte === undefined ? UNKNOWN : number(byte);
    }
    const char = value.text.at(known);
    return char === undefined ? UNKNOWN : text(char, true);
  };
  if (place.kind !== "list") return at(place);
  const turned = place.items.length > 3 && (numberOf(place.items[0]) ?? 0) > (numberOf(place.items.at(-1)) ?? 0);
  if (turned) note(session, "concatenation", "[-1..-n]", 0.9);
  return madeList(session, place.items.map(at));
}
