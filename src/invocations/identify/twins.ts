import type { Catalog } from "../../catalog/catalog.ts";
import type { CatalogEntry } from "../../catalog/types.ts";
import { isWellKnown, lookalikes } from "../../cmdline/normal/lookalikes.ts";

/** What a file's name is made to be read as. */
export interface Twin {
  readonly text: string;
  readonly seenAs: string;
  /** The catalogued program whose name that is. */
  readonly entry?: CatalogEntry;
}

/** Characters that turn around how what follows is shown (UAX #9), and any that are not shown at all. */
const TURNED = /[\u202d\u202e\u2066-\u2068]/;
const UNSEEN = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
/** Digits and letters that stand for others, a letter made of two, an ending written twice. Most names have none of them. */
const SUSPECT = /[01]|[a-z]I|I[a-z]|rn|vv|\.exe\.|[^\x20-\x7e]/;

/** Windows leaves blanks at the end of a name alone where a path is written so that it is not tidied, and auto-elevates from there. */
const BLANK_FOLDER = /^"?(?:[\\/]{2}[?.][\\/])?([a-z]:[\\/]windows) +[\\/]/i;

/** The folder of Windows that a path is made to be read as lying in. */
export function twinFolder(path: string): Twin | undefined {
  const seenAs = BLANK_FOLDER.exec(path)?.[1];
  return seenAs === undefined ? undefined : { text: `${seenAs} with a blank at its end`, seenAs };
}

const plainOf = (name: string): string =>
  name
    .replace(/(?<!\.exe)(\.exe)+$/i, "$1")
    .replace(/1|I(?=[a-z])|(?<=[a-z])I/g, "l")
    .replaceAll("0", "o")
    .toLowerCase();

/** A name with a turn in it as it is shown. */
function shownAs(name: string): string {
  const at = name.search(TURNED);
  const tail = [...name.slice(at + 1)].filter((char) => !TURNED.test(char) && char.replace(UNSEEN, "") !== "");
  return name.slice(0, at) + tail.reverse().join("");
}

/** A file name that is made to be read as the name of a catalogued program or of a part of the system; undefined for all others. */
export function twinOf(catalog: Catalog, name: string): Twin | undefined {
  if (!SUSPECT.test(name) || name.length > 256) return undefined;
  const seen = TURNED.test(name) ? shownAs(name) : (lookalikes(name)[0]?.seenAs ?? name).replace(UNSEEN, "");
  const plain = plainOf(seen);
  const forms = [seen, plain, plain.replaceAll("rn", "m"), plain.replaceAll("vv", "w")];
  for (const form of forms) {
    if (form.toLowerCase() === name.toLowerCase()) continue;
    const entry = catalog.byName(form, "windows");
    if (entry) return { text: name, seenAs: form, entry };
    if (isWellKnown(form.replace(/\.\w+$/, ""), true)) return { text: name, seenAs: form };
  }
  return TURNED.test(name) ? { text: name, seenAs: seen } : undefined;
}
