import { identity } from "./identity.ts";
import { baseName } from "./names.ts";

/** A path or an address, which written otherwise is the same place. */
const PLACE = /^(?:[a-z]:)?[\\/]|^https?:[\\/]|::\$data$/i;

const [SLASH, BACKSLASH] = [0x2f, 0x5c];

/** A text as tests look at it; what they need of it is made when the first of them asks. */
export class View {
  readonly text: string;
  #lower: string | undefined;
  #base: string | undefined;
  #settled: View | undefined;

  constructor(text: string) {
    this.text = text;
  }

  get lower(): string {
    this.#lower ??= this.text.toLowerCase();
    return this.#lower;
  }

  /** What stands behind its last separator, small letters. */
  get base(): string {
    this.#base ??= baseName(this.lower);
    return this.#base;
  }

  /** A path or an address in the form in which it is compared; other text, and where only capitals differ, as it is. */
  get settled(): View {
    this.#settled ??= this.#settle();
    return this.#settled;
  }

  #settle(): View {
    const first = this.text.charCodeAt(0);
    if (first !== SLASH && first !== BACKSLASH && !this.text.includes(":")) return this;
    if (!PLACE.test(this.text) || this.text.includes("*")) return this;
    const form = identity(this.text);
    return form === this.text || form === this.lower ? this : new View(form);
  }
}
