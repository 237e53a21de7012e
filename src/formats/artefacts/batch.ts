import { setAssignment } from "../../decode/text/cmd-set.ts";
import type { LineParser } from "./text-reader.ts";

/** Longest command that carets may join, and variables that are kept. */
const MAX_COMMAND = 1 << 20;
const MAX_VARIABLES = 256;
const MAX_VALUE = 8192;
/** Lines of a batch file that run nothing: comments, labels, and what only sets how it is shown. */
const SILENT = /^(?:rem\b|::|:[^:]|echo(?: off| on)?$|setlocal\b|endlocal\b|exit\b|goto\b|$)/i;

/**
 * Commands of a batch file, one a line: a caret at the end joins the next line, and cmd puts values in place of `%NAME%` as it
 * reads each line. Only what the file itself sets to a plain text is known here.
 */
export function batchLines(take: (command: string) => void): LineParser {
  const variables = new Map<string, string>();
  let pending = "";
  const flush = (line: string) => {
    const command = expand(line.trim().replace(/^@/, "").trim(), variables);
    if (!SILENT.test(command)) take(command);
    assign(command, variables);
    pending = "";
  };
  return {
    line(text) {
      if (text.endsWith("^") && pending.length < MAX_COMMAND) pending += text.slice(0, -1);
      else flush(pending + text);
    },
    end: () => flush(pending),
  };
}

function expand(command: string, variables: ReadonlyMap<string, string>): string {
  if (variables.size === 0 || !command.includes("%")) return command;
  let room = MAX_COMMAND - command.length;
  return command.replace(/%([^%:\s][^%:]{0,199})%/g, (all, name: string) => {
    const value = variables.get(name.toLowerCase());
    if (value === undefined || value.length > room) return all;
    room -= value.length;
    return value;
  });
}

function assign(command: string, variables: Map<string, string>): void {
  const [written, value] = setAssignment(command) ?? [];
  if (written === undefined || value === undefined) return;
  const name = written.toLowerCase();
  // What another command on the line does with it is not known.
  if (value === "" || value.length > MAX_VALUE || /[&|<>]/.test(value)) variables.delete(name);
  else if (variables.size < MAX_VARIABLES) variables.set(name, value);
}
