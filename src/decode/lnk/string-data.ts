import type { Bytes } from "./bytes.ts";
import { FLAG } from "./header.ts";

export interface StringData {
  /** The description that Explorer shows as a hint. */
  readonly name: string | undefined;
  readonly relativePath: string | undefined;
  readonly workingDirectory: string | undefined;
  readonly arguments: string | undefined;
  readonly iconLocation: string | undefined;
}

const ORDER = [
  ["name", FLAG.name],
  ["relativePath", FLAG.relativePath],
  ["workingDirectory", FLAG.workingDir],
  ["arguments", FLAG.arguments],
  ["iconLocation", FLAG.iconLocation],
] as const;

/** [MS-SHLLINK] 2.4: counted texts, of which the flags say which are there. Returns also where they end. */
export function readStringData(bytes: Bytes, start: number, flags: number): { strings: StringData; end: number } {
  const strings: Record<keyof StringData, string | undefined> = {
    name: undefined,
    relativePath: undefined,
    workingDirectory: undefined,
    arguments: undefined,
    iconLocation: undefined,
  };
  let at = start;
  for (const [key, flag] of ORDER) {
    if ((flags & flag) === 0) continue;
    if (!bytes.has(at, 2, `StringData ${key}`)) break;
    const size = bytes.u16(at, "") * (flags & FLAG.unicode ? 2 : 1);
    const fits = bytes.has(at + 2, size, `StringData ${key}`);
    strings[key] = flags & FLAG.unicode ? bytes.utf16(at + 2, size) : bytes.ansi(at + 2, size);
    at += 2 + size;
    if (!fits) break;
  }
  return { strings, end: Math.min(at, bytes.length) };
}
