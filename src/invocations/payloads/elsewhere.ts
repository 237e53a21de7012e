import type { Catalog } from "../../catalog/catalog.ts";
import type { ReadAs, System } from "../../catalog/types.ts";
import { baseName } from "../glob.ts";
import { unversioned } from "../identify/identify.ts";
import type { State } from "../state.ts";

/** The first word of a command, without its quotes. */
const FIRST_WORD = /^\s*["']?([^\s"'|&;<>]{1,260})/;
const OF_WINDOWS = /\.(?:exe|com|cmd|bat)$|^[a-z]:[\\/]/i;
/** A path of a drive, a device or a share, in any of the ways in which Windows takes them. */
const ON_DRIVE = /^(?:[a-z]:[\\/]|\\\\)/i;
/** Commands of cmd that Linux has none of the same name for. */
const OF_CMD = /^(?:copy|del|dir|erase|md|move|rd|ren|type|ver)$/i;

/** Whether a command can only be meant for Windows: it is called as its programs are, or Linux has none of that name. */
function isOfWindows(text: string, catalog: Catalog): boolean {
  const name = baseName(FIRST_WORD.exec(text)?.[1] ?? "");
  if (OF_WINDOWS.test(name) || OF_CMD.test(name)) return true;
  const onLinux = catalog.byName(name, "linux") ?? catalog.byName(unversioned(name), "linux");
  return onLinux === undefined && catalog.byName(name, "windows") !== undefined;
}

/**
 * The state in which a command is read that is handed to another system.
 * @param text the command, of which the first word may tell the system; PowerShell is taken to run on Windows
 * @param machine what the other machine is called
 */
export function stateOn(system: System, as: ReadAs, text: string, machine: string | undefined, state: State): State {
  if (system !== "remote" && state.platform !== "windows") return state;
  const isWindows = as === "powershell" || isOfWindows(text, state.catalog);
  const platform = system !== "wsl" && isWindows ? "windows" : "linux";
  return state.on(system, platform, machine);
}

/** The state of Windows, where a Linux system within it hands a program back, or a file of its drives is named as Windows does. */
export function backHome(argv: readonly string[], { elsewhere, catalog }: State): State | undefined {
  if (elsewhere?.system !== "wsl") return undefined;
  return isOfWindows(argv[0] ?? "", catalog) || argv.some((word) => ON_DRIVE.test(word)) ? elsewhere.home : undefined;
}
