import { glob } from "../../../invocations/glob.ts";
import { APPCONTROL_VARIABLES, expandPath, plainPath } from "../../decide/paths.ts";
import { WRITABLE } from "../../decide/writers.ts";
import { type Evidence, folderOf, type Witnessed } from "../evidence.ts";

/** Folders below Windows in which every user may make files. */
const OF_WINDOWS = WRITABLE.map((folder) => `%WINDIR%\\${folder}\\*`);

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
  ...OF_WINDOWS.map((folder) => [folder, []] as const),
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

/** Folders that Windows makes at the top of its drive; which of their parts are used is asked apart. */
const TOP = ["c:\\windows\\", "c:\\program files\\", "c:\\programdata\\", "c:\\users\\"];

/** What else can stand at the top of the system's drive, but for what is used. */
export function unusedRoots(paths: readonly string[]): readonly string[] {
  return without("%OSDRIVE%\\*", [...paths, ...TOP]);
}

/** What can lie anywhere below a user’s own folder, but for what is used: by how the names of files and folders begin. */
export function unusedProfiles(paths: readonly string[]): readonly string[] {
  const profiles = "%OSDRIVE%\\Users\\*";
  return used(profiles, paths) ? without(`${profiles}\\*`, paths) : [];
}

/** Folders below Windows in which users can make files and in which none of these lies. */
export function writableInWindows(paths: readonly string[]): readonly string[] {
  return OF_WINDOWS.filter((folder) => !used(folder, paths));
}

/** Hosts on which a folder must have been used before it is taken for one that is needed. */
const MIN_HOSTS = 2;

/** Folders outside of Windows and the program folders from which libraries were loaded on more than one host, or signed ones. */
export function learntFolders(evidence: Evidence, on: "load" | "install" | "script"): readonly string[] {
  const folders = new Map<string, Set<string>>();
  for (const { act, hosts } of evidence.all(on)) {
    const whole = act.object.path === undefined ? "" : folderOf(act.object.path);
    // On a share of packages each has a folder of its own, and the share has one owner.
    const folder = on === "install" ? whole.replace(/^(\\\\[^\\]+\\[^\\]+)\\.*$/, "$1") : whole;
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
