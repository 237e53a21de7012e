import type { FormatReader } from "../format.ts";

/** Collects a small file, up to a limit, and reads it when it has ended. */
export class WholeFile implements FormatReader {
  private readonly limit: number;
  private readonly read: (bytes: Buffer, size: number) => void;
  private readonly parts: Uint8Array[] = [];
  private kept = 0;
  private size = 0;

  /** `read` takes the bytes that were kept, at most `limit`, and the size of the whole file. */
  constructor(limit: number, read: (bytes: Buffer, size: number) => void) {
    this.limit = limit;
    this.read = read;
  }

  push(block: Uint8Array): void {
    const part = block.slice(0, this.limit - this.kept);
    if (part.length > 0) this.parts.push(part);
    this.kept += part.length;
    this.size += block.length;
  }

  end(): void {
    this.read(Buffer.concat(this.parts), this.size);
  }
}
