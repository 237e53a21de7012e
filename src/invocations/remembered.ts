import { Memory } from "../cmdline/memory.ts";
import type { Request, Resolution } from "./types.ts";

/** What one line means for programs, platforms and environments that it came with. */
type Meanings = Resolution[];

const NONE: Meanings = [];

/** A line that comes with more than this is one whose program is told by the image alone: those that came longest ago go. */
const MAX_MEANINGS = 8;

/** Whether two requests of one line agree in everything else that has a part in what it resolves to. */
function isAlike(one: Request, other: Request): boolean {
  return (
    one.image === other.image &&
    one.originalFileName === other.originalFileName &&
    one.knownAs === other.knownAs &&
    one.platform === other.platform &&
    one.as === other.as &&
    one.commandLine === other.commandLine &&
    one.domain === other.domain &&
    sameWords(one.args, other.args) &&
    (one.env === other.env || JSON.stringify(one.env) === JSON.stringify(other.env))
  );
}

function sameWords(one: readonly string[] | undefined, other: readonly string[] | undefined): boolean {
  if (one === other) return true;
  return one?.length === other?.length && (one?.every((word, index) => word === other?.[index]) ?? false);
}

/** The text under which a request is remembered: its line, a script in its words, or the program where it has nothing else. */
function textOf({ commandLine, args, image }: Request): string {
  return commandLine || (args?.length === 3 ? args[2] : args?.join(" ")) || image || "";
}

/** Marks that are told apart, how many of them are held before they are forgotten, and how many of the last answers are at hand. */
const MARKS = 1 << 21;
const MAX_MET = MARKS >> 4;
const RECENT = 1 << 4;
/** What longer texts resolve to may take many times as much: all of them share one place. Windows allows 32,767 characters. */
const LONG = 1 << 15;

/** Most characters of a text that its mark is made of, from all over it: of most lines all, as many differ in a number only. */
const MARKED = 64;

/** A number that tells most texts apart; where it does not, an answer is kept that might have been dropped. */
function markOf(text: string): number {
  const { length } = text;
  const step = Math.max(1, Math.floor(length / MARKED));
  let mark = length;
  for (let at = length - 1; at >= 0; at -= step) mark = Math.imul(mark ^ text.charCodeAt(at), 0x0100_0193);
  return (mark ^ (mark >>> 15)) & (MARKS - 1);
}

/**
 * Answers by request. Most lines never come again, and keeping an answer costs a good part of what finding it does: it is kept when
 * its line comes for the second time. Several parts of a scan ask for one line in a row, so the last answers are at hand anyway.
 */
export class Remembered {
  readonly #kept = new Memory<Meanings>();
  /** A bit for each mark. */
  readonly #met = new Uint8Array(MARKS >> 3);
  #metCount = 0;
  readonly #recent: (Resolution | undefined)[] = new Array(RECENT).fill(undefined);

  /** The answer to an alike request; where there is none, the one that `make` gives. */
  get(request: Request, make: () => Resolution): Resolution {
    const text = textOf(request);
    const mark = markOf(text);
    const place = text.length > LONG ? 0 : mark & (RECENT - 1);
    const recent = this.#recent[place];
    if (recent && isAlike(recent.request, request)) return recent;
    // What has not come before is not kept: a bit tells that for less than a look into a large map.
    const isMet = this.#isMet(mark);
    if (isMet) for (const known of this.#kept.find(text) ?? NONE) if (isAlike(known.request, request)) return known;
    const made = isMet ? { ...make(), isKnown: true } : make();
    this.#recent[place] = made;
    if (isMet) this.#keep(text, made);
    return made;
  }

  /** Whether a line of this mark has come before; from now on, one has. */
  #isMet(mark: number): boolean {
    const bit = 1 << (mark & 7);
    const bits = this.#met[mark >> 3]!;
    if ((bits & bit) !== 0) return true;
    if (++this.#metCount > MAX_MET) {
      this.#met.fill(0);
      this.#metCount = 1;
    }
    this.#met[mark >> 3]! |= bit;
    return false;
  }

  #keep(text: string, answer: Resolution): void {
    const meanings = this.#kept.get(text, () => []);
    if (meanings.length >= MAX_MEANINGS) meanings.shift();
    meanings.push(answer);
  }
}
