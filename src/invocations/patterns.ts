import type { View } from "../cmdline/normal/view.ts";
import { Glob } from "./glob.ts";

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

/** Globs, any of which may fit a text, its base name, or its base name with the glob's own extension where it has none. */
export class Patterns {
  readonly #words: ReadonlySet<string>;
  readonly #stems: ReadonlySet<string>;
  /** Of the words: longer texts, as most are, need not be looked up. */
  readonly #longest: number;
  readonly #open: readonly Open[];

  constructor(globs: readonly string[]) {
    const words = new Set(globs.filter((one) => !/[*?]/.test(one)));
    this.#words = words;
    this.#stems = new Set([...words].filter((one) => EXTENSION.test(one)).map((one) => one.replace(EXTENSION, "")));
    this.#longest = Math.max(0, ...[...words].map(({ length }) => length));
    this.#open = globs.filter((one) => !words.has(one)).map((one) => new Open(one));
  }

  fit({ lower, base }: View): boolean {
    const bare = base !== "" && !base.includes(".");
    if (this.#isWord(lower) || this.#isWord(base)) return true;
    if (bare && base.length <= this.#longest && this.#stems.has(base)) return true;
    for (const { glob, extension } of this.#open)
      if (glob.fits(lower) || glob.fits(base) || (bare && extension !== "" && glob.fits(base + extension))) return true;
    return false;
  }

  #isWord(text: string): boolean {
    return text.length <= this.#longest && this.#words.has(text);
  }
}
