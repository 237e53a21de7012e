import type { Catalog } from "../../catalog/catalog.ts";
import { wholeName } from "../../cmdline/normal/folder.ts";
import type { Platform } from "../../model/event.ts";
import type { PayloadWhat } from "../../model/payload.ts";
import { baseName } from "../glob.ts";

/** What is known of the place of a line. */
export interface Whereabouts {
  readonly platform: Platform;
  /** The folder that files are named from, where that is known. */
  readonly files?: { readonly folder: string | undefined };
  readonly catalog?: Pick<Catalog, "byName">;
}

/** Payloads that are files, and so are named from a folder. */
const FILES: ReadonlySet<PayloadWhat | "auto"> = new Set<PayloadWhat | "auto">([
  "auto",
  "library",
  "executable",
  "script",
  "scriptlet",
  "package",
  "installerInfo",
  "project",
  "document",
  "assembly",
  "config",
]);

/** A name below a folder: no drive, no variable, no option, nothing above, and nothing that only a program of its own understands. */
const BELOW = /^(?:\.[\\/])?(?![\\/~%$&|<>-])(?!\.\.)[^:*?"<>|%$`(){}\s,;=@]{1,255}$/;
const ENDING = /\.[a-z0-9_]{1,5}$/i;

/**
 * A file by its whole name, where the line says in which folder it works. What may be found elsewhere stays as it is: programs of the
 * search path, and libraries and programs of the system, which have names that everybody knows.
 */
export function inFolder(name: string, what: PayloadWhat | "auto", context: Whereabouts): string {
  const folder = context.files?.folder;
  if (folder === undefined || !FILES.has(what) || !BELOW.test(name)) return name;
  const { platform, catalog } = context;
  if (
    !/[\\/]/.test(name) &&
    (!ENDING.test(name) || isSearched(what, platform) || catalog?.byName(baseName(name), platform))
  )
    return name;
  return wholeName(folder, name, platform);
}

/** Whether a bare name is looked for in a list of folders, of which the one that the line works in is none. */
const isSearched = (what: PayloadWhat | "auto", platform: Platform): boolean =>
  platform !== "windows" && (what === "executable" || what === "library");
