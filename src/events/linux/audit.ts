import type { Event } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import type { LogSource } from "../source.ts";
import { auditControl } from "./audit-control.ts";
import { connection, files, isConnect, memoryFile, memoryWrite, ptrace } from "./audit-effects.ts";
import { loggedArguments, processCreation, processTermination, titleOnly, userCommand } from "./audit-process.ts";
import { syscallName } from "./syscalls.ts";

/** Linux audit events (auditd, Laurel): system calls by name or number, commands of sudo, process titles, audit itself. */
export const audit: LogSource = {
  id: "linux/audit",
  shape: "audit",
  kinds: [
    "processCreation",
    "processTermination",
    "commandExecution",
    "networkConnection",
    "fileCreation",
    "moduleLoad",
    "osApiExecution",
  ],
  understand(record) {
    const call = syscallName(record);
    if (call !== undefined) return syscall(record, call);
    const control = auditControl(record);
    if (control || record.get("SYSCALL.pid") !== undefined) return control;
    if (loggedArguments(record)) return processCreation(record);
    return userCommand(record) ?? titleOnly(record);
  },
};

function syscall(record: LogRecord, call: string): Event | readonly Event[] | undefined {
  if (isConnect(call, record)) return connection(record);
  if (call === "exit_group") return processTermination(record);
  if (record.get("SYSCALL.success") === "no") return undefined;
  switch (call) {
    case "execve":
    case "execveat":
      return processCreation(record);
    case "ptrace":
      return ptrace(record);
    case "process_vm_writev":
      return memoryWrite(record);
    // By these audit is told what to do, over its socket.
    case "sendto":
    case "sendmsg":
    case "socketcall":
      return auditControl(record);
    case "memfd_create":
      return memoryFile(record);
    default:
      return files(record, call);
  }
}
