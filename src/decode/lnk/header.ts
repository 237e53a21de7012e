import { type Bytes, fileTime } from "./bytes.ts";

export const HEADER_SIZE = 0x4c;
const LINK_CLSID = "{00021401-0000-0000-C000-000000000046}";

/** Bits of LinkFlags ([MS-SHLLINK] 2.1.1) that decide what follows or how it is read. */
export const FLAG = {
  idList: 1 << 0,
  linkInfo: 1 << 1,
  name: 1 << 2,
  relativePath: 1 << 3,
  workingDir: 1 << 4,
  arguments: 1 << 5,
  iconLocation: 1 << 6,
  unicode: 1 << 7,
  forceNoLinkInfo: 1 << 8,
  expString: 1 << 9,
  darwinId: 1 << 12,
  runAsUser: 1 << 13,
  expIcon: 1 << 14,
  preferEnvironmentPath: 1 << 25,
} as const;

export interface LnkHeader {
  readonly flags: number;
  /** Attributes of the target: FILE_ATTRIBUTE_* bits. */
  readonly attributes: number;
  /** Times of the target when the link was made, in milliseconds since the epoch. */
  readonly created: number | undefined;
  readonly accessed: number | undefined;
  readonly modified: number | undefined;
  /** Low 32 bits of the target's size. */
  readonly targetSize: number;
  readonly iconIndex: number;
  /** 1 normal, 3 maximised, 7 minimised. */
  readonly showCommand: number;
  readonly hotKey: number;
}

/** Whether these are the first bytes of a shell link. */
export function isLnk(bytes: Bytes): boolean {
  return bytes.length >= 20 && bytes.u32(0, "") === HEADER_SIZE && bytes.guid(4, "") === LINK_CLSID;
}

/** [MS-SHLLINK] 2.1. */
export function readHeader(bytes: Bytes): LnkHeader {
  bytes.has(0, HEADER_SIZE, "ShellLinkHeader");
  const time = (offset: number) => (offset + 8 <= bytes.length ? fileTime(bytes.u64(offset, "")) : undefined);
  const number = (offset: number) => (offset + 4 <= bytes.length ? bytes.u32(offset, "") : 0);
  return {
    flags: number(20),
    attributes: number(24),
    created: time(28),
    accessed: time(36),
    modified: time(44),
    targetSize: number(52),
    iconIndex: number(56) | 0,
    showCommand: number(60),
    hotKey: number(64) & 0xffff,
  };
}
