import { Count } from "./count.ts";
import type { BaselineFile, BaselineHeader, Entry } from "./file.ts";
import { byKey } from "./key-index.ts";
import { writeBaseline } from "./write.ts";

/** Merges sorted streams of entries; memory holds one block of each. */
export function* mergeEntries(streams: readonly Iterable<Entry>[]): Generator<Entry> {
  const iterators = streams.map((stream) => stream[Symbol.iterator]());
  const heads = iterators.map((iterator) => iterator.next());
  for (;;) {
    let least: string | undefined;
    for (const head of heads)
      if (!head.done && (least === undefined || byKey(head.value.key, least) < 0)) least = head.value.key;
    if (least === undefined) return;
    const merged = new Count();
    for (let i = 0; i < heads.length; i++) {
      const head = heads[i] as IteratorResult<Entry>;
      if (head.done || head.value.key !== least) continue;
      merged.merge(head.value.count);
      heads[i] = (iterators[i] as Iterator<Entry>).next();
    }
    yield { key: least, count: merged };
  }
}

/** The header of the union of several baselines. */
export function mergeHeaders(headers: readonly BaselineHeader[], tool: string): BaselineHeader {
  const fleet = new Count();
  for (const header of headers) fleet.merge(Count.decode(Buffer.from(header.fleet, "base64")));
  return {
    schema: "whatran/baseline/1",
    tool,
    first: Math.min(...headers.map(({ first }) => first)),
    last: Math.max(...headers.map(({ last }) => last)),
    fleet: fleet.encode().toString("base64"),
  };
}

/** Merges baselines from any number of machines, in any order, into one file. Returns how many keys it holds. */
export function mergeBaselines(files: readonly BaselineFile[], target: string, tool: string): number {
  for (const file of files) file.check();
  const header = mergeHeaders(
    files.map((file) => file.header),
    tool,
  );
  return writeBaseline(target, header, mergeEntries(files.map((file) => file.entries())));
}
