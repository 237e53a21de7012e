import type { Print } from "./print.ts";
import type { Template } from "./template.ts";

/** What definitions of one id looked like, the latest last, and what they mean. */
type Known = { readonly print: Print; readonly template: Template }[];

/** Definitions of one id that are remembered, and bytes of all: real logs have a few hundred templates, of each one definition. */
const MAX_PRINTS = 4;
const MAX_BYTES = 1 << 20;

/** Definitions of templates seen so far, in whatever log: what looks the same means the same, and need not be read again. */
class Definitions {
  readonly #byId = new Map<number, Known>();
  #bytes = 0;

  /** The template whose definition stands between two chunk offsets. */
  find(chunk: Buffer, start: number, end: number, id: number): Template | undefined {
    return this.#byId.get(id)?.findLast(({ print }) => print.fits(chunk, start, end))?.template;
  }

  add(print: Print, id: number, template: Template): void {
    this.#bytes += print.size;
    if (this.#bytes > MAX_BYTES) {
      this.#byId.clear();
      this.#bytes = print.size;
    }
    const known = this.#byId.get(id);
    if (known === undefined) this.#byId.set(id, [{ print, template }]);
    else {
      if (known.length === MAX_PRINTS) known.shift();
      known.push({ print, template });
    }
  }
}

export const definitions = new Definitions();
