import type { Catalog } from "../../catalog/catalog.ts";
import type { CatalogEntry } from "../../catalog/types.ts";
import { classifyValue } from "../../cmdline/normal/classify.ts";
import { lookalikes } from "../../cmdline/normal/lookalikes.ts";
import { trimName } from "../../cmdline/normal/path.ts";
import type { Platform } from "../../model/event.ts";
import type { BinaryIdentity } from "../../model/invocation.ts";
import { baseName, glob } from "../glob.ts";
import { spreadOnWindows, spreadTo } from "./spread.ts";
import { type Twin, twinFolder, twinOf } from "./twins.ts";

export interface Candidate {
  readonly program: string | undefined;
  readonly image: string | undefined;
  readonly originalFileName: string | undefined;
  /** Id of the entry that the file is by its hash. */
  readonly knownAs?: string | undefined;
}

export interface Identified {
  readonly binary: BinaryIdentity;
  readonly entry: CatalogEntry | undefined;
  /** Where nobody knows the file: the program that its name is made to be read as. */
  readonly twin?: CatalogEntry | undefined;
}

/** Names of scripts and of files that stand for the program that opens them are no renames. */
function ownName(entry: CatalogEntry, file: string): boolean {
  const name = nameKey(file, entry.platform);
  if (withoutExe(entry.name) === name) return true;
  return [entry.name, ...entry.aliases, ...entry.originalNames].some((own) => glob(withoutExe(own), name));
}

const withoutExe = (name: string): string => (name.endsWith(".exe") ? name.slice(0, -4) : name);

/** Aliases by how files are compared, of an entry whose name they stand for. An address scheme is no file, and a script's aliases
 *  are what starts it. */
const aliasesOf = new WeakMap<CatalogEntry, ReadonlyMap<string, string>>();

function aliasIndex({ aliases, category, platform }: CatalogEntry): ReadonlyMap<string, string> {
  if (category === "script") return new Map();
  const files = aliases.filter((alias) => !alias.endsWith(":"));
  // The first alias of a name has it.
  return new Map(files.reverse().map((alias) => [nameKey(alias, platform), alias]));
}

const nameKey = (name: string, platform: Platform): string =>
  platform === "windows" ? withoutExe(name.toLowerCase()) : name;

/** The catalogue's name for the file: the entry's own, or the alias that the file bears. */
function nameOf(entry: CatalogEntry, file: string): string {
  if (entry.aliases.length === 0) return entry.name;
  let index = aliasesOf.get(entry);
  if (!index) {
    index = aliasIndex(entry);
    aliasesOf.set(entry, index);
  }
  return index.get(nameKey(file, entry.platform)) ?? entry.name;
}

const [ZERO, NINE, DASH, DOT] = [0x30, 0x39, 0x2d, 0x2e];

/** Begins where no longer one does, so that each number is looked at once. */
const VERSION = /(?:-|(?<!\d)\.|(?<![-.\d]))\d+(?:\.\d+)*$/;

/** Versioned interpreters: python3.11 is python, perl5.36.0 is perl. */
export function unversioned(name: string): string {
  const last = name.charCodeAt(name.length - 1);
  return last >= ZERO && last <= NINE ? name.replace(VERSION, "") : name;
}

/** What the kernel says of a file that is gone. */
const DELETED = " (deleted)";

/** The name of a file; quotes are none of it, nor what Windows leaves out at its end. */
function fileOf(path: string, platform: Platform): string {
  const name = baseName((path.includes('"') ? path.replaceAll('"', "") : path).trim());
  if (platform !== "windows") {
    // A shell that somebody has logged in to has a dash in front.
    const own = name.charCodeAt(0) === DASH ? name.replace(/^-(?=[a-z])/, "") : name;
    return own.endsWith(DELETED) ? own.slice(0, -DELETED.length) : own;
  }
  const isOdd = name.charCodeAt(name.length - 1) === DOT || (name.includes(":") && /:\$(?:DATA|data)$/.test(name));
  return isOdd ? name.slice(0, trimName(name.toLowerCase()).length) : name;
}

/** `C:reg.exe` lies in the drive's working directory, `notes.txt:reg.exe` in a stream of another file. */
const BEHIND_COLON = /^(?:[a-z]|.+\.\w+|.+(?=:[^:]+\.exe$)):([^:]+)$/i;

function byWindowsFile(catalog: Catalog, name: string): CatalogEntry | undefined {
  if (name.includes("~")) return catalog.byShortName(name);
  const last = name.includes(":") ? BEHIND_COLON.exec(name)?.[1] : undefined;
  return last === undefined ? undefined : catalog.byName(last, "windows");
}

/** Longest name of a file on any platform; nothing longer is in a catalogue. */
const MAX_NAME = 255;

function byFile(catalog: Catalog, name: string, platform: Platform): CatalogEntry | undefined {
  if (name === "" || name.length > MAX_NAME) return undefined;
  const found = catalog.byName(name, platform);
  if (found) return found;
  if (platform === "windows") return byWindowsFile(catalog, name);
  const bare = unversioned(name);
  return bare !== name && bare !== "" ? catalog.byName(bare, platform) : undefined;
}

/** How ps(1) shows threads of the kernel, which nobody starts. */
const KERNEL_THREAD = /^\[k?[\w:/.+-]{1,32}\]$/;

/** The right name made of the wrong letters, or the name of what is no program. */
function impostor(
  { program, image }: Candidate,
  path: string | undefined,
  twin: Twin | undefined,
  platform: Platform,
): string | undefined {
  if (platform !== "windows" && (image !== undefined || path?.startsWith("/"))) {
    const name = image === undefined ? baseName(path ?? "") : (program ?? "");
    if (name.startsWith("[") && KERNEL_THREAD.test(name))
      return `${name} is written to be read as a thread of the kernel`;
  }
  const found =
    twin ?? (path ? ((platform === "windows" ? twinFolder(path) : undefined) ?? lookalikes(path)[0]) : undefined);
  return found ? `${found.text} is written to be read as ${found.seenAs}` : undefined;
}

