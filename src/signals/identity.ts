import { windowsPlace } from "../cmdline/normal/directories.ts";
import { normalPath, ofAnyWidth } from "../cmdline/normal/path.ts";
import { baseName } from "../invocations/glob.ts";
import { isLooseImage } from "./loose.ts";
import type { Signal } from "./signal.ts";
import { shown } from "./text.ts";

export const renamedBinary: Signal = {
  id: "renamed-binary",
  group: "identity",
  title: "The binary runs under another name",
  evaluate({ invocation: { binary } }) {
    if (!binary.renamed) return undefined;
    if (binary.by === "behaviour")
      return {
        text: `The file is called ${shown(baseName(binary.path ?? ""))}, but its arguments are those of ${binary.name}.`,
      };
    if (binary.by === "hash")
      return {
        text: `The file is called ${shown(baseName(binary.path ?? ""))}, but its hash is that of ${binary.name}, as it was learnt.`,
      };
    return {
      text: `The file is called ${shown(baseName(binary.path ?? ""))}, but its version information says ${shown(binary.originalName ?? binary.name)}.`,
    };
  },
};

export const impostor: Signal = {
  id: "impostor",
  group: "identity",
  title: "The name is made to be read as another",
  evaluate({ invocation: { binary } }) {
    return binary.impostor === undefined ? undefined : { text: `${shown(binary.impostor)}.` };
  },
};

const OF_WINDOWS = /^(?:system32|syswow64|windows|\.net framework)/i;

/** Whether a program that is at home in such folders comes with Windows. */
export const isWithWindows = (homes: readonly string[]): boolean => homes.some((home) => OF_WINDOWS.test(home));

/** Loose in a temporary folder of Linux, or hidden in one; builds and environments there have folders of their own. */
const FOREIGN = /^\/(?:dev\/shm\/|(?:var\/)?tmp\/(?:\.[^/]+\/)*[^/]+$)/;
const isOfSystem = (home: string) => /^\/(?:usr\/)?s?bin$/.test(home);

/** Folders of a catalogued binary: on Windows any directory whose path holds one of the entry's homes. */
export const strangeHome: Signal = {
  id: "strange-home",
  group: "identity",
  title: "The binary runs from a folder that is not its own",
  evaluate({ platform, invocation: { binary, entry, depth } }) {
    if (platform === "linux" && depth === 0 && entry && FOREIGN.test(binary.path ?? "") && entry.homes.some(isOfSystem))
      return { text: `${entry.name} belongs in ${entry.homes[0]}, but was started as ${shown(binary.path ?? "")}.` };
    if (platform !== "windows" || !entry) return undefined;
    const path = binary.path?.toLowerCase().replaceAll("/", "\\");
    if (!path?.includes("\\")) return undefined;
    // Products that users install stand anywhere, in folders of their own.
    if (!isWithWindows(entry.homes))
      return isLooseImage(path)
        ? { text: `${shown(binary.path ?? "")} lies where software has folders of its own, so it was put there.` }
        : undefined;
    if (depth > 0) return undefined;
    const place = normalPath(path);
    const ofWindows = /\\(?:windows|winnt|winsxs|\$winre)\\|^.:\\program files\\windowsapps\\/.test(place);
    // Volumes without a letter are those that Windows is mended and set up from.
    if ((ofWindows && !windowsPlace(place).userWritable) || place.startsWith("\\\\?\\")) return undefined;
    // Some have a second home in a product's folder, as PowerShell 7 and the shell of Git have.
    const folder = ofAnyWidth(path.slice(2));
    const isAtHome = entry.homes.some(
      (home) => !OF_WINDOWS.test(home) && folder.startsWith(ofAnyWidth(`\\${home}\\`.toLowerCase())),
    );
    if (isAtHome) return undefined;
    return { text: `${entry.name} belongs in the Windows folder, but was started as ${shown(binary.path ?? "")}.` };
  },
};
