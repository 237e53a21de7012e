import { hostOf, isNumbered, reachOf } from "../cmdline/normal/reach.ts";
import { isWebDav } from "../cmdline/normal/remote.ts";
import type { Signal } from "./signal.ts";
import { shown } from "./text.ts";

/** Windows looks for programs and libraries in the working folder, too; file servers of a site are called by name, and not over WebDAV. */
export const remoteFolder: Signal = {
  id: "remote-folder",
  group: "payloadPlace",
  title: "The working folder lies on another machine outside the site",
  evaluate({ platform, currentDirectory = "", domain }) {
    if (platform !== "windows" || !currentDirectory.startsWith("\\\\")) return undefined;
    const host = hostOf(currentDirectory);
    const isOutside = isNumbered(host) && reachOf(currentDirectory, domain) === "external";
    if (!isWebDav(currentDirectory) && !isOutside) return undefined;
    return {
      text: `It works in ${shown(currentDirectory)}, so programs and libraries of that machine may run in place of others.`,
    };
  },
};
