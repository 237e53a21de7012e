import type { View } from "../../cmdline/normal/view.ts";
import { Glob } from "../glob.ts";

/** `scrobj` fits the pattern `scrobj.dll`: programs add the extension. */
const EXTENSION = /\.\w{1,4}$/;

/** A pattern with stars, and the extension that a program would add to get a name that fits it; empty where it would add none. */
class Open {
  readonly glob: Glob;
  readonly extension: string;

  constructor(pattern: string) {
    this.glob = new Glob(pattern);
    const extension = EXTENSION.exec(pattern)?.[0] ?? "";
    // Any name would fit where the pattern asks for nothing else.
    this.extension = pattern === `*${extension}` ? "" : extension;
  }
}

/** A bit for a length; all from 31 on share one. */
const bitOfLength = (length: number): number => 1 << Math.min(length, 31);

/** Globs, any of which may fit a text, its base name, or its base name with the glob's own extension where it has none. */
export class Patterns {
  readonly #words: ReadonlySet<string>;
  readonly #stems: ReadonlySet<string>;
  /** Bits of the lengths of the words, and of the stems: most texts need not be looked up. */
  readonly #lengths: number;
  readonly #open: readonly Open[];

  constructor(globs: readonly string[]) {
    const words = new Set(globs.filter((one) => !/[*?]/.test(one)));
    this.#words = words;
    const stems = [...words].filter((one) => EXTENSION.test(one)).map((one) => one.replace(EXTENSION, ""));
    // What has another extension already gets none.
    this.#stems = new Set(stems.filter((one) => one !== "" && !one.includes(".")));
    this.#lengths = [...words, ...this.#stems].reduce((bits, { length }) => bits | bitOfLength(length), 0);
    this.#open = globs.filter((one) => !words.has(one)).map((one) => new Open(one));
  }

  fit({ lower, base }: View): boolean {
    if (this.#isAmong(this.#words, base) || this.#isAmong(this.#stems, base)) return true;
    // Most texts are names of nothing but themselves.
    const isPath = base.length < lower.length;
    if (isPath && this.#isAmong(this.#words, lower)) return true;
    if (this.#open.length === 0) return false;
    const bare = base !== "" && !base.includes(".");
    for (const { glob, extension } of this.#open)
      if (glob.fits(base) || (isPath && glob.fits(lower)) || (bare && extension !== "" && glob.fits(base + extension)))
        return true;
    return false;
  }

  #isAmong(texts: ReadonlySet<string>, text: string): boolean {
    return (this.#lengths & bitOfLength(text.length)) !== 0 && texts.has(text);
  }
}
