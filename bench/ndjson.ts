import { closeSync, openSync, readSync } from "node:fs";
import { valuesOf } from "../src/events/define.ts";
import { createUnderstander } from "../src/events/registry.ts";
import { json } from "../src/formats/json.ts";
import { type LineShape, ndjsonCorpus } from "./corpus/ndjson.ts";
import type { Bench, Ratio } from "./support/bench.ts";
import { cpuOf } from "./support/measure.ts";

const BLOCK = 1 << 20;
const NEWLINE = 0x0a;

/** All read into the same memory, as a scan does. */
function eachBlock(path: string, take: (block: Buffer) => void): void {
  const file = openSync(path, "r");
  const block = Buffer.allocUnsafeSlow(BLOCK);
  for (;;) {
    const size = readSync(file, block, 0, BLOCK, null);
    if (size === 0) break;
    take(block.subarray(0, size));
  }
  closeSync(file);
}

/** The plainest way: every line as bytes of its own; what stands across two blocks is joined. */
function eachLine(path: string, take: (line: Buffer) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  eachBlock(path, (block) => {
    let from = 0;
    for (let end = block.indexOf(NEWLINE); end >= 0; end = block.indexOf(NEWLINE, from)) {
      const line = block.subarray(from, end);
      take(rest.length > 0 ? Buffer.concat([rest, line]) : line);
      rest = Buffer.alloc(0);
      from = end + 1;
    }
    rest = Buffer.concat([rest, block.subarray(from)]); // copied, as the block is used again
  });
}

/** What whatran does with the file up to the events, or up to all that they say; and how many those are. */
function read(path: string, whole = false): number {
  const understander = createUnderstander();
  let events = 0;
  const sink = {
    record: (record: Parameters<typeof understander.understand>[0]) => {
      for (const event of understander.understand(record)) {
        events++;
        if (whole) valuesOf(event);
      }
    },
    diagnostic: ({ message }: { readonly message: string }) => {
      throw new Error(message);
    },
  };
  const wants = ({ provider, eventId, shape }: Parameters<NonNullable<Parameters<typeof json.open>[0]["wants"]>>[0]) =>
    understander.wants(provider, eventId, shape);
  const reader = json.open({ file: path, wants }, sink);
  eachBlock(path, (block) => reader.push(block));
  reader.end();
  return events;
}

const SHARES = [
  { share: 0.05, title: "5 % of the lines matter" },
  { share: 1, title: "all lines matter" },
  { share: 0, title: "no line matters" },
] as const;

/** Reading NDJSON against `JSON.parse` of every line, and against only splitting lines. One thread, CPU of the same process. */
export const ndjson: Bench = {
  name: "ndjson",
  title: "reading of Sysmon's events as NDJSON up to events, one thread",
  async run({ size = 128, runs, folder }, say) {
    const ratios: Ratio[] = [];
    for (const shape of ["flat", "winlogbeat"] satisfies LineShape[]) {
      for (const { share, title } of SHARES) {
        const path = ndjsonCorpus(shape, share, size, folder);
        let events = 0;
        let lines = 0;
        const costs = { ours: Infinity, whole: Infinity, parse: Infinity, split: Infinity };
        for (let run = 0; run < runs; run++) {
          costs.ours = Math.min(
            costs.ours,
            cpuOf(1, () => (events = read(path))),
          );
          if (share === 1)
            costs.whole = Math.min(
              costs.whole,
              cpuOf(1, () => read(path, true)),
            );
          costs.parse = Math.min(
            costs.parse,
            cpuOf(1, () => eachLine(path, (line) => JSON.parse(line.toString("utf8")))),
          );
          lines = 0;
          costs.split = Math.min(
            costs.split,
            cpuOf(1, () => eachLine(path, () => lines++)),
          );
        }
        say(`  ${shape}, ${title}: ${size} MiB, ${lines} lines, ${events} events`);
        const figures = { value: costs.ours, unit: "s CPU" } as const;
        const name = `${shape}, ${title}`;
        const parse = { ...figures, name: `${name}: JSON.parse of every line`, reference: costs.parse, least: true };
        if (share === 0.05) ratios.push({ ...parse, goal: 4 });
        if (share === 1) {
          ratios.push({ ...parse, goal: 1 });
          ratios.push({ ...parse, name: `${name}, all of every event read: the same`, value: costs.whole, goal: 1 });
        }
        if (share === 0) ratios.push({ ...figures, name: `${name}: splitting lines`, reference: costs.split, goal: 2 });
      }
    }
    return ratios;
  },
};
