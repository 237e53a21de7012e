import { isOutside, type Joined, joinedBy, within } from "./outside.ts";

/** A file of the folder that the text works in, by a name with an ending. */
const NAMED = /^(?:\.\\)?[^\\/:]{1,128}\.\w{1,4}$/;

/** What lies on another machine and is joined to a name of this one by a command; undefined for all others. */
export function joinedOutside(name: string, args: readonly string[]): Joined | undefined {
  const joined = joinedBy(name, args);
  return joined !== undefined && isOutside(joined.address) ? joined : undefined;
}

/** Folders of machines elsewhere that a line joins to letters of drives. */
export class Drives {
  readonly #addresses = new Map<string, string>();

  join({ name, address }: Joined): void {
    this.#addresses.set(name.toLowerCase(), address);
  }

  /** Where a file lies whose path begins with such a name; undefined for all others. */
  addressOf(file: string): string | undefined {
    for (const [name, address] of this.#addresses)
      if (file.toLowerCase().startsWith(`${name}\\`)) return within(address, file.slice(name.length + 1));
    return undefined;
  }
}

/** Where a file lies that is named from the folder of another machine which a text has gone to; undefined for all others. */
export function inFolderOutside(folder: string | undefined, file: string): string | undefined {
  const isThere = folder !== undefined && NAMED.test(file) && isOutside(folder);
  return isThere ? within(folder, file.replace(/^\.\\/, "")) : undefined;
}
