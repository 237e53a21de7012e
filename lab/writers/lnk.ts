/**
 * Writes shell links (.lnk) after [MS-SHLLINK], for tests and examples. Parts stand in the file as they are described:
 * nothing is looked up on this machine, and nothing checks that the parts agree.
 */
export interface LnkDescription {
  /** Absolute path, such as `C:\Windows\notepad.exe`: becomes the IDList. */
  readonly idList?: string;
  /** Library that an item of the Control Panel names: becomes the IDList. */
  readonly controlPanel?: string;
  /** Local path, or `\\server\share\path`: becomes LinkInfo. */
  readonly linkInfo?: string;
  readonly name?: string;
  readonly relativePath?: string;
  readonly workingDirectory?: string;
  readonly arguments?: string;
  readonly icon?: string;
  /** ANSI in place of Unicode texts; characters must be Latin-1. */
  readonly ansi?: boolean;
  readonly showCommand?: number;
  /** Milliseconds since the epoch. */
  readonly created?: number;
  readonly modified?: number;
  /** Target in an EnvironmentVariableDataBlock; `ansi` may differ from `unicode`. */
  readonly environment?: { readonly ansi?: string; readonly unicode?: string };
  readonly iconEnvironment?: string;
  readonly tracker?: { readonly machineId: string; readonly mac?: string };
  /** `{GUID}` */
  readonly knownFolder?: string;
  /** Texts by `{GUID}/number`. */
  readonly properties?: Readonly<Record<string, string>>;
  /** Bytes after the link. */
  readonly appended?: Uint8Array;
}

const COMPUTER = "{20D04FE0-3AEA-1069-A2D8-08002B30309D}";
const CONTROL_PANEL = "{21EC2020-3AEA-1069-A2DD-08002B30309D}";

export function writeLnk(link: LnkDescription): Buffer {
  const ids = link.idList !== undefined ? fileItems(link.idList) : controlPanelItems(link.controlPanel);
  const parts = [header(link, ids !== undefined)];
  if (ids) parts.push(sized16(ids));
  if (link.linkInfo !== undefined) parts.push(linkInfo(link.linkInfo));
  const texts = [link.name, link.relativePath, link.workingDirectory, link.arguments, link.icon];
  for (const text of texts) if (text !== undefined) parts.push(u16(text.length), encode(text, link.ansi));
  parts.push(...extraData(link), Buffer.alloc(4));
  if (link.appended) parts.push(Buffer.from(link.appended));
  return Buffer.concat(parts);
}

function header(link: LnkDescription, hasIds: boolean): Buffer {
  const out = Buffer.alloc(0x4c);
  const bits = [
    hasIds,
    link.linkInfo !== undefined,
    link.name !== undefined,
    link.relativePath !== undefined,
    link.workingDirectory !== undefined,
    link.arguments !== undefined,
    link.icon !== undefined,
    !link.ansi,
    false,
    link.environment !== undefined,
  ];
  out.writeUInt32LE(0x4c, 0);
  guid("{00021401-0000-0000-C000-000000000046}").copy(out, 4);
  out.writeUInt32LE(
    bits.reduce((flags, bit, index) => flags | (bit ? 1 << index : 0), 0),
    20,
  );
  out.writeUInt32LE(0x20, 24);
  out.writeBigUInt64LE(fileTime(link.created), 28);
  out.writeBigUInt64LE(fileTime(link.modified), 44);
  out.writeUInt32LE(link.showCommand ?? 1, 60);
  return out;
}

/** Items of a path: this computer, the drive, then folders and the file with long names. */
function fileItems(path: string): Buffer {
  const [drive = "", ...names] = path.split("\\");
  const items = [
    rootItem(COMPUTER),
    item(Buffer.concat([Buffer.from([0x2f]), Buffer.from(`${drive}\\`.padEnd(22, "\0"), "latin1")])),
  ];
  for (const [index, name] of names.entries()) items.push(entryItem(name, index < names.length - 1));
  return Buffer.concat([...items, u16(0)]);
}

function controlPanelItems(library: string | undefined): Buffer | undefined {
  if (library === undefined) return undefined;
  const body = Buffer.concat([Buffer.alloc(22), utf16z(library)]);
  return Buffer.concat([rootItem(COMPUTER), rootItem(CONTROL_PANEL, 0x2e), item(body), u16(0)]);
}

function rootItem(id: string, type = 0x1f): Buffer {
  return item(Buffer.concat([Buffer.from([type, 0x50]), guid(id)]));
}

/** A file entry with a short name that no path needs, and extension block 0xBEEF0004 of version 9 with the long one. */
function entryItem(name: string, folder: boolean): Buffer {
  const short = Buffer.from(folder ? "SHORT~1\0" : "SHORT~1.XXX\0", "latin1");
  const entry = Buffer.concat([Buffer.from([folder ? 0x31 : 0x32, 0]), Buffer.alloc(10), short]);
  const offset = 2 + entry.length;
  const block = Buffer.concat([Buffer.alloc(46), utf16z(name), u16(offset)]);
  block.writeUInt16LE(block.length, 0);
  block.writeUInt16LE(9, 2);
  block.writeUInt32LE(0xbeef0004, 4);
  return item(Buffer.concat([entry, block]));
}

