import { Memory } from "../cmdline/memory.ts";
import type { Request, Resolution } from "./types.ts";

/** What one line means for programs, platforms and environments that it came with. */
type Meanings = Resolution[];

/** A line that comes with more than this is one whose program is told by the image alone: those that came longest ago go. */
const MAX_MEANINGS = 8;

/** Whether two requests of one line agree in everything else that has a part in what it resolves to. */
function isAlike(one: Request, other: Request): boolean {
  return (
    one.image === other.image &&
    one.originalFileName === other.originalFileName &&
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

/** How many lines that were met once are told from new ones, and how many of the last answers are at hand; powers of two. */
const MET = 1 << 15;
const RECENT = 1 << 4;

/** Characters of a text that its mark is made of: two lines of one mark only cost room. */
const MARKED = 512;

/** A number that tells texts apart, nearly always; never zero. */
function markOf(text: string): number {
  let mark = text.length;
  for (let at = Math.min(text.length, MARKED) - 1; at >= 0; at--)
    mark = Math.imul(mark ^ text.charCodeAt(at), 0x0100_0193);
  return mark ^ (mark >>> 15) || 1;
}

/**
 * Answers by request. Most lines never come again, and keeping an answer costs a good part of what finding it does: it is kept when
 * its line comes for the second time. Several parts of a scan ask for one line in a row, so the last answers are at hand anyway.
 */
export class Remembered {
  readonly #kept = new Memory<Meanings>();
  readonly #met = new Int32Array(MET);
  readonly #recent: (Resolution | undefined)[] = new Array(RECENT).fill(undefined);

  /** The answer to an alike request; where there is none, the one that `make` gives. */
  get(request: Request, make: () => Resolution): Resolution {
    const text = textOf(request);
    const mark = markOf(text);
    const place = mark & (RECENT - 1);
    const recent = this.#recent[place];
    if (recent && isAlike(recent.request, request)) return recent;
    const meanings = this.#kept.find(text);
    const known = meanings?.find((one) => isAlike(one.request, request));
    if (known) return known;
    const made = make();
    this.#recent[place] = made;
    if (this.#met[mark & (MET - 1)] === mark) this.#keep(text, made);
    else this.#met[mark & (MET - 1)] = mark;
    return made;
  }

  #keep(text: string, answer: Resolution): void {
    const meanings = this.#kept.get(text, () => []);
    if (meanings.length >= MAX_MEANINGS) meanings.shift();
    meanings.push(answer);
  }
}
