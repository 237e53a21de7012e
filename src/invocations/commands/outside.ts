import { wholeName } from "../../cmdline/normal/folder.ts";
import { hostOf, isNumbered, reachOf } from "../../cmdline/normal/reach.ts";
import { isWebDav } from "../../cmdline/normal/remote.ts";

const ADDRESS = /^https?:\/\//i;

/** Whether an address is one outside the site that nobody has given a name. */
export const isAnonymous = (address: string): boolean => isNumbered(hostOf(address)) && reachOf(address) === "external";

/** Whether a folder lies on the web or on a machine without a name: programs lie on shares of the site, but not there. */
export const isOutside = (folder: string): boolean => ADDRESS.test(folder) || isWebDav(folder) || isAnonymous(folder);

/** A file in a folder of another machine. */
export const within = (folder: string, file: string): string =>
  folder.includes("://")
    ? `${folder.replace(/[\\/]+$/, "")}/${file.replaceAll("\\", "/")}`
    : wholeName(folder, file, "windows");

/** Programs and words of cmd that join a folder to a name of the machine. */
const NET = /(?:^|[\\/])net1?(?:\.exe)?$/i;
const SUBST = /(?:^|[\\/])subst(?:\.exe)?$/i;
const LETTER = /^[a-z]:$/i;

export interface Joined {
  readonly name: string;
  readonly address: string;
}

/** What `net use Z: http://…`, `subst X: \\\\HOST\\SHARE` and `mklink /d C:\\x \\\\HOST\\SHARE` join; undefined for all others. */
export function joinedBy(program: string, args: readonly string[]): Joined | undefined {
  const [first = "", second = "", third = ""] = args;
  if (NET.test(program))
    return first.toLowerCase() === "use" && LETTER.test(second) ? { name: second, address: third } : undefined;
  if (SUBST.test(program)) return LETTER.test(first) ? { name: first, address: second } : undefined;
  if (program.toLowerCase() !== "mklink" || !/^\/[dj]$/i.test(first)) return undefined;
  return { name: second, address: third };
}
