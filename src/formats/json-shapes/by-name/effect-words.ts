import { type Attribute, meaningOf, set } from "./field-roles.ts";
import type { Leaf } from "./leaves.ts";
import { DESTINATION_IP, DESTINATION_PORT } from "./peer.ts";

/** A field with a text, and its words as they are looked for. */
export interface Said {
  readonly words: readonly string[];
  readonly name: string;
  readonly value: string;
}

/** Fields with texts; the first of a list stands for it. */
export function saidIn(leaves: readonly Leaf[]): readonly Said[] {
  return leaves.flatMap(({ words, value }) => {
    const first = typeof value === "string" ? value : value[0];
    return first === undefined || first === "" ? [] : [{ words, name: words.join(" "), value: first }];
  });
}

/** The value of the first field whose name ends so. */
export function endingIn(said: readonly Said[], ending: RegExp): string | undefined {
  return said.find(({ name }) => ending.test(name))?.value;
}

/** Words by which a name says that it speaks of who acts, of another process, or of none. */
const ACTS = set("initiating acting actor caller");
const ABOVE = set("parent p grand grandparent gparent ancestor ancestors responsible old previous");
const OF_TARGET = set("target tgt");
const OF_PROCESS = set("process proc pid comm");
const WRAPS = set("fields properties columns attributes context ps");

/** Who acted, or on whom it was done. */
export type Actor = Readonly<Partial<Record<Attribute, string>>>;

/**
 * The process that names which say so speak of, or the one that is acted on; `strictly` where other files are called images too. What is
 * told of the one that acts goes before what is told of none in particular.
 */
export function processIn(said: readonly Said[], which: "actor" | "target", strictly = false): Actor {
  const found: Partial<Record<Attribute, string>> = {};
  const ranks = new Map<Attribute, number>();
  for (const { words, value } of said) {
    if (words.some((word) => ABOVE.has(word))) continue;
    const meaning = meaningOf(words);
    if (!meaning || meaning.unknown.some((word) => !WRAPS.has(word))) continue;
    const isActing = words.some((word) => ACTS.has(word));
    const isSaidTo = words.some((word) => OF_PROCESS.has(word));
    const isOfProcess = isActing || isSaidTo || (meaning.isOfProcess && !strictly);
    if (words.some((word) => OF_TARGET.has(word)) !== (which === "target")) continue;
    const attribute = meaning.attribute === "name" && /[\\/]/.test(value) ? "path" : meaning.attribute;
    if (!isOfProcess && (which === "target" || !OF_ACCOUNT.has(attribute))) continue;
    const rank = meaning.rank - (isActing ? 100 : 0) + (meaning.attribute === attribute ? 0 : 10);
    if (rank >= (ranks.get(attribute) ?? Number.POSITIVE_INFINITY)) continue;
    ranks.set(attribute, rank);
    found[attribute] = value;
  }
  return found;
}

/** Words of files that are not what was made: the process's, and what a file was before it was moved. */
const NOT_MADE = new Set([...OF_PROCESS, ...ABOVE, ...ACTS, "source", "src"]);

const OF_ACCOUNT: ReadonlySet<Attribute> = new Set(["pid", "user", "domain"]);

/** A file that is none of the process, by names of which the first tell most. */
export function pathIn(said: readonly Said[], names: readonly RegExp[]): string | undefined {
  const paths = said.filter(({ words, value }) => /[\\/]/.test(value) && !words.some((word) => NOT_MADE.has(word)));
  for (const name of names) {
    const path = endingIn(paths, name);
    if (path !== undefined) return path;
  }
  return undefined;
}

const HIVE = /^(?:\\?registry\\|machine\\|user\\|computer\\hk|hk(?:lm|cu|u|cr|cc|ey_))/i;

/** A key is told by its value. */
export function keyIn(said: readonly Said[]): string | undefined {
  return said.find(({ value }) => HIVE.test(value))?.value;
}

/** Both ends of a connection. */
export function endsIn(said: readonly Said[]) {
  return {
    sourceIp: endingIn(said, /(?:^| )(?:local|source|src) (?:ip|address|addr|ip address)$|(?:^| )(?:saddr|sip)$/),
    sourcePort: endingIn(said, /(?:^| )(?:local|source|src) port$|(?:^| )sport$/),
    destinationIp: endingIn(said, DESTINATION_IP),
    destinationPort: endingIn(said, DESTINATION_PORT),
    destinationHost: endingIn(said, /(?:^| )(?:remote|destination|dest|dst) (?:host|host name|domain|fqdn)$/),
    protocol: endingIn(said, /(?:^| )(?:protocol|proto|transport)$/)?.toLowerCase(),
    url: endingIn(said, /(?:^| )url$/),
  };
}

/** Hashes of a file that is none of the process, as Sysmon writes them. */
export function hashesIn(said: readonly Said[]): string | undefined {
  const others = said.filter(({ words }) => !words.some((word) => NOT_MADE.has(word)));
  const parts = ["md5", "sha1", "sha256"].flatMap((name) => {
    const value = others.find(({ words }) => words[words.length - 1] === name)?.value;
    return value !== undefined && /^[0-9a-f]{32,64}$/i.test(value) ? [`${name.toUpperCase()}=${value}`] : [];
  });
  return parts.length === 0 ? undefined : parts.join(",");
}
