import type { Platform } from "../../model/event.ts";

/** A place that needs no other in front: from the root, a drive, a share, or a variable of Windows that holds a folder. */
const WHOLE = /^(?:[\\/]|[a-z]:[\\/]|%\w{1,64}%(?:[\\/]|$))/i;
/** A folder below another: nothing above it, no option, no variable and nothing that a shell makes something else of. */
const BELOW = /^(?:\.[\\/])?(?!\.\.|-)[^:*?"<>|%$`(){}&;,=]{1,255}$/;

export const isWholePath = (path: string): boolean => WHOLE.test(path);

/** A file of a folder by its whole name. */
export function wholeName(folder: string, name: string, platform: Platform): string {
  const separator = platform === "windows" ? "\\" : "/";
  return folder.replace(/[\\/]+$/, "") + separator + name.replace(/^\.[\\/]+/, "");
}

/** The folder to which `cd TO` leads from another one; undefined where that cannot be told. */
export function changedTo(to: string, from: string | undefined, platform: Platform): string | undefined {
  if (isWholePath(to)) return to;
  return from !== undefined && BELOW.test(to) ? wholeName(from, to, platform) : undefined;
}
