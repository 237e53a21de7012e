import { withoutQuotes } from "./names.ts";

const HIVES: Readonly<Record<string, string>> = {
  hkey_local_machine: "hklm",
  hkey_current_user: "hkcu",
  hkey_users: "hku",
  hkey_classes_root: "hkcr",
  hkey_current_config: "hkcc",
  hklm: "hklm",
  hkcu: "hkcu",
  hku: "hku",
  hkcr: "hkcr",
  hkcc: "hkcc",
  "registry\\machine": "hklm",
  "registry\\user": "hku",
};

/** How everything begins that may be a key: most values are told by their first letters. */
const BEGINS = /^[\s"\\/]*(?:h"*k|r"*e|m"*i)/i;

const START =
  /^(?:(?:microsoft\.powershell\.core\\)?registry::|\\)?(hkey_[a-z_]{5,20}|hklm|hkcu|hku|hkcr|hkcc|registry\\(?:machine|user)):?(?=\\|$)|^(hklm|hkcu|hku|hkcr|hkcc):(?=\w)/;

/** A registry path in the form in which keys are compared (`hkcu\software\…`); undefined for text that is none. */
export function normalRegistry(path: string): string | undefined {
  if (!BEGINS.test(path)) return undefined;
  const text = withoutQuotes(path)
    .trim()
    .toLowerCase()
    .replaceAll("/", "\\")
    .replace(/\\{2,}/g, "\\");
  const match = START.exec(text);
  // `HKCU:Software`: PowerShell is at the top of its drive, unless somebody went elsewhere.
  const below = match?.[2];
  const hive = match && HIVES[below ?? match[1]!];
  if (!hive) return undefined;
  const key = (below === undefined ? "" : "\\") + text.slice(match[0].length);
  return (hive + key).replace(/\\$/, "");
}
