import type { Source } from "../model/record.ts";
import { visible } from "../outputs/escape.ts";
import type { Answer } from "./decide/act.ts";

const MOST = 2_000_000;

/** A decision, and the rule that made it as one calls it: its name, or its id where it has none. */
interface Seen {
  readonly decision: Answer;
  readonly rule: string;
  readonly source: Source;
}

export interface Change {
  /** `allow by “a rule” → block by “another”`. */
  readonly change: string;
  readonly times: number;
  /** The first event that is decided otherwise. */
  readonly example: Source;
}

/** Compares what two policies decided about the same events. */
export class PolicyDiff {
  readonly #first: string;
  readonly #second: string;
  readonly #open = new Map<string, Seen>();
  readonly #changes = new Map<string, { times: number; readonly example: Source }>();

  constructor(first: string, second: string) {
    this.#first = first;
    this.#second = second;
  }

  /** Decisions on one event come one after the other, the first policy's before the second's; either may be missing. */
  add(isFirst: boolean, seen: Seen): void {
    const place = `${seen.source.file}#${seen.source.index}`;
    if (isFirst) {
      if (this.#open.size < MOST) this.#open.set(place, seen);
      return;
    }
    const before = this.#open.get(place);
    this.#open.delete(place);
    this.#count(before, seen);
  }

  #count(before: Seen | undefined, after: Seen | undefined): void {
    const example = (after ?? before)?.source;
    if (before?.decision === after?.decision || !example) return;
    const word = (seen: Seen | undefined) =>
      seen ? `${seen.decision}${seen.rule === "" ? "" : ` by “${seen.rule}”`}` : "not ruled on";
    const key = `${word(before)} → ${word(after)}`;
    const known = this.#changes.get(key);
    if (known) known.times++;
    else this.#changes.set(key, { times: 1, example });
  }

  /** How often which decision became which other. */
  result(): readonly Change[] {
    for (const seen of this.#open.values()) this.#count(seen, undefined);
    this.#open.clear();
    return [...this.#changes].map(([change, one]) => ({ change, ...one })).sort((a, b) => b.times - a.times);
  }

  text(): string {
    const changes = this.result();
    const head = `From ${visible(this.#first)} to ${visible(this.#second)}: ${changes.length === 0 ? "no decision changes" : "decisions that change"}`;
    return [
      head,
      ...changes.flatMap(({ change, times, example: { file, recordId, index } }) => [
        `  ${String(times).padStart(6)} × ${visible(change)}`,
        `           first: ${visible(file)}, ${recordId === undefined ? `event ${index}` : `record ${recordId}`}`,
      ]),
      "",
    ].join("\n");
  }
}
