import { Memory } from "../../cmdline/memory.ts";
import { entryOf } from "../../model/entry.ts";

/**
 * Paths as the products write them. A pattern may have variables; AppLocker's and App Control's variables are their own,
 * not the environment's.
 * @see https://learn.microsoft.com/windows/security/application-security/application-control/app-control-for-business/applocker/understanding-the-path-rule-condition-in-applocker
 * @see https://learn.microsoft.com/windows/security/application-security/application-control/app-control-for-business/design/select-types-of-rules-to-create
 */
export type Variables = Readonly<Record<string, readonly string[]>>;

/** AppLocker: %SYSTEM32% and %PROGRAMFILES% stand for the 32-bit and the 64-bit folder; drives for removable media are any drive. */
export const APPLOCKER_VARIABLES: Variables = {
  "%windir%": ["c:\\windows"],
  "%system32%": ["c:\\windows\\system32", "c:\\windows\\syswow64", "c:\\windows\\sysnative"],
  "%osdrive%": ["c:"],
  "%programfiles%": ["c:\\program files", "c:\\program files (x86)"],
  "%removable%": ["?:"],
  "%hot%": ["?:"],
};

/** AppLocker expands nothing else, not the environment's either: a path with another variable fits no file. */
export const hasAllVariables = (variables: Variables): boolean => variables === APPLOCKER_VARIABLES;

/** App Control: three macros; %SYSTEM32% is the one folder. */
export const APPCONTROL_VARIABLES: Variables = {
  "%windir%": ["c:\\windows"],
  "%system32%": ["c:\\windows\\system32"],
  "%osdrive%": ["c:"],
};

/** The machine's environment, for products that expand it. */
export const ENVIRONMENT_VARIABLES: Variables = {
  "%systemroot%": ["c:\\windows"],
  "%windir%": ["c:\\windows"],
  "%systemdrive%": ["c:"],
  "%programfiles%": ["c:\\program files"],
  "%programfiles(x86)%": ["c:\\program files (x86)"],
  "%programdata%": ["c:\\programdata"],
  "%allusersprofile%": ["c:\\programdata"],
  "%public%": ["c:\\users\\public"],
  "%commonprogramfiles%": ["c:\\program files\\common files"],
};

/** Packages of Windows Installer, and libraries that programs load, by their names. */
export const PACKAGES = /\.(?:msi|msp|mst)$/i;
export const LIBRARIES = /\.(?:dll|ocx|cpl)$/i;

interface Expanded {
  readonly paths: readonly string[] | undefined;
}

/** Characters of patterns that a generation may take. */
const MAX_EXPANDED = 1 << 19;

const VARIABLE = /^%[^%\\]{1,40}%/;

const expanded = new WeakMap<Variables, Memory<Expanded>>();

/** What a pattern stands for, lower case; undefined where it has a variable that the product does not have. */
export function expandPath(pattern: string, variables: Variables): Expanded["paths"] {
  let known = expanded.get(variables);
  if (!known) {
    // Patterns are those of a policy, but a cure's are made for the folders of strangers, too.
    known = new Memory(MAX_EXPANDED);
    expanded.set(variables, known);
  }
  return known.get(pattern, () => ({ paths: expand(pattern, variables) })).paths;
}

function expand(pattern: string, variables: Variables): readonly string[] | undefined {
  const lower = pattern.toLowerCase();
  const variable = VARIABLE.exec(lower)?.[0];
  if (variable === undefined) return [lower];
  return entryOf(variables, variable)?.map((folder) => folder + lower.slice(variable.length));
}

const plain = new Memory<string>();

const SHORT: readonly (readonly [RegExp, string])[] = [
  [/\\progra~1(?=\\|$)/, "\\program files"],
  [/\\progra~2(?=\\|$)/, "\\program files (x86)"],
  [/\\progra~3(?=\\|$)/, "\\programdata"],
];

/**
 * A logged path in the form that patterns are compared with: lower case, plain separators, without `\\?\` and `.` and `..`; the
 * short names that every 64-bit Windows gives its program folders are written out.
 */
export function plainPath(path: string): string {
  return plain.get(path, () => plainOf(path));
}

/** Whether a path in that form lies where software is installed, and users put nothing but into a few folders of Windows. */
export const isInstalled = (plain: string): boolean => /^c:\\(?:windows|program files(?: \(x86\))?)\\/.test(plain);

function plainOf(path: string): string {
  let text = path.toLowerCase().replaceAll("/", "\\");
  text = text.replace(/^\\(?:\\[?.]|\?\?)\\(?=[a-z]:)/, "").replace(/^\\(?:systemroot|windows)(?=\\)/, "c:\\windows");
  text = text.replace(/^\\(?=(?:users|programdata|program files)\\)/, "c:\\");
  for (const [short, long] of SHORT) text = text.replace(short, long);
  return /\\\.{1,2}(?:\\|$)/.test(text) ? withoutDots(text) : text;
}

function withoutDots(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("\\")) {
    if (part === "..") {
      if (parts.length > 1) parts.pop();
    } else if (part !== ".") parts.push(part);
  }
  return parts.join("\\");
}

/** Whether a path says where the file lies: beginning with a drive, a share, a device or `/`. */
export function isWhole(path: string): boolean {
  return /^(?:[a-z]:\\|\\|\/)/i.test(path);
}
