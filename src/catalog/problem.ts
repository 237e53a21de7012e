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

/** What may stand in one file before the rest of its problems is only counted. */
const MAX_PROBLEMS = 100;
/** How often the aliases of a file may be used: far more than a person writes, far less than a bomb needs. */
const MAX_ALIASES = 100;
const MAX_DEPTH = 50;
const MAX_EXCERPT = 200;

/** Where the maps and lists become too many in each other. The library goes down with each of them, and back up again. */
function tooDeep(text: string): number | undefined {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    for (const _ of parser.next(lexeme));
    if (parser.stack.length > MAX_DEPTH) return parser.offset;
  }
  return undefined;
}

/** A YAML file with the positions of its nodes. */
export class Source {
  readonly file: string;
  readonly document: Document.Parsed;
  readonly problems: readonly Problem[];
  /** What the file says; nothing where it has problems. */
  data: Readonly<Record<string, unknown>> = {};
  readonly #lines = new LineCounter();
  readonly #text: readonly string[];

  constructor(file: string, text: string) {
    this.file = file;
    this.#text = text.split("\n");
    const deep = tooDeep(text);
    this.document = parseDocument(deep === undefined ? text : text.slice(0, deep), {
      lineCounter: this.#lines,
      uniqueKeys: true,
      prettyErrors: false,
      logLevel: "error",
    });
    const { errors, contents } = this.document;
    if (deep !== undefined) {
      this.problems = [this.problem(deep, `more than ${MAX_DEPTH} maps and lists in each other are not read`)];
      return;
    }
    const problems = errors.slice(0, MAX_PROBLEMS).map(({ pos, message }) => this.problem(pos[0], message));
    if (errors.length > MAX_PROBLEMS)
      problems.push(this.problem(0, `there are ${errors.length - MAX_PROBLEMS} problems more`));
    if (problems.length === 0 && !isMap(contents)) problems.push(this.problem(0, "the file must be one map of keys"));
    if (problems.length === 0) problems.push(...[...this.#unreadable(contents)].slice(0, MAX_PROBLEMS));
    if (problems.length === 0) this.#read(problems);
    this.problems = problems;
  }

  #read(problems: Problem[]): void {
    try {
      this.data = this.document.toJS({ maxAliasCount: MAX_ALIASES }) as Record<string, unknown>;
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error;
      problems.push(this.problem(0, `its aliases stand for too much: more than ${MAX_ALIASES} uses of one part`));
    }
  }

  /** What is YAML, but no plain data: keys that are maps or lists, and aliases of nothing or of what they stand in. */
  *#unreadable(node: unknown, known = new Set<string>(), open = new Set<string>()): Generator<Problem> {
    if (!isNode(node)) return;
    const at = (message: string) => this.problem(node.range?.[0] ?? 0, message);
    if (isAlias(node)) {
      if (open.has(node.source)) yield at(`“*${node.source}” would hold itself`);
      else if (!known.has(node.source)) yield at(`there is no anchor “&${node.source}” before this`);
      return;
    }
    const { anchor } = node as { anchor?: string };
    if (anchor) open.add(anchor);
    if (isSeq(node)) for (const item of node.items) yield* this.#unreadable(item, known, open);
    if (isMap(node))
      for (const { key, value } of node.items) {
        if (isNode(key) && !isScalar(key)) yield this.problem(key.range?.[0] ?? 0, "a key must be a text");
        yield* this.#unreadable(value, known, open);
      }
    if (!anchor) return;
    open.delete(anchor);
    known.add(anchor);
  }

  problem(offset: number, message: string): Problem {
    const { line, col } = this.#lines.linePos(offset);
    const [l, c] = [Math.max(1, line), Math.max(1, col)];
    const from = Math.max(0, c - 1 - MAX_EXCERPT / 2);
    const excerpt = `${(this.#text[l - 1] ?? "").slice(from, from + MAX_EXCERPT)}\n${" ".repeat(c - 1 - from)}^`;
    return { file: this.file, line: l, column: c, message, excerpt };
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
