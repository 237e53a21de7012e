import { linesIn } from "../../decode/text/lines.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { HostList } from "./host-list.ts";

/** Most entries of one file, and the longest line; the longest SHA-256 and the longest name are shorter. */
const MAX_ENTRIES = 1_000_000;
const MAX_LINE = 300;

/** MD5, SHA-1 or SHA-256. */
const HASH = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i;

/** What a list names. */
export interface Listed {
  readonly hosts: HostList;
  /** Lower case; empty where a list may name hosts only. */
  readonly hashes: Set<string>;
}

/** Reports often write addresses so that nobody follows them by accident: `hxxp`, `[.]`, `(.)`, `[:]`. */
const refanged = (text: string): string => text.replace(/\[\.\]|\(\.\)|\[dot\]/gi, ".").replaceAll("[:]", ":");

function wrongWith(entry: string, listed: Listed, hashes: boolean): string | undefined {
  if (HASH.test(entry)) {
    if (!hashes) return `“${entry}” is a hash; only hosts are listed here`;
    listed.hashes.add(entry.toLowerCase());
    return undefined;
  }
  // A host of many is not hostile, or trusted, for one page of it.
  if (/^h(?:tt|xx)ps?:/i.test(entry))
    return `“${entry}” is an address of the web; write its host, if all of it is meant`;
  return listed.hosts.add(refanged(entry));
}

/**
 * Reads a list into `listed`: one entry a line, what stands behind `#` is a comment. A line that is no entry is told of with its place,
 * and the others hold.
 * @param hashes whether hashes of files are entries, too
 */
export function readList(file: string, text: string, listed: Listed, hashes: boolean): readonly Diagnostic[] {
  const told: Diagnostic[] = [];
  let entries = 0;
  let line = 0;
  for (const raw of linesIn(text)) {
    line++;
    const [written = ""] = raw.split("#", 1);
    const entry = written.trim().replace(/^\uFEFF/, "");
    if (entry === "") continue;
    const column = written.length - written.trimStart().length + 1;
    const tell = (message: string) => told.push({ code: "list/bad-line", message, file, line, column });
    if (++entries > MAX_ENTRIES) {
      told.push({ code: "list/limit", message: `only the first ${MAX_ENTRIES} entries hold`, file, line });
      break;
    }
    if (entry.length > MAX_LINE) tell(`the entry has ${entry.length} characters; ${MAX_LINE} are the most`);
    else {
      const wrong = wrongWith(entry, listed, hashes);
      if (wrong !== undefined) tell(wrong);
    }
  }
  return told;
}

export const emptyList = (): Listed => ({ hosts: new HostList(), hashes: new Set() });
