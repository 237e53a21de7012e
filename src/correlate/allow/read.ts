import type { Catalog } from "../../catalog/catalog.ts";
import { MAX_PROBLEMS, type Problem, problemAt, type Source, told } from "../../catalog/problem.ts";
import type { Behaviour } from "../../catalog/types.ts";
import { identity } from "../../cmdline/normal/identity.ts";
import { WhatranError } from "../../errors.ts";
import { shortHost } from "../../model/host.ts";
import { didYouMean } from "../../model/nearest.ts";
import type { AllowEntry } from "./entry.ts";
import { isAbsolute, isOpen } from "./folder.ts";

const TEXTS = ["id", "binary", "behaviour", "signer", "directory", "parent", "reason", "author", "expires"] as const;
const LISTS = ["sha256", "hosts", "users"] as const;
type Name = (typeof TEXTS)[number] | (typeof LISTS)[number];
const NAMES: readonly string[] = [...TEXTS, ...LISTS];
const NEEDED = ["id", "binary", "behaviour", "reason", "author", "expires"] as const;

const MAX_ENTRIES = 10_000;
const DAY = 86_400_000;
/** Who signs the system itself: the signer alone would allow every library of Windows. */
const SYSTEM_SIGNER = /^microsoft\b/i;
const WILD = /[*?%]|\$\{|\$\(/;

type Complain = (name: Name | undefined, message: string) => void;
type Fields = Partial<Record<Name, unknown>>;
type Groups = ReadonlyMap<string, readonly string[]>;

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === "string" && one.trim() !== "");

/** A text, or undefined after a complaint. Dates of YAML come as text, as no other schema is asked for. */
function textOf(fields: Fields, name: Name, complain: Complain): string | undefined {
  const value = fields[name];
  if (value === undefined) return undefined;
  if (typeof value === "string" && value.trim() !== "") return value.trim();
  complain(name, `${name} must be a text`);
  return undefined;
}

function listOf(fields: Fields, name: Name, groups: Groups, complain: Complain): readonly string[] | undefined {
  const value = fields[name];
  if (value === undefined) return undefined;
  const list = typeof value === "string" ? (groups.get(value) ?? [value]) : value;
  if (isTexts(list)) return list.map((one) => one.trim().toLowerCase());
  complain(name, `${name} must be a text, the name of a group, or a list of texts that is not empty`);
  return undefined;
}

/** Whether the behaviour names a file that an entry could know. */
const namesFile = ({ bindings }: Behaviour) => bindings.some(({ role }) => role === "runs" || role === "fetches");

function checkFacts(entry: Omit<AllowEntry, "expires">, behaviour: Behaviour, complain: Complain): void {
  const { sha256, signer, directory, parent } = entry;
  const { floor } = behaviour;
  const platform = entry.binary.startsWith("windows/") ? "windows" : "linux";
  if (floor && floor.when.length === 0)
    complain("behaviour", `“${behaviour.title}” is never normal (floor ${floor.level}): no entry may hide it`);
  for (const hash of sha256)
    if (!/^[0-9a-f]{64}$/.test(hash)) complain("sha256", "sha256 must have 64 hexadecimal digits");
  if (directory !== undefined) {
    if (!isAbsolute(directory))
      complain("directory", "directory must be a whole path, from its drive, server or root on");
    else if (/<(?!user>|version>)/.test(directory))
      complain("directory", "only <user> and <version> may stand for the name of a folder");
    else if (sha256.length === 0 && signer === undefined && isOpen(directory, platform))
      complain("directory", "anybody can put a file there: name its signer or its sha256 as well");
  }
  if (signer !== undefined && SYSTEM_SIGNER.test(signer) && directory === undefined && sha256.length === 0)
    complain("signer", "this signs most of Windows: name the directory as well");
  if (parent !== undefined && !isAbsolute(parent))
    complain("parent", "parent must be the whole path of a program; a bare name can be anybody's");
  const known = sha256.length > 0 || signer !== undefined || directory !== undefined;
  if (!known && namesFile(behaviour))
    complain(undefined, "the entry would hide whatever is run this way: name its sha256, its signer or its directory");
  if (!known && !namesFile(behaviour) && (parent === undefined || isOpen(parent.slice(0, -1), platform)))
    complain(undefined, "name the parent, by a path where only administrators put programs");
  if (known && !namesFile(behaviour))
    complain(undefined, `“${behaviour.title}” runs no file: name the parent instead of a file`);
}

/** The last day on which an entry holds, to its end in UTC. */
function expiryOf(text: string, complain: Complain): number {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  const isDay = !Number.isNaN(day) && new Date(day).toISOString().startsWith(text);
  if (!isDay) complain("expires", "expires must be a day such as 2027-03-31");
  return day + DAY - 1;
}

function readEntry(fields: Fields, place: { file: string; line: number }, context: Context, complain: Complain) {
  const { catalog, groups } = context;
  const texts = Object.fromEntries(TEXTS.map((name) => [name, textOf(fields, name, complain)]));
  const { id, binary, behaviour: short, reason, author, expires: until, signer, directory, parent } = texts;
  for (const name of NEEDED) if (fields[name] === undefined) complain(undefined, `the entry lacks ${name}`);
  for (const name of [...LISTS, "binary", "behaviour", "signer", "directory", "parent"] as const)
    if ([fields[name]].flat().some((one) => typeof one === "string" && WILD.test(one)))
      complain(name, `${name} is compared whole: wildcards and variables would let others in`);
  if (!id || !binary || !short || !reason || !author || !until) return undefined;
  const known = catalog.byId(binary.toLowerCase()) ?? catalog.byName(binary.toLowerCase());
  if (!known) complain("binary", `the catalogue has no “${binary}”`);
  const behaviour = known?.behaviours.find((one) => one.id === short || one.id === `${known.id}/${short}`);
  if (known && !behaviour)
    complain("behaviour", `“${known.id}” has no behaviour “${short}”; whatran catalog show ${known.name} lists them`);
  const expires = expiryOf(until, complain);
  const sha256 = listOf(fields, "sha256", new Map(), complain) ?? [];
  const hosts = listOf(fields, "hosts", groups, complain)?.map((host) => shortHost(host));
  const users = listOf(fields, "users", groups, complain);
  if (!known || !behaviour) return undefined;
  const entry: AllowEntry = {
    id,
    ...place,
    binary: known.id,
    behaviour: behaviour.id,
    sha256,
    ...(signer !== undefined && { signer: signer.toLowerCase() }),
    ...(directory !== undefined && { directory: identity(directory, known.platform).replace(/[\\/]+$/, "") }),
    ...(parent !== undefined && { parent: identity(parent, known.platform) }),
    ...(hosts && { hosts }),
    ...(users && { users }),
    reason,
    author,
    expires,
  };
  checkFacts(entry, behaviour, complain);
  return entry;
}

interface Context {
  readonly catalog: Catalog;
  readonly groups: Groups;
}

function groupsOf(value: unknown, complain: (name: string, message: string) => void): Groups {
  const groups = new Map<string, readonly string[]>();
  if (typeof value !== "object" || value === null) return groups;
  for (const [name, list] of Object.entries(value))
    if (isTexts(list)) groups.set(name, list);
    else complain(name, "a group is a list of names that is not empty");
  return groups;
}

/** What an entry matches by, for comparison with another. */
const factsOf = ({ behaviour, sha256, signer, directory, parent, hosts, users }: AllowEntry) =>
  JSON.stringify([behaviour, sha256.toSorted(), signer, directory, parent, hosts?.toSorted(), users?.toSorted()]);

/** Entries that hold, by what another one must not have as well. */
class Accepted {
  readonly entries: AllowEntry[] = [];
  readonly #ids = new Map<string, AllowEntry>();
  readonly #facts = new Map<string, AllowEntry>();

  /** Why an entry contradicts one of these; undefined where it does not. */
  contradiction(entry: AllowEntry): string | undefined {
    const at = (other: AllowEntry) => `${other.file}:${other.line}`;
    const twin = this.#ids.get(entry.id);
    if (twin) return `the id “${entry.id}” stands at ${at(twin)}, too`;
    const same = this.#facts.get(factsOf(entry));
    return same && `the entry at ${at(same)} has the same facts: which reason and expiry hold?`;
  }

  add(entry: AllowEntry): void {
    this.entries.push(entry);
    this.#ids.set(entry.id, entry);
    this.#facts.set(factsOf(entry), entry);
  }
}

/** What is wrong in a file, and the entries that hold with it: its own, and those of other files, which it must not contradict. */
export function readAllowFile(
  source: Source,
  catalog: Catalog,
  accepted = new Accepted(),
): { readonly entries: readonly AllowEntry[]; readonly problems: readonly Problem[] } {
  if (source.problems.length > 0) return { entries: [], problems: source.problems };
  const problems: Problem[] = [];
  const wrong = (path: (string | number)[], message: string, key = false) => {
    if (problems.length < MAX_PROBLEMS) problems.push(problemAt(source, path, message, key));
  };
  const { data, file } = source;
  for (const key of Object.keys(data))
    if (key !== "allow" && key !== "groups")
      wrong([key], `there is no “${key}” here; there are groups and allow`, true);
  const groups = groupsOf(data.groups, (name, message) => wrong(["groups", name], message));
  const list = Array.isArray(data.allow) ? data.allow : [];
  if (!Array.isArray(data.allow)) wrong(["allow"], "allow must be a list of entries");
  if (list.length > MAX_ENTRIES) wrong(["allow"], `there are more than ${MAX_ENTRIES} entries`);
  for (const [index, fields] of list.slice(0, MAX_ENTRIES).entries()) {
    const before = problems.length;
    if (before === MAX_PROBLEMS) break;
    const complain: Complain = (name, message) =>
      wrong(name === undefined ? ["allow", index] : ["allow", index, name], message);
    if (typeof fields !== "object" || fields === null) {
      complain(undefined, "an entry is a map of facts");
      continue;
    }
    for (const key of Object.keys(fields))
      if (!NAMES.includes(key))
        wrong(
          ["allow", index, key],
          `an entry has no “${key}”; it has ${NAMES.join(", ")}${didYouMean(key, NAMES)}`,
          true,
        );
    const { line } = problemAt(source, ["allow", index], "");
    const entry = readEntry(fields as Fields, { file, line }, { catalog, groups }, complain);
    const clash = entry && accepted.contradiction(entry);
    if (clash) complain("id", clash);
    if (entry && problems.length === before) accepted.add(entry);
  }
  return { entries: accepted.entries, problems };
}

/**
 * The entries of allow-lists.
 * @throws WhatranError `allow/refused` naming file, line and column where one of them could hide what it must not
 */
export function readAllowFiles(sources: readonly Source[], catalog: Catalog): readonly AllowEntry[] {
  const accepted = new Accepted();
  for (const source of sources) {
    const { problems } = readAllowFile(source, catalog, accepted);
    if (problems.length > 0) throw new WhatranError("allow/refused", problems.map(told).join("\n"));
  }
  return accepted.entries;
}
