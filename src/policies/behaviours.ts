import type { Behaviour } from "../catalog/types.ts";
import { isWebDav } from "../cmdline/normal/remote.ts";
import type { Act, FileFacts } from "./decide/act.ts";

/** Programs whose work is to start others, or that have a service or another machine start them. */
const STARTERS =
  /^(?:cmd|powershell|pwsh|explorer|wsl|bash|conhost|svchost|services|taskeng|userinit|runonce|gpscript|msiexec|wmic|bitsadmin|wsb|forfiles|control)\.exe$/i;

/** Whether the program loads what it is given, whatever it is called: InstallUtil, regasm and regsvcs do. */
export const loadsAssembly = ({ techniques }: Behaviour): boolean =>
  techniques.some((one) => one === "T1218.004" || one === "T1218.009");

/**
 * Whether what a program is given is started as its own child, so that it comes to nothing where the program may start nothing. What
 * is loaded, or put somewhere for later, is no child of who did it.
 */
export const startsChild = (program: string, behaviour: Behaviour | undefined): boolean =>
  !STARTERS.test(program) &&
  !(behaviour !== undefined && (loadsAssembly(behaviour) || behaviour.category === "persist"));

const serviceHost = (service: string): FileFacts => ({ path: "C:\\Windows\\System32\\svchost.exe", service });

/**
 * Whose traffic it is when a program fetches something: what bitsadmin asks for is moved by a service, what lies behind a path of
 * WebDAV by another, and shares are reached by the system itself.
 */
export function fetcherOf({ subject, object: { path = "" } }: Pick<Act, "subject" | "object">): FileFacts {
  if (/\\bitsadmin\.exe$/i.test(subject.path ?? "")) return serviceHost("BITS");
  if (!path.startsWith("\\\\")) return subject;
  return isWebDav(path) ? serviceHost("WebClient") : { path: "System" };
}

/** Whether something is fetched, be it to keep or to run. */
export const fetches = ({ category, techniques }: Behaviour): boolean =>
  category === "download" || (category === "execute" && techniques.includes("T1105"));
