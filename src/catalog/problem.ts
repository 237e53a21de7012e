import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  Parser,
  parseDocument,
} from "yaml";
import { textOf } from "../decode/json/encoding.ts";
import { firstBytes, isWholeText } from "../decode/text/whole.ts";
import { clip } from "../model/clip.ts";
import { reasonOf } from "../model/reason.ts";

/** Something wrong in a catalogue file, with its place. Lines and columns count from one. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** The line and a caret below the place. */
  readonly excerpt: string;
}

/** Place and message on one line, the excerpt on the next two. What the file's author wrote is not escaped here. */
export function told({ file, line, column, message, excerpt }: Problem): string {
  return `${file}:${line}:${column}: ${message}\n${excerpt}`;
}

/** What may stand in one file before the rest of its problems is no longer told. */
export const MAX_PROBLEMS = 100;
/** How often aliases may be used: far more than a person writes, far less than a bomb needs, and each is looked for in the whole file. */
const MAX_ALIASES = 100;
const MAX_DEPTH = 50;
const MAX_EXCERPT = 200;
const MAX_MESSAGE = 1000;
/** More than people write into one file; to read it takes seconds and some hundred MiB of memory. */
const LARGEST = 1 << 20;
/** What stands in no text: all controls but tabs and ends of lines. */
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;

/** What keeps a file from being read any further than to this place. */
interface Stop {
  readonly offset: number;
  readonly message: string;
  /** What is wrong before it is told as well. */
  readonly isLast?: true;
}

const NO_TEXT = "this is no text; save the file in UTF-8, or in UTF-16 with a byte order mark";

/** Where the library would go down too far, and back up again, or would make an object of each of a million errors. */
function hopeless(text: string): Stop | undefined {
  const parser = new Parser();
  let errors = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) if (token.type === "error") errors++;
    if (parser.stack.length > MAX_DEPTH)
      return { offset: parser.offset, message: `more than ${MAX_DEPTH} maps and lists in each other are not read` };
    if (errors > MAX_PROBLEMS) return { offset: parser.offset, message: "too much is wrong up to here", isLast: true };
  }
  return undefined;
}

/** What the library says to programmers, for people. */
function said({ code, message }: { readonly code: string; readonly message: string }): string {
  if (code === "MULTIPLE_DOCS") return "a second document begins here; a file holds one";
  if (code === "TAG_RESOLVE_FAILED" && message.startsWith("Unresolved")) return "tags (!…) have no meaning here";
  return message;
}

/** Anchors of a file: those of parts that are read, and those of parts that are being read. */
class Anchors {
  readonly known = new Set<string>();
  readonly open = new Set<string>();
  #uses = 0;

  /** Why an alias cannot be followed; undefined where it can. */
  refuse(name: string): string | undefined {
    if (this.open.has(name)) return `“*${name}” would hold itself`;
    if (!this.known.has(name)) return `there is no anchor “&${name}” before this`;
    return ++this.#uses > MAX_ALIASES ? `more than ${MAX_ALIASES} aliases are not read` : undefined;
  }
}

/** A YAML file with the positions of its nodes. */
export class Source {
  readonly file: string;
  readonly text: string;
  readonly document: Document.Parsed;
  readonly problems: readonly Problem[];
  /** Nothing stands in it but comments. It is a problem all the same, as most files must say something. */
  readonly isEmpty: boolean;
  /** What the file says; nothing where it has problems. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly #lines = new LineCounter();
  readonly #text: readonly string[];

  /**
   * A file that somebody has written, in UTF-8 or UTF-16.
   * @throws what the system says where it cannot be read
   */
  static open(file: string): Source {
    const { bytes, isCut } = firstBytes(file, LARGEST);
    const text = textOf(bytes);
    if (isCut) return new Source(file, "", { offset: 0, message: `more than ${LARGEST >> 20} MiB are not read` });
    return isWholeText(bytes)
      ? new Source(file, text)
      : new Source(file, text, { offset: text.indexOf("\ufffd"), message: NO_TEXT });
  }

  /** A file that a folder lists: what keeps it from being read is a problem of the folder’s. */
  static listed(file: string): Source {
    try {
      return Source.open(file);
    } catch (error) {
      return new Source(file, "", { offset: 0, message: `it cannot be read: ${reasonOf(error)}` });
    }
  }

