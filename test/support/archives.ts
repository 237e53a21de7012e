import { crc32, deflateRawSync } from "node:zlib";

/** How a member of a sample archive is written. */
export interface SampleMember {
  readonly name: string | Buffer;
  readonly content: string | Buffer;
  readonly stored?: boolean;
  /** Sizes and checksum behind the data: as pipes make zips write them. */
  readonly described?: boolean;
  readonly encrypted?: boolean;
  readonly method?: number;
  readonly wrongCrc?: boolean;
}

/** A zip for tests, with a directory that readers of streams pass over. */
export function sampleZip(members: readonly SampleMember[]): Buffer {
  const parts = members.map(zipMember);
  const directory = members.map((member) => {
    const name = Buffer.from(member.name);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(name.length, 28);
    return Buffer.concat([entry, name]);
  });
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  return Buffer.concat([...parts, ...directory, end]);
}

function zipMember(member: SampleMember): Buffer {
  const name = Buffer.from(member.name);
  const content = Buffer.from(member.content);
  const data = member.stored ? content : deflateRawSync(content);
  const sums = Buffer.alloc(12);
  sums.writeUInt32LE(member.wrongCrc ? 1 : crc32(content), 0);
  sums.writeUInt32LE(data.length, 4);
  sums.writeUInt32LE(content.length, 8);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE((member.described ? 8 : 0) | (member.encrypted ? 1 : 0), 6);
  header.writeUInt16LE(member.method ?? (member.stored ? 0 : 8), 8);
  if (!member.described) sums.copy(header, 14);
  header.writeUInt16LE(name.length, 26);
  const behind = member.described ? [Buffer.from("PK\x07\x08", "latin1"), sums] : [];
  return Buffer.concat([header, name, data, ...behind]);
}

/** One tar header and its content, padded. */
export function tarMember(name: string, content: string | Buffer, type = "0"): Buffer {
  const bytes = Buffer.from(content);
  const header = Buffer.alloc(512);
  header.write(name.slice(0, 100), 0, "latin1");
  header.write(`${bytes.length.toString(8).padStart(11, "0")}\0`, 124, "latin1");
  header.write("        ", 148, "latin1");
  header.write(type, 156, "latin1");
  header.write("ustar\x0000", 257, "latin1");
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return Buffer.concat([header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}

/** A tar of plain files, with the zeros that end it. */
export function sampleTar(files: Readonly<Record<string, string | Buffer>>): Buffer {
  const members = Object.entries(files).map(([name, content]) => tarMember(name, content));
  return Buffer.concat([...members, Buffer.alloc(1024)]);
}
