import { splitProgram } from "../cmdline/windows/program.ts";
import { entryOf } from "../model/entry.ts";

/**
 * What Windows, as it is delivered, opens files of a type with (the `open` verbs under HKEY_CLASSES_ROOT). Types that are programs, and
 * those whose program only shows them, are left out.
 */
const OPENED_WITH: Readonly<Record<string, readonly [program: string, ...before: readonly string[]]>> = {
  hta: ["mshta.exe"],
  vbs: ["wscript.exe"],
  vbe: ["wscript.exe"],
  js: ["wscript.exe"],
  jse: ["wscript.exe"],
  wsf: ["wscript.exe"],
  wsh: ["wscript.exe"],
  cpl: ["control.exe"],
  msc: ["mmc.exe"],
  msi: ["msiexec.exe", "/i"],
  msp: ["msiexec.exe", "/p"],
  chm: ["hh.exe"],
  xbap: ["presentationhost.exe"],
  application: ["rundll32.exe", "dfshim.dll,ShOpenVerbApplication"],
  "appref-ms": ["rundll32.exe", "dfshim.dll,ShOpenVerbShortcut"],
  diagcab: ["msdt.exe", "/cab"],
  rdp: ["mstsc.exe"],
};

/** What a browser opens, whatever the name at its end. */
const WEB = /^(?:https?|ftp|mailto):/i;
/** Addresses of a scheme that a program of Windows serves. */
const SCHEME = /^(?!file:)[a-z][a-z0-9+.-]{1,40}:(?!\\)/i;

/**
 * The command line that opening this one makes Windows run, where it begins with a document and not with a program, or is the address
 * of a scheme; undefined otherwise.
 */
export function openedWith(commandLine: string): string | undefined {
  const bare = commandLine.trim().replace(/^"(.*)"$/s, "$1");
  if (WEB.test(bare)) return undefined;
  if (SCHEME.test(bare)) return `explorer.exe ${bare}`;
  const { program } = splitProgram(commandLine);
  const extension = /\.([\w-]{2,12})$/.exec(program.value.trimEnd())?.[1]?.toLowerCase() ?? "";
  const known = entryOf(OPENED_WITH, extension);
  if (!known) return undefined;
  return `${known.join(" ")} "${program.value.trim()}" ${commandLine.slice(program.end).trim()}`.trimEnd();
}