function linkInfo(path: string): Buffer {
  const share = /^\\\\[^\\]+\\[^\\]+/.exec(path)?.[0];
  const head = Buffer.alloc(0x24);
  head.writeUInt32LE(0x24, 4);
  head.writeUInt32LE(share === undefined ? 1 : 2, 8);
  const place = share === undefined ? volume() : network(share);
  const base = share === undefined ? utf16z(path) : Buffer.alloc(0);
  const suffix = utf16z(share === undefined ? "" : path.slice(share.length + 1));
  head.writeUInt32LE(0x24, share === undefined ? 12 : 20);
  head.writeUInt32LE(share === undefined ? 0x24 + place.length : 0, 28);
  head.writeUInt32LE(0x24 + place.length + base.length, 32);
  const info = Buffer.concat([head, place, base, suffix]);
  info.writeUInt32LE(info.length, 0);
  return info;
}

function volume(): Buffer {
  const out = Buffer.alloc(17);
  for (const [index, value] of [17, 3, 0x1234abcd, 16].entries()) out.writeUInt32LE(value, index * 4);
  return out;
}

function network(share: string): Buffer {
  const head = Buffer.alloc(28);
  for (const [index, value] of [0, 0, 28, 0, 0x20000, 28, 0].entries()) head.writeUInt32LE(value, index * 4);
  const out = Buffer.concat([head, utf16z(share)]);
  out.writeUInt32LE(out.length, 0);
  return out;
}

function extraData(link: LnkDescription): Buffer[] {
  const blocks: Buffer[] = [];
  const { environment, iconEnvironment, tracker, knownFolder, properties } = link;
  if (environment) blocks.push(twice(0xa0000001, environment.ansi ?? "", environment.unicode ?? ""));
  if (iconEnvironment !== undefined) blocks.push(twice(0xa0000007, iconEnvironment, iconEnvironment));
  if (tracker) blocks.push(block(0xa0000003, trackerBody(tracker.machineId, tracker.mac)));
  if (knownFolder) blocks.push(block(0xa000000b, Buffer.concat([guid(knownFolder), Buffer.alloc(4)])));
  if (properties) blocks.push(block(0xa0000009, propertyStore(properties)));
  return blocks;
}

function block(signature: number, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(8 + body.length, 0);
  head.writeUInt32LE(signature, 4);
  return Buffer.concat([head, body]);
}

function twice(signature: number, ansi: string, unicode: string): Buffer {
  const body = Buffer.alloc(780);
  body.write(ansi.slice(0, 259), 0, "latin1");
  body.write(unicode.slice(0, 259), 260, "utf16le");
  return block(signature, body);
}

function trackerBody(machineId: string, mac = "00:00:5E:00:53:01"): Buffer {
  const body = Buffer.alloc(0x58);
  body.writeUInt32LE(0x58, 0);
  body.write(machineId.slice(0, 15), 8, "latin1");
  const file = guid(`{01234567-89AB-11EE-8000-${mac.replaceAll(":", "").toUpperCase()}}`);
  for (const offset of [40, 72]) file.copy(body, offset);
  return body;
}

/** Each property stands in a storage of its own, as a counted Unicode text. */
function propertyStore(properties: Readonly<Record<string, string>>): Buffer {
  const storages = Object.entries(properties).map(([key, text]) => {
    const [format = "", number] = key.split("/");
    const chars = utf16z(text);
    const value = Buffer.concat([Buffer.alloc(17), chars]);
    for (const [at, field] of [value.length, Number(number)].entries()) value.writeUInt32LE(field, at * 4);
    value.writeUInt16LE(0x1f, 9);
    value.writeUInt32LE(chars.length / 2, 13);
    const head = Buffer.alloc(8);
    head.writeUInt32LE(24 + value.length + 4, 0);
    head.writeUInt32LE(0x53505331, 4);
    return Buffer.concat([head, guid(format), value, Buffer.alloc(4)]);
  });
  return Buffer.concat([...storages, Buffer.alloc(4)]);
}

function item(body: Buffer): Buffer {
  return Buffer.concat([u16(body.length + 2), body]);
}

function sized16(body: Buffer): Buffer {
  return Buffer.concat([u16(body.length), body]);
}

function u16(value: number): Buffer {
  const out = Buffer.alloc(2);
  out.writeUInt16LE(value);
  return out;
}

function encode(text: string, ansi = false): Buffer {
  return Buffer.from(text, ansi ? "latin1" : "utf16le");
}

function utf16z(text: string): Buffer {
  return Buffer.from(`${text}\0`, "utf16le");
}

function guid(text: string): Buffer {
  const hex = Buffer.from(text.replace(/[{}-]/g, ""), "hex");
  return Buffer.concat([
    hex.subarray(0, 4).reverse(),
    hex.subarray(4, 6).reverse(),
    hex.subarray(6, 8).reverse(),
    hex.subarray(8),
  ]);
}

function fileTime(time: number | undefined): bigint {
  return time === undefined ? 0n : (BigInt(Math.trunc(time)) + 11_644_473_600_000n) * 10_000n;
}
