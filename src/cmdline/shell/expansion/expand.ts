import { charge, type State, type Value } from "../state.ts";
import type { Part, Word } from "../syntax/tree.ts";
import { arithmetic } from "./arithmetic.ts";
import { expandBraces } from "./braces.ts";
import { expandParameter } from "./parameters.ts";
import { wellKnown } from "./well-known.ts";

/** Walks the commands of a substitution; gives what they print, where that is known. */
export type Substitute = (part: Part & { kind: "commands" | "process" }) => string | undefined;

interface Piece {
  readonly value: Value;
  readonly known: boolean;
  /** True for the value of an unquoted expansion, which is split into words. */
  readonly splits: boolean;
  readonly quoted: boolean;
}

export interface Fields {
  readonly fields: readonly string[];
  readonly literal: boolean;
}

/** Expands a word as a command's argument: braces, expansions, word splitting. File name patterns stay as written, but for those that stand for files of every machine. */
export function expandWord(word: Word, state: State, substitute: Substitute): Fields {
  const plain = plainText(word);
  if (plain !== undefined) return { fields: [plain], literal: true };
  const out: string[] = [];
  let literal = true;
  const separators = String(state.vars.get("IFS") ?? " \t\n");
  const cut = (): void => {
    state.limits.cut ??= "expansion";
  };
  for (const [nth, each] of expandBraces(word, cut).entries()) {
    if (nth > 0 && !charge(state, sizeOfWord(each))) return { fields: out, literal: false };
    let field: string | undefined;
    let pattern = true;
    const end = (): void => {
      if (field !== undefined) out.push((pattern ? wellKnown(field) : undefined) ?? field);
      field = undefined;
      pattern = true;
    };
    for (const piece of pieces(each, state, substitute)) {
      if (!piece.known) literal = false;
      // What is quoted means itself.
      if (piece.quoted) pattern = false;
      const texts = typeof piece.value === "string" ? [piece.value] : piece.value;
      for (const [index, text] of texts.entries()) {
        if (index > 0) end();
        if (!piece.splits) {
          if (text !== "" || piece.quoted) field = (field ?? "") + text;
          continue;
        }
        for (const [at, part] of splitFields(text, separators).entries()) {
          if (at > 0) end();
          if (part !== "") field = (field ?? "") + part;
        }
      }
    }
    end();
  }
  return { fields: out, literal };
}

/** What braces and patterns of file names are made of. */
const SPECIAL = /[{*?[\]]/;

/** The text of a word that stands for nothing but itself, as most do. */
function plainText(word: Word): string | undefined {
  const part = word[0];
  if (word.length !== 1 || part?.kind !== "text") return undefined;
  return part.quoted || (part.text !== "" && !SPECIAL.test(part.text)) ? part.text : undefined;
}

const sizeOfWord = (word: Word): number =>
  word.reduce((sum, part) => sum + (part.kind === "text" ? part.text.length + 1 : 2), 0);

function splitFields(text: string, separators: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (!separators.includes(text[at]!)) continue;
    parts.push(text.slice(start, at));
    start = at + 1;
  }
  parts.push(text.slice(start));
  return parts;
}

/** Expands a word where no splitting takes place: values of assignments, targets, here-documents. */
export function expandText(word: Word, state: State, substitute: Substitute): { text: string; known: boolean } {
  let text = "";
  let known = true;
  for (const piece of pieces(word, state, substitute)) {
    text += typeof piece.value === "string" ? piece.value : piece.value.join(" ");
    known &&= piece.known;
  }
  return { text, known };
}

/** A name in small letters, as no environment has it, in the middle of a word: it is there to be nothing. `tr$zz y`, `-${q#x}c`. */
function isGap(word: Word, at: number, state: State): boolean {
  const [before, part, behind] = [word[at - 1], word[at], word[at + 1]];
  if (part?.kind !== "param" || part.quoted || !/^[a-z][a-z0-9]{0,15}$/.test(part.name) || state.vars.has(part.name))
    return false;
  const removes = part.op === undefined || /^(?:##?|%%?)$/.test(part.op);
  const inside =
    before?.kind === "text" && /[-\w]$/.test(before.text) && behind?.kind === "text" && /^[a-z]/i.test(behind.text);
  return removes && part.prefix === undefined && inside;
}

function* pieces(word: Word, state: State, substitute: Substitute): Generator<Piece> {
  let afterSeparator = false;
  for (const [at, part] of word.entries()) {
    if (isGap(word, at, state)) yield { value: "", known: false, splits: false, quoted: false };
    else if (part.kind === "text") yield { value: part.text, known: true, splits: false, quoted: part.quoted };
    else {
      // `$IFS$9`: the parameter is there to end the name, and is empty wherever the trick is used.
      const filler = afterSeparator && part.kind === "param" && /^\$[1-9]$/.test(part.raw) && !state.positional;
      yield filler ? { value: "", known: true, splits: false, quoted: false } : expansion(part, state, substitute);
    }
    afterSeparator = part.kind === "param" && part.name === "IFS";
  }
}

function expansion(part: Exclude<Part, { kind: "text" }>, state: State, substitute: Substitute): Piece {
  const found = evaluate(part, state, substitute);
  const quoted = part.kind !== "process" && part.quoted;
  const size = found === undefined ? 0 : typeof found.value === "string" ? found.value.length : sizeOf(found.value);
  if (found === undefined || !charge(state, size)) return { value: part.raw, known: false, splits: false, quoted };
  const star = quoted && part.kind === "param" && (part.name === "*" || part.index === "*");
  const value = star && typeof found.value !== "string" ? found.value.join(joiner(state)) : found.value;
  // "$@" of nothing is no word at all.
  return { value, known: found.known, splits: !quoted, quoted: quoted && value.length > 0 };
}

const sizeOf = (list: readonly string[]): number => list.reduce((sum, each) => sum + each.length + 1, 0);
const joiner = (state: State): string => String(state.vars.get("IFS") ?? " ").slice(0, 1);

function evaluate(
  part: Exclude<Part, { kind: "text" }>,
  state: State,
  substitute: Substitute,
): { readonly value: Value; readonly known: boolean } | undefined {
  if (part.kind === "param") {
    return expandParameter(part, state, (word, pattern) =>
      pattern ? patternText(word, state, substitute) : expandText(word, state, substitute),
    );
  }
  if (part.kind === "arithmetic") {
    const value = arithmetic(part.text, (name) => {
      const found = state.vars.get(name);
      return typeof found === "string" ? found : undefined;
    });
    return value === undefined ? undefined : { value: String(value), known: true };
  }
  const output = substitute(part);
  if (output === undefined || part.kind === "process") return undefined;
  return { value: output.replace(/(?<!\n)\n+$/, ""), known: true };
}

/** Text of a pattern, in which quoted characters are escaped so that they mean themselves. */
function patternText(word: Word, state: State, substitute: Substitute): { text: string; known: boolean } {
  let text = "";
  let known = true;
  for (const part of word) {
    const each = expandText([part], state, substitute);
    text += part.kind === "text" && part.quoted ? each.text.replace(/[*?[\]\\]/g, "\\$&") : each.text;
    known &&= each.known;
  }
  return { text, known };
}
