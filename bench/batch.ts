import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { ROOT } from "../scripts/dist.ts";
import { Catalog } from "../src/catalog/catalog.ts";
import { openPacked } from "../src/catalog/packed.ts";
import { readVectors } from "../src/catalog/vectors.ts";
import { explainLines } from "../src/cli/explain/batch.ts";
import { resolve } from "../src/invocations/resolve.ts";
import type { Request } from "../src/invocations/types.ts";
import { Cures } from "../src/pipeline/cures.ts";
import { fillIns, templatesOf } from "./corpus/lines.ts";
import type { Bench } from "./support/bench.ts";

/** Rounds in which code is compiled before anything is measured. */
const WARMING = 8;
/** Bytes of a block of standard input. */
const BLOCK = 1 << 16;

/** What a program would do that only wants to know what runs: each line read, resolved and written. */
function naively(input: Buffer, catalog: Catalog): number {
  let characters = 0;
  for (const line of input.toString().split("\n")) {
    if (line === "") continue;
    const { invocations } = resolve(JSON.parse(line) as Request, catalog);
    const told = invocations.map(({ binary, canonical, behaviours }) => ({
      binary,
      canonical,
      behaviours: behaviours.map(({ id, techniques, runs, fetches, reads, writes }) => ({
        id,
        techniques,
        runs,
        fetches,
        reads,
        writes,
      })),
    }));
    characters += JSON.stringify(told).length;
  }
  return characters;
}

/** `whatran explain --stdin` of the same, with all that an answer says beyond that. */
async function answered(input: Buffer, catalog: Catalog, cures: Cures): Promise<void> {
  const blocks = Array.from({ length: Math.ceil(input.length / BLOCK) }, (_, at) =>
    input.subarray(at * BLOCK, (at + 1) * BLOCK),
  );
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const io = {
    stdin: Readable.from(blocks, { objectMode: false }),
    stdout: nowhere,
    stderr: nowhere,
    env: {},
    cwd: ROOT,
    signal: new AbortController().signal,
  };
  await explainLines({ catalog, defaults: {}, finish: (one, parent) => cures.explained(one, parent) }, io);
}

/** Answers to batches of lines against resolving the same lines. One thread, CPU of this process. */
export const batch: Bench = {
  name: "batch",
  title: "answers of explain --stdin; one thread",
  async run({ runs, cli }, say) {
    const bytes = readFileSync(join(cli, "..", "catalog.json"));
    const catalog = new Catalog(openPacked((from, length) => bytes.subarray(from, from + length)));
    const lines = templatesOf(readVectors(join(ROOT, "catalog")), catalog);
    const count = lines.templates.length;
    // As in a batch of all rounds.
    const cures = new Cures(catalog);
    let round = 0;
    /** No line of one round is in another. */
    const fresh = () =>
      Buffer.from(
        fillIns(lines, round++)
          .map((request) => `${JSON.stringify(request)}\n`)
          .join(""),
      );
    const cost = async (work: (input: Buffer, catalog: Catalog, cures: Cures) => unknown) => {
      const input = fresh();
      const start = process.cpuUsage();
      await work(input, catalog, cures);
      const { user, system } = process.cpuUsage(start);
      return (user + system) / count;
    };
    const best = { answered: Infinity, naive: Infinity };
    for (let run = -WARMING; run < Math.max(runs, 10); run++) {
      const costs = { answered: await cost(answered), naive: await cost(naively) };
      if (run < 0) continue;
      best.answered = Math.min(best.answered, costs.answered);
      best.naive = Math.min(best.naive, costs.naive);
    }
    say(`  ${count} lines a round; all lines of all rounds differ`);
    const name = "answering: reading, resolving and JSON.stringify";
    return [{ name, value: best.answered, reference: best.naive, unit: "µs a line", goal: 2 }];
  },
};
