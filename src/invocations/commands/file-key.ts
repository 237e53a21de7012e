import { wholeName } from "../../cmdline/normal/folder.ts";
import { identity } from "../../cmdline/normal/identity.ts";
import type { Platform } from "../../model/event.ts";

const ABSOLUTE = /^(?:[\\/~$%]|[a-z]:)/i;

export const isAbsolute = (file: string): boolean => ABSOLUTE.test(file);

/** What is put into a folder keeps its name; what a folder of a share holds is put into the folder itself. */
export const inside = (to: string, name: string, isFolder = false): string => {
  if (!/[\\/]$/.test(to)) return to;
  return isFolder ? to.slice(0, -1) : to + name;
};

/** By what a line's files are known: one of the working directory is the same with and without a dot, or its folder, in front. */
export function fileKey(file: string, folder: string | undefined, platform: Platform): string {
  const name = identity(file.replace(/^\.[\\/]+/, ""), platform);
  if (folder === undefined || ABSOLUTE.test(name)) return name;
  return identity(wholeName(folder, name, platform), platform);
}
