import type { Part, Word } from "./tree.ts";

const MAX_WORDS = 1024;
const MAX_NESTING = 16;

type Item = Part | { readonly kind: "mark"; readonly mark: string };

/** Expands `{a,b}` and `{1..5}`; a word without them comes back alone. */
export function expandBraces(word: Word): readonly Word[] {
  if (!word.some((part) => part.kind === "text" && !part.quoted && part.text.includes("{"))) return [word];
  const items = word.flatMap(split);
  const closers = matchBraces(items);
  if (closers.size === 0) return [word];
  return sequence(items, closers, 0, items.length, 0).map((each) => each.map(toPart));
}

function split(part: Part): Item[] {
  if (part.kind !== "text" || part.quoted) return [part];
  return (part.text.match(/[{},]|[^{},]+/g) ?? []).map((piece) =>
    piece === "{" || piece === "}" || piece === ","
      ? { kind: "mark", mark: piece }
      : { kind: "text", text: piece, quoted: false },
  );
}

const toPart = (item: Item): Part => (item.kind === "mark" ? { kind: "text", text: item.mark, quoted: false } : item);

interface Brace {
  readonly close: number;
  readonly commas: readonly number[];
  readonly range: readonly string[];
}

/** Opening braces that expand, found in one pass. */
function matchBraces(items: readonly Item[]): Map<number, Brace> {
  const found = new Map<number, Brace>();
  const open: { at: number; commas: number[] }[] = [];
  for (const [at, item] of items.entries()) {
    if (item.kind !== "mark") continue;
    if (item.mark === "{") open.push({ at, commas: [] });
    else if (item.mark === ",") open.at(-1)?.commas.push(at);
    else {
      const last = open.pop();
      if (!last) continue;
      const only = at === last.at + 2 ? items[last.at + 1]! : undefined;
      const range = only?.kind === "text" && !only.quoted ? rangeOf(only.text) : [];
      if (last.commas.length > 0 || range.length > 0) found.set(last.at, { close: at, commas: last.commas, range });
    }
  }
  return found;
}

function rangeOf(text: string): string[] {
  const match = /^(-?\d{1,9}|[A-Za-z])\.\.(-?\d{1,9}|[A-Za-z])(?:\.\.-?(\d{1,9}))?$/.exec(text);
  if (!match) return [];
  const letters = /[A-Za-z]/.test(match[1]!);
  if (letters !== /[A-Za-z]/.test(match[2]!)) return [];
  const low = letters ? match[1]!.charCodeAt(0) : Number(match[1]);
  const high = letters ? match[2]!.charCodeAt(0) : Number(match[2]);
  const step = Math.max(1, Number(match[3] ?? 1)) * (low <= high ? 1 : -1);
  const width = !letters && /^-?0\d/.test(`${match[1]}`) ? match[1]!.length : 0;
  const out: string[] = [];
  for (let value = low; (step > 0 ? value <= high : value >= high) && out.length < MAX_WORDS; value += step) {
    out.push(letters ? String.fromCharCode(value) : String(value).padStart(width, "0"));
  }
  return out;
}

function sequence(
  items: readonly Item[],
  braces: ReadonlyMap<number, Brace>,
  from: number,
  to: number,
  nesting: number,
): Item[][] {
  let words: Item[][] = [[]];
  for (let at = from; at < to; at++) {
    const brace = nesting < MAX_NESTING ? braces.get(at) : undefined;
    const choices = brace ? choicesOf(items, braces, at, brace, nesting) : [[items[at]!]];
    if (choices.length === 1) for (const word of words) word.push(...choices[0]!);
    else if (words.length * choices.length <= MAX_WORDS) {
      words = words.flatMap((word) => choices.map((choice) => [...word, ...choice]));
    }
    if (brace) at = brace.close;
  }
  return words;
}

function choicesOf(
  items: readonly Item[],
  braces: ReadonlyMap<number, Brace>,
  at: number,
  brace: Brace,
  nesting: number,
): Item[][] {
  if (brace.commas.length === 0) return brace.range.map((text) => [{ kind: "text", text, quoted: false }]);
  const edges = [at, ...brace.commas, brace.close];
  return edges.slice(1).flatMap((end, index) => sequence(items, braces, edges[index]! + 1, end, nesting + 1));
}