  constructor(file: string, text: string, stop?: Stop) {
    this.file = file;
    this.text = text.replace(/^\ufeff/, "");
    this.#text = this.text.split(/\r?\n/);
    const control = this.text.search(CONTROL);
    const end = stop ?? (control < 0 ? hopeless(this.text) : { offset: control, message: NO_TEXT });
    this.document = parseDocument(this.text.slice(0, end?.offset), {
      lineCounter: this.#lines,
      // The library would compare each key with all others of its map.
      uniqueKeys: false,
      resolveKnownTags: false,
      prettyErrors: false,
      logLevel: "error",
    });
    const { errors, warnings, contents } = this.document;
    const faults = [...errors, ...warnings].slice(0, MAX_PROBLEMS);
    const wrong = end && !end.isLast ? [] : faults.map((one) => this.problem(one.pos[0], said(one)));
    if (end) wrong.push(this.problem(end.offset, end.message));
    this.isEmpty = wrong.length === 0 && contents === null;
    if (wrong.length === 0 && !isMap(contents)) wrong.push(this.problem(0, "the file must be one map of keys"));
    if (wrong.length === 0) this.#check(contents, wrong);
    this.data = wrong.length === 0 ? this.#read(wrong) : {};
    this.problems = wrong;
  }

  #read(problems: Problem[]): Readonly<Record<string, unknown>> {
    try {
      return this.document.toJS({ maxAliasCount: MAX_ALIASES }) as Record<string, unknown>;
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error;
      problems.push(this.problem(0, `its aliases stand for too much: more than ${MAX_ALIASES} uses of one part`));
      return {};
    }
  }

  #check(contents: unknown, problems: Problem[]): void {
    for (const problem of this.#unreadable(contents)) if (problems.push(problem) === MAX_PROBLEMS) return;
  }

  /** What is YAML, but no plain data: keys that are maps, lists or there already, and aliases that stand for nothing or too much. */
  *#unreadable(node: unknown, anchors = new Anchors()): Generator<Problem> {
    if (!isNode(node)) return;
    const at = (one: typeof node, message: string) => this.problem(one.range?.[0] ?? 0, message);
    if (isAlias(node)) {
      const wrong = anchors.refuse(node.source);
      if (wrong !== undefined) yield at(node, wrong);
      return;
    }
    const { anchor } = node as { anchor?: string };
    if (anchor) anchors.open.add(anchor);
    if (isSeq(node)) for (const item of node.items) yield* this.#unreadable(item, anchors);
    if (isMap(node)) {
      const keys = new Set<string>();
      for (const { key, value } of node.items) {
        if (isNode(key) && !isScalar(key)) yield at(key, "a key must be a text");
        else if (isScalar(key)) {
          const name = String(key.value);
          if (keys.has(name)) yield at(key, `“${clip(name, MAX_EXCERPT)}” stands here twice`);
          keys.add(name);
        }
        yield* this.#unreadable(value, anchors);
      }
    }
    if (!anchor) return;
    anchors.open.delete(anchor);
    anchors.known.add(anchor);
  }

  problem(offset: number, message: string): Problem {
    const { line, col } = this.#lines.linePos(offset);
    const [l, c] = [Math.max(1, line), Math.max(1, col)];
    const from = Math.max(0, c - 1 - MAX_EXCERPT / 2);
    // A tab would move the caret away from what it points to.
    const shown = (this.#text[l - 1] ?? "").slice(from, from + MAX_EXCERPT).replaceAll("\t", " ");
    const excerpt = `${shown}\n${" ".repeat(c - 1 - from)}^`;
    return { file: this.file, line: l, column: c, message: clip(message, MAX_MESSAGE), excerpt };
  }
}

/** The problem at a path of the document; the nearest existing parent where the path itself is missing. */
export function problemAt(source: Source, path: readonly (string | number)[], message: string, key = false): Problem {
  for (let length = path.length; length > 0; length--) {
    const parent = source.document.getIn(path.slice(0, length - 1), true);
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isNode(item.key) && String(item.key) === String(path[length - 1]));
      const node = key && length === path.length ? pair?.key : (pair?.value ?? pair?.key);
      if (isNode(node) && node.range) return source.problem(node.range[0], message);
    } else {
      const node = source.document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return source.problem(node.range[0], message);
    }
  }
  return source.problem(0, message);
}
