import { isObject, type JsonObject, parseJson } from "../../../decode/json/parse.ts";
import { text, texts } from "../fields.ts";
import { type Attribute, endsLikeLine, type Meaning, meaningOf, WEAK_LINE } from "./field-roles.ts";
import { wordsOf } from "./field-words.ts";

/** How deep a process may stand in an object, and how many fields are looked at. */
const DEEPEST = 6;
const MOST_FIELDS = 500;

export type Value = string | readonly string[];

/** Of a list of processes that started one another the first started this one. */
const LINEAGE: ReadonlySet<string> = new Set(["lineage", "ancestors", "ancestry"]);

/** What stands where there is nothing. */
const NOTHING: ReadonlySet<string> = new Set(["", "-", "(null)", "N/A"]);

const MOST_LISTED = 1 << 16;

/** The texts of a list that is written as JSON in a text. */
function listIn(written: string | undefined): readonly string[] | undefined {
  if (!written?.startsWith('["') || !written.endsWith('"]') || written.length > MOST_LISTED) return undefined;
  const list = parseJson(written);
  return Array.isArray(list) && list.every((one) => typeof one === "string") ? list : undefined;
}

/** A field with a value, wherever it stands. */
export interface Leaf {
  /** The words of the names above it and of its own. */
  readonly words: readonly string[];
  /** How many of the words are names of objects above. */
  readonly above: number;
  /** The objects that it stands in, the innermost last. */
  readonly holders: readonly JsonObject[];
  readonly value: Value;
}

/** The fields of an object and of those in it, the outer ones first. */
export function leavesOf(object: JsonObject): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const open: (readonly [words: readonly string[], holders: readonly JsonObject[]])[] = [[[], [object]]];
  let left = MOST_FIELDS;
  for (let next = open.shift(); next; next = open.shift()) {
    const [above, holders] = next;
    for (const [key, value] of Object.entries(holders[holders.length - 1]!)) {
      if (left-- <= 0) return leaves;
      const words = [...above, ...wordsOf(key)];
      const inner = Array.isArray(value) && words.some((word) => LINEAGE.has(word)) ? value[0] : value;
      if (isObject(inner)) {
        const names = inner === value ? words : [...above, "parent", "details"];
        if (holders.length < DEEPEST) open.push([names, [...holders, inner]]);
        continue;
      }
      const found = listIn(text(value)) ?? text(value) ?? texts(value);
      if (found === undefined || (typeof found === "string" && NOTHING.has(found))) continue;
      // Without arguments a program was started all the same.
      if (found.length > 0 || endsLikeLine(words)) leaves.push({ words, above: above.length, holders, value: found });
    }
  }
  return leaves;
}

/** Whether any key ends like a name of command lines: most objects of no known shape are no processes, and are not looked at further. */
export function mayNameLine(object: JsonObject, depth = DEEPEST): boolean {
  for (const key of Object.keys(object)) {
    const value = object[key];
    if (isObject(value) ? depth > 1 && mayNameLine(value, depth - 1) : endsLikeLine(wordsOf(key))) return true;
  }
  return false;
}

/** A command line, with what its field says, and where it stands. */
export interface Line {
  readonly leaf: Leaf;
  readonly meaning: Meaning;
}

/**
 * The command line of the process that was started: of one that another starts, before any other; the outer ones first. Where only one that
 * acts and its parent are told of, it is that of the first.
 */
export function lineIn(leaves: readonly Leaf[]): Line | undefined {
  let best: Line | undefined;
  let acting: Line | undefined;
  let hasParent = false;
  for (const leaf of leaves) {
    const meaning = isModelled(leaf, leaves) ? MODELLED : meaningOf(leaf.words);
    if (meaning?.attribute !== "line") continue;
    const line = { leaf: besideItself(leaf), meaning };
    hasParent ||= meaning.role === "parent";
    if (meaning.role === "actor") acting ??= line;
    if (meaning.role !== "plain" && meaning.role !== "target") continue;
    if (!best || rankOf(line) < rankOf(best)) best = line;
  }
  return best ?? (hasParent ? acting : undefined);
}

/** An object that is called a command line is no process but its command line: it stands beside what it is of. */
function besideItself(leaf: Leaf): Leaf {
  const { words, above, holders } = leaf;
  const isLine = holders.length === 2 && meaningOf(words.slice(0, above))?.attribute === "line";
  return isLine ? { ...leaf, above: 0, holders: holders.slice(0, 1) } : leaf;
}

const OF_WORD = 50;

/** A single word is rather the name of a program where something else is said to be its arguments. */
function rankOf({ meaning: { role, rank }, leaf: { value } }: Line): number {
  const isWord = rank >= WEAK_LINE && typeof value === "string" && !/\s/.test(value);
  return rank + (role === "target" ? 0 : 100) + (isWord ? OF_WORD : 0);
}

/** Splunk's data model calls the command line `process`, and the program `process_name`. */
const MODELLED: Meaning = { attribute: "line", rank: WEAK_LINE - 1, role: "plain", isOfProcess: true, unknown: [] };

