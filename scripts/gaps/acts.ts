import type { Behaviour, CatalogEntry } from "../../src/catalog/types.ts";
import type { Act } from "../../src/policies/decide/act.ts";

const USER = { user: "CORP\\somebody", elevated: false } as const;
/** Payloads lie where users write, which is the case that lists are for. */
const PLACE = { windows: "C:\\Users\\Public\\payload", linux: "/tmp/payload", macos: "/tmp/payload" } as const;

function pathOf({ name, homes, platform }: CatalogEntry): string {
  const [home = ""] = homes;
  if (platform !== "windows") return `${home.startsWith("/") ? home : "/usr/bin"}/${name}`;
  if (home.startsWith(".NET")) return `C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\${name}`;
  return home.startsWith("Program Files") ? `C:\\${home}\\${name}` : `C:\\Windows\\System32\\${name}`;
}

/** What a policy is asked about when somebody makes a program do something with a payload of his own. */
export function actsOf(entry: CatalogEntry, { bindings, library }: Behaviour): readonly Act[] {
  const { platform } = entry;
  const who = platform === "windows" ? USER : { user: "somebody", elevated: false };
  const file = { path: pathOf(entry), originalName: entry.originalNames[0] ?? entry.name };
  const shell = { path: platform === "windows" ? "C:\\Windows\\explorer.exe" : "/usr/bin/bash" };
  const acts: Act[] = [{ on: "execute", subject: shell, object: file, ...who, platform }];
  const add = (on: Act["on"], ending: string) =>
    acts.push({ on, subject: file, object: { path: PLACE[platform] + ending, originalName: "" }, ...who, platform });
  if (library !== undefined)
    acts.push({
      on: "load",
      subject: file,
      object: { path: `C:\\Windows\\System32\\${library}`, originalName: library },
      ...who,
      platform,
    });
  for (const { role, what } of bindings) {
    if (role !== "runs") continue;
    if (what === "library" || what === "assembly") add("load", platform === "windows" ? ".dll" : ".so");
    if (what === "executable" || what === "auto") add("execute", platform === "windows" ? ".exe" : "");
    if (what === "package") add("install", ".msi");
    // Of scripts AppLocker knows these types, and fapolicyd what is opened.
    if (what === "script") add("script", platform === "windows" ? ".vbs" : ".sh");
  }
  return acts;
}
