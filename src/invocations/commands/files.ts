import { isDisguise } from "../../cmdline/normal/disguise.ts";
import { usual } from "../../cmdline/normal/environment.ts";
import { wholeName } from "../../cmdline/normal/folder.ts";
import { identity } from "../../cmdline/normal/identity.ts";
import { hostOf } from "../../cmdline/normal/reach.ts";
import type { Platform } from "../../model/event.ts";
import { withOne } from "../../model/list.ts";
import { baseName, glob } from "../glob.ts";
import { Archives } from "./archives.ts";
import { isOutside, joinedBy, within } from "./outside.ts";

/** Where the content of a file comes from that a line makes; `encoded`: it stands on the line in a form that nobody reads. */
type Made = "fetched" | "decoded" | "encoded";

/** A file that the line itself has made. */
export interface Written {
  /** Its path, in the form in which paths are compared. */
  readonly file: string;
  readonly text: string | undefined;
  /** The file of which it is a copy. */
  readonly from: string | undefined;
}

/** A file that the line has made, as long as nobody has asked for any of them. */
interface Making {
  readonly file: string;
  readonly of: Made;
  readonly from: string;
  /** The folder that the text worked in then. */
  readonly folder: string | undefined;
}

interface Copy {
  readonly from: string;
  readonly to: string;
}

const NO_COPIES: readonly Copy[] = [];

/** Most files of one folder that are read where a program is given the folder. */
const MAX_WITHIN = 32;

/** Endings that Windows adds to a name in turn. */
const ENDINGS = usual("PATHEXT")?.toLowerCase().split(";") ?? [];

/** What every program begins with: nobody types it but to make one of pieces, or of a form that something has to decode. */
const beginning = (platform: Platform): string => (platform === "windows" ? "MZ" : "\x7fELF");

/** A file of the folder that the text works in, by a name with an ending. */
const NAMED = /^(?:\.\\)?[^\\/:]{1,128}\.\w{1,4}$/;

const ABSOLUTE = /^(?:[\\/~$%]|[a-z]:)/i;

/** What is put into a folder keeps its name; what a folder of a share holds is put into the folder itself. */
const inside = (to: string, name: string, isFolder = false): string => {
  if (!/[\\/]$/.test(to)) return to;
  return isFolder ? to.slice(0, -1) : to + name;
};

const isShare = (address: string): boolean => address.startsWith("\\\\");

