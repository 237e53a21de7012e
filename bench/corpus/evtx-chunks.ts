import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULTS, generate } from "../../lab/generate.ts";
import { ROOT } from "../../scripts/dist.ts";
import { readChunkHeader } from "../../src/decode/evtx/chunk-header.ts";
import { CHUNK_SIZE, FILE_HEADER_SIZE } from "../../src/decode/evtx/layout.ts";
import type { EvtxRecord } from "../../src/decode/evtx/record.ts";
import { createUnderstander } from "../../src/events/registry.ts";
import { evtx } from "../../src/formats/evtx.ts";

const SHARED = join(ROOT, "..", "shared", "telemetry");
/** A chunk that is filled this far is one of a log in use, not the last of an export. */
const DENSE = 56 * 1024;

/** A whole chunk of a log, and what its records are. */
export interface DenseChunk {
  readonly bytes: Buffer;
  readonly records: number;
  /** How many of them the detector subscribes to. */
  readonly wanted: number;
}

/** Dense, sound chunks of real logs; of generated logs where no real ones are at hand. */
export async function denseChunks(): Promise<{ chunks: readonly DenseChunk[]; from: string }> {
  if (existsSync(SHARED)) return { chunks: chunksIn(SHARED), from: "real logs" };
  const folder = mkdtempSync(join(tmpdir(), "whatran-lab-"));
  try {
    await generate({ ...DEFAULTS, folder, hosts: 2, days: 2, windowsFormats: ["evtx"], linuxFormats: [], gzip: false });
    return { chunks: chunksIn(folder), from: "the lab's logs" };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function chunksIn(folder: string): DenseChunk[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".evtx"));
  return files.sort().flatMap((name) => chunksOf(readFileSync(join(folder, name))));
}

function chunksOf(file: Buffer): DenseChunk[] {
  const chunks: DenseChunk[] = [];
  for (let at = FILE_HEADER_SIZE; at + CHUNK_SIZE <= file.length; at += CHUNK_SIZE) {
    const bytes = Buffer.from(file.subarray(at, at + CHUNK_SIZE));
    const { end, flaws } = readChunkHeader(bytes);
    if (end < DENSE || flaws.length > 0) continue;
    const records = recordsOf(bytes);
    const wanted = records.filter(({ provider, eventId }) => understander.wants(provider, eventId, "winevent")).length;
    chunks.push({ bytes, records: records.length, wanted });
  }
  return chunks;
}

const understander = createUnderstander();

/** The records of one chunk; their offsets are those of the chunk. */
export function recordsOf(chunk: Uint8Array): EvtxRecord[] {
  const records: EvtxRecord[] = [];
  const sink = { record: (record: unknown) => records.push(record as EvtxRecord), diagnostic: () => {} };
  const reader = evtx.open({ file: "chunk" }, sink);
  reader.push(chunk);
  reader.end();
  return records;
}
