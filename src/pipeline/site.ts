import { emptyList, type Listed, readList } from "../correlate/site/read.ts";
import { Site } from "../correlate/site/site.ts";
import { textOf } from "../decode/json/encoding.ts";
import { firstBytes } from "../decode/text/whole.ts";
import { WhatranError } from "../errors.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { reasonOf } from "../model/reason.ts";

/** What a run is told of the site's hosts, and of hosts and files that nobody should be in touch with. */
export interface SiteOptions {
  /** Names, addresses and ranges of the site, beside the private ones. */
  readonly internal?: readonly string[];
  /** Paths of lists of hosts outside the site that programs may be in touch with. */
  readonly trustedHosts?: readonly string[];
  /** Paths of lists of hosts, addresses, ranges and hashes that are known to be hostile. */
  readonly indicators?: readonly string[];
}

/** Only those, of options that hold more: for another thread. */
export const siteOptions = ({ internal = [], trustedHosts = [], indicators = [] }: SiteOptions): SiteOptions => ({
  internal,
  trustedHosts,
  indicators,
});

/** Largest list that is read, in bytes. */
const MAX_LIST = 64 << 20;

function textAt(file: string, tell: (diagnostic: Diagnostic) => void): string {
  try {
    const { bytes, isCut } = firstBytes(file, MAX_LIST);
    if (!isCut) return textOf(bytes);
    tell({ code: "list/limit", message: `only the first ${MAX_LIST >> 20} MiB are read`, file, offset: MAX_LIST });
    return textOf(bytes.subarray(0, bytes.lastIndexOf(10) + 1));
  } catch (error) {
    throw new WhatranError("list/missing", `the list ${file} cannot be opened: ${reasonOf(error)}`);
  }
}

function read(files: readonly string[], listed: Listed, hashes: boolean, tell: (diagnostic: Diagnostic) => void) {
  for (const file of files) for (const told of readList(file, textAt(file, tell), listed, hashes)) tell(told);
}

/**
 * The site of a run. Lines of lists that are no entries are told as diagnostics, and the others hold.
 * @throws WhatranError `config` for a range that is none, `list/missing`
 */
export function loadSite(options: SiteOptions, tell: (diagnostic: Diagnostic) => void = () => {}): Site {
  const { internal = [], trustedHosts = [], indicators = [] } = options;
  const own = emptyList();
  for (const entry of internal) {
    const wrong = own.hosts.add(entry);
    if (wrong !== undefined) throw new WhatranError("config", `internal: ${wrong}`);
  }
  const hostile = emptyList();
  read(trustedHosts, own, false, tell);
  read(indicators, hostile, true, tell);
  return new Site(own, hostile);
}
