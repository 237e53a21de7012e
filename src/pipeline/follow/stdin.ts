import { detect, HEAD } from "../../formats/detect.ts";
import type { FormatReader } from "../../formats/format.ts";
import type { FileReading } from "./file.ts";

/** Bytes that may wait for their turn before the sender has to. */
const MAX_WAITING = 32 * 1024 * 1024;

/** Standard input that need not end. */
export class FollowedStdin {
  readonly #reading: FileReading;
  #blocks: Uint8Array[] = [];
  #size = 0;
  #reader: FormatReader | undefined;
  #resume: (() => void) | undefined;
  #quiet = 0;
  /** True once the sender has ended. */
  ended = false;
  /** True once all that was sent is read. */
  done = false;

  constructor(stream: AsyncIterable<Uint8Array>, reading: FileReading) {
    this.#reading = reading;
    void this.#receive(stream);
  }

  async #receive(stream: AsyncIterable<Uint8Array>): Promise<void> {
    try {
      for await (const block of stream) {
        this.#blocks.push(typeof block === "string" ? Buffer.from(block) : block);
        this.#size += block.length;
        if (this.#size > MAX_WAITING)
          await new Promise<void>((resolve) => {
            this.#resume = resolve;
          });
      }
    } catch {
      // A pipe that breaks is one that has ended.
    }
    this.ended = true;
  }

  /** Reads what has come; true where there was something. */
  poll(): boolean {
    const had = this.#size > 0;
    const { formats, options, sink } = this.#reading;
    const { ended } = this;
    this.#quiet = had ? 0 : this.#quiet + 1;
    if (!this.#reader && had) {
      const head = Buffer.concat(this.#blocks).subarray(0, HEAD);
      const enough = head.length >= HEAD || head.includes(10) || ended || this.#quiet > 2;
      const format = enough ? (formats.length === 1 ? formats[0] : detect(head, "-", formats)) : undefined;
      if (enough && !format) sink.diagnostic({ code: "input/unknown-format", message: "no format fits", file: "-" });
      this.#reader = format?.open({ file: "-", ...(options.wants && { wants: options.wants }) }, sink);
      if (!enough) return false;
    }
    const blocks = this.#blocks;
    this.#blocks = [];
    this.#size = 0;
    for (const block of blocks) this.#reader?.push(block);
    this.#resume?.();
    this.#resume = undefined;
    if (ended && !this.done) {
      this.#reader?.end();
      this.done = true;
      return true;
    }
    return had;
  }
}
