import { isObject, type JsonObject } from "../../decode/json/parse.ts";
import type { Event } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import { toInteger } from "../fields.ts";
import { syscallByNumber } from "./syscalls.ts";
import { base } from "./tetragon-process.ts";

/** Events of hooks that a tracing policy asks for: functions of the kernel, of its security modules and of programs; tracepoints. */
const KINDS = ["process_kprobe", "process_lsm", "process_tracepoint", "process_uprobe", "process_usdt"] as const;

function eventsOf(kind: string) {
  const about = base(kind);
  return {
    networkConnection: defineEvent("networkConnection", { ...about, initiated: () => true }),
    fileCreation: defineEvent("fileCreation", { ...about, action: "modify" }),
    moduleLoad: defineEvent("moduleLoad", about),
    ptrace: defineEvent("osApiExecution", { ...about, api: "ptrace" }),
    memoryFile: defineEvent("osApiExecution", { ...about, api: "memfd" }),
  } as const;
}

type Hooked = ReturnType<typeof eventsOf>;

const HOOKS = KINDS.map((kind) => ({ kind, hooked: eventsOf(kind) }));

/** What the process did, by the function that the hook saw; undefined where that is nothing of interest or no hook. */
export function hookEvent(record: LogRecord): Event | undefined {
  const hook = HOOKS.find(({ kind }) => NAMES.some((name) => record.get(`${kind}.${name}`) !== undefined));
  if (!hook) return undefined;
  const args = argumentsOf(record, hook.kind);
  return understood(record, functionOf(record, hook.kind, args), args, hook.hooked);
}

/** Fields that say where the hook is. */
const NAMES = ["function_name", "event", "symbol"] as const;

function functionOf(record: LogRecord, kind: string, args: readonly JsonObject[]): string {
  const call = find(args, "syscall_id");
  const called = call && syscallByNumber(plain(call.id), plain(call.abi));
  return called ?? NAMES.map((name) => record.get(`${kind}.${name}`)).find((name) => name !== undefined) ?? "";
}

/** Bits of the mask of file_permission and its kin: MAY_WRITE and MAY_APPEND; of an mmap: PROT_EXEC. */
const WRITES = 2 | 8;
const EXECUTES = 4;

/** The arguments of a hooked function, each an object of one key that names its type. */
function argumentsOf(record: LogRecord, kind: string): readonly JsonObject[] {
  return (record.list(`${kind}.args`) ?? []).slice(0, 16).flatMap((text) => {
    try {
      const value: unknown = JSON.parse(text);
      return isObject(value) ? [value] : [];
    } catch {
      return [];
    }
  });
}

function find(args: readonly JsonObject[], key: string): JsonObject | undefined {
  const value = args.find((arg) => isObject(arg[key]))?.[key];
  return isObject(value) ? value : undefined;
}

/** A number or a text as text, and nothing for what is neither: an object may say that it cannot be made one. */
function plain(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function understood(
  record: LogRecord,
  written: string,
  args: readonly JsonObject[],
  hooked: Hooked,
): Event | undefined {
  const name = written.replace(/^security_/, "");
  if (/^(?:tcp|udp)_(?:connect|sendmsg)$|^socket_connect$/.test(name)) return connection(record, args, hooked);
  if (/(?:^|_)ptrace(?:_|$)/.test(name)) return hooked.ptrace(record);
  if (/memfd_create/.test(name)) return hooked.memoryFile(record);
  return fileAccess(record, name, args, hooked);
}

function connection(record: LogRecord, args: readonly JsonObject[], hooked: Hooked): Event | undefined {
  const socket = find(args, "sock_arg") ?? find(args, "sockaddr_arg") ?? find(args, "skb_arg");
  const destinationIp = textOf(socket?.daddr) ?? textOf(socket?.addr);
  if (!socket || destinationIp === undefined) return undefined;
  return hooked.networkConnection(record, {
    destinationIp,
    destinationPort: toInteger(plain(socket.dport ?? socket.port)),
    sourceIp: textOf(socket.saddr),
    sourcePort: toInteger(plain(socket.sport)),
    protocol: textOf(socket.protocol)
      ?.replace(/^IPPROTO_/, "")
      .toLowerCase(),
  });
}

function fileAccess(record: LogRecord, name: string, args: readonly JsonObject[], hooked: Hooked): Event | undefined {
  const path = textOf(find(args, "file_arg")?.path) ?? textOf(find(args, "path_arg")?.path);
  if (path === undefined) return undefined;
  const mask =
    args.map((arg) => toInteger(plain(arg.int_arg ?? arg.uint_arg))).find((value) => value !== undefined) ?? 0;
  if (name.endsWith("mmap_file")) return mask & EXECUTES ? hooked.moduleLoad(record, { module: path }) : undefined;
  return /^file_(?:permission|post_open|open)$/.test(name) && mask & WRITES
    ? hooked.fileCreation(record, { path })
    : undefined;
}