function isModelled(leaf: Leaf, leaves: readonly Leaf[]): boolean {
  const { words } = leaf;
  if (words[words.length - 1] !== "process" || words.includes("parent")) return false;
  // A name alone, beside what others call a command line, is no more than a name.
  const isName = typeof leaf.value === "string" && !/\s/.test(leaf.value);
  if (isName && leaves.some((other) => meaningOf(other.words)?.attribute === "line")) return false;
  const start = words.join(" ");
  return leaves.some((other) => {
    const name = other.words.join(" ");
    return name === `${start} name` || name === `${start} path`;
  });
}

/** There the command line of the parent is `parent_process`. */
const PARENTS: Meaning = { ...MODELLED, role: "parent" };

/** osquery's tables call the number of the parent `parent`. */
const PARENTS_NUMBER: Meaning = { ...PARENTS, attribute: "pid" };

/** Others call its file so. */
const PARENTS_FILE: Meaning = { ...PARENTS, attribute: "path" };

function parentsOf(words: readonly string[], value: Value, line: Line): Meaning | undefined {
  const last = words[words.length - 1];
  if (last === "parent" && typeof value === "string") {
    if (/^\d{1,10}$/.test(value)) return PARENTS_NUMBER;
    return words.length === 1 && /[\\/]/.test(value) ? PARENTS_FILE : undefined;
  }
  return line.meaning === MODELLED && last === "process" && words[words.length - 2] === "parent" ? PARENTS : undefined;
}

/** What is known of a process, each by the most telling of its names. */
export type Group = ReadonlyMap<Attribute, Value>;

/** What may stand apart from a process, and is its own all the same. */
const OF_ACCOUNTS: ReadonlySet<Attribute> = new Set(["user", "domain"]);
/** Who uses a machine is told with the machine, or as a user's name. */
const HOST: ReadonlySet<string> = new Set(["host", "computer", "device", "machine", "endpoint", "user"]);

export interface Groups {
  readonly self: Group;
  /** The process that started it. */
  readonly parent: Group;
}

/**
 * Fields of the process whose command line this is, and of its parent. Beside the command line and below it names need not say whose they are;
 * elsewhere they must.
 */
export function groupsFor(line: Line, leaves: readonly Leaf[]): Groups {
  const own = line.leaf.holders[line.leaf.holders.length - 1]!;
  const isTarget = line.meaning.role === "target";
  const isNested = line.leaf.holders.length > 1;
  const keptAside = new Set(line.meaning.unknown);
  const [self, actor, parent] = [new Ranked(), new Ranked(), new Ranked()];
  for (const leaf of leaves) {
    const isOwn = leaf.holders.includes(own);
    const words = isOwn ? leaf.words.slice(line.leaf.above) : leaf.words;
    const meaning = parentsOf(words, leaf.value, line) ?? meaningOf(words);
    if (!meaning || meaning.role === "further") continue;
    const isOfHost = OF_ACCOUNTS.has(meaning.attribute);
    if (meaning.unknown.some((word) => !keptAside.has(word) && !(isOfHost && HOST.has(word)))) continue;
    if (!meaning.isOfProcess && !isOwn && meaning.role === "plain" && !OF_ACCOUNTS.has(meaning.attribute)) continue;
    if (meaning.attribute === "id" && !meaning.isOfProcess && meaning.role === "plain") continue;
    const isOthers = isTarget && meaning.role === "plain" && !(isOwn && isNested);
    if (meaning.role === "actor" && line.meaning.role === "actor") continue;
    const isAbove = meaning.role === "parent" || meaning.role === "actor";
    const group = isAbove ? parent : isOthers ? actor : self;
    group.take(meaning, leaf.value);
  }
  const hasActor = actor.has("path") || actor.has("line") || actor.has("name");
  return { self: self.values(), parent: (hasActor ? actor : parent).values() };
}

/** What is called a hash may be one of any kind, or a list of several. */
function sha256Of(value: Value): string | undefined {
  return (typeof value === "string" ? [value] : value).find((one) => /^[0-9a-f]{64}$/i.test(one));
}

/** The best value of each attribute: the one whose name tells most, of several the first. */
class Ranked {
  private readonly best = new Map<Attribute, readonly [rank: number, value: Value]>();

  take({ attribute: said, rank, role, isOfProcess }: Meaning, written: Value): void {
    const value = said === "sha256" ? sha256Of(written) : written;
    if (value === undefined) return;
    // Whatever it is called: a path has folders in it, and a name has none.
    const isPath = typeof value === "string" && /[\\/]/.test(value);
    const attribute = said !== "name" && said !== "path" ? said : isPath ? "path" : "name";
    // What is said of one that is started goes before what is said of none in particular; an account is rather that of the one that starts.
    const own =
      rank +
      (attribute === said ? 0 : 20) -
      (isOfProcess ? 50 : 0) -
      (role === "target" ? (said === "user" ? -200 : 100) : 0);
    const before = this.best.get(attribute);
    if (before === undefined || own < before[0]) this.best.set(attribute, [own, value]);
  }

  has(attribute: Attribute): boolean {
    return this.best.has(attribute);
  }

  values(): Group {
    return new Map([...this.best].map(([attribute, [, value]]) => [attribute, value]));
  }
}
