import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import { processOf } from "../process.ts";
import { base, decimal, field, titleOf } from "./audit-fields.ts";
import { shellQuote } from "./quote.ts";

/** The kernel keeps this much of a process title: one this long may be cut (MAX_PROCTITLE_AUDIT_LEN). */
const TITLE_BYTES = 128;

/** A successful execve. For a script, `image` is the interpreter, and the arguments are those that it was given. */
export const processCreation = defineEvent("processCreation", {
  ...base("SYSCALL"),
  image: field("SYSCALL.exe"),
  commandLine: (record) => {
    const args = argumentsOf(record);
    return args ? shellQuote(args) : field("PROCTITLE.proctitle")(record);
  },
  args: argumentsOf,
  currentDirectory: field("CWD.cwd"),
  parent: processOf({ pid: decimal("SYSCALL.ppid"), image: field("SYSCALL.PPID.exe", "PARENT_INFO.exe") }),
  parentCommandLine: (record) => {
    const args = record.list("PARENT_INFO.ARGV");
    return args && shellQuote(args);
  },
});

/** auditd's arguments, or Laurel's, which writes them as one list; else the process title where it is whole. */
function argumentsOf(record: LogRecord): readonly string[] | undefined {
  return loggedArguments(record) ?? wholeTitle(record);
}

export function loggedArguments(record: LogRecord): readonly string[] | undefined {
  return record.list("EXECVE.args") ?? record.list("EXECVE.ARGV");
}

function wholeTitle(record: LogRecord): readonly string[] | undefined {
  const args = titleOf(record);
  const bytes = args?.reduce((sum, arg) => sum + Buffer.byteLength(arg) + 1, 0) ?? 0;
  return bytes < TITLE_BYTES ? args : undefined;
}

export const processTermination = defineEvent("processTermination", base("SYSCALL"));

const sudo = defineEvent("commandExecution", {
  ...base("USER_CMD"),
  text: (record) => record.get("USER_CMD.cmd") ?? "",
  dialect: "sh",
  origin: () => "sudo",
});

/** What sudo was told to run; a refused command did not run. */
export function userCommand(record: LogRecord) {
  const refused = record.get("USER_CMD.res") === "failed";
  return refused || field("USER_CMD.cmd")(record) === undefined ? undefined : sudo(record);
}

const proctitle = defineEvent("commandExecution", {
  ...base("PROCTITLE"),
  text: (record) => shellQuote(titleOf(record) ?? []),
  dialect: "sh",
  origin: () => "proctitle",
});

/** A process title alone: what ran is known, when it started is not. */
export function titleOnly(record: LogRecord) {
  return titleOf(record)?.[0] ? proctitle(record) : undefined;
}
