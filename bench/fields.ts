import { readFileSync } from "node:fs";
import { parseEvtxFile } from "winevtx";
import { evtx } from "../src/formats/evtx.ts";
import type { LogRecord } from "../src/model/record.ts";
import { evtxCorpus } from "./corpus/evtx.ts";
import type { Bench } from "./support/bench.ts";
import { cpuOf } from "./support/measure.ts";

/** Records of a file, each of their fields read as text; as many characters come out as there are. */
function ours(bytes: Buffer): { records: number; characters: number } {
  let [records, characters] = [0, 0];
  const sink = {
    record(record: LogRecord) {
      records++;
      for (const name of record.names()) characters += record.get(name)?.length ?? 0;
      characters += `${record.recordId}${record.provider}${record.eventId}${record.channel}${record.host}`.length;
    },
    diagnostic({ message }: { readonly message: string }) {
      throw new Error(message);
    },
  };
  const reader = evtx.open({ file: "bench.evtx" }, sink);
  reader.push(bytes);
  reader.end();
  return { records, characters };
}

/** The same with winevtx, which makes an object of each record. */
function theirs(bytes: Buffer): number {
  let records = 0;
  for (const { event } of parseEvtxFile(bytes)) if (event) records++;
  return records;
}

/** Decoding of every field of every record against winevtx, the reader of npm; CPU of the same process, one thread. */
export const fields: Bench = {
  name: "fields",
  title: "decoding of every field of a Windows event log against winevtx (npm), one thread, CPU",
  async run({ size = 64, runs, folder }, say) {
    const { path, title } = await evtxCorpus("dense", size, folder);
    const bytes = readFileSync(path);
    const { records, characters } = ours(bytes);
    say(`  ${title}: ${records} records, ${characters} characters; winevtx finds ${theirs(bytes)} records`);
    const value = cpuOf(runs, () => ours(bytes));
    const reference = cpuOf(runs, () => theirs(bytes));
    return [{ name: "every field", value, reference, unit: "s CPU", goal: 0.5 }];
  },
};
