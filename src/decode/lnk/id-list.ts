import type { Bytes } from "./bytes.ts";
import { folderPath, isControlPanel } from "./folders.ts";

/** One item of an IDList: what it is, and what it adds to the path. */
export interface ShellItem {
  readonly kind: "root" | "drive" | "folder" | "file" | "network" | "controlPanel" | "uri" | "other";
  readonly text: string;
}

const MAX_ITEMS = 256;
/** A path of a library, with what may follow it. */
const LIBRARY = /^[ -~\u00a0-\uffef]{1,400}\.(?:cpl|dll)\b/i;
const LONG_NAMES = 0xbeef0004;
/** "CFSF": an item of the user's folder, with a file entry inside. */
const DELEGATE = 0x46534643;

/** Items of an IDList up to its terminator ([MS-SHLLINK] 2.2; layouts: libyal's "Windows Shell Item format"). */
export function readIdList(list: Bytes): readonly ShellItem[] {
  const items: ShellItem[] = [];
  let at = 0;
  let panel = false;
  while (items.length < MAX_ITEMS && at + 2 <= list.length) {
    const size = list.u16(at, "ItemID");
    if (size < 3) break;
    const item = readItem(list.window(at, size, "ItemID"), panel);
    items.push(item);
    panel ||= item.kind === "controlPanel";
    at += size;
  }
  return items;
}

function readItem(item: Bytes, inPanel: boolean): ShellItem {
  const type = item.u8(2);
  if (type === 0x1f || type === 0x2e) return root(item);
  switch (type & 0x70) {
    case 0x20:
      return { kind: "drive", text: item.ansi(3, 23) };
    case 0x30:
      return fileEntry(item);
    case 0x40:
      return { kind: "network", text: item.ansi(5) };
    case 0x60:
      return { kind: "uri", text: uri(item) };
    default:
      return special(item, type, inPanel);
  }
}

function root(item: Bytes): ShellItem {
  const guid = item.guid(4, "root item");
  return isControlPanel(guid) ? { kind: "controlPanel", text: "" } : { kind: "root", text: folderPath(guid) };
}

function special(item: Bytes, type: number, inPanel: boolean): ShellItem {
  if (type === 0x71) return { kind: "controlPanel", text: `::${item.guid(14, "control panel item")}` };
  if (type === 0x74 && item.length > 24 && item.u32(6, "") === DELEGATE)
    return fileEntry(item.window(10, item.u16(10, ""), "inner item"));
  if (inPanel) {
    const path = controlPanelLibrary(item);
    if (path !== undefined) return { kind: "controlPanel", text: path };
  }
  const long = longName(item);
  return long === undefined ? { kind: "other", text: "" } : { kind: "file", text: long };
}

/** A file or folder: the short name in the item, the long one in its extension block. */
function fileEntry(item: Bytes): ShellItem {
  const type = item.u8(2);
  const short = type & 0x04 ? item.utf16(14) : item.ansi(14);
  return { kind: type & 0x01 ? "folder" : "file", text: longName(item) ?? short };
}

/** Bytes before the long name, by version of the extension block. */
function longNameOffset(version: number): number {
  if (version >= 9) return 46;
  if (version >= 8) return 42;
  return version >= 7 ? 38 : 20;
}

/** The long name in the extension block 0xBEEF0004, whose offset stands in the item's last two bytes. */
function longName(item: Bytes): string | undefined {
  if (item.length < 28) return undefined;
  const at = item.u16(item.length - 2, "");
  if (at < 4 || at + 8 > item.length || item.u32(at + 4, "") !== LONG_NAMES) return undefined;
  const version = item.u16(at + 2, "");
  if (version < 3) return undefined;
  const block = item.window(at, Math.min(item.u16(at, ""), item.length - at), "extension block");
  return block.utf16(longNameOffset(version)) || undefined;
}

/** The library that a control panel item names: UTF-16 at offset 24, or ANSI at 12; writers differ by some bytes. */
function controlPanelLibrary(item: Bytes): string | undefined {
  for (let at = 10; at <= 32; at += 1) {
    const found = [item.utf16(at), item.ansi(at)].find((text) => LIBRARY.test(text));
    if (found !== undefined) return found;
  }
  return undefined;
}

function uri(item: Bytes): string {
  const read = (at: number) => (item.u8(3) & 0x80 ? item.utf16(at) : item.ansi(at));
  return read(6 + item.u16(4, "URI item")) || read(8);
}

/** The path that the items lead to; "" where there are none. */
export function idListPath(items: readonly ShellItem[]): string {
  let path = "";
  for (const { kind, text } of items) {
    if (text === "") continue;
    if (kind === "drive" || kind === "uri" || kind === "controlPanel" || text.startsWith("\\\\")) path = text;
    else path = path === "" || path.endsWith("\\") ? path + text : `${path}\\${text}`;
  }
  return path;
}
