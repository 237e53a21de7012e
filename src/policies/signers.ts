import type { Catalog } from "../catalog/catalog.ts";
import { ofAnyWidth } from "../cmdline/normal/path.ts";
import { baseName } from "../invocations/glob.ts";
import type { Signature } from "../model/event.ts";
import type { FileFacts } from "./decide/act.ts";
import { SUBJECTS } from "./decide/packaged.ts";
import { isInstalled, plainPath } from "./decide/paths.ts";

type Signed = Pick<FileFacts, "signed" | "publisher">;

interface Logged {
  readonly signature: Signature | undefined;
  /** Maker of the version resource. */
  readonly company?: string | undefined;
}

/** Folders of Windows into which only its installer writes; below them users write to some. */
const WINDOWS_OWN = /^c:\\windows\\(?:(?:system32|syswow64)\\(?:wbem\\)?)?[^\\]+$/;

/**
 * Who signed a program: as logged, or, where no log says it, who makes the program of the catalogue that lies where that is
 * installed and where only administrators write, and Windows for what lies among its own and calls itself Microsoft’s.
 */
export function signerOf(path: string | undefined, { signature, company }: Logged, catalog: Catalog): Signed {
  const { signed, signer } = signature ?? {};
  if (signed !== undefined || signer !== undefined || path === undefined)
    return {
      signed,
      publisher: signed === true && signer !== undefined ? (SUBJECTS.get(signer) ?? signer) : undefined,
    };
  const plain = plainPath(path);
  if (company === "Microsoft Corporation" && WINDOWS_OWN.test(plain))
    return { signed: true, publisher: SUBJECTS.get("Microsoft Windows") };
  const entry = isInstalled(plain) ? catalog.byName(baseName(plain), "windows") : undefined;
  const publisher = SUBJECTS.get(entry?.signer ?? "");
  const folder = ofAnyWidth(plain);
  const isHome = entry?.homes.some((home) => folder.includes(ofAnyWidth(`\\${home.toLowerCase()}\\`))) ?? false;
  return publisher !== undefined && isHome ? { signed: true, publisher } : {};
}
