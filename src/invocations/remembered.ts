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

/** How many marks of lines that have come are held, and how many of the last answers are at hand. */
const PLACES = 1 << 17;
const RECENT = 1 << 4;
/** What longer texts resolve to may take many times as much: all of them share one place. Windows allows 32,767 characters. */
const LONG = 1 << 15;

/** Most characters of a text that its mark is made of, from all over it: of most lines all, as many differ in a number only. */
const MARKED = 64;

/** The mark of a text, which that of the text before it goes into. */
function marked(text: string, before: number): number {
  const { length } = text;
  const step = Math.max(1, Math.floor(length / MARKED));
  let mark = before ^ length;
  for (let at = length - 1; at >= 0; at -= step) mark = Math.imul(mark ^ text.charCodeAt(at), 0x0100_0193);
  return mark ^ (mark >>> 15);
}

/** A number that tells most requests apart; where it does not, an answer is kept that might have been dropped. */
function markOf({ commandLine, args, image }: Request): number {
  if (commandLine) return marked(commandLine, 0);
  let mark = marked(image ?? "", 0);
  if (args) for (const word of args) mark = marked(word, mark);
  return mark;
}

function isLong({ commandLine, args }: Request): boolean {
  if (commandLine) return commandLine.length > LONG;
  let length = 0;
  if (args) for (const word of args) length += word.length + 1;
  return length > LONG;
}

/** A known answer has one shape with one that was just made: what is spread over is slow to make and to read on Node 20. */
const asKnown = ({ request, platform, invocations }: Resolution): Resolution => ({
  request,
  platform,
  invocations,
  isKnown: true,
});

/**
 * Answers by request. Most lines never come again, and keeping an answer costs a good part of what finding it does: it is kept when
 * its line comes for the second time. Several parts of a scan ask for one line in a row, so the last answers are at hand anyway.
 */
export class Remembered {
  readonly #kept = new Memory<Meanings>();
  /** The mark of the line that came last of those which share a place; the place itself stands for the rest of it. */
  readonly #met = new Uint16Array(PLACES);
  readonly #recent: (Resolution | undefined)[] = new Array(RECENT).fill(undefined);
  readonly #recentMarks = new Int32Array(RECENT);

  /** The answer to an alike request; where there is none, the one that `make` gives. */
  get(request: Request, make: () => Resolution): Resolution {
    const mark = markOf(request);
    const place = isLong(request) ? 0 : mark & (RECENT - 1);
    if (this.#recentMarks[place] === mark) {
      const recent = this.#recent[place];
      if (recent && isAlike(recent.request, request)) return recent;
    }
    const made = this.#isMet(mark) ? this.#known(request, make) : make();
    this.#recent[place] = made;
    this.#recentMarks[place] = mark;
    return made;
  }

  /** The answer that is kept of a line which has come before, as its mark says: from now on, one is. */
  #known(request: Request, make: () => Resolution): Resolution {
    const meanings = this.#kept.get(textOf(request), () => []);
    for (const known of meanings) if (isAlike(known.request, request)) return known;
    const made = asKnown(make());
    if (meanings.length >= MAX_MEANINGS) meanings.shift();
    meanings.push(made);
    return made;
  }

  /** Whether a line of this mark has come before; from now on, one has. */
  #isMet(mark: number): boolean {
    const place = mark & (PLACES - 1);
    // Of two marks that share a place, this is what differs; 0 is what stands where none has come.
    const rest = (mark >>> 16) | 1;
    if (this.#met[place] === rest) return true;
    this.#met[place] = rest;
    return false;
  }
}
