import { type Behaviour, type Contents, USUAL } from "../../catalog/types.ts";
import type { Platform } from "../../model/event.ts";
import { type Payload, resolvedOf } from "../../model/payload.ts";
import { baseName, Glob, glanceFor } from "../glob.ts";
import { TELLING_FILES, type TellingFile } from "./files.ts";

type Side = Exclude<Platform, "macos">;

/** One of the files with its patterns made ready. */
interface Ready {
  readonly file: TellingFile;
  readonly categories: readonly string[] | undefined;
  readonly renamed: boolean;
  readonly reads: readonly Glob[] | undefined;
  readonly writes: readonly Glob[] | undefined;
  readonly fetches: readonly Glob[] | undefined;
  readonly except: readonly Glob[];
  readonly says: RegExp | undefined;
}

const ready = (pattern: string) => new Glob(pattern);

const readyOf = (platform: Side): readonly Ready[] =>
  TELLING_FILES.filter((file) => file.platform === platform).map((file) => ({
    file,
    categories: file.categories,
    renamed: file.renamed === true,
    reads: file.reads?.map(ready),
    writes: file.writes?.map(ready),
    fetches: file.fetches?.map(ready),
    except: (file.except ?? []).map(ready),
    says: file.says === undefined ? undefined : new RegExp(file.says, "m"),
  }));

const READY = { windows: readyOf("windows"), linux: readyOf("linux") } as const;

const sideOf = (platform: Platform): Side => (platform === "windows" ? "windows" : "linux");

/** Texts that cannot be missing where one of the files is meant: most paths are told by them at once. */
function glance(platform: Side, role: "reads" | "writes" | "fetches"): RegExp {
  const patterns = TELLING_FILES.filter((file) => file.platform === platform).flatMap((file) => file[role] ?? []);
  return glanceFor(patterns, platform === "windows" ? "i" : "");
}

const GLANCES = {
  windows: {
    reads: glance("windows", "reads"),
    writes: glance("windows", "writes"),
    fetches: glance("windows", "fetches"),
  },
  linux: { reads: glance("linux", "reads"), writes: glance("linux", "writes"), fetches: glance("linux", "fetches") },
} as const;

const mayTell = (payloads: readonly Payload[], pattern: RegExp | undefined): boolean => {
  if (pattern === undefined) return false;
  for (const { value, resolved } of payloads)
    if (pattern.test(value) || (resolved !== undefined && pattern.test(resolved))) return true;
  return false;
};

const anyFits = (patterns: readonly Glob[], folded: string, resolved: string): boolean => {
  for (const one of patterns) if (one.fits(resolved) || (folded !== resolved && one.fits(folded))) return true;
  return false;
};

const NO_NAMES: readonly string[] = [];

/** The files of a role that a pattern means, by the names under which they were tested. */
function meant(
  payloads: readonly Payload[],
  patterns: readonly Glob[],
  except: readonly Glob[],
  platform: Side,
): readonly string[] {
  let names: string[] | undefined;
  for (const payload of payloads) {
    const resolved = resolvedOf(payload);
    const folded = platform === "windows" ? payload.value.toLowerCase() : payload.value;
    if (!anyFits(patterns, folded, resolved) || anyFits(except, folded, resolved)) continue;
    names ??= [];
    names.push(resolved);
  }
  return names ?? NO_NAMES;
}

interface Roles {
  readonly reads: readonly Payload[];
  readonly writes: readonly Payload[];
  readonly fetches: readonly Payload[];
  /** The text that is written, where it is known. */
  readonly text?: string | undefined;
}

const NO_PATTERNS: readonly Glob[] = [];

function tells(ready: Ready, category: string, { reads, writes, fetches, text }: Roles, platform: Side): boolean {
  const { categories, except, says } = ready;
  if (categories && !categories.includes(category)) return false;
  const read = ready.reads && meant(reads, ready.reads, ready.writes ? NO_PATTERNS : except, platform);
  if (read?.length === 0) return false;
  const written = ready.writes && meant(writes, ready.writes, except, platform);
  if (written?.length === 0) return false;
  if (ready.fetches && meant(fetches, ready.fetches, except, platform).length === 0) return false;
  if (says && (text === undefined || !says.test(text))) return false;
  if (!ready.renamed) return true;
  const kept = new Set(read?.map(baseName));
  return written?.every((name) => !kept.has(baseName(name))) ?? false;
}

/** Behaviours as certain files make them, by those files. */
const known = new WeakMap<Behaviour, Map<string, Behaviour>>();

/**
 * A behaviour in the light of the files that it reads and writes: with their techniques, and at least as seldom innocent as they are.
 * The behaviour itself where they tell nothing.
 */
export function toldByFiles(behaviour: Behaviour, roles: Roles, platform: Platform): Behaviour {
  const side = sideOf(platform);
  const glances = GLANCES[side];
  const writes = mayTell(roles.writes, glances.writes);
  const reads = mayTell(roles.reads, glances.reads);
  const fetches = mayTell(roles.fetches, glances.fetches);
  if (!writes && !reads && !fetches) return behaviour;
  const ready = READY[side].filter(
    (one) =>
      (writes || !one.writes) &&
      (reads || !one.reads) &&
      (fetches || !one.fetches) &&
      tells(one, behaviour.category, roles, side),
  );
  if (ready.length === 0) return behaviour;
  const files = ready.map(({ file }) => file);
  const variants = known.get(behaviour) ?? new Map<string, Behaviour>();
  known.set(behaviour, variants);
  const key = files.map(({ id }) => id).join();
  const made = variants.get(key) ?? inTheLightOf(behaviour, files);
  variants.set(key, made);
  return made;
}

function inTheLightOf(behaviour: Behaviour, files: readonly TellingFile[]): Behaviour {
  const rank = ({ usual }: Pick<Behaviour, "usual">) => USUAL.indexOf(usual);
  const gravest = files.reduce((one, other) => (rank(other) > rank(one) ? other : one));
  const techniques = [...new Set([...files.flatMap((file) => file.techniques), ...behaviour.techniques])];
  const { title, usual } = rank(gravest) >= rank(behaviour) ? gravest : behaviour;
  const isGraver = rank(gravest) > rank(behaviour) && rank(gravest) >= USUAL.indexOf("rare");
  return { ...behaviour, title, usual, techniques, wrapper: false, ...(isGraver && { graver: true as const }) };
}

/** How the text that is written to a file will be carried out; undefined for files that only are there. */
export function carriedOutAs(file: Payload, platform: Platform): Contents | "byName" | undefined {
  const side = sideOf(platform);
  if (!mayTell([file], GLANCES[side].writes)) return undefined;
  return READY[side].find(
    ({ file: { contents }, writes = NO_PATTERNS, except }) =>
      contents !== undefined && meant([file], writes, except, side).length > 0,
  )?.file.contents;
}
