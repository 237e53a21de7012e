import type { Catalog } from "../../catalog/catalog.ts";
import { compileGlob, matchesWhole } from "../../cmdline/shell/expansion/glob.ts";
import { baseName, glob } from "../glob.ts";

/** Where packages put programs. */
const FOLDERS = ["/bin/", "/sbin/", "/usr/bin/", "/usr/sbin/", "/usr/local/bin/"];

const PATTERN = /^(\/[^\s]{0,64}\/)([^\s/]{2,64})$/;
/** What no pattern is without. */
const WILD = /[*?[]/;
/** Letters that a pattern says outright. Of fewer, too many names of a machine would fit. */
const SAID = /[\w-](?![^[]*\])/g;
const LEAST_SAID = 3;

const NAME_OF_WINDOWS = /^[\w.*?-]{3,64}$/;

const fits = (pattern: string) => {
  const steps = compileGlob(pattern);
  return (text: string) => matchesWhole(steps, text);
};

/**
 * Name of the program that a shell makes of a pattern such as `/usr/bin/apt-g?t`, where one entry alone can be meant by it. Nobody
 * writes a program so but to hide it, and what else lies in the folder is not known.
 */
export function spreadTo(catalog: Catalog, path: string): string | undefined {
  if (!WILD.test(path)) return undefined;
  const [, folder, name] = PATTERN.exec(path) ?? [];
  if (folder === undefined || name === undefined) return undefined;
  if ((name.match(SAID)?.length ?? 0) < LEAST_SAID || !FOLDERS.some(fits(folder))) return undefined;
  return catalog.onlyName(fits(name), "linux");
}

/** The same of a name of Windows, `msh*ta.exe`, that PowerShell or a search for files has been given; no file can be called so. */
export function spreadOnWindows(catalog: Catalog, path: string): string | undefined {
  if (!/[*?]/.test(path)) return undefined;
  const name = baseName(path)
    .toLowerCase()
    .replace(/\.exe$/, "");
  if (!NAME_OF_WINDOWS.test(name) || (name.match(SAID)?.length ?? 0) < LEAST_SAID) return undefined;
  return catalog.onlyName((one) => glob(name, one), "windows");
}