/** Of the kernel's own making: a file in memory, what an open descriptor or another process leads to. */
const IN_MEMORY = /^\/?memfd:|^\/proc\/(?:self|thread-self|\d+)\/(?:fd\/\d+|exe)$|^\/dev\/fd\/\d+$/;
/** Gone from where no package puts programs; what an update replaced goes on with its old file, too. */
const GONE = /^\/(?:(?:var\/)?tmp|dev|run|proc)\/.* \(deleted\)$/;

/** The entry of programs that stand in no file. */
const filelessEntry = (catalog: Catalog, path: string | undefined, platform: Platform): CatalogEntry | undefined =>
  platform === "linux" && path !== undefined && (IN_MEMORY.test(path) || (path.endsWith(DELETED) && GONE.test(path)))
    ? catalog.byName("memfd", platform)
    : undefined;

type Made = { -readonly [K in keyof BinaryIdentity]: BinaryIdentity[K] };

/** What is known of the file itself. Written out: what is spread over or grows is slow to make and to read on Node 20. */
function fileIdentity(
  name: string,
  path: string | undefined,
  originalName: string | undefined,
  renamed: boolean,
  platform: Platform,
): Made {
  if (path !== undefined && originalName !== undefined) return { name, path, originalName, renamed, platform };
  if (path !== undefined) return { name, path, renamed, platform };
  return originalName === undefined ? { name, renamed, platform } : { name, originalName, renamed, platform };
}

/** The name by which one file of many programs, which is the image's, was started, where that is not its own. */
function appletOf(entry: CatalogEntry | undefined, program: string | undefined, platform: Platform) {
  if (!entry?.multicall || program === undefined || platform === "windows") return undefined;
  const name = fileOf(program, platform);
  return name !== "" && !ownName(entry, name) ? name : undefined;
}

/** The entry that a file is by its hash, where its name says nothing, or lies outside of where programs are installed. */
function byHash(catalog: Catalog, candidate: Candidate, named: CatalogEntry | undefined, platform: Platform) {
  const { knownAs, image } = candidate;
  const entry = knownAs === undefined ? undefined : catalog.byId(knownAs);
  if (entry === undefined || entry === named) return undefined;
  const isLoose = classifyValue(image ?? "", platform).directoryClass !== "system";
  return named === undefined || isLoose ? entry : undefined;
}

/** Who runs where the line alone tells. */
export function fittedAs(
  { path, originalName, platform, impostor }: BinaryIdentity,
  { name, id }: CatalogEntry,
): BinaryIdentity {
  const binary = fileIdentity(name, path, originalName, true, platform);
  if (impostor !== undefined) binary.impostor = impostor;
  binary.entry = id;
  binary.by = "behaviour";
  return binary;
}

const spreadOf = (catalog: Catalog, program: string, platform: Platform): string | undefined =>
  platform === "windows" ? spreadOnWindows(catalog, program) : spreadTo(catalog, program);

/** Says who runs: by original file name, then the file's hash, then the image's name, then the name on the command line. */
export function identify(catalog: Catalog, candidate: Candidate, platform: Platform): Identified {
  const { program, image, originalFileName } = candidate;
  const path = image ?? program;
  const pathFile = fileOf(path ?? "", platform);
  const pathEntry = image ? byFile(catalog, pathFile, platform) : undefined;
  const applet = appletOf(pathEntry, program, platform);
  const file = applet ?? pathFile;
  const imageEntry = applet === undefined ? pathEntry : byFile(catalog, applet, platform);
  const original = originalFileName ? catalog.byOriginalName(originalFileName) : undefined;
  const hashed = original || applet !== undefined ? undefined : byHash(catalog, candidate, imageEntry, platform);
  // A log that has an original file name which is not the catalogue's still counts less than nothing known:
  // vendors leave it empty or wrong, so the file's own name is asked next.
  // A file that bears its original name is that program, whatever the first word of its line says.
  const itself = image && originalFileName && nameKey(file, platform) === nameKey(originalFileName, platform);
  const fileless = filelessEntry(catalog, path, platform);
  const spread = image === undefined ? spreadOf(catalog, program ?? "", platform) : undefined;
  const called = () => spread ?? fileOf(program ?? "", platform);
  const entry =
    fileless ?? original ?? hashed ?? imageEntry ?? (itself ? undefined : byFile(catalog, called(), platform));
  const by = original ? "originalFileName" : hashed ? "hash" : imageEntry ? "image" : entry ? "argv0" : undefined;
  const twin = entry === undefined && platform === "windows" ? twinOf(catalog, file) : undefined;
  const disguise = impostor(candidate, path, twin, platform);
  const renamed =
    (by === "originalFileName" || by === "hash") && entry !== undefined && file !== "" && !ownName(entry, file);
  const own = renamed ? (originalFileName ?? "") : imageEntry || original ? file : called();
  const name = entry && entry !== fileless ? nameOf(entry, own) : platform === "windows" ? file.toLowerCase() : file;
  const bare = path?.startsWith('"') ? path.replace(/^"(.*)"$/, "$1") : path;
  const binary = fileIdentity(name, path === "" ? undefined : bare, originalFileName, renamed, platform);
  if (entry !== undefined) binary.entry = entry.id;
  if (by !== undefined) binary.by = by;
  if (disguise !== undefined) binary.impostor = disguise;
  return { entry, binary, twin: twin?.entry };
}
