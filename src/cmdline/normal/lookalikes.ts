import { isAccented, isAscii, seenAs } from "./characters.ts";

/** A name in a path or host that is made to be read as another. */
export interface Lookalike {
  /** The name as written: one path segment or host label. */
  readonly text: string;
  /** What a reader takes it for. */
  readonly seenAs: string;
  /** True where it is read as a name that Windows itself uses. */
  readonly impostor: boolean;
}

const LIMIT = 32;

/** Names whose twins are worth forging. */
const WELL_KNOWN = new Set(
  [
    "windows system32 syswow64 sysnative winsxs programdata users public microsoft appdata temp tasks",
    "program files (x86)",
    "rundll32 regsvr32 mshta msiexec cmd powershell pwsh explorer svchost lsass csrss smss services winlogon wininit spoolsv taskhostw dwm wscript cscript cmstp",
    "installutil regasm regsvcs mavinject mmc odbcconf control hh verclsid google office adobe github download update",
  ]
    .join(" ")
    .split(" "),
);

function skeleton(name: string): string | undefined {
  let out = "";
  for (const char of name) {
    const seen = seenAs(char);
    if (seen === undefined) return undefined;
    out += seen;
  }
  return out;
}

/** Whether a name is, or holds as a word, one that Windows itself or everybody uses. */
export function isWellKnown(name: string, whole = false): boolean {
  const lower = name.toLowerCase();
  return whole ? WELL_KNOWN.has(lower) : lower.split(/[ .]/).some((word) => WELL_KNOWN.has(word));
}

/** Letters that only another script or a compatibility form has; accents alone are ordinary spelling. */
function mixesScripts(name: string): boolean {
  let foreign = false;
  let latin = false;
  for (const char of name) {
    if (/[A-Za-z]/.test(char)) latin = true;
    else if (char >= "\u0080" && !isAccented(char)) foreign = true;
  }
  return foreign && latin;
}

/**
 * Names the impostors of a path, URL or host without folding them: `C:\Wíndows` is not `C:\Windows`.
 * An accented name is reported only where it reads as a name of Windows; at most 32 are.
 */
export function lookalikes(text: string): Lookalike[] {
  if (isAscii(text)) return [];
  const found: Lookalike[] = [];
  for (const name of text.split(/[\\/:@,;?&="]+/)) {
    if (found.length >= LIMIT) break;
    if (isAscii(name) || name.length > 256) continue;
    const seen = skeleton(name);
    if (seen === undefined || seen === name) continue;
    const impostor = isWellKnown(seen);
    if (impostor || mixesScripts(name)) found.push({ text: name, seenAs: seen, impostor });
  }
  return found;
}
