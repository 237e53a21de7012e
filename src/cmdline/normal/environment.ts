import { entryOf } from "../../model/entry.ts";

/** Variables whose values are the same on nearly every machine; the per-user ones stay symbolic. */
const USUAL_ENVIRONMENT: Readonly<Record<string, string>> = {
  systemdrive: "C:",
  systemroot: "C:\\Windows",
  windir: "C:\\Windows",
  comspec: "C:\\Windows\\System32\\cmd.exe",
  programfiles: "C:\\Program Files",
  programw6432: "C:\\Program Files",
  "programfiles(x86)": "C:\\Program Files (x86)",
  commonprogramfiles: "C:\\Program Files\\Common Files",
  commonprogramw6432: "C:\\Program Files\\Common Files",
  "commonprogramfiles(x86)": "C:\\Program Files (x86)\\Common Files",
  programdata: "C:\\ProgramData",
  allusersprofile: "C:\\ProgramData",
  public: "C:\\Users\\Public",
  os: "Windows_NT",
  pathext: ".COM;.EXE;.BAT;.CMD;.VBS;.VBE;.JS;.JSE;.WSF;.WSH;.MSC",
};

export type Environment = Readonly<Record<string, string>>;

/** Longest name and value that are looked up. */
const MAX_NAME = 256;
const MAX_VALUE = 8192;
/** How many characters expansion may add to a text. */
const MAX_GROWTH = 1_000_000;

/** Look-up without regard to case, the given variables before the usual ones. */
export function createLookup(env?: Environment): (name: string) => string | undefined {
  const own = new Map<string, string>();
  for (const [name, value] of Object.entries(env ?? {})) own.set(name.toLowerCase(), value.slice(0, MAX_VALUE));
  return (name) => {
    if (name.length > MAX_NAME) return undefined;
    const key = name.toLowerCase();
    return own.get(key) ?? entryOf(USUAL_ENVIRONMENT, key);
  };
}

/** The variables that are the same everywhere. */
export const usual = createLookup();

/** Replaces `%NAME%` where the value is known; unknown names stay as written. One pass, as Windows does it. */
export function expandVariables(text: string, lookup: (name: string) => string | undefined): string {
  if (!text.includes("%")) return text;
  const parts = text.split("%");
  const limit = text.length + MAX_GROWTH;
  let out = parts[0]!;
  let at = 1;
  for (; at < parts.length - 1; at++) {
    const value = out.length < limit ? lookup(parts[at]!) : undefined;
    if (value === undefined) out += `%${parts[at]}`;
    else out += value + parts[++at]!;
  }
  return at < parts.length ? `${out}%${parts[at]}` : out;
}
