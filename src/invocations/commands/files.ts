import { isDisguise } from "../../cmdline/normal/disguise.ts";
import { usual } from "../../cmdline/normal/environment.ts";
import type { Platform } from "../../model/event.ts";
import { baseName, glob } from "../glob.ts";
import { Archives } from "./archives.ts";
import { Drives, inFolderOutside, joinedOutside } from "./drives.ts";
import { fileKey, inside, isAbsolute } from "./file-key.ts";
import { type Made, MadeFiles } from "./made-files.ts";
import { isOutside } from "./outside.ts";

/** A file that the line itself has made. */
export interface Written {
  /** Its path, in the form in which paths are compared. */
  readonly file: string;
  readonly text: string | undefined;
  /** The file of which it is a copy. */
  readonly from: string | undefined;
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
  readonly #made: MadeFiles;
  readonly #archives: Archives;
  #drives: Drives | undefined;
  /** Files whose texts are being read. */
  #open: Set<string> | undefined;

  constructor(platform: Platform) {
    this.#platform = platform;
    this.#made = new MadeFiles(platform);
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
    const made = !this.#made.isNone || this.#drives !== undefined || !this.#archives.isNone;
    return made || (this.#platform === "windows" && this.folder !== undefined && isOutside(this.folder));
  }

  /** The files in a folder, as far as the line has written or copied them there. @param wanted globs on their paths within it */
  within(name: string, wanted: readonly string[]): readonly Written[] {
    const key = this.#key(name);
    const folder = key === "" || key === "." ? "" : key.replace(/[\\/]$/, "") + this.#separator;
    const lies = (file: string) =>
      file.startsWith(folder) &&
      (folder !== "" || !isAbsolute(file)) &&
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
    const copies = this.#copies.map(({ to }) => this.#key(to));
    const lies = (file: string) => file.endsWith(`bin/${name}`) && isAbsolute(file);
    return [...(this.#written?.keys() ?? []), ...this.#made.files, ...copies].find(lies);
  }

  #makes(file: string): boolean {
    const key = this.#key(file);
    return this.#made.isProgram(key) || this.#written?.has(key) === true || this.copied(file) !== undefined;
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
    this.#made.make(file, of, from, this.folder);
  }

  /** Where that comes from of which the line itself has made a file; empty where nobody knows, undefined where it has made none. */
  origin(file: string, of: Made): string | undefined {
    const key = this.#key(file);
    const known = this.#made.origin(key, of);
    return known ?? (of === "fetched" ? (this.#made.broughtWithin(key, file) ?? this.onDrive(file)) : undefined);
  }

  /** The line joins what lies on another machine to a name of this one. */
  noteDrive(name: string, args: readonly string[]): void {
    const joined = joinedOutside(name, args);
    if (joined === undefined) return;
    this.#drives ??= new Drives();
    this.#drives.join(joined);
  }

  /** Where that lies which the line has joined to a name, or gone to; undefined for all others. */
  onDrive(file: string): string | undefined {
    const joined = this.#drives?.addressOf(file);
    if (joined !== undefined || this.#platform !== "windows") return joined;
    return inFolderOutside(this.folder, file);
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

  #key(file: string): string {
    return fileKey(file, this.folder, this.#platform);
  }
}
