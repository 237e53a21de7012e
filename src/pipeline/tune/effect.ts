import type { AllowEntry } from "../../correlate/allow/entry.ts";
import { AllowList, type Gate } from "../../correlate/allow/list.ts";
import { buildFinding } from "../../correlate/build.ts";
import type { Pending } from "../../correlate/pending.ts";
import type { Finding } from "../../model/finding.ts";
import type { Level } from "../../model/level.ts";
import type { Scored } from "../../score/score.ts";

const MAX_EXAMPLES = 2;

/** What an entry would hide. */
export interface Effect {
  findings: number;
  readonly hosts: Set<string>;
  /** Milliseconds since the epoch. */
  first: number;
  last: number;
  readonly levels: Partial<Record<Level, number>>;
  readonly examples: string[];
  /** Ids of findings known to be true that it would hide; an entry with any is refused. */
  readonly lost: string[];
}

const nothing = (): Effect => ({
  findings: 0,
  hosts: new Set(),
  first: Number.POSITIVE_INFINITY,
  last: Number.NEGATIVE_INFINITY,
  levels: {},
  examples: [],
  lost: [],
});

/** Lets every entry by itself look at every finding, by the very rule by which a scan would hide it. */
export class Effects implements Gate {
  readonly #lists: readonly (readonly [AllowList, Effect])[];
  readonly effects: ReadonlyMap<string, Effect>;
  readonly #onHidden: (finding: Finding, effect: Effect) => void;

  constructor(entries: readonly AllowEntry[], now: number, onHidden: (finding: Finding, effect: Effect) => void) {
    const pairs = entries.map((entry) => [entry.id, new AllowList([entry], now), nothing()] as const);
    this.#lists = pairs.map(([, list, effect]) => [list, effect] as const);
    this.effects = new Map(pairs.map(([id, , effect]) => [id, effect]));
    this.#onHidden = onHidden;
  }

  hides(pending: Pending, scored: Scored): boolean {
    let finding: Finding | undefined;
    for (const [list, effect] of this.#lists) {
      if (!list.find(pending, scored)) continue;
      finding ??= buildFinding(pending, scored);
      effect.findings++;
      const { host, commandLine, level } = finding;
      if (host !== undefined) effect.hosts.add(host);
      const { time } = pending.subject;
      if (time !== undefined) {
        effect.first = Math.min(effect.first, time);
        effect.last = Math.max(effect.last, time);
      }
      effect.levels[level] = (effect.levels[level] ?? 0) + 1;
      if (commandLine !== undefined && effect.examples.length < MAX_EXAMPLES && !effect.examples.includes(commandLine))
        effect.examples.push(commandLine);
      this.#onHidden(finding, effect);
    }
    return true;
  }
}
