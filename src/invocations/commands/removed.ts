import { type Payload, resolvedOf } from "../../model/payload.ts";

/** Programs that take files away, and their own options. */
const REMOVES = new Set(["rm", "unlink", "shred", "srm"]);
const IS_OPTION = /^-/;

/** Most programs of a text that are kept in mind. */
const MAX_STARTED = 64;

/** A program that listings leave out, beside those in folders that they leave out. */
const HIDDEN = /(?:^|\/)\.[^/.]+$/;

/** The behaviour of a shell that runs such programs: one that was hidden before was never meant to be seen. */
export const removalOf = (programs: readonly Payload[]): string =>
  programs.some((one) => HIDDEN.test(resolvedOf(one))) ? "removed-hidden" : "removed-program";

const plain = (path: string): string => path.replace(/^\.\//, "").replace(/\/+$/, "");

/** Programs that a text of a POSIX shell starts by their paths and then takes away: what does so wants nobody to find them. */
export class Removed {
  #started: Map<string, Payload> | undefined;

  /** @returns the programs started before that this command takes away, by themselves or with their folder */
  by(name: string, args: readonly string[]): readonly Payload[] {
    const started = this.#started;
    if (started === undefined || !REMOVES.has(name.slice(name.lastIndexOf("/") + 1))) return [];
    const gone = args.filter((word) => !IS_OPTION.test(word)).map(plain);
    const removed: Payload[] = [];
    for (const [path, payload] of started)
      if (gone.some((one) => one !== "" && (path === one || path.startsWith(`${one}/`)))) {
        removed.push(payload);
        started.delete(path);
      }
    return removed;
  }

  /** A program that the text starts, where its name is a path. */
  note(name: string, payload: Payload): void {
    if (!name.includes("/")) return;
    this.#started ??= new Map();
    if (this.#started.size < MAX_STARTED) this.#started.set(plain(name), payload);
  }
}
