import type { Event } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import { defineEvent, type Reader } from "../define.ts";
import { time, toInteger } from "../fields.ts";
import { processOf } from "../process.ts";
import type { LogSource } from "../source.ts";

type Kind = "process_exec" | "process_exit" | "process_kprobe";

const slots = (path: string) => ({
  id: (record: LogRecord) => record.get(`${path}.exec_id`),
  pid: (record: LogRecord) => toInteger(record.get(`${path}.pid`)),
  start: time(`${path}.start_time`),
  image: (record: LogRecord) => record.get(`${path}.binary`),
});

const base = (kind: Kind) =>
  ({
    platform: "linux",
    user: (record: LogRecord) =>
      record.get(`${kind}.process.process_credentials.uid`) ?? record.get(`${kind}.process.uid`),
    process: processOf(slots(`${kind}.process`)),
  }) as const;

/** What an export without the enclosing time still says of a start. */
const startTime = time("process_exec.process.start_time");

/** Program and arguments, which Tetragon joins with blanks, in quotes where they hold one. */
const commandLine =
  (path: string): Reader<string | undefined> =>
  (record) => {
    const binary = record.get(`${path}.binary`);
    const args = record.get(`${path}.arguments`);
    return binary === undefined || !args ? binary : `${binary} ${args}`;
  };

const processCreation = defineEvent("processCreation", {
  ...base("process_exec"),
  time: (record) => record.time ?? startTime(record),
  image: "process_exec.process.binary",
  commandLine: commandLine("process_exec.process"),
  currentDirectory: "process_exec.process.cwd",
  parent: processOf({
    ...slots("process_exec.parent"),
    id: (record) => record.get("process_exec.parent.exec_id") ?? record.get("process_exec.process.parent_exec_id"),
  }),
  parentCommandLine: commandLine("process_exec.parent"),
});

const processTermination = defineEvent("processTermination", base("process_exit"));

const KPROBE = base("process_kprobe");
const networkConnection = defineEvent("networkConnection", { ...KPROBE, initiated: () => true });
const fileCreation = defineEvent("fileCreation", { ...KPROBE, action: "modify" });
const moduleLoad = defineEvent("moduleLoad", KPROBE);
const ptrace = defineEvent("osApiExecution", { ...KPROBE, api: "ptrace" });
const memoryFile = defineEvent("osApiExecution", { ...KPROBE, api: "memfd" });

/** Bits of the mask of security_file_permission: MAY_WRITE and MAY_APPEND; of an mmap: PROT_EXEC. */
const WRITES = 2 | 8;
const EXECUTES = 4;

type Argument = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Argument {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The arguments of a hooked function, each an object of one key that names its type. */
function argumentsOf(record: LogRecord): readonly Argument[] {
  return (record.list("process_kprobe.args") ?? []).slice(0, 16).flatMap((text) => {
    try {
      const value: unknown = JSON.parse(text);
      return isObject(value) ? [value] : [];
    } catch {
      return [];
    }
  });
}

function find(args: readonly Argument[], key: string): Argument | undefined {
  const value = args.find((arg) => isObject(arg[key]))?.[key];
  return isObject(value) ? value : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function kprobe(record: LogRecord): Event | undefined {
  const name = record.get("process_kprobe.function_name") ?? "";
  const args = argumentsOf(record);
  if (/^(?:tcp|udp)_(?:connect|sendmsg)$|^security_socket_connect$/.test(name)) return connection(record, args);
  if (/(?:^|_)ptrace(?:_|$)/.test(name)) return ptrace(record);
  if (/memfd_create/.test(name)) return memoryFile(record);
  return fileAccess(record, name, args);
}

function connection(record: LogRecord, args: readonly Argument[]): Event | undefined {
  const socket = find(args, "sock_arg") ?? find(args, "sockaddr_arg") ?? find(args, "skb_arg");
  const destinationIp = textOf(socket?.daddr) ?? textOf(socket?.addr);
  if (!socket || destinationIp === undefined) return undefined;
  return networkConnection(record, {
    destinationIp,
    destinationPort: toInteger(String(socket.dport ?? socket.port)),
    sourceIp: textOf(socket.saddr),
    sourcePort: toInteger(String(socket.sport)),
    protocol: textOf(socket.protocol)
      ?.replace(/^IPPROTO_/, "")
      .toLowerCase(),
  });
}

function fileAccess(record: LogRecord, name: string, args: readonly Argument[]): Event | undefined {
  const path = textOf(find(args, "file_arg")?.path) ?? textOf(find(args, "path_arg")?.path);
  if (path === undefined) return undefined;
  const mask =
    args.map((arg) => toInteger(String(arg.int_arg ?? arg.uint_arg))).find((value) => value !== undefined) ?? 0;
  if (name.endsWith("mmap_file")) return mask & EXECUTES ? moduleLoad(record, { module: path }) : undefined;
  return name === "security_file_permission" && mask & WRITES ? fileCreation(record, { path }) : undefined;
}

/** Tetragon's events: process starts and exits, and hooked kernel functions that a tracing policy reports. */
export const tetragon: LogSource = {
  id: "linux/tetragon",
  shape: "tetragon",
  kinds: ["processCreation", "processTermination", "networkConnection", "fileCreation", "moduleLoad", "osApiExecution"],
  understand(record) {
    if (record.get("process_exec.process.binary") !== undefined) return processCreation(record);
    if (record.get("process_exit.process.binary") !== undefined) return processTermination(record);
    return record.get("process_kprobe.function_name") === undefined ? undefined : kprobe(record);
  },
};
