import { entryOf } from "../../model/entry.ts";
import { type Bytes, fileTime } from "./bytes.ts";

/** Names of properties that links carry, by format id and number (propkey.h). */
const NAMES: Readonly<Record<string, string>> = {
  "{9F4C2855-9F79-4B39-A8D0-E1D42DE1D5F3}/2": "System.AppUserModel.RelaunchCommand",
  "{9F4C2855-9F79-4B39-A8D0-E1D42DE1D5F3}/5": "System.AppUserModel.ID",
  "{B725F130-47EF-101A-A5F1-02608C9EEBAC}/4": "System.ItemTypeText",
  "{B725F130-47EF-101A-A5F1-02608C9EEBAC}/10": "System.ItemNameDisplay",
  "{B725F130-47EF-101A-A5F1-02608C9EEBAC}/12": "System.Size",
  "{B725F130-47EF-101A-A5F1-02608C9EEBAC}/14": "System.DateModified",
  "{B725F130-47EF-101A-A5F1-02608C9EEBAC}/15": "System.DateCreated",
  "{28636AA6-953D-11D2-B5D6-00C04FD918D0}/30": "System.ParsingPath",
  "{E3E0584C-B788-4A5A-BB20-7F5A44C9ACDD}/6": "System.ItemFolderPathDisplay",
  "{446D16B1-8DAD-4870-A748-402EA43D788C}/104": "System.VolumeId",
  "{46588AE2-4CBC-4338-BBFC-139326986DCE}/4": "System.Link.SID",
  "{436F2667-14E2-4FEB-B30A-146C53B5B674}/100": "System.Link.Arguments",
  "{B9B4B3FC-2B51-4A42-B5D8-324146AFCF25}/2": "System.Link.TargetParsingPath",
};

/** Format id of properties that have names in place of numbers. */
const NAMED = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}";
/** "1SPS". */
const VERSION = 0x53505331;
const MAX_PROPERTIES = 256;

/** Properties as text, by name or `{format id}/number` ([MS-PROPSTORE] 2.2); of types unknown here there is no text. */
export function readPropertyStore(store: Bytes): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  let at = 0;
  while (at + 24 <= store.length && properties.size < MAX_PROPERTIES) {
    const size = store.u32(at, "PropertyStorage");
    if (size < 24 || store.u32(at + 4, "PropertyStorage") !== VERSION) break;
    readStorage(store.window(at, size, "PropertyStorage"), properties);
    at += size;
  }
  return properties;
}

function readStorage(storage: Bytes, properties: Map<string, string>): void {
  const format = storage.guid(8, "PropertyStorage");
  let at = 24;
  while (at + 4 <= storage.length && properties.size < MAX_PROPERTIES) {
    const size = storage.u32(at, "property");
    if (size < 9) break;
    const value = storage.window(at, size, "property");
    const named = format === NAMED;
    const nameSize = named ? Math.min(value.u32(4, "property"), value.length) : 0;
    const key = named ? value.utf16(9, nameSize) : `${format}/${value.u32(4, "property")}`;
    const text = typedText(value.window(9 + nameSize, Math.max(0, value.length - 9 - nameSize), "property"));
    if (text !== undefined) properties.set(entryOf(NAMES, key) ?? key, text);
    at += size;
  }
}

/** A value of [MS-OLEPS]'s TypedPropertyValue as text. */
function typedText(value: Bytes): string | undefined {
  if (value.length < 6) return undefined;
  const number = () => (value.length < 8 ? undefined : value.u32(4, ""));
  switch (value.u16(0, "")) {
    case 0x1f:
      return value.utf16(8, (number() ?? 0) * 2);
    case 0x1e:
    case 0x08:
      return value.ansi(8, number());
    case 0x0b:
      return String(value.u16(4, "") !== 0);
    case 0x03:
      return number() === undefined ? undefined : String(number()! | 0);
    case 0x13:
      return number()?.toString();
    case 0x15:
      return value.length < 12 ? undefined : String(value.u64(4, ""));
    case 0x40:
      return value.length < 12 ? undefined : timeText(value.u64(4, ""));
    case 0x48:
      return value.length < 20 ? undefined : value.guid(4, "");
    default:
      return undefined;
  }
}

function timeText(ticks: bigint): string | undefined {
  const time = fileTime(ticks);
  return time === undefined || Math.abs(time) > 8.64e15 ? undefined : new Date(time).toISOString();
}
