import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { filetime, writeGuid } from "./values.ts";

export const CHUNK_SIZE = 65536;
const RECORDS_AT = 512;
const STRINGS_AT = 128;
const STRING_BUCKETS = 64;
const TEMPLATES_AT = 384;
const TEMPLATE_BUCKETS = 32;
/** Room to overrun while a record is written, so that fitting is checked once, at its end. */
const SCRATCH = 4 * CHUNK_SIZE;

/** Hash of a name or a GUID over its 16-bit units; buckets and the hash field use its low bits (seen in Windows' own files). */
function hash16(units: Uint16Array): number {
  let hash = 0;
  for (const unit of units) hash = (Math.imul(hash, 65599) + unit) >>> 0;
  return hash;
}

/**
 * One 64 KiB chunk while it is filled. Names and templates are stored once: in place where they are first used, by offset
 * afterwards; both are chained into the header's hash tables, newest first, as Windows does.
 */
export class Chunk {
  readonly bytes: Buffer = Buffer.alloc(SCRATCH);
  at = RECORDS_AT;
  count = 0;
  private readonly names = new Map<string, number>();
  private readonly templates = new Map<string, number>();
  private added: { map: Map<string, number>; key: string }[] = [];
  private readonly tables = Buffer.alloc(RECORDS_AT);
  private lastRecord = 0;

  u8(value: number): void {
    this.at = this.bytes.writeUInt8(value, this.at);
  }

  u16(value: number): void {
    this.at = this.bytes.writeUInt16LE(value, this.at);
  }

  u32(value: number): void {
    this.at = this.bytes.writeUInt32LE(value, this.at);
  }

  text(value: string): void {
    this.at += this.bytes.write(value, this.at, "utf16le");
  }

  /** A name: its offset, and the name itself where the chunk does not have it yet. */
  name(value: string): void {
    const known = this.names.get(value);
    if (known !== undefined) {
      this.u32(known);
      return;
    }
    const offset = this.at + 4;
    this.u32(offset);
    const hash = hash16(Uint16Array.from(value, (c) => c.charCodeAt(0)));
    this.u32(this.chain(STRINGS_AT, hash % STRING_BUCKETS, offset));
    this.u16(hash & 0xffff);
    this.u16(value.length);
    this.text(`${value}\0`);
    this.remember(this.names, value, offset);
  }

  /** A template instance up to its values; `define` writes the body where the chunk does not have it yet. */
  template(key: string, define: () => void): void {
    const guid = createGuid(key);
    this.u8(0x0c);
    this.u8(0x01);
    this.u32(guid.readUInt32LE(0));
    const known = this.templates.get(key);
    if (known !== undefined) {
      this.u32(known);
      return;
    }
    const offset = this.at + 4;
    this.u32(offset);
    const bucket = hash16(new Uint16Array(Uint8Array.from(guid).buffer)) % TEMPLATE_BUCKETS;
    this.u32(this.chain(TEMPLATES_AT, bucket, offset));
    this.bytes.set(guid, this.at);
    this.at += 16;
    this.sized(() => {
      this.fragment();
      define();
      this.u8(0);
    });
    this.remember(this.templates, key, offset);
  }

  fragment(): void {
    this.u32(0x0001010f);
  }

  /** Four bytes of size, then what `body` writes. */
  sized(body: () => void): void {
    const size = this.at;
    this.at += 4;
    body();
    this.bytes.writeUInt32LE(this.at - size - 4, size);
  }

  /** Adds a record; false, with nothing changed, where it does not fit any more. Throws a RangeError if no chunk could hold it. */
  add(recordId: number, time: number, body: () => void): boolean {
    const start = this.at;
    this.added = [];
    this.bytes.copy(this.tables, 0, 0, RECORDS_AT);
    this.u32(0x00002a2a);
    this.at += 4;
    this.at = this.bytes.writeBigUInt64LE(BigInt(recordId), this.at);
    this.at = this.bytes.writeBigUInt64LE(filetime(time), this.at);
    body();
    const padding = -(this.at + 4 - start) & 7;
    this.bytes.fill(0, this.at, this.at + padding);
    this.at += padding;
    const size = this.at + 4 - start;
    this.u32(size);
    this.bytes.writeUInt32LE(size, start + 4);
    if (this.at > CHUNK_SIZE) {
      if (this.count === 0) throw new RangeError(`a record of ${size} bytes does not fit into a chunk`);
      this.undo(start);
      return false;
    }
    this.lastRecord = start;
    this.count++;
    return true;
  }

  /** Header and checksums; the result is the chunk's 64 KiB, valid until the chunk is reset. */
  finish(firstNumber: number, firstId: number): Buffer {
    const out = this.bytes.subarray(0, CHUNK_SIZE);
    out.fill(0, this.at);
    out.write("ElfChnk\0", 0, "latin1");
    const last = this.count - 1;
    [firstNumber, firstNumber + last, firstId, firstId + last].forEach((n, i) => {
      out.writeBigUInt64LE(BigInt(n), 8 + 8 * i);
    });
    out.writeUInt32LE(128, 40);
    out.writeUInt32LE(this.lastRecord, 44);
    out.writeUInt32LE(this.at, 48);
    out.writeUInt32LE(crc32(out.subarray(RECORDS_AT, this.at)), 52);
    out.writeUInt32LE(crc32(out.subarray(128, RECORDS_AT), crc32(out.subarray(0, 120))), 124);
    return out;
  }

  reset(): void {
    this.bytes.fill(0, 0, RECORDS_AT);
    this.names.clear();
    this.templates.clear();
    this.at = RECORDS_AT;
    this.count = 0;
  }

  private chain(table: number, bucket: number, offset: number): number {
    const slot = table + 4 * bucket;
    const next = this.bytes.readUInt32LE(slot);
    this.bytes.writeUInt32LE(offset, slot);
    return next;
  }

  private remember(map: Map<string, number>, key: string, offset: number): void {
    map.set(key, offset);
    this.added.push({ map, key });
  }

  private undo(start: number): void {
    for (const { map, key } of this.added) map.delete(key);
    this.tables.copy(this.bytes, 0, 0, RECORDS_AT);
    this.at = start;
  }
}

const guids = new Map<string, Buffer>();

/** A template's identity follows from its contents, so that equal files come from equal events. */
function createGuid(key: string): Buffer {
  let guid = guids.get(key);
  if (!guid) {
    guid = Buffer.alloc(16);
    writeGuid(guid, 0, createHash("sha1").update(key).digest("hex").slice(0, 32));
    guids.set(key, guid);
  }
  return guid;
}
