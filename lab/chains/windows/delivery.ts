import type { LabEvent, Proc } from "../../world/events.ts";
import { address, domain, fileName, properName, webAddress, word } from "../../world/names.ts";
import { copyOf, program } from "../../world/programs.ts";
import type { Session } from "../../world/session.ts";

const SYSTEM32 = "C:\\Windows\\System32\\";

/** Where payloads lie. */
function dropFolder(s: Session): string {
  return s.random.pick([
    () => `${s.home}\\AppData\\Local\\Temp`,
    () => `${s.home}\\AppData\\Roaming\\${properName(s.random)}`,
    () => `${s.home}\\AppData\\Local\\${properName(s.random)}`,
    () => `${s.home}\\Downloads`,
    () => `C:\\ProgramData\\${properName(s.random)}`,
    () => `C:\\Users\\Public\\${s.random.pick(["Libraries", "Documents", "Music"])}`,
    () => "C:\\Windows\\Temp",
    () => `C:\\PerfLogs\\${word(s.random)}`,
  ])();
}

export function dropPath(s: Session, extensions: readonly string[]): string {
  return `${dropFolder(s)}\\${fileName(s.random)}.${s.random.pick(extensions)}`;
}

/** A file on somebody else's share: by name, by address, or over WebDAV. */
export function sharePath(s: Session, extensions: readonly string[]): string {
  const host = s.random.pick([
    () => address(s.random),
    () => `${word(s.random)}.example.net`,
    () => `${domain(s.random)}@SSL\\DavWWWRoot`,
  ])();
  return `\\\\${host}\\${word(s.random)}\\${fileName(s.random)}.${s.random.pick(extensions)}`;
}

export function webFile(s: Session, extensions: readonly string[], schemes?: readonly string[]): string {
  return webAddress(s.random, `${fileName(s.random)}.${s.random.pick(extensions)}`, schemes);
}

/** How the first process of an intrusion comes to be: what people open, and what runs without them. */
export function entry(s: Session): Proc {
  const office = "C:\\Program Files\\Microsoft Office\\root\\Office16\\";
  const document = `${s.home}\\Downloads\\${fileName(s.random)}`;
  return s.random.pick<() => Proc>([
    () => s.spawn(s.root("explorer"), "WINWORD.EXE", `"${office}WINWORD.EXE" /n "${document}.docm" /o ""`),
    () => s.spawn(s.root("explorer"), "EXCEL.EXE", `"${office}EXCEL.EXE" "${document}.xlsm"`),
    () => s.spawn(s.root("explorer"), "wscript.exe", `"${SYSTEM32}WScript.exe" "${document}.js"`),
    () =>
      s.spawn(
        s.root("explorer"),
        "powershell.exe",
        `"${SYSTEM32}WindowsPowerShell\\v1.0\\powershell.exe" -NoP -W Hidden -File ${document}.ps1`,
      ),
    () => s.spawn(s.root("explorer"), `${document}.exe`, `"${document}.exe"`),
    () => s.root("explorer"),
    () => s.root("schedule"),
    () => s.root("wmi"),
  ])();
}

/** Sometimes a shell stands in between, and holds the whole line. */
export function throughShell(s: Session, parent: Proc, line: string): { parent: Proc; wrappers: Proc[] } {
  if (!s.random.chance(0.35)) return { parent, wrappers: [] };
  const shell = s.spawn(
    parent,
    "cmd.exe",
    s.random.pick([`"${SYSTEM32}cmd.exe" /c ${line}`, `cmd /c "${line}"`, `cmd.exe /c start /b ${line}`]),
  );
  return { parent: shell, wrappers: [shell] };
}

/** The payload's file is written first, by what brings it. */
export function drop(s: Session, by: Proc, path: string): LabEvent {
  const event = s.file(by, path);
  if (path.includes("\\Downloads\\")) s.mark(by, path, webAddress(s.random, fileName(s.random)));
  s.wait(200, 20_000);
  return event;
}

/** The host of a web address. */
export function hostOf(url: string): string {
  return /^\w+:\/\/([^/:]+)/.exec(url)?.[1] ?? url;
}

/** A process fetches from a web address. */
export function fetchFrom(s: Session, proc: Proc, url: string): LabEvent {
  const host = hostOf(url);
  const numeric = /^[\d.]+$/.test(host);
  const port = Number(/:(\d+)\//.exec(url)?.[1] ?? (url.startsWith("https") ? 443 : 80));
  return s.connect(proc, host, numeric ? host : address(s.random), port);
}

/** A process talks to somebody outside. */
export function callOut(s: Session, proc: Proc): LabEvent {
  const ip = address(s.random);
  return s.connect(proc, s.random.chance(0.5) ? domain(s.random) : ip, ip, s.random.pick([443, 80, 8443, 4444]));
}

/** What the payload starts once it runs: inert questions about the machine, or a file of its own. */
export function child(s: Session, proc: Proc): LabEvent {
  s.wait(100, 4000);
  const own = dropPath(s, ["exe"]);
  const [what, line] = s.random.pick<readonly [string, string]>([
    ["cmd.exe", `cmd.exe /c whoami > ${s.home}\\AppData\\Local\\Temp\\${word(s.random)}.txt`],
    ["powershell.exe", `powershell.exe -NoProfile -Command Get-Date`],
    ["notepad.exe", `${SYSTEM32}notepad.exe`],
    ["whoami.exe", "whoami /all"],
    [own, `"${own}" ${word(s.random)}`],
  ]);
  return s.started(s.spawn(proc, what, line));
}

/** A copy of a binary under another name, somewhere else. */
export function renamed(s: Session, name: string) {
  return copyOf(program(name), `${dropFolder(s)}\\${fileName(s.random)}.exe`);
}
