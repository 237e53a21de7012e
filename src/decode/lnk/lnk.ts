import { Bytes, type Damage } from "./bytes.ts";
import { type ExtraData, readExtraData } from "./extra-data.ts";
import { FLAG, HEADER_SIZE, isLnk, type LnkHeader, readHeader } from "./header.ts";
import { idListPath, readIdList, type ShellItem } from "./id-list.ts";
import { type LinkInfo, readLinkInfo } from "./link-info.ts";
import { readStringData, type StringData } from "./string-data.ts";

/** One shell link, as its bytes say; nothing is resolved. */
export interface Lnk {
  readonly header: LnkHeader;
  readonly items: readonly ShellItem[];
  /** Path of the items; "" where there are none. */
  readonly idPath: string;
  readonly info: LinkInfo | undefined;
  readonly strings: StringData;
  readonly extra: ExtraData;
  /** Offset of the first byte after the link; bytes beyond it are no part of it. */
  readonly end: number;
  readonly damages: readonly Damage[];
}

/** Decodes a shell link ([MS-SHLLINK]); undefined where the bytes are none. Damaged parts are left out and noted. */
export function decodeLnk(buffer: Buffer): Lnk | undefined {
  const damages: Damage[] = [];
  const bytes = new Bytes(buffer, damages);
  if (!isLnk(bytes)) return undefined;
  const header = readHeader(bytes);
  const { flags } = header;
  let at = HEADER_SIZE;
  let items: readonly ShellItem[] = [];
  if (flags & FLAG.idList) {
    const size = bytes.u16(at, "LinkTargetIDList");
    items = readIdList(bytes.window(at + 2, size, "LinkTargetIDList"));
    at += 2 + size;
  }
  let info: LinkInfo | undefined;
  if (flags & FLAG.linkInfo && bytes.has(at, 4, "LinkInfo")) {
    const size = Math.max(4, bytes.u32(at, "LinkInfo"));
    const whole = bytes.window(at, size, "LinkInfo");
    // Shorter ones have no header; the shell then goes by the IDList.
    if (size >= 0x1c && (flags & FLAG.forceNoLinkInfo) === 0) info = readLinkInfo(whole);
    at += size;
  }
  const { strings, end } = readStringData(bytes, Math.min(at, bytes.length), flags);
  const rest = readExtraData(bytes, end);
  return { header, items, idPath: idListPath(items), info, strings, extra: rest.extra, end: rest.end, damages };
}
