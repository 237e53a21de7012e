import type { PayloadWhat } from "../../model/payload.ts";
import { kindOf } from "../normal/kinds.ts";

/** What code makes of files that are something else, or nothing known, on a command line. */
const IN_CODE: Readonly<Record<string, PayloadWhat>> = { ".bin": "executable", ".reg": "config", ".xsl": "scriptlet" };

/** What a file or address most likely is, by the ending of its name; a document where the ending says nothing. */
export function kindOfName(name: string): PayloadWhat {
  const path = name.replace(/[?#].*$/s, "").replace(/^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/]*/, "");
  const extension = /\.[A-Za-z0-9]{1,5}$/.exec(path.slice(-8))?.[0].toLowerCase() ?? "";
  return IN_CODE[extension] ?? kindOf(extension);
}
