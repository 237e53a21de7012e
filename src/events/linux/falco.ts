import type { Event } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import { defineEvent, type Reader } from "../define.ts";
import { firstOf, toInteger } from "../fields.ts";
import { processOf } from "../process.ts";
import type { LogSource } from "../source.ts";

/** What Falco writes where it knows nothing. */
const NOTHING = new Set(["", "<NA>", "N/A"]);

/** The first of these output fields that has a value; rules choose which fields an alert has. */
function output(...names: readonly string[]): Reader<string | undefined> {
  return (record) => {
    for (const name of names) {
      const value = record.get(`output_fields.${name}`) ?? record.get(name);
      if (value !== undefined && !NOTHING.has(value)) return value;
    }
    return undefined;
  };
}

const number =
  (...names: readonly string[]): Reader<number | undefined> =>
  (record) =>
    toInteger(output(...names)(record));

const callOf = output("evt.type");
/** `exeline` has argv[0]; `cmdline` has the process name in its place. */
const commandLine = output("proc.exeline", "proc.cmdline");

/** Its path; else, where the rule did not ask for that, its name. */
const programOf = output("proc.exepath", "proc.name");

const BASE = {
  platform: "linux",
  user: output("user.name", "user.uid"),
  process: processOf({ pid: number("proc.pid"), image: programOf }),
} as const;

const processCreation = defineEvent("processCreation", {
  ...BASE,
  image: programOf,
  commandLine,
  currentDirectory: output("proc.cwd"),
  parent: processOf({ pid: number("proc.ppid"), image: output("proc.pexepath", "proc.pname") }),
  parentCommandLine: output("proc.pcmdline"),
});

const command = defineEvent("commandExecution", {
  ...BASE,
  text: (record) => commandLine(record) ?? "",
  dialect: "sh",
  origin: () => "falco",
  name: "rule",
});

const MAKES = /O_CREAT|O_F_CREATED/;
const flagsOf: Reader<string> = (record) => output("evt.arg.flags")(record) ?? "";

const fileCreation = defineEvent("fileCreation", {
  ...BASE,
  path: output("fd.name", "evt.arg.path"),
  action: (record) => (callOf(record) === "creat" || MAKES.test(flagsOf(record)) ? "create" : "modify"),
});

/** Both ends of a socket, `client:port->server:port`; IPv6 addresses have colons of their own. */
const TUPLE = /^(.{2,45}):(\d{1,5})->(.{2,45}):(\d{1,5})$/;

/** A part of that text, for rules whose output has the ends only there. */
const end =
  (part: 1 | 2 | 3 | 4): Reader<string | undefined> =>
  (record) =>
    TUPLE.exec(output("fd.name")(record) ?? "")?.[part];

/** An address with its port, as some rules' outputs have it in one. */
const WITH_PORT = /^(\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-fA-F:.]{2,45}\]):(\d{1,5})$/;
const named = output("fd.sip", "fd.rip");

const serverOf: Reader<string | undefined> = (record) => {
  const server = named(record);
  return server === undefined ? end(3)(record) : (WITH_PORT.exec(server)?.[1]?.replace(/[[\]]/g, "") ?? server);
};

const serverPort: Reader<number | undefined> = (record) =>
  number("fd.sport", "fd.rport")(record) ?? toInteger(WITH_PORT.exec(named(record) ?? "")?.[2] ?? end(4)(record));

const networkConnection = defineEvent("networkConnection", {
  ...BASE,
  initiated: (record) => callOf(record) === "connect",
  sourceIp: firstOf(output("fd.cip"), end(1)),
  sourcePort: (record) => number("fd.cport")(record) ?? toInteger(end(2)(record)),
  destinationIp: serverOf,
  destinationHost: output("fd.sip.name"),
  destinationPort: serverPort,
  protocol: output("fd.l4proto"),
});

const ptrace = defineEvent("osApiExecution", { ...BASE, api: "ptrace", access: output("evt.arg.request") });
const memoryFile = defineEvent("osApiExecution", { ...BASE, api: "memfd" });

/** What the process did, by the system call that the rule saw; undefined where that is nothing of interest. */
function effect(record: LogRecord, call: string): Event | undefined {
  switch (call) {
    case "connect":
    case "accept":
    case "accept4":
      return serverOf(record) === undefined ? undefined : networkConnection(record);
    case "open":
    case "openat":
    case "openat2":
    case "creat":
      return creates(record, call) ? fileCreation(record) : undefined;
    case "ptrace":
      return ptrace(record);
    case "memfd_create":
      return memoryFile(record);
    case "":
      return saysWritten(record) ? fileCreation(record) : undefined;
    default:
      return undefined;
  }
}

/** Rules about files say so in front of their fields, which need not have the system call. */
const OPENED = /^[^(]{0,512}\b(?:opened for writing|tampered|written|modified|created)\b/i;

function saysWritten(record: LogRecord): boolean {
  return OPENED.test(record.get("output") ?? "") && (output("fd.name")(record)?.startsWith("/") ?? false);
}

function creates(record: LogRecord, call: string): boolean {
  if (output("fd.name", "evt.arg.path")(record) === undefined) return false;
  return call === "creat" || MAKES.test(flagsOf(record)) || output("evt.is_open_write")(record) === "true";
}

/**
 * Falco's alerts (`json_output`): a process start where the rule saw an execve; else what the process did, and its command
 * line, which is known though its start is not.
 */
export const falco: LogSource = {
  id: "linux/falco",
  shape: "falco",
  kinds: ["processCreation", "commandExecution", "fileCreation", "networkConnection", "osApiExecution"],
  understand(record) {
    // Sysdig shows a call as it begins too, when nothing has come of it yet.
    if (record.get("evt.dir") === ">") return undefined;
    // An alert that names neither is of a rule about programs: one about files or sockets says which.
    const call = callOf(record) ?? (output("fd.name")(record) === undefined ? "execve" : "");
    const known = commandLine(record) !== undefined;
    if (call === "execve" || call === "execveat") return known ? processCreation(record) : undefined;
    return [effect(record, call), known ? command(record) : undefined].filter((event) => event !== undefined);
  },
};
