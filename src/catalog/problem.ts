import { type Document, isMap, isNode, LineCounter, parseDocument } from "yaml";

/** Something wrong in a catalogue file, with its place. Lines and columns count from one. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** The line and a caret below the place. */
  readonly excerpt: string;
}

function excerpt(text: string, line: number, column: number): string {
  const source = text.split("\n")[line - 1] ?? "";
  return `${source}\n${" ".repeat(Math.max(0, column - 1))}^`;
}

/** A YAML file with the positions of its nodes. */
export class Source {
  readonly file: string;
  readonly text: string;
  readonly document: Document.Parsed;
  readonly problems: readonly Problem[];
  readonly #lines = new LineCounter();

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
    this.document = parseDocument(text, { lineCounter: this.#lines, uniqueKeys: true });
    const problems = this.document.errors.map((error) =>
      this.problem(error.pos[0], error.message.split("\n")[0] ?? "is no YAML"),
    );
    if (problems.length === 0 && !isMap(this.document.contents))
      problems.push(this.problem(0, "the file must be one map of keys"));
    this.problems = problems;
  }

  problem(offset: number, message: string): Problem {
    const { line, col } = this.#lines.linePos(offset);
    const [l, c] = [Math.max(1, line), Math.max(1, col)];
    return { file: this.file, line: l, column: c, message, excerpt: excerpt(this.text, l, c) };
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
