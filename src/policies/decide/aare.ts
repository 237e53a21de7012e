import { Memory } from "../../cmdline/memory.ts";

/**
 * Patterns of AppArmor: `*` any but slashes, `**` any, `?` one but a slash, `[a-c]`, `[^a-c]`, `{ab,cd}`, a backslash before a sign
 * that means itself. A star that is all of a folder's name stands for one letter at least.
 * @see https://manpages.ubuntu.com/manpages/noble/man5/apparmor.d.5.html
 */
type Test = (letter: string) => boolean;

/** A step takes one letter, or none and goes on at others; the last one is behind all of them. */
type Step = { readonly takes: Test } | { readonly to: number[] };

/** Steps of one pattern, and how deep its alternatives may lie: a text is followed through all steps at each letter. */
const MAX_STEPS = 2048;
const MAX_DEPTH = 32;

const isAny: Test = () => true;
const isName: Test = (letter) => letter !== "/";

class Program {
  readonly steps: Step[] = [];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#sequence(0);
    if (this.#at < text.length) throw new RangeError("a brace closes nothing");
  }

  #add(step: Step): number {
    if (this.steps.length >= MAX_STEPS) throw new RangeError("too long");
    return this.steps.push(step) - 1;
  }

  #take(takes: Test): void {
    this.#add({ takes });
  }

  #sequence(depth: number): void {
    if (depth > MAX_DEPTH) throw new RangeError("too deep");
    const text = this.#text;
    while (this.#at < text.length) {
      const letter = text.charAt(this.#at);
      if (letter === "}" || (letter === "," && depth > 0)) return;
      this.#at++;
      if (letter === "\\" && this.#at < text.length) this.#letter(text.charAt(this.#at++));
      else if (letter === "?") this.#take(isName);
      else if (letter === "*") this.#star();
      else if (letter === "[") this.#class();
      else if (letter === "{") this.#alternatives(depth);
      else this.#letter(letter);
    }
  }

  #letter(wanted: string): void {
    this.#take((letter) => letter === wanted);
  }

  #star(): void {
    const text = this.#text;
    const isDouble = text.charAt(this.#at) === "*";
    const before = text.charAt(this.#at - 2);
    if (isDouble) this.#at++;
    const after = text.charAt(this.#at);
    if (before === "/" && (after === "/" || after === "")) this.#take(isName);
    const again = this.#add({ to: [] });
    this.#take(isDouble ? isAny : isName);
    const back = this.#add({ to: [again] });
    (this.steps[again] as { to: number[] }).to.push(again + 1, back + 1);
  }

  #class(): void {
    const text = this.#text;
    const isNot = text.charAt(this.#at) === "^";
    const end = text.indexOf("]", this.#at + (isNot ? 2 : 1));
    if (end < 0) throw new RangeError("a bracket is not closed");
    const body = text.slice(this.#at + (isNot ? 1 : 0), end);
    this.#at = end + 1;
    const ranges: (readonly [string, string])[] = [];
    for (let at = 0; at < body.length; at++) {
      if (body.charAt(at) === "\\") at++;
      const low = body.charAt(at);
      const isRange = body.charAt(at + 1) === "-" && at + 2 < body.length;
      if (isRange) at += 2;
      ranges.push([low, body.charAt(at)]);
    }
    this.#take((letter) => ranges.some(([low, high]) => letter >= low && letter <= high) !== isNot);
  }

  #alternatives(depth: number): void {
    const start = this.#add({ to: [] });
    const ends: number[] = [];
    for (;;) {
      (this.steps[start] as { to: number[] }).to.push(this.steps.length);
      this.#sequence(depth + 1);
      const letter = this.#text.charAt(this.#at++);
      ends.push(this.#add({ to: [] }));
      if (letter === "}") break;
      if (letter !== ",") throw new RangeError("a brace is not closed");
    }
    for (const end of ends) (this.steps[end] as { to: number[] }).to.push(this.steps.length);
  }
}

/** Places after those that need no letter, each once. */
function reach(steps: readonly Step[], from: readonly number[]): readonly number[] {
  const seen = new Set(from);
  for (const at of seen) {
    const step = steps[at];
    if (step && "to" in step) for (const to of step.to) seen.add(to);
  }
  return [...seen];
}

function fits(steps: readonly Step[], text: string): boolean {
  let places = reach(steps, [0]);
  for (const letter of text) {
    const next: number[] = [];
    for (const at of places) {
      const step = steps[at];
      if (step && "takes" in step && step.takes(letter)) next.push(at + 1);
    }
    if (next.length === 0) return false;
    places = reach(steps, next);
  }
  return places.includes(steps.length);
}

const known = new Memory<{ readonly steps: readonly Step[] } | { readonly why: string }>();

function made(pattern: string) {
  return known.get(pattern, () => {
    try {
      return { steps: new Program(pattern).steps };
    } catch (error) {
      return { why: (error as Error).message };
    }
  });
}

/** Why a pattern is none; undefined where it is one. */
export function aareFault(pattern: string): string | undefined {
  const one = made(pattern);
  return "why" in one ? one.why : undefined;
}

/** Whether a path is one that a pattern stands for; in words where the pattern is none. */
export function aareMet(pattern: string, path: string): boolean | string {
  const one = made(pattern);
  return "why" in one ? `what ${pattern.slice(0, 60)} stands for is not understood: ${one.why}` : fits(one.steps, path);
}
