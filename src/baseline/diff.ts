import type { BaselineFile, Entry } from "./file.ts";
import { byKey } from "./key-index.ts";

export interface Difference {
  readonly key: string;
  /** Hosts that showed the key in either baseline; 0: it is not there. */
  readonly before: number;
  readonly after: number;
}

/** Keys that stand in one of two baselines only, in the order of keys. */
export function* differences(before: BaselineFile, after: BaselineFile): Generator<Difference> {
  const left = before.entries();
  const right = after.entries();
  let a = left.next();
  let b = right.next();
  while (!a.done || !b.done) {
    const order = a.done ? 1 : b.done ? -1 : byKey(a.value.key, b.value.key);
    if (order < 0) yield { ...only(a.value as Entry), after: 0 };
    else if (order > 0) yield { key: (b.value as Entry).key, before: 0, after: (b.value as Entry).count.hosts.size };
    if (order <= 0) a = left.next();
    if (order >= 0) b = right.next();
  }
}

const only = ({ key, count }: Entry) => ({ key, before: count.hosts.size });
