import type { Chain } from "../../catalog/chains/types.ts";
import type { EventKind } from "../../model/event.ts";
import type { Source } from "../../model/record.ts";
import type { Pending } from "../pending.ts";

/** Most chains of a host that have begun; the oldest go first. */
const MAX_INSTANCES = 512;

/** An event that became a step. Plain data, for snapshots. */
export interface StepFact {
  readonly step: number;
  readonly time: number;
  readonly kind: EventKind;
  readonly source: Source;
  readonly key?: string;
  readonly parentKey?: string;
  readonly pid?: number;
  readonly image?: string;
  readonly user?: string;
  readonly host?: string;
  readonly commandLine?: string;
  /** Paths as they are compared, and the first as it is shown. */
  readonly paths: readonly string[];
  readonly shown?: string;
  readonly targetKey?: string;
  readonly text: string;
}

/** A chain that has begun on a host. */
export interface Instance {
  readonly chain: Chain;
  readonly facts: StepFact[];
  /** Event time after which nothing can be added. */
  until: number;
  /** Where its evidence goes; `gone` once that was given out. */
  pending: Pending | "gone" | undefined;
  done: boolean;
}

/** What an event has in common with the step before: its process, its process's parent, the parent of both, or the file that it names. */
export type Waits = "p" | "c" | "s" | "f";

const NONE: readonly Instance[] = [];

/** Chains that have begun on one host, found by the keys of what they wait for. */
export class ChainState {
  instances: Instance[] = [];
  /** Nothing expires before this event time. */
  #due = Number.POSITIVE_INFINITY;
  readonly #byKey: Readonly<Record<Waits, Map<string, Instance[]>>> = {
    p: new Map(),
    c: new Map(),
    s: new Map(),
    f: new Map(),
  };

  add(instance: Instance): void {
    this.instances.push(instance);
    this.#due = Math.min(this.#due, instance.until);
    this.index(instance);
    if (this.instances.length > MAX_INSTANCES) this.#drop(this.instances.slice(0, this.instances.length >> 2));
  }

  /** Whether any waits for a file. */
  get wantsFiles(): boolean {
    return this.#byKey.f.size > 0;
  }

  waitingFor(how: Waits, key: string | undefined): readonly Instance[] {
    return (key !== undefined && this.#byKey[how].get(key)) || NONE;
  }

  /** Makes an instance known under what it now waits for. */
  index(instance: Instance): void {
    for (const [how, key] of keysOf(instance)) {
      const list = this.#byKey[how].get(key);
      if (!list) this.#byKey[how].set(key, [instance]);
      else if (!list.includes(instance)) list.push(instance);
    }
  }

  /** Forgets findings that were given out: nothing is added to them any more. */
  forgetDropped(): void {
    for (const instance of this.instances) {
      const { pending } = instance;
      if (pending !== undefined && pending !== "gone" && pending.dropped) instance.pending = "gone";
    }
  }

  /** Forgets what can no longer grow. */
  expire(time: number): void {
    if (this.#due >= time) return;
    this.#drop(this.instances.filter(({ until }) => until < time));
    this.#due = this.instances.reduce((least, { until }) => Math.min(least, until), Number.POSITIVE_INFINITY);
  }

  #drop(gone: readonly Instance[]): void {
    const set = new Set(gone);
    this.instances = this.instances.filter((instance) => !set.has(instance));
    for (const instance of gone)
      for (const [how, key] of keysOf(instance)) {
        const left = this.#byKey[how].get(key)?.filter((one) => !set.has(one)) ?? [];
        if (left.length > 0) this.#byKey[how].set(key, left);
        else this.#byKey[how].delete(key);
      }
  }
}

/** Keys of all events that could be a step behind the facts of an instance. */
function keysOf({ chain, facts }: Instance): [Waits, string][] {
  return chain.steps.flatMap((step, index): [Waits, string][] => {
    if (index <= chain.anchor || !step.join) return [];
    const { how, to } = step.join;
    const fact = facts.find((one) => one.step === to);
    if (!fact) return [];
    switch (how) {
      case "process":
        return fact.key === undefined ? [] : [["p", fact.key]];
      case "child":
        return fact.key === undefined ? [] : [["c", fact.key]];
      case "sibling":
        return fact.parentKey === undefined ? [] : [["s", fact.parentKey]];
      case "target":
        return fact.targetKey === undefined ? [] : [["p", fact.targetKey]];
      case "file":
        return fact.paths.map((path) => ["f", path]);
      default:
        return [];
    }
  });
}
