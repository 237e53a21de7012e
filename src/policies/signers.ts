import type { Catalog } from "../catalog/catalog.ts";
import { baseName } from "../invocations/glob.ts";
import type { Signature } from "../model/event.ts";
import type { FileFacts } from "./decide/act.ts";
import { SUBJECTS } from "./decide/packaged.ts";
import { isInstalled, plainPath } from "./decide/paths.ts";

type Signed = Pick<FileFacts, "signed" | "publisher">;

/**
 * Who signed a program: as logged, or, where no log says it, who makes the program of the catalogue that lies where that is
 * installed and where only administrators write.
 */
export function signerOf(path: string | undefined, signature: Signature | undefined, catalog: Catalog): Signed {
  const { signed, signer } = signature ?? {};
  if (signed !== undefined || signer !== undefined || path === undefined)
    return {
      signed,
      publisher: signed === true && signer !== undefined ? (SUBJECTS.get(signer) ?? signer) : undefined,
    };
  const plain = plainPath(path);
  const entry = isInstalled(plain) ? catalog.byName(baseName(plain), "windows") : undefined;
  const publisher = SUBJECTS.get(entry?.signer ?? "");
  const isHome = entry?.homes.some((home) => plain.includes(`\\${home.toLowerCase()}\\`)) ?? false;
  return publisher !== undefined && isHome ? { signed: true, publisher } : {};
}
