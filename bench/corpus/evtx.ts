import { existsSync } from "node:fs";
import { join } from "node:path";
import { type DenseChunk, denseChunks } from "./evtx-chunks.ts";
import { growFile } from "./evtx-file.ts";

const MIB = 1 << 20;

/** A large log, and what is in it. */
export interface EvtxCorpus {
  readonly path: string;
  readonly title: string;
}

/** `dense`: all dense chunks there are. `lean`: those of them in which, together, under 5 % of the records are subscribed to. */
export async function evtxCorpus(kind: "dense" | "lean", mebibytes: number, folder: string): Promise<EvtxCorpus> {
  const { chunks: all, from } = await denseChunks();
  const chunks = kind === "dense" ? all : lean(all);
  const sum = (field: "records" | "wanted") => chunks.reduce((total, chunk) => total + chunk[field], 0);
  const share = ((100 * sum("wanted")) / sum("records")).toFixed(1);
  const path = join(folder, `${kind}-${mebibytes}.evtx`);
  if (!existsSync(path)) growFile(path, chunks, mebibytes * MIB);
  return {
    path,
    title: `${mebibytes} MiB grown from ${chunks.length} dense chunks of ${from}, ${share} % subscribed to`,
  };
}

function lean(chunks: readonly DenseChunk[]): DenseChunk[] {
  const rising = [...chunks].sort((a, b) => a.wanted / a.records - b.wanted / b.records);
  const chosen: DenseChunk[] = [];
  let records = 0;
  let wanted = 0;
  for (const chunk of rising) {
    records += chunk.records;
    wanted += chunk.wanted;
    if (wanted / records >= 0.05) break;
    chosen.push(chunk);
  }
  return chosen;
}
