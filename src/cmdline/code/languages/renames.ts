import type { Cursor } from "../cursor.ts";
import type { Statement } from "../language.ts";
import type { Value } from "../values.ts";

const textAt = ({ tokens, at }: Cursor, offset: number): string => {
  const token = tokens[at + offset];
  if (token?.kind !== "string") return "";
  const [piece] = token.pieces;
  return token.pieces.length === 1 && typeof piece === "string" ? piece : "";
};

const isAt = ({ tokens, at }: Cursor, offset: number, text: string): boolean => {
  const token = tokens[at + offset];
  return token !== undefined && token.kind !== "string" && token.kind !== "number" && token.text === text;
};

const moduleOf = (text: string): string => text.replace(/^node:/, "");

/** Members within braces, each with the name under which it is used: `{exec: e, spawn}`, `{exec as e}`. */
function members(cursor: Cursor, from: number): { readonly pairs: readonly [string, string][]; readonly end: number } {
  const pairs: [string, string][] = [];
  let at = from;
  while (cursor.word(at) !== "" && pairs.length < 32) {
    const member = cursor.word(at);
    const renamed = isAt(cursor, at + 1, ":") || cursor.word(at + 1) === "as";
    pairs.push([member, renamed ? cursor.word(at + 2) : member]);
    at += renamed ? 3 : 1;
    if (isAt(cursor, at, ",")) at++;
  }
  return { pairs, end: at };
}

/** The module of `require("m")` or `await import("m")`; empty where neither stands there. */
function loadedAt(cursor: Cursor, offset: number): string {
  if (cursor.word(offset) === "require") return textAt(cursor, offset + 2);
  return cursor.word(offset + 1) === "import" ? textAt(cursor, offset + 3) : "";
}

/** `const {exec: e} = require("m")`, `import {exec as e} from "m"`, `import * as m from "m"`, `import m from "m"`. */
export const javaScriptNames: Statement = (cursor, name) => {
  const first = cursor.word(0);
  const declares = first === "const" || first === "let" || first === "var";
  if (!declares && first !== "import") return false;
  if (isAt(cursor, 1, "{")) {
    const { pairs, end } = members(cursor, 2);
    // Behind `} =` or `} from`.
    const from = end + 2;
    const module = declares ? loadedAt(cursor, from) : textAt(cursor, from);
    if (!isAt(cursor, end, "}") || module === "") return false;
    for (const [member, alias] of pairs) name(alias, `${moduleOf(module)}.${member}`);
    cursor.at += from;
    return true;
  }
  if (declares) return false;
  const star = isAt(cursor, 1, "*") && cursor.word(2) === "as" ? 2 : 0;
  const alias = cursor.word(1 + star);
  const module = cursor.word(2 + star) === "from" ? textAt(cursor, 3 + star) : "";
  if (alias === "" || module === "") return false;
  name(alias, moduleOf(module));
  cursor.at += 4 + star;
  return true;
};

/** `use function system as s;` */
export const phpNames: Statement = (cursor, name) => {
  if (cursor.word(0) !== "use" || cursor.word(1) !== "function" || cursor.word(3) !== "as") return false;
  name(cursor.word(4), cursor.word(2).toLowerCase());
  cursor.at += 5;
  return true;
};

/** `alias s system` and `alias :s :system`. */
export const rubyNames: Statement = (cursor, name) => {
  if (cursor.word(0) !== "alias" || cursor.word(2) === "") return false;
  const plain = (text: string) => text.replace(/^:/, "");
  name(plain(cursor.word(1)), plain(cursor.word(2)));
  cursor.at += 3;
  return true;
};

/** `*s = \\&system;` */
export const perlNames: Statement = (cursor, name) => {
  const aliases = isAt(cursor, 0, "*") && isAt(cursor, 2, "=") && isAt(cursor, 3, "\\") && isAt(cursor, 4, "&");
  if (!aliases || cursor.word(1) === "" || cursor.word(5) === "") return false;
  name(cursor.word(1), cursor.word(5));
  cursor.at += 6;
  return true;
};

/** At the bracket of `x.then(m => …)` and `x.then(async function (m) {…})`: what the function is given is what x gives. */
export function promised(cursor: Cursor, called: Value, bind: (name: string, value: Value) => void): void {
  const given = givenBy(called);
  if (given === undefined) return;
  const start = cursor.word(1) === "async" ? 2 : 1;
  const isFunction = cursor.word(start) === "function";
  const brackets = isAt(cursor, start + (isFunction ? 1 : 0), "(") ? 1 : 0;
  const at = start + (isFunction ? 1 : 0) + brackets;
  const parameter = cursor.word(at);
  if (parameter !== "" && (isFunction || isAt(cursor, at + 1 + brackets, "=>"))) bind(parameter, given);
}

/** What a promise whose `then` is called gives: the module that `import` loads, or what an address holds. */
function givenBy(called: Value): Value | undefined {
  if (called.kind === "name" && called.path.endsWith(".then"))
    return { kind: "name", path: called.path.slice(0, -".then".length) };
  return called.kind === "method" && called.name === "then" && called.receiver.kind === "source"
    ? called.receiver
    : undefined;
}
