import { HIVES } from "../../model/hive.ts";

/** `\REGISTRY\MACHINE\SOFTWARE\x`, as Security events write it → `HKLM\SOFTWARE\x`; any other text stays. */
export function hivePath(path: string): string {
  const upper = path.slice(0, 18).toUpperCase();
  for (const { short, kernel } of HIVES) {
    if (kernel === undefined || !upper.startsWith(kernel)) continue;
    if (path.length === kernel.length || path[kernel.length] === "\\") return short + path.slice(kernel.length);
  }
  return path;
}

/** Places whose value is a command line that Windows runs by itself or instead of another; keys in lower case. */
const AUTOSTART = [
  /\\(?:currentversion|policies\\explorer)\\run(?:once(?:ex)?|services(?:once)?)?\\/,
  /\\windows nt\\currentversion\\winlogon\\(?:shell|userinit|taskman)$/,
  /\\windows nt\\currentversion\\windows\\(?:load|run)$/,
  /\\image file execution options\\[^\\]+\\debugger$/,
  /\\silentprocessexit\\[^\\]+\\monitorprocess$/,
  /\\environment\\userinitmprlogonscript$/,
  /\\command processor\\autorun$/,
  /\\services\\[^\\]+\\(?:imagepath|failurecommand)$/,
  /\\active setup\\installed components\\[^\\]+\\stubpath$/,
  /\\localserver32\\(?:\(default\)|serverexecutable)?$/,
  /\\winstations\\[^\\]+\\initialprogram$/,
  /\\control\\safeboot\\alternateshell$/,
  /\\scripts\\(?:startup|shutdown|logon|logoff)\\\d+\\\d+\\script$/,
  /\\shell\\[^\\]+\\command\\(?:\(default\)|delegateexecute)?$/,
];

/** Whether a registry value (key and value name) is a place that starts what its data names. */
export function isAutostart(path: string): boolean {
  const lower = path.toLowerCase();
  return AUTOSTART.some((place) => place.test(lower));
}

/** Winlogon takes a list of programs, separated by commas. */
const LISTS = /\\winlogon\\(?:shell|userinit)$/i;

/** The command lines in a value of a place that `isAutostart` knows. */
export function commandsOf(path: string, value: string): readonly string[] {
  if (!LISTS.test(path)) return [value];
  return value.split(",", 32).filter((command) => command.trim() !== "");
}

/** The last component of a key or value path. */
export function valueName(path: string): string {
  return path.slice(path.lastIndexOf("\\") + 1);
}
