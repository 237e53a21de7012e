import type { Bytes } from "./bytes.ts";
import { folderPath } from "./folders.ts";
import { idListPath, readIdList } from "./id-list.ts";
import { readPropertyStore } from "./property-store.ts";

/** A text that stands twice, in ANSI and in Unicode; they may differ. */
interface TwiceText {
  readonly ansi: string;
  readonly unicode: string;
}

/** Where the link was made: NetBIOS name and, from the file's object id, the card's hardware address. */
interface Tracker {
  readonly machineId: string;
  readonly volume: string;
  readonly file: string;
  /** `00:0C:29:…`, where the object id is one that holds an address (a version 1 UUID). */
  readonly mac: string | undefined;
}

export interface ExtraData {
  environment?: TwiceText;
  iconEnvironment?: TwiceText;
  darwin?: TwiceText;
  tracker?: Tracker;
  specialFolder?: number;
  knownFolder?: string;
  shim?: string;
  console?: boolean;
  vistaPath?: string;
  properties?: ReadonlyMap<string, string>;
}

const MAX_BLOCKS = 64;

type BlockReader = (block: Bytes) => Partial<ExtraData>;

/** Data blocks by signature, [MS-SHLLINK] 2.5.1 to 2.5.11; offsets count from the block's size field. */
const BLOCKS: Readonly<Record<number, BlockReader>> = {
  2684354561: (block) => ({ environment: twice(block) }),
  2684354562: () => ({ console: true }),
  2684354563: (block) => ({ tracker: tracker(block) }),
  2684354565: (block) => ({ specialFolder: block.u32(8, "SpecialFolderDataBlock") }),
  2684354566: (block) => ({ darwin: twice(block) }),
  2684354567: (block) => ({ iconEnvironment: twice(block) }),
  2684354568: (block) => ({ shim: block.utf16(8) }),
  2684354569: (block) => ({ properties: readPropertyStore(block.window(8, block.length - 8, "PropertyStore")) }),
  2684354571: (block) => ({ knownFolder: folderPath(block.guid(8, "KnownFolderDataBlock")) }),
  2684354572: (block) => ({ vistaPath: idListPath(readIdList(block.window(8, block.length - 8, "IDList"))) }),
};

/** ExtraData up to its terminal block; returns also where it ends. */
export function readExtraData(bytes: Bytes, start: number): { extra: ExtraData; end: number } {
  let extra: ExtraData = {};
  let at = start;
  for (let count = 0; count < MAX_BLOCKS && at < bytes.length; count += 1) {
    const size = bytes.u32(at, "ExtraData");
    if (size < 4) return { extra, end: Math.min(at + 4, bytes.length) };
    const block = bytes.window(at, size, "ExtraData");
    const signature = size >= 8 ? block.u32(4, "ExtraData") : 0;
    const read = BLOCKS[signature];
    // The first block of a kind counts, as it does for the shell.
    if (read) extra = { ...read(block), ...extra };
    at += block.length;
    if (block.length < size) break;
  }
  return { extra, end: at };
}

function twice(block: Bytes): TwiceText {
  block.has(8, 780, "data block with two texts");
  return { ansi: block.ansi(8, 260), unicode: block.utf16(268, 520) };
}

/** 2.5.10: machine id, then volume and file ids, now and at birth. */
function tracker(block: Bytes): Tracker {
  const file = block.guid(48, "TrackerDataBlock");
  const versionOne = file[15] === "1";
  const node = file.slice(25, 37);
  return {
    machineId: block.ansi(16, 16),
    volume: block.guid(32, "TrackerDataBlock"),
    file,
    mac: versionOne ? node.match(/../g)?.join(":") : undefined,
  };
}
