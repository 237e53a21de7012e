import type { Cursor } from "./cursor.ts";
import type { Lexicon } from "./lex.ts";
import type { Sink } from "./sink.ts";
import type { Value } from "./values.ts";

/** A call whose name is in a table. */
export interface Call {
  /** Path of what is called, such as `subprocess.run`. */
  readonly path: string;
  readonly args: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  /** The value whose method it is. */
  readonly receiver?: Value;
  readonly sink: Sink;
}

/** Emits what the call means, and gives its value where that is a constant. */
export type Handler = (call: Call) => Value | undefined;

/** Gives a name to a path of the language's table. */
export type Name = (alias: string, path: string) => void;

/** Reads a statement of its own shape at the cursor, such as an import, and gives names to paths; false where none is, and nothing is taken. */
export type Statement = (cursor: Cursor, name: Name) => boolean;

/** How a language with calls and expressions is written, and which of its calls matter. */
export interface Language {
  readonly name: string;
  readonly lexicon: Lexicon;
  /** Operators that join texts. */
  readonly joins: ReadonlySet<string>;
  /** Operators between an object and its member. */
  readonly members: ReadonlySet<string>;
  /** Words before an expression that do not change its value. */
  readonly prefixes: ReadonlySet<string>;
  /** Names are compared in lower case, and the table is written so. */
  readonly ignoresCase?: boolean;
  /** Members are found in any case, as those of COM objects are. */
  readonly foldsMembers?: boolean;
  /** True for names whose arguments need no brackets. */
  readonly bare?: (path: string) => boolean;
  /** Arguments without brackets are separated by blanks. */
  readonly spaced?: boolean;
  /** `%` fills the places of a text. */
  readonly formats?: boolean;
  /** A text can be called: it is the name of a function. */
  readonly callsTexts?: boolean;
  /** Literals side by side are one. */
  readonly juxtaposes?: boolean;
  /** Calls by path; `*.name` is a method of that name of any receiver. */
  readonly calls: ReadonlyMap<string, Handler>;
  /** `x for x in y` makes a list, `lambda x: y` a function. */
  readonly comprehends?: boolean;
  readonly statement?: Statement;
  /** Named things before any assignment, such as `$^X`. */
  readonly globals?: ReadonlyMap<string, Value>;
  /** The text of an interpolation as an expression: `${x}` → `x`. */
  readonly expression?: (code: string) => string;
  /** What a name path means, such as `this.x` for `x`. */
  readonly canonical?: (path: string) => string;
}

/** The handler of a call: by its whole path, else by the name of the method. */
export function findHandler({ calls, foldsMembers }: Language, path: string): Handler | undefined {
  const dot = path.lastIndexOf(".");
  const method = dot < 0 ? path : `*.${path.slice(dot + 1)}`;
  const exact = calls.get(path) ?? calls.get(method);
  return exact || !foldsMembers ? exact : (calls.get(path.toLowerCase()) ?? calls.get(method.toLowerCase()));
}

/** The path by which a callee is looked up; empty where it has none. */
export function pathOf({ callsTexts, canonical, ignoresCase }: Language, callee: Value): string {
  if (callee.kind === "name") return canonical?.(callee.path) ?? callee.path;
  if (callee.kind === "method") return `*.${callee.name}`;
  if (callee.kind !== "text" || !callsTexts) return "";
  return ignoresCase ? callee.text.toLowerCase() : callee.text;
}
