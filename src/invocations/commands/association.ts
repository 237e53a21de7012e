import { entryOf } from "../../model/entry.ts";

/**
 * Which program Windows opens a file with, by the ending of its name, and what it is told in front of the file: the `open` verbs under
 * HKEY_CLASSES_ROOT of Windows as it is delivered, of Java and of Python. Types that are programs, and those whose program only shows them,
 * are left out.
 */
const OPENERS: Readonly<Record<string, readonly string[]>> = {
  vbs: ["wscript.exe"],
  vbe: ["wscript.exe"],
  js: ["wscript.exe"],
  jse: ["wscript.exe"],
  wsf: ["wscript.exe"],
  wsh: ["wscript.exe"],
  hta: ["mshta.exe"],
  msi: ["msiexec.exe", "/i"],
  msp: ["msiexec.exe", "/p"],
  chm: ["hh.exe"],
  cpl: ["control.exe"],
  msc: ["mmc.exe"],
  reg: ["regedit.exe"],
  diagcab: ["msdt.exe", "/cab"],
  application: ["rundll32.exe", "dfshim.dll,ShOpenVerbApplication"],
  "appref-ms": ["rundll32.exe", "dfshim.dll,ShOpenVerbShortcut"],
  appinstaller: ["appinstaller.exe"],
  xbap: ["presentationhost.exe"],
  rdp: ["mstsc.exe"],
  wsb: ["windowssandbox.exe"],
  jar: ["javaw.exe", "-jar"],
  py: ["py.exe"],
  pyw: ["pyw.exe"],
};

const LONGEST = Math.max(...Object.keys(OPENERS).map((ending) => ending.length));

/** The program, with its first words, that a file is opened with when somebody starts the file itself; undefined for a program. */
export function openerOf(file: string): readonly string[] | undefined {
  const dot = file.lastIndexOf(".");
  const ending = file.length - dot - 1;
  // An address is opened by a browser, whatever it ends with.
  if (dot < 0 || ending < 2 || ending > LONGEST || file.includes("://")) return undefined;
  return entryOf(OPENERS, file.slice(dot + 1).toLowerCase());
}
