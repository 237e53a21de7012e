import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { corpusOf } from "../../test/fuzz/corpus.ts";
import { mutated } from "../../test/fuzz/mutate.ts";
import { Dice } from "../../test/fuzz/random.ts";
import { TARGETS } from "../../test/fuzz/targets.ts";
import { fuzzTarget, type Outcome, prepare } from "./watch.ts";

const USAGE = `npm run fuzz -- [options]
Gives every target five minutes of inputs that are made from test/fuzz/corpus, and reports what crashed, hung or grew.
  --target a,b     only these (${TARGETS.map(({ name }) => name).join(", ")})
  --seconds N      time for each target (default 300)
  --inputs N       inputs for each target, however long they take
  --from N         number of the first input (default 0): goes on with a run that was ended
  --seed N         other inputs (default 1)
  --out DIR        where inputs that failed are written (default a folder in the temporary one)
Ctrl-C ends the target at hand; what it has borne so far is reported.
A failing input belongs into test/fuzz/regressions/TARGET/ once what it found is repaired.`;

const { values } = parseArgs({
  options: {
    target: { type: "string" },
    seconds: { type: "string", default: "300" },
    inputs: { type: "string" },
    from: { type: "string", default: "0" },
    seed: { type: "string", default: "1" },
    out: { type: "string", default: join(tmpdir(), "whatran-fuzz") },
    help: { type: "boolean" },
  },
});

function save(target: string, seed: number, number: number): string {
  mkdirSync(values.out, { recursive: true });
  const file = join(values.out, `${target}-${seed}-${number}`);
  writeFileSync(file, mutated(corpusOf(target), new Dice(seed, number)));
  return file;
}

function report({ target, seed, progress, failures }: Outcome, used: NodeJS.CpuUsage): void {
  const { done, yielding, slowestMs, slowest, peakMiB } = progress;
  const rate = Math.round((done / Math.max(used.user + used.system, 1)) * 1e6);
  const share = Math.round((100 * yielding) / Math.max(done, 1));
  const slow = `slowest ${Math.round(slowestMs)} ms (#${slowest})`;
  console.log(
    `${target.padEnd(12)} ${String(done).padStart(9)} inputs, ${share} % yield, ${rate} per second of CPU, ${slow}, peak ${peakMiB} MiB, ${failures.length} failures`,
  );
  for (const { number, message } of failures) console.log(`  ${save(target, seed, number)}: ${message}`);
}

async function main(): Promise<number> {
  const names = values.target?.split(",") ?? TARGETS.map(({ name }) => name);
  const unknown = names.find((name) => !TARGETS.some((target) => target.name === name));
  if (values.help || unknown !== undefined) {
    console.log(unknown === undefined ? USAGE : `there is no target ${unknown}\n${USAGE}`);
    return values.help ? 0 : 2;
  }
  const inputs = values.inputs === undefined ? Number.POSITIVE_INFINITY : Number(values.inputs);
  const seconds = values.inputs === undefined ? Number(values.seconds) : Number.POSITIVE_INFINITY;
  await prepare();
  const [seed, from] = [Number(values.seed), Number(values.from)];
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  let failed = 0;
  for (const target of names) {
    if (stop.signal.aborted) break;
    const before = process.cpuUsage();
    const outcome = await fuzzTarget({ target, seed, corpus: corpusOf(target), from }, inputs, seconds, stop.signal);
    report(outcome, process.cpuUsage(before));
    failed += outcome.failures.length;
  }
  return failed > 0 ? 1 : 0;
}

process.exitCode = await main();
