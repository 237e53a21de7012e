import { entryOf } from "../../model/entry.ts";
import type { LogRecord } from "../../model/record.ts";

/** Numbers of the system calls that mean something here, per architecture (arch/…/entry/syscalls in the kernel). */
const X86_64: Readonly<Record<string, string>> = {
  2: "open",
  42: "connect",
  59: "execve",
  82: "rename",
  85: "creat",
  86: "link",
  87: "unlink",
  88: "symlink",
  101: "ptrace",
  231: "exit_group",
  257: "openat",
  263: "unlinkat",
  264: "renameat",
  265: "linkat",
  266: "symlinkat",
  311: "process_vm_writev",
  316: "renameat2",
  319: "memfd_create",
  322: "execveat",
  437: "openat2",
};
const AARCH64: Readonly<Record<string, string>> = {
  35: "unlinkat",
  36: "symlinkat",
  37: "linkat",
  38: "renameat",
  56: "openat",
  94: "exit_group",
  117: "ptrace",
  203: "connect",
  221: "execve",
  271: "process_vm_writev",
  276: "renameat2",
  279: "memfd_create",
  281: "execveat",
  437: "openat2",
};
const I386: Readonly<Record<string, string>> = {
  5: "open",
  8: "creat",
  9: "link",
  10: "unlink",
  11: "execve",
  26: "ptrace",
  38: "rename",
  83: "symlink",
  102: "socketcall",
  252: "exit_group",
  295: "openat",
  301: "unlinkat",
  302: "renameat",
  303: "linkat",
  304: "symlinkat",
  348: "process_vm_writev",
  353: "renameat2",
  356: "memfd_create",
  358: "execveat",
  362: "connect",
  437: "openat2",
};
/** Keys as in `arch=` (linux/audit.h: ELF machine number, 64 bit and little-endian flags), as enriched, and as Tetragon has them. */
const TABLES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  c000003e: X86_64,
  x86_64: X86_64,
  x64: X86_64,
  c00000b7: AARCH64,
  aarch64: AARCH64,
  arm64: AARCH64,
  "40000003": I386,
  i386: I386,
};

/** Name of a system call by its number, on an architecture as logs name it. */
export function syscallByNumber(number: string, architecture: string): string | undefined {
  const table = entryOf(TABLES, architecture);
  return table && entryOf(table, number);
}

/** Name of the system call of an audit event, by name where the log is enriched, else by number and architecture. */
export function syscallName(record: LogRecord): string | undefined {
  const name = record.get("SYSCALL.SYSCALL");
  if (name !== undefined && !/^\d/.test(name) && !name.startsWith("unknown")) return name;
  const call = record.get("SYSCALL.syscall");
  if (call === undefined) return undefined;
  if (!/^\d{1,4}$/.test(call)) return call;
  const arch = (record.get("SYSCALL.arch") ?? "x86_64").toLowerCase().replace(/^0x/, "");
  return syscallByNumber(call, arch);
}
