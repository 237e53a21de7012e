import type { CodeFinding } from "../../src/cmdline/code/types.ts";

/** One line for a finding, so that tables of cases stay readable. */
export function brief({ role, what, value, args, shell, commandLine }: CodeFinding): string {
  if (shell) return `sh: ${value}`;
  if (commandLine !== undefined) return `line: ${commandLine}`;
  if (role === "runs" && what === "command") return `run: ${[value, ...(args ?? [])].join("|")}`;
  return `${role} ${what} ${value}`;
}
