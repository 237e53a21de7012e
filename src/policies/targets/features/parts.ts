import { baseName } from "../../../invocations/glob.ts";
import type { FilePattern, Operation, Rule } from "../../model.ts";

/** A part of Windows that can be taken away, with the acts that then fail. */
interface Part {
  readonly on: readonly Operation[];
  readonly object: readonly FilePattern[];
}

const programs = (...names: readonly string[]): Part => ({
  on: ["execute"],
  object: names.flatMap((name) =>
    ["system32", "syswow64"].map((folder) => ({ path: `%SystemRoot%\\${folder}\\${name}` })),
  ),
});
const library = (name: string): Part => ({ on: ["load"], object: [{ path: `%SystemRoot%\\*\\${name}` }] });

/**
 * Optional features and capabilities that hold programs or libraries of T1218.
 * @see https://learn.microsoft.com/windows-hardware/manufacture/desktop/features-on-demand-non-language-fod
 * @see https://learn.microsoft.com/windows/whats-new/deprecated-features
 */
const PARTS: Readonly<Record<string, Part>> = {
  "feature Microsoft-Windows-Subsystem-Linux": programs("wsl.exe", "bash.exe", "wslconfig.exe"),
  "feature WorkFolders-Client": programs("WorkFolders.exe"),
  "feature Containers-DisposableClientVM": programs("WindowsSandbox.exe", "wsb.exe"),
  "feature TelnetClient": programs("telnet.exe"),
  "feature TFTP": programs("tftp.exe"),
  "capability WMIC~~~~": programs("wbem\\WMIC.exe"),
  "capability VBSCRIPT~~~~": library("vbscript.dll"),
  "capability Microsoft.Windows.PowerShell.ISE~~~~0.0.1.0": programs("WindowsPowerShell\\v1.0\\powershell_ise.exe"),
  "capability App.StepsRecorder~~~~0.0.1.0": programs("psr.exe"),
  "capability OpenSSH.Client~~~~0.0.1.0": programs("OpenSSH\\ssh.exe", "OpenSSH\\scp.exe", "OpenSSH\\sftp.exe"),
  "capability Microsoft.Windows.WordPad~~~~0.0.1.0": {
    on: ["execute"],
    object: [
      { path: "%SystemRoot%\\System32\\write.exe" },
      { path: "%ProgramFiles%\\Windows NT\\Accessories\\wordpad.exe" },
    ],
  },
  // Without it no path over WebDAV can be reached.
  "service WebClient": {
    on: ["execute", "load", "script", "install"],
    object: ["\\\\*@*\\*", "\\\\*\\davwwwroot\\*"].map((path) => ({ path })),
  },
  // What a package may do afterwards stands in no event.
  "setting AlwaysInstallElevated": { on: [], object: [] },
};

const BY_ID = new Map(Object.entries(PARTS).map(([id, part]) => [id.toLowerCase(), part]));

export type PartKind = "feature" | "capability" | "service" | "setting" | "acl";

/** The rule that taking a part away is; a part that is not known here changes no decision. */
export function partRule(kind: PartKind, name: string): Rule {
  const id = `${kind} ${name}`;
  const known = BY_ID.get(id.toLowerCase());
  const part: Part | undefined = kind === "acl" ? { on: ["execute"], object: [{ path: name }] } : known;
  return {
    id,
    action: "deny",
    on: part?.on ?? [],
    ...(part && part.object.length > 0 && { object: part.object }),
    measure: "M1042",
  };
}

/** Kind and name of a part, from the id of its rule. */
export function partOf({ id }: Rule): { readonly kind: PartKind; readonly name: string } | undefined {
  const [, kind, name = ""] = /^(feature|capability|service|setting|acl) (.*)$/s.exec(id) ?? [];
  return kind === undefined ? undefined : { kind: kind as PartKind, name };
}

/** The rules of all parts that a plan may take away. */
export const PART_RULES: readonly Rule[] = Object.keys(PARTS).map((id) => {
  const [kind = "", name = ""] = id.split(" ");
  return partRule(kind as PartKind, name);
});

/** Features and capabilities that hold programs, with the programs' names in small letters. */
const OF_PROGRAMS = PART_RULES.filter(
  ({ id, on }) => on.includes("execute") && /^(?:feature|capability) /.test(id),
).map((rule) => ({ rule, names: new Set(rule.object?.map(({ path = "" }) => baseName(path).toLowerCase())) }));

/** Rules of the features and capabilities that hold a program of this name. */
export function partsWith(program: string): readonly Rule[] {
  const name = program.toLowerCase();
  return OF_PROGRAMS.filter(({ names }) => names.has(name)).map(({ rule }) => rule);
}
