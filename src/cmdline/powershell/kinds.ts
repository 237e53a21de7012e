import type { PayloadWhat } from "../../model/payload.ts";
import { kindByExtension } from "../normal/kinds.ts";

/** What a file is by its extension; an address or file without a telling one is what `otherwise` says. */
export function kindOf(value: string, otherwise: PayloadWhat): PayloadWhat {
  if (/^(?:hk[a-z_]{2,20}:?|registry::[^\\]{1,32})\\/i.test(value)) return "config";
  const extension = /(\.[a-z0-9]{1,8})(?:[?#].*)?$/i.exec(value.slice(-64))?.[1]?.toLowerCase() ?? "";
  return extension === ".lnk" ? "document" : (kindByExtension(extension) ?? otherwise);
}

export function isUrl(value: string): boolean {
  return /^(?:https?|ftp):[\\/]/i.test(value.trim());
}
