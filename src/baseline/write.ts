import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { addedCrc32 } from "../decode/checksum.ts";
import { WhatranError } from "../errors.ts";
import { reasonOf } from "../model/reason.ts";
import { ByteWriter } from "./bytes.ts";
import { type BaselineHeader, type Entry, FOOTER, MAGIC } from "./file.ts";

const ENTRIES_PER_BLOCK = 64;

/**
 * Writes entries, which come in the order of their keys, beside the target, and renames the file into its place: a kill at any moment
 * leaves the old one or the new one. Returns how many there were.
 * @throws WhatranError `usage` for what the system refuses while it is written
 */
export function writeBaseline(path: string, header: BaselineHeader, entries: Iterable<Entry>): number {
  const part = `${path}.${process.pid}.part`;
  const file = openSync(part, "w", 0o600);
  let offset = 0;
  let crc = 0;
  let total = 0;
  const write = (bytes: Uint8Array) => {
    try {
      // Where room runs out a part is written without a word; the rest is what is refused.
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    } catch (error) {
      throw new WhatranError("usage", `${path} cannot be written: ${reasonOf(error)}`);
    }
  };
  const put = (bytes: Uint8Array) => {
    write(bytes);
    crc = addedCrc32(crc, bytes);
    offset += bytes.length;
  };
  try {
    put(Buffer.from(`${JSON.stringify(header)}\n`));
    const index = new ByteWriter();
    const block = new ByteWriter();
    let inBlock = 0;
    for (const { key, count } of entries) {
      const name = Buffer.from(key);
      if (inBlock === 0) {
        index.block(name);
        index.varint(offset);
      }
      block.block(name);
      block.block(count.encode());
      total++;
      inBlock++;
      if (inBlock === ENTRIES_PER_BLOCK) {
        put(block.take());
        inBlock = 0;
      }
    }
    if (inBlock > 0) put(block.take());
    const indexAt = offset;
    put(index.take());
    const footer = Buffer.alloc(FOOTER);
    footer.writeBigUInt64LE(BigInt(indexAt), 0);
    footer.writeUInt32LE(crc, 8);
    footer.write(MAGIC, 16, "latin1");
    write(footer);
    fsyncSync(file);
  } catch (error) {
    closeSync(file);
    rmSync(part, { force: true });
    throw error;
  }
  closeSync(file);
  renameSync(part, path);
  syncFolder(dirname(path));
  removeOrphans(path);
  return total;
}

/** Removes what writers that were killed have left beside a file. */
export function removeOrphans(path: string): void {
  const name = basename(path);
  for (const other of readdirSync(dirname(path))) {
    const pid = other.startsWith(`${name}.`) ? /^\.(\d+)\.part$/.exec(other.slice(name.length))?.[1] : undefined;
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(dirname(path), other), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Makes the rename itself last; not every system lets a folder be opened. */
function syncFolder(path: string): void {
  try {
    const folder = openSync(path, "r");
    fsyncSync(folder);
    closeSync(folder);
  } catch {
    // The file itself is synced; the folder is the file system's business here.
  }
}
