import { Memory } from "../cmdline/memory.ts";
import type { Host } from "./host.ts";
import { type Pending, relate } from "./pending.ts";
import { relatedTo } from "./refs.ts";

/** A log of commands (sudo, cron, PowerShell's engine) and the start of the process are this close, in milliseconds. */
const NEAR = 10_000;

const known = new Memory<string>(1 << 18);

/** The words of a command line without quotes, its program by its name: sudo logs a path, the kernel what was typed. */
const wordsOf = (line: string): string => known.get(line, () => wordsAfresh(line));

function wordsAfresh(line: string): string {
  const [program = "", ...rest] = line.replace(/["']/g, "").trim().toLowerCase().split(/\s+/);
  const name = program.slice(Math.max(program.lastIndexOf("/"), program.lastIndexOf("\\")) + 1);
  return [name.replace(/\.exe$/, ""), ...rest].join(" ");
}

/** The same command, or the shell that cron gives it to. */
function isSame(start: string, command: string): boolean {
  const [started, named] = [wordsOf(start), wordsOf(command)];
  if (started === named) return true;
  return started.includes(" -c ") && started.endsWith(` -c ${command.replace(/["']/g, "").toLowerCase().trim()}`);
}

/**
 * Of a command that a log names and the start of its process, which are one act, the start is the finding: joins `pending`
 * to what waits already, and yields true where it was given up for it.
 */
export function joinCommand(host: Host, pending: Pending): boolean {
  const isStart = pending.component === "processCreation";
  if (!isStart && pending.component !== "commandExecution") return false;
  const wanted = isStart ? "commandExecution" : "processCreation";
  const { commandLine, time } = pending.subject;
  if (commandLine === undefined || time === undefined) return false;
  const other = host.places.of(wanted).findLast((one) => {
    if (one.dropped) return false;
    const { commandLine: line, time: then } = one.subject;
    if (line === undefined || then === undefined || Math.abs(then - time) > NEAR) return false;
    return isStart ? isSame(commandLine, line) : isSame(line, commandLine);
  });
  if (!other) return false;
  const [start, command] = isStart ? [pending, other] : [other, pending];
  command.dropped = true;
  relate(start, relatedTo(command.subject.source, "same"), ...command.related);
  return !isStart;
}
