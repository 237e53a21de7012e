import type { Catalog } from "../catalog/catalog.ts";
import { baseName } from "../invocations/glob.ts";
import type { Signature } from "../model/event.ts";
import type { FileFacts } from "./decide/act.ts";
import { plainPath } from "./decide/paths.ts";

type Signed = Pick<FileFacts, "signed" | "publisher">;

/** Distinguished names of those who sign what comes with Windows, by the names that logs and the catalogue give them. */
const SUBJECTS: Readonly<Record<string, string>> = {
  "Microsoft Windows": "CN=Microsoft Windows, O=Microsoft Corporation, L=Redmond, S=Washington, C=US",
  "Microsoft Corporation": "CN=Microsoft Corporation, O=Microsoft Corporation, L=Redmond, S=Washington, C=US",
};
const INSTALLED = /^c:\\(?:windows|program files(?: \(x86\))?)\\/;

/**
 * Who signed a program: as logged, or, where no log says it, who makes the program of the catalogue that lies where that is
 * installed and where only administrators write.
 */
export function signerOf(path: string | undefined, signature: Signature | undefined, catalog: Catalog): Signed {
  const { signed, signer } = signature ?? {};
  if (signed !== undefined || signer !== undefined || path === undefined)
    return { signed, publisher: signed === true && signer !== undefined ? (SUBJECTS[signer] ?? signer) : undefined };
  const plain = plainPath(path);
  const entry = INSTALLED.test(plain) ? catalog.byName(baseName(plain), "windows") : undefined;
  const publisher = SUBJECTS[entry?.signer ?? ""];
  const isHome = entry?.homes.some((home) => plain.includes(`\\${home.toLowerCase()}\\`)) ?? false;
  return publisher !== undefined && isHome ? { signed: true, publisher } : {};
}