/** The name under which what an address brings is kept. */
export const nameFetched = (address: string): string => baseName(address.replace(/[?#].*$/s, ""));

/** What a text does to files, for the commands of the same text that come later. */
export class Files {
  /** The folder that the text works in, as far as its own words tell. */
  folder: string | undefined;
  readonly #platform: Platform;
  /** Made for the first file that is written: most lines write none. */
  #written: Map<string, string> | undefined;
  /** Those of them whose last line has not ended yet. */
  #unended: Set<string> | undefined;
  /** Copies that the line itself makes, in their order. */
  #copies: readonly Copy[] = NO_COPIES;
  /** What the line makes, by kind and path, with the address that each comes from, where it is known. */
  #made: Map<string, string> | undefined;
  /** What of it is not in there yet: most lines end before anybody asks. */
  #makings: Making[] | undefined;
  readonly #archives: Archives;
  /** Folders of machines elsewhere that the line joins to letters of drives. */
  #drives: Map<string, string> | undefined;
  /** Files whose texts are being read. */
  #open: Set<string> | undefined;

  constructor(platform: Platform) {
    this.#platform = platform;
    this.#archives = new Archives(platform);
  }

  /**
   * The line itself puts literal text into a file: `echo … > x.js && wscript x.js`.
   * @param appends behind what is there already
   * @param isEnded whether a line ends behind it: what `printf` and `set /p` write goes on with what is written next
   */
  write(file: string, text: string, appends: boolean, isEnded = true): void {
    const key = this.#key(file);
    this.#written ??= new Map();
    const before = appends ? (this.#written.get(key) ?? "") : "";
    this.#written.set(key, `${this.#unended?.has(key) ? before.slice(0, -1) : before}${text}\n`);
    if (!isEnded) {
      this.#unended ??= new Set();
      this.#unended.add(key);
    } else this.#unended?.delete(key);
    if (text.startsWith(beginning(this.#platform))) this.make(file, "decoded");
  }

  /** What the line itself has written into a file so far. */
  writtenTo(file: string): string | undefined {
    return this.#written?.get(this.#key(file));
  }

  /** Whether the line has written or copied anything so far. */
  get hasWritten(): boolean {
    return this.#written !== undefined || this.#copies.length > 0;
  }

  /** Whether the line has fetched or decoded anything so far. */
  get hasMade(): boolean {
    const made = [this.#makings, this.#made, this.#drives].some((one) => one !== undefined) || !this.#archives.isNone;
    return made || (this.#platform === "windows" && this.folder !== undefined && isOutside(this.folder));
  }

  /** The files in a folder, as far as the line has written or copied them there. @param wanted globs on their paths within it */
  within(name: string, wanted: readonly string[]): readonly Written[] {
    const key = this.#key(name);
    const folder = key === "" || key === "." ? "" : key.replace(/[\\/]$/, "") + this.#separator;
    const lies = (file: string) =>
      file.startsWith(folder) &&
      (folder !== "" || !ABSOLUTE.test(file)) &&
      wanted.some((pattern) => glob(pattern, file.slice(folder.length)));
    const found: Written[] = [];
    for (const [file, text] of this.#written ?? []) if (lies(file)) found.push({ file, text, from: undefined });
    for (const { from, to } of this.#copies) {
      const file = this.#key(to);
      if (lies(file)) found.push({ file, text: undefined, from });
    }
    return found.slice(0, MAX_WITHIN);
  }

  /**
   * The file that a program's name means: on Windows with the first ending under which the line has made one; a bare one of Linux means
   * that which the line has put where programs are looked for.
   */
  program(name: string): string | undefined {
    if (this.#platform === "windows")
      return name + (["", ...ENDINGS].find((ending) => this.#makes(name + ending)) ?? "");
    if (name.includes("/")) return name;
    const made = [...(this.#known?.keys() ?? [])].map((key) => key.slice(key.indexOf(" ") + 1));
    const copies = this.#copies.map(({ to }) => this.#key(to));
    const lies = (file: string) => file.endsWith(`bin/${name}`) && ABSOLUTE.test(file);
    return [...(this.#written?.keys() ?? []), ...made, ...copies].find(lies);
  }

  #makes(file: string): boolean {
    const key = this.#key(file);
    const known = this.#known;
    const isMade = known?.has(`fetched ${key}`) || known?.has(`decoded ${key}`) || this.#written?.has(key);
    return isMade || this.copied(file) !== undefined;
  }

  /** Reads with a file that is being read no more than once at a time: one that starts itself says nothing new. */
  reading<T>(file: string, read: () => T): T | undefined {
    const key = this.#key(file);
    this.#open ??= new Set();
    if (this.#open.has(key)) return undefined;
    this.#open.add(key);
    const value = read();
    this.#open.delete(key);
    return value;
  }

  /** The line itself copies or links a file; what it has written goes with it. */
  copy(from: string, to: string): void {
    const text = this.writtenTo(from);
    const target = inside(to, baseName(from));
    if (text !== undefined) this.write(target, text.slice(0, -1), false);
    else this.#written?.delete(this.#key(target));
    this.#copies = [...this.#copies, { from, to }];
    for (const of of ["fetched", "decoded", "encoded"] as const) {
      const origin = this.origin(from, of) ?? (of === "fetched" ? this.unpacked(from) : undefined);
      if (origin !== undefined) this.make(target, of, origin);
    }
  }

  /** The file of which another one is a copy that the line has made. */
  copied(file: string): string | undefined {
    if (this.#copies.length === 0) return undefined;
    const same = this.#key(file);
    return this.#copies.findLast(({ from, to }) => {
      const name = baseName(from);
      return [to, `${to}${this.#separator}${name}`].some((path) => this.#key(path) === same);
    })?.from;
  }

  /** The file of which the line has made a program that does not look like one. Only Windows goes by the ending of a name. */
  disguised(program: string): string | undefined {
    if (this.#platform !== "windows") return undefined;
    const original = this.copied(program);
    return original !== undefined && isDisguise(program, baseName(original)) ? original : undefined;
  }

  /** The line itself makes a file of what it fetches or decodes. */
  make(file: string, of: Made, from = ""): void {
    const name = nameFetched(from);
    const isFolder = isShare(from) && (!name.includes(".") || /[*?]/.test(name));
    this.#makings = withOne(this.#makings, { file: inside(file, name, isFolder), of, from, folder: this.folder });
  }

  /** All that the line has made so far. Of several addresses that may bring a file, one that names its machine says more. */
  get #known(): ReadonlyMap<string, string> | undefined {
    const makings = this.#makings;
    if (makings === undefined) return this.#made;
    this.#makings = undefined;
    this.#made ??= new Map();
    for (const { file, of, from, folder } of makings) {
      const key = `${of} ${this.#keyIn(folder, file)}`;
      if (hostOf(from) === undefined && hostOf(this.#made.get(key) ?? "") !== undefined) continue;
      this.#made.set(key, from);
    }
    return this.#made;
  }

  /** Where that comes from of which the line itself has made a file; empty where nobody knows, undefined where it has made none. */
  origin(file: string, of: Made): string | undefined {
    const known = this.#known?.get(`${of} ${this.#key(file)}`);
    return known ?? (of === "fetched" ? (this.#broughtWithin(file) ?? this.onDrive(file)) : undefined);
  }

  /** Where a file comes from in a folder that the line has brought from a share: as a whole, or a file of it under the name that it had. */
  #broughtWithin(file: string): string | undefined {
    const key = this.#key(file);
    const folder = key.slice(0, -baseName(key).length).replace(/[\\/]$/, "");
    const from = folder === "" ? undefined : this.#known?.get(`fetched ${folder}`);
    const [, share, last = ""] = /^(.*?)[\\/]([^\\/]*)$/s.exec(from ?? "") ?? [];
    if (from === undefined || share === undefined || !isShare(from)) return undefined;
    if (/[*?]/.test(last)) return within(share, baseName(file));
    if (identity(last, this.#platform) === baseName(key)) return from;
    return last.includes(".") ? undefined : within(from, baseName(file));
  }

  /** The line joins what lies on another machine to a name of this one. */
  noteDrive(name: string, args: readonly string[]): void {
    const joined = joinedBy(name, args);
    if (joined === undefined || !isOutside(joined.address)) return;
    this.#drives ??= new Map();
    this.#drives.set(joined.name.toLowerCase(), joined.address);
  }

  /** Where that lies which the line has joined to a name, or gone to; undefined for all others. */
  onDrive(file: string): string | undefined {
    for (const [name, address] of this.#drives ?? [])
      if (file.toLowerCase().startsWith(`${name}\\`)) return within(address, file.slice(name.length + 1));
    const { folder } = this;
    const isThere = this.#platform === "windows" && folder !== undefined && NAMED.test(file) && isOutside(folder);
    return isThere ? within(folder, file.replace(/^\.\\/, "")) : undefined;
  }

  /** The line itself unpacks an archive. */
  unpack(archive: string): void {
    this.#archives.unpack(archive, this.origin(archive, "fetched"));
  }

  /** The line unpacks an archive as it comes from an address. */
  unpackFrom(address: string): void {
    this.#archives.unpack("", address);
  }

  /** Where the archive comes from out of which a program may be that the line has fetched and unpacked. */
  unpacked(program: string): string | undefined {
    return this.#archives.fetched(program, this.#key(program));
  }

  /** The archive of this machine out of which a program may be that the line has unpacked. */
  opened(program: string): string | undefined {
    return this.#archives.lying(program);
  }

  get #separator(): string {
    return this.#platform === "windows" ? "\\" : "/";
  }

  /** A file of the working directory is the same with and without a dot, or its folder, in front. */
  #key(file: string): string {
    return this.#keyIn(this.folder, file);
  }

  #keyIn(folder: string | undefined, file: string): string {
    const name = identity(file.replace(/^\.[\\/]+/, ""), this.#platform);
    if (folder === undefined || ABSOLUTE.test(name)) return name;
    return identity(wholeName(folder, name, this.#platform), this.#platform);
  }
}
