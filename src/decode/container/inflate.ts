import { createInflateRaw, type InflateRaw } from "node:zlib";
import type { ByteSource } from "./byte-source.ts";
import type { ContainerGuard } from "./guard.ts";

/** Fed at a time: what comes out of it, at the highest ratio of DEFLATE, still fits in 17 MB. */
const FEED = 16 * 1024;
const OUTPUT = { chunkSize: 128 * 1024 };

/** How a stream of compressed data ended. */
export interface InflateEnd {
  /** What was wrong; undefined where the data ended as they should. */
  flaw?: string;
}

/**
 * Decompresses DEFLATE data up to their end, and leaves the source right behind them. Feeds zlib by hand, as its streams drop output
 * that was waiting when an error comes: a damaged archive gives all that stands before the damage.
 */
export async function* inflateRaw(
  source: ByteSource,
  guard: ContainerGuard,
  end: InflateEnd,
): AsyncGenerator<Uint8Array> {
  const engine = createInflateRaw(OUTPUT);
  const output: Uint8Array[] = [];
  engine.on("data", (block: Uint8Array) => output.push(block));
  engine.on("error", (error) => {
    end.flaw ??= error.message;
  });
  try {
    let fed = 0;
    for (let over = false; !over && end.flaw === undefined; ) {
      const block = await source.take(FEED);
      if (block) {
        await step(engine, (done) => engine.write(block, done));
        fed += block.length;
      } else await step(engine, () => engine.end());
      over = !block;
      const unused = fed - engine.bytesWritten;
      if (block && unused > 0 && end.flaw === undefined) {
        source.unread(block.subarray(block.length - unused));
        over = true;
      }
      for (const part of output.splice(0)) {
        if (!guard.grow(part.length)) return;
        yield part;
      }
    }
  } finally {
    engine.destroy();
  }
}

/**
 * Resolves when zlib has done with a write, or closes: because it failed, when it does not call back, or after the end,
 * of which its callback comes before the last check.
 */
async function step(engine: InflateRaw, act: (done: () => void) => void): Promise<void> {
  let close = (): void => {};
  await new Promise<void>((resolve) => {
    close = () => setImmediate(resolve);
    engine.once("close", close);
    act(close);
  });
  engine.removeListener("close", close);
}
