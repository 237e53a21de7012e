import type { Event } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import { processOf } from "../process.ts";
import { type AuditPath, base, decimal, field, hex, paths } from "./audit-fields.ts";

/** Libraries by name: `libx.so`, `libx.so.1.2`. */
const LIBRARY = /\.so(?:\.\d+)*$/;

/** Requests of ptrace that take hold of another process or write into it (sys/ptrace.h). */
const PTRACE: Readonly<Record<number, string>> = {
  4: "POKETEXT",
  5: "POKEDATA",
  13: "SETREGS",
  16: "ATTACH",
  16901: "SETREGSET",
  16902: "SEIZE",
};

/** EINPROGRESS: a connection that is being opened without waiting; `ausearch -i` has the name. */
const IN_PROGRESS = /^(?:-115$|EINPROGRESS)/;

const SYSCALL = base("SYSCALL");
const family = field("SOCKADDR.family", "SOCKADDR.saddr_fam");

const networkConnection = defineEvent("networkConnection", {
  ...SYSCALL,
  initiated: () => true,
  destinationIp: field("SOCKADDR.ip", "SOCKADDR.laddr"),
  destinationPort: decimal("SOCKADDR.port", "SOCKADDR.lport"),
});

/** SYS_CONNECT of linux/net.h. */
const CONNECT = 3;

const firstArgument = hex("SYSCALL.a0");

/** Whether a call opens a connection. All that 32-bit programs on x86 do with sockets may be one call, whose first argument tells what; `ausearch -i` has it in words. */
export function isConnect(call: string, record: LogRecord): boolean {
  if (call === "socketcall") return firstArgument(record) === CONNECT;
  return call === "connect" || call === "socketcall(connect)";
}

/** A connection over the internet protocols that was opened, or is being opened. */
export function connection(record: LogRecord): Event | undefined {
  const refused = record.get("SYSCALL.success") === "no" && !IN_PROGRESS.test(record.get("SYSCALL.exit") ?? "");
  return refused || !family(record)?.startsWith("inet") ? undefined : networkConnection(record);
}

const fileCreation = defineEvent("fileCreation", { ...SYSCALL, action: "create" });
const moduleLoad = defineEvent("moduleLoad", SYSCALL);

/** Files that a call made or removed, and libraries that it opened. */
export function files(record: LogRecord, call: string): readonly Event[] {
  return paths(record)
    .filter((path) => !isDirectory(path))
    .flatMap(({ name, nametype }): readonly Event[] => {
      if (nametype === "CREATE") return [fileCreation(record, { path: name })];
      if (nametype === "DELETE" && call.startsWith("unlink")) {
        return [fileCreation(record, { path: name, action: "delete" })];
      }
      const opened = nametype === "NORMAL" && call.startsWith("open") && LIBRARY.test(name);
      return opened ? [moduleLoad(record, { module: name })] : [];
    });
}

function isDirectory({ mode }: AuditPath): boolean {
  return mode !== undefined && (/^0?o?40\d{3}$/.test(mode) || mode.startsWith("dir"));
}

const target = (pid?: (record: LogRecord) => number | undefined) =>
  processOf({
    pid: (record) => decimal("OBJ_PID.opid")(record) ?? pid?.(record),
    image: field("OBJ_PID.ocomm"),
  });

const REQUESTS = new Set(Object.values(PTRACE));

/** `ausearch -i` has the request in words. */
function ptraceRequest(record: LogRecord): string | undefined {
  const named = /^PTRACE_([A-Z]{4,10})$/.exec(record.get("SYSCALL.a0") ?? "")?.[1];
  if (named !== undefined) return REQUESTS.has(named) ? named : undefined;
  return PTRACE[hex("SYSCALL.a0")(record) ?? -1];
}

const hold = defineEvent("osApiExecution", {
  ...SYSCALL,
  api: "ptrace",
  target: target(hex("SYSCALL.a1")),
  access: ptraceRequest,
});

export function ptrace(record: LogRecord): Event | undefined {
  return ptraceRequest(record) === undefined ? undefined : hold(record);
}

export const memoryWrite = defineEvent("osApiExecution", {
  ...SYSCALL,
  api: "processAccess",
  target: target(hex("SYSCALL.a0")),
  access: () => "process_vm_writev",
});

/** A file that exists in memory only, from which code can be run; its name is not logged. */
export const memoryFile = defineEvent("osApiExecution", { ...SYSCALL, api: "memfd" });
