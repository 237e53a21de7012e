import { visible } from "../outputs/escape.ts";
import type { Answer } from "./decide/act.ts";

const MOST = 2_000_000;

interface Seen {
  readonly decision: Answer;
  readonly rule: string;
}

/** Compares what two policies decided about the same events. */
export class PolicyDiff {
  readonly #first: string;
  readonly #second: string;
  readonly #open = new Map<string, Seen>();
  readonly #changes = new Map<string, number>();

  constructor(first: string, second: string) {
    this.#first = first;
    this.#second = second;
  }

  /** Decisions on one event come one after the other, the first policy's before the second's; either may be missing. */
  add(place: string, isFirst: boolean, decision: Answer, rule: string): void {
    if (isFirst) {
      if (this.#open.size < MOST) this.#open.set(place, { decision, rule });
      return;
    }
    const before = this.#open.get(place);
    this.#open.delete(place);
    this.#count(before, { decision, rule });
  }

  #count(before: Seen | undefined, after: Seen | undefined): void {
    if (before?.decision === after?.decision) return;
    const word = (seen: Seen | undefined) =>
      seen ? `${seen.decision}${seen.rule === "" ? "" : ` (${seen.rule})`}` : "not ruled on";
    const key = `${word(before)} → ${word(after)}`;
    this.#changes.set(key, (this.#changes.get(key) ?? 0) + 1);
  }

  /** How often which decision became which other. */
  result(): readonly { readonly change: string; readonly times: number }[] {
    for (const seen of this.#open.values()) this.#count(seen, undefined);
    this.#open.clear();
    return [...this.#changes].map(([change, times]) => ({ change, times })).sort((a, b) => b.times - a.times);
  }

  text(): string {
    const changes = this.result();
    const head = `From ${visible(this.#first)} to ${visible(this.#second)}: ${changes.length === 0 ? "no decision changes" : "decisions that change"}`;
    return [
      head,
      ...changes.map(({ change, times }) => `  ${String(times).padStart(6)} × ${visible(change)}`),
      "",
    ].join("\n");
  }
}
