import type { Part, Word } from "../syntax/tree.ts";

const MAX_WORDS = 1024;
/** Parts of all words that one word becomes: words of many parts become few. */
const MAX_PARTS = 1 << 18;
const MAX_NESTING = 16;

type Mark = "{" | "}" | ",";
type Item = Part | { readonly kind: "mark"; readonly mark: Mark };

/** One of each serves all words: a line may hold a million. */
const MARKS: ReadonlyMap<string, Item> = new Map(
  (["{", "}", ","] as const).map((mark) => [mark, { kind: "mark", mark }]),
);

/** Expands `{a,b}` and `{1..5}`; a word without them comes back alone. `cut` is called where one would make too many. */
export function expandBraces(word: Word, cut: () => void): readonly Word[] {
  if (!word.some((part) => part.kind === "text" && !part.quoted && part.text.includes("{"))) return [word];
  const items = word.flatMap(split);
  const closers = matchBraces(items);
  if (closers.size === 0) return [word];
  const room = Math.min(MAX_WORDS, Math.ceil(MAX_PARTS / items.length));
  return sequence({ items, braces: closers, cut }, 0, items.length, 0, room).map((each) => each.map(toPart));
}

function split(part: Part): Item[] {
  if (part.kind !== "text" || part.quoted) return [part];
  return (part.text.match(/[{},]|[^{},]+/g) ?? []).map(
    (piece) => MARKS.get(piece) ?? { kind: "text", text: piece, quoted: false },
  );
}

const toPart = (item: Item): Part => (item.kind === "mark" ? { kind: "text", text: item.mark, quoted: false } : item);

interface Brace {
  readonly close: number;
  readonly commas: readonly number[];
  readonly range: Range | undefined;
}

/** `{1..5}`: made into words only where there is room for them. */
interface Range {
  readonly low: number;
  readonly step: number;
  readonly count: number;
  readonly write: (value: number) => string;
}

/** Opening braces that expand, found in one pass. */
function matchBraces(items: readonly Item[]): Map<number, Brace> {
  const found = new Map<number, Brace>();
  const open: number[] = [];
  const commasOf = new Map<number, number[]>();
  for (let at = 0; at < items.length; at++) {
    const item = items[at]!;
    if (item.kind !== "mark") continue;
    const last = open.at(-1);
    if (item.mark === "{") open.push(at);
    else if (last === undefined) continue;
    else if (item.mark === ",") {
      const commas = commasOf.get(last);
      if (commas) commas.push(at);
      else commasOf.set(last, [at]);
    } else {
      open.pop();
      const only = at === last + 2 ? items[last + 1]! : undefined;
      const range = only?.kind === "text" && !only.quoted ? rangeOf(only.text) : undefined;
      const commas = commasOf.get(last) ?? [];
      if (commas.length > 0 || range) found.set(last, { close: at, commas, range });
    }
  }
  return found;
}

function rangeOf(text: string): Range | undefined {
  const match = /^(-?\d{1,9}|[A-Za-z])\.\.(-?\d{1,9}|[A-Za-z])(?:\.\.-?(\d{1,9}))?$/.exec(text);
  if (!match) return undefined;
  const letters = /[A-Za-z]/.test(match[1]!);
  if (letters !== /[A-Za-z]/.test(match[2]!)) return undefined;
  const low = letters ? match[1]!.charCodeAt(0) : Number(match[1]);
  const high = letters ? match[2]!.charCodeAt(0) : Number(match[2]);
  const step = Math.max(1, Number(match[3] ?? 1)) * (low <= high ? 1 : -1);
  const width = !letters && /^-?0\d/.test(`${match[1]}`) ? match[1]!.length : 0;
  const count = Math.min(MAX_WORDS, Math.floor((high - low) / step) + 1);
  const write = letters
    ? (value: number) => String.fromCharCode(value)
    : (value: number) => String(value).padStart(width, "0");
  return { low, step, count, write };
}

interface Text {
  readonly items: readonly Item[];
  readonly braces: ReadonlyMap<number, Brace>;
  readonly cut: () => void;
}

/** At most `room` words: a brace that would make more adds nothing. */
function sequence(text: Text, from: number, to: number, nesting: number, room: number): Item[][] {
  const { items, braces, cut } = text;
  let words: Item[][] = [[]];
  for (let at = from; at < to; at++) {
    const brace = nesting < MAX_NESTING ? braces.get(at) : undefined;
    if (!brace) {
      for (const word of words) word.push(items[at]!);
      continue;
    }
    const choices = choicesOf(text, at, brace, nesting, Math.floor(room / words.length));
    if (choices) words = words.flatMap((word) => choices.map((choice) => [...word, ...choice]));
    else cut();
    at = brace.close;
  }
  return words;
}

function choicesOf(text: Text, at: number, brace: Brace, nesting: number, room: number): Item[][] | undefined {
  const { commas, range } = brace;
  if ((range?.count ?? commas.length + 1) > room) return undefined;
  if (range) {
    const { count, low, step, write } = range;
    return Array.from({ length: count }, (_, i) => [{ kind: "text", text: write(low + i * step), quoted: false }]);
  }
  const choices: Item[][] = [];
  let start = at + 1;
  for (const end of [...commas, brace.close]) {
    choices.push(...sequence(text, start, end, nesting + 1, room));
    if (choices.length > room) return undefined;
    start = end + 1;
  }
  return choices;
}
