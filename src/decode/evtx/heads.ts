import type { RecordHead } from "./chunk.ts";
import type { Holes } from "./cursor.ts";
import { readUntil } from "./fragment.ts";
import { planOf, ROOT } from "./plan.ts";
import { Print } from "./print.ts";

/** Beginnings that are remembered: a log whose records have no templates has few kinds of them, and writes alike ones in a row. */
const MAX_KNOWN = 32;

/** What nobody wants of what begins alike is counted. */
export interface Head {
  readonly head: RecordHead;
  isUnwanted: boolean;
  count: number;
}

/** What tells records apart that are not made from a template, told from how they begin; what began like one before is not read again. */
export class Heads {
  /** The latest that fitted first. */
  readonly #known: { readonly print: Print; readonly known: Head }[] = [];

  /** The head of the fragment between two chunk offsets; undefined where it does not tell by itself. */
  at(bytes: Buffer, at: number, end: number): Head | undefined {
    const found = this.#known.findIndex(({ print }) => print.fits(bytes, at, end));
    if (found >= 0) {
      if (found > 0) this.#known.unshift(...this.#known.splice(found, 1));
      return this.#known[0]!.known;
    }
    const holes: Holes = { list: [], isPortable: true };
    const read = readUntil(bytes, at, end, "EventID", holes);
    if (read === undefined) return undefined;
    const { system } = planOf(read.nodes, ROOT);
    const provider = system.get("System.Provider")?.constant;
    const eventId = Number(system.get("System.EventID")?.constant || Number.NaN);
    if (provider === undefined || Number.isNaN(eventId)) return undefined;
    const known: Head = { head: { shape: "winevent", provider, eventId }, isUnwanted: false, count: 0 };
    if (holes.isPortable) {
      this.#known.unshift({ print: new Print(bytes, at, read.end, holes.list), known });
      if (this.#known.length > MAX_KNOWN) this.#known.pop();
    }
    return known;
  }
}
