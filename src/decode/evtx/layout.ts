/** Sizes and signatures of the EVTX file format ([MS-EVEN6] and libyal's description of EVTX). Sizes in bytes. */
export const FILE_HEADER_SIZE = 4096;
export const CHUNK_SIZE = 65536;
/** Chunk header, string table and template table. */
export const CHUNK_HEADER_SIZE = 512;
/** Where the header has the numbers of the chunk's first and last record. */
export const FIRST_NUMBER = 24;
export const LAST_NUMBER = 32;
/** Magic, size, record id, time. */
export const RECORD_HEADER_SIZE = 24;
/** Header and the copy of the size at the end. */
export const MIN_RECORD_SIZE = 28;
/** `next` u32, GUID, size u32 in front of a template's fragment. */
export const TEMPLATE_HEADER_SIZE = 24;

export const FILE_MAGIC = Buffer.from("ElfFile\0", "latin1");
export const CHUNK_MAGIC = Buffer.from("ElfChnk\0", "latin1");
export const RECORD_MAGIC = Buffer.from([0x2a, 0x2a, 0, 0]);

export function startsWith(bytes: Buffer, at: number, magic: Buffer): boolean {
  return at + magic.length <= bytes.length && bytes.compare(magic, 0, magic.length, at, at + magic.length) === 0;
}
