import { identity } from "../../cmdline/normal/identity.ts";
import { hostOf } from "../../cmdline/normal/reach.ts";
import type { Platform } from "../../model/event.ts";
import { withOne } from "../../model/list.ts";
import { baseName } from "../glob.ts";
import { fileKey, inside } from "./file-key.ts";
import { within } from "./outside.ts";

/** Where the content of a file comes from that a line makes; `encoded`: it stands on the line in a form that nobody reads. */
export type Made = "fetched" | "decoded" | "encoded";

/** A file that the line has made, as long as nobody has asked for any of them. */
interface Making {
  readonly file: string;
  readonly of: Made;
  readonly from: string;
  /** The folder that the text worked in then. */
  readonly folder: string | undefined;
}

const isShare = (address: string): boolean => address.startsWith("\\\\");

/** The name under which what an address brings is kept. */
export const nameFetched = (address: string): string => baseName(address.replace(/[?#].*$/s, ""));

/** What a line makes of what it fetches or decodes; its files are told by their keys (file-key.ts). */
export class MadeFiles {
  readonly #platform: Platform;
  /** By kind and path, with the address that each comes from, where it is known. */
  #made: Map<string, string> | undefined;
  /** What is not in there yet: most lines end before anybody asks. */
  #makings: Making[] | undefined;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  get isNone(): boolean {
    return this.#makings === undefined && this.#made === undefined;
  }

  /** @param folder in which the text works */
  make(file: string, of: Made, from: string, folder: string | undefined): void {
    const name = nameFetched(from);
    const isFolder = isShare(from) && (!name.includes(".") || /[*?]/.test(name));
    this.#makings = withOne(this.#makings, { file: inside(file, name, isFolder), of, from, folder });
  }

  /** All that was made so far. Of several addresses that may bring a file, one that names its machine says more. */
  get #known(): ReadonlyMap<string, string> | undefined {
    const makings = this.#makings;
    if (makings === undefined) return this.#made;
    this.#makings = undefined;
    this.#made ??= new Map();
    for (const { file, of, from, folder } of makings) {
      const key = `${of} ${fileKey(file, folder, this.#platform)}`;
      if (hostOf(from) === undefined && hostOf(this.#made.get(key) ?? "") !== undefined) continue;
      this.#made.set(key, from);
    }
    return this.#made;
  }

  /** The files, whatever they were made of. */
  get files(): readonly string[] {
    return [...(this.#known?.keys() ?? [])].map((key) => key.slice(key.indexOf(" ") + 1));
  }

  /** Whether a file was made that could be a program. */
  isProgram(key: string): boolean {
    const known = this.#known;
    return known !== undefined && (known.has(`fetched ${key}`) || known.has(`decoded ${key}`));
  }

  /** Where that comes from of which a file was made; empty where nobody knows, undefined where it was not. */
  origin(key: string, of: Made): string | undefined {
    return this.#known?.get(`${of} ${key}`);
  }

  /** Where a file comes from in a folder that was brought from a share: as a whole, or a file of it under the name that it had. */
  broughtWithin(key: string, file: string): string | undefined {
    const folder = key.slice(0, -baseName(key).length).replace(/[\\/]$/, "");
    const from = folder === "" ? undefined : this.origin(folder, "fetched");
    const [, share, last = ""] = /^(.*?)[\\/]([^\\/]*)$/s.exec(from ?? "") ?? [];
    if (from === undefined || share === undefined || !isShare(from)) return undefined;
    if (/[*?]/.test(last)) return within(share, baseName(file));
    if (identity(last, this.#platform) === baseName(key)) return from;
    return last.includes(".") ? undefined : within(from, baseName(file));
  }
}
