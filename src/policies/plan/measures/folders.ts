import { glob } from "../../../invocations/glob.ts";
import { APPCONTROL_VARIABLES, expandPath, plainPath } from "../../decide/paths.ts";
import { type Evidence, folderOf, type Witnessed } from "../evidence.ts";

/** Folders into which users write, from wide to narrow: where the wide one is used here, its parts remain. */
const FOLDERS: readonly (readonly [string, readonly string[]])[] = [
  [
    "%OSDRIVE%\\Users\\*",
    [
      "Downloads",
      "Desktop",
      "Documents",
      "Pictures",
      "Music",
      "Videos",
      "AppData\\Roaming",
      "AppData\\LocalLow",
      "AppData\\Local",
    ]
      .map((part) => `%OSDRIVE%\\Users\\*\\${part}\\*`)
      .concat("%OSDRIVE%\\Users\\Public\\*"),
  ],
  ["%OSDRIVE%\\ProgramData\\*", []],
  ["%WINDIR%\\Temp\\*", []],
  ["%WINDIR%\\Tasks\\*", []],
  ["%OSDRIVE%\\Temp\\*", []],
  ["%OSDRIVE%\\PerfLogs\\*", []],
  ["\\\\*", []],
];

const used = (pattern: string, paths: readonly string[]): boolean =>
  (expandPath(pattern, APPCONTROL_VARIABLES) ?? []).some((one) => paths.some((path) => glob(one, path)));

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_-.{$";

/**
 * A folder but for those of its parts that are used: App Control's denials have no exceptions, so the rest is named by how names
 * begin, letter by letter, two letters deep.
 */
function without(folder: string, paths: readonly string[]): readonly string[] {
  const beginning = folder.slice(0, -1);
  return [...LETTERS].flatMap((first) => {
    if (!used(`${beginning}${first}*`, paths)) return [`${beginning}${first}*`];
    return [...LETTERS].flatMap((second) => {
      const both = `${beginning}${first}${second}*`;
      return used(both, paths) ? [] : [both];
    });
  });
}

/** Paths of the files of acts. */
export function pathsOf(acts: Iterable<Witnessed>): readonly string[] {
  return [...acts].flatMap(({ act }) => (act.object.path === undefined ? [] : [plainPath(act.object.path)]));
}

/** Folders that users write to and in which none of these files lies, as App Control names folders. */
export function unusedFolders(paths: readonly string[]): readonly string[] {
  return FOLDERS.flatMap(([wide, narrow]) => {
    if (!used(wide, paths)) return [wide];
    if (narrow.length === 0) return wide.startsWith("%OSDRIVE%") ? without(wide, paths) : [];
    return narrow.flatMap((one) => (used(one, paths) ? without(one, paths) : [one]));
  });
}

/** Hosts on which a folder must have been used before it is taken for one that is needed. */
const MIN_HOSTS = 2;

/** Folders outside of Windows and the program folders from which libraries were loaded on more than one host, or signed ones. */
export function learntFolders(evidence: Evidence, on: "load" | "install" | "script"): readonly string[] {
  const folders = new Map<string, Set<string>>();
  for (const { act, hosts } of evidence.all(on)) {
    const folder = act.object.path === undefined ? "" : folderOf(act.object.path);
    if (!/^[a-z]:\\|^\\\\/.test(folder) || /^c:\\(?:windows|program files(?: \(x86\))?)(?:\\|$)/.test(folder)) continue;
    const known = folders.get(folder) ?? new Set();
    folders.set(folder, known);
    for (const host of hosts) known.add(host);
    if (act.object.signed === true) known.add("signed");
  }
  return [...folders]
    .filter(([, hosts]) => hosts.size >= MIN_HOSTS)
    .map(([folder]) => folder)
    .sort();
}

export const asPattern = (folder: string): string => `${folder.replace(/^c:/, "%OSDRIVE%")}\\*`;
