import { type Decider, decider } from "../decide/engine.ts";
import type { Policy } from "../model.ts";
import type { Target } from "../target.ts";
import type { Evidence, Witnessed } from "./evidence.ts";
import type { Measure } from "./measure.ts";

/** What a measure would have stopped in the history that nobody should have missed. */
export interface Cost {
  readonly times: number;
  readonly hosts: number;
  readonly examples: readonly string[];
}

/** What a rule would have stopped. */
export interface Broken {
  times: number;
  readonly hosts: Set<string>;
  readonly examples: Set<string>;
}

const exampleOf = ({ act: { on, subject, object, peer } }: Witnessed): string => {
  const what = object.path ?? peer?.host ?? peer?.address ?? "something";
  return on === "execute" ? what : `${subject.path ?? "a process"} (${on}) ${what}`;
};

/** Work that takes minutes of a long history does so in turns with whoever else waits. */
export interface Pace {
  /** What to wait for before going on; undefined as long as nobody has waited for long. */
  pause(): Promise<void> | undefined;
  /** Whether nobody wants the result any more: what has been made by then comes back. */
  readonly isStopped: boolean;
}

export const UNPACED: Pace = { pause: () => undefined, isStopped: false };

/** Which rules would have stopped what in the history; the empty id is the block by default. */
export async function replay(
  policy: Policy,
  target: Target,
  evidence: Evidence,
  pace: Pace,
): Promise<ReadonlyMap<string, Broken>> {
  const by: Decider = decider(policy, target.semantics);
  const broken = new Map<string, Broken>();
  for (const one of evidence.acts) {
    const pause = pace.pause();
    if (pause) await pause;
    if (pace.isStopped) break;
    const decision = by.decide(one.act);
    if (decision?.decision !== "block") continue;
    const key = decision.rule === "" ? `default ${one.act.on}` : decision.rule;
    const found = broken.get(key) ?? { times: 0, hosts: new Set(), examples: new Set() };
    broken.set(key, found);
    found.times += one.times;
    for (const host of one.hosts) found.hosts.add(host);
    if (found.examples.size < 5) found.examples.add(exampleOf(one));
  }
  return broken;
}

/** By product and rule. */
export type BrokenByTarget = ReadonlyMap<string, ReadonlyMap<string, Broken>>;

const NOTHING: Broken = { times: 0, hosts: new Set(), examples: new Set() };

export function costOf(measure: Measure, broken: BrokenByTarget): Cost {
  const all = Object.entries(measure.rules).flatMap(([target, rules]) => {
    const ours = broken.get(target);
    // What an allow list stops by default is the cost of the list, and told once.
    const lists =
      rules[0]?.action === "allow" ? [...new Set(rules.flatMap(({ on }) => on))].map((on) => `default ${on}`) : [];
    return [...rules.map(({ id }) => id), ...lists].map((id) => ours?.get(id) ?? NOTHING);
  });
  return {
    times: all.reduce((sum, { times }) => sum + times, 0),
    hosts: new Set(all.flatMap(({ hosts }) => [...hosts])).size,
    examples: [...new Set(all.flatMap(({ examples }) => [...examples]))].slice(0, 5),
  };
}
