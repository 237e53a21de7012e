import type { CatalogEntry, NormalUse } from "../catalog/types.ts";
import type { Line } from "../grammar/types.ts";
import type { BinaryIdentity, Obfuscation } from "../model/invocation.ts";
import { canonicalOf, oddities } from "./normal.ts";
import type { Found } from "./payloads/payload.ts";
import type { ResolvedBehaviour, ResolvedInvocation } from "./types.ts";

const NO_USES: readonly NormalUse[] = [];
const NOTHING_ODD: readonly Obfuscation[] = [];
/** Words of a line that are held until somebody asks how it is written; what more of them show is looked at at once. */
const MAX_HELD = 2048;

/** What tells normal uses. */
interface Uses {
  find(): readonly NormalUse[];
}

/**
 * An invocation, which is added to while it is being resolved. How it is written, and which normal uses it is one of, is looked at when
 * somebody asks: only findings, the keys of baselines and the signals of behaviours do.
 */
export class Draft implements ResolvedInvocation {
  readonly binary: BinaryIdentity;
  readonly entry: CatalogEntry | undefined;
  readonly depth: number;
  behaviours: ResolvedBehaviour[] = [];
  parent?: number;
  unknown?: readonly string[];
  cut?: string;
  awaits = false;
  /** Whether it prints what somebody keeps with it. */
  prints = false;
  /** The other machine on which it runs, where it is known. */
  machine: string | undefined;
  /** What its own file carries out, where the line has made that. */
  carries: readonly Found[] | undefined;
  readonly arguments: number;
  #written: Line | string;
  /** The name that its normal form begins with. */
  readonly #name: string;
  #canonical: string | undefined;
  #oddities: readonly Obfuscation[] | undefined;
  /** Of what was noted, that which stands before what its own text shows, and behind it. */
  readonly #before: readonly Obfuscation[];
  #behind = NOTHING_ODD;
  #normal = NO_USES;
  /** What tells those that nobody has asked for yet. */
  #uses: Uses | undefined;

  /**
   * @param written what was written behind the program's name; a text where it is the normal form itself
   * @param before rewritings that the shell around it has undone already
   */
  constructor(
    binary: BinaryIdentity,
    entry: CatalogEntry | undefined,
    depth: number,
    written: Line | string,
    name = binary.name,
    before = NOTHING_ODD,
  ) {
    this.binary = binary;
    this.entry = entry;
    this.depth = depth;
    this.#name = name;
    this.#before = before;
    this.#written = written;
    this.arguments = typeof written === "string" ? 0 : written.args.length;
    if (this.arguments > MAX_HELD) {
      this.#oddities = this.#odd;
      this.#written = this.canonical;
    }
  }

  get normal(): readonly NormalUse[] {
    const uses = this.#uses;
    if (uses) {
      this.#uses = undefined;
      this.#normal = [...this.#normal, ...uses.find()];
    }
    return this.#normal;
  }

  /** Keeps what tells its normal uses, or more of them. */
  usedAs(uses: Uses): void {
    this.#normal = this.normal;
    this.#uses = uses;
  }

  get canonical(): string {
    const written = this.#written;
    if (typeof written === "string") return written;
    this.#canonical ??= canonicalOf(this.#name, written, this.binary.platform);
    return this.#canonical;
  }

  get obfuscation(): readonly Obfuscation[] {
    return [...this.#before, ...this.#odd, ...this.#behind];
  }

  /** Notes rewritings that were met in what it runs. */
  note(found: readonly Obfuscation[]): void {
    if (found.length > 0) this.#behind = [...this.#behind, ...found];
  }

  /** What its own text shows. */
  get #odd(): readonly Obfuscation[] {
    const written = this.#written;
    const isRead = this.entry !== undefined && this.binary.platform === "windows" && typeof written !== "string";
    this.#oddities ??= isRead ? oddities(written, this.canonical) : NOTHING_ODD;
    return this.#oddities;
  }
}
