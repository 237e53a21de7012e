import { isObject, type JsonObject } from "../../../decode/json/parse.ts";
import { entryOf } from "../../../model/entry.ts";
import { lookup, own, propertiesOf, text, texts } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { type Meaning, pathText, productRecord } from "../properties.ts";
import { parseTime } from "../time.ts";

/** Events of a container have two numbers for each process; the host's is what other sources know it by. */
const ACTOR = {
  platform: () => "linux",
  // Velociraptor looks up who a process is (`ProcInfo`).
  user: ["args.ProcInfo.Username", "userId"],
  "process.pid": ["hostProcessId", "processId"],
  "process.image": ["executable.path", "args.ProcInfo.Exe"],
} as const;

const WRITES = /O_CREAT|O_WRONLY|O_RDWR/;

const FILE: Meaning = ["fileCreation", { ...ACTOR, path: (event) => own(argumentsOf(event), "pathname") }];

const QUESTION: Meaning = [
  "networkConnection",
  {
    ...ACTOR,
    initiated: () => "true",
    query: (event) => {
      const asked = ["dns_questions", "proto_dns"].map((name) => own(argumentsOf(event), name)).find(Array.isArray);
      const [first] = asked ?? [];
      return isObject(first) ? text(own(first, "name")) : text(first);
    },
  },
];

/** Tracee's events (its manual, section 3): what they are, and what their arguments mean. */
const EVENTS: Readonly<Record<string, Meaning>> = {
  sched_process_exec: [
    "processCreation",
    {
      ...ACTOR,
      image: ["args.pathname", "args.cmdpath"],
      args: (event) => texts(own(argumentsOf(event), "argv")),
      commandLine: (event) => texts(own(argumentsOf(event), "argv"))?.join(" "),
      "parent.pid": ["hostParentProcessId", "parentProcessId"],
    },
  ],
  sched_process_exit: ["processTermination", ACTOR],
  security_socket_connect: [
    "networkConnection",
    {
      ...ACTOR,
      initiated: () => "true",
      destinationIp: ["args.remote_addr.sin_addr", "args.remote_addr.sin6_addr"],
      destinationPort: ["args.remote_addr.sin_port", "args.remote_addr.sin6_port"],
    },
  ],
  net_packet_dns_request: QUESTION,
  net_packet_dns: QUESTION,
  security_file_open: FILE,
  magic_write: FILE,
  ptrace: ["osApiExecution", { ...ACTOR, api: () => "ptrace", "target.pid": ["args.pid"], access: ["args.request"] }],
};

function argumentsOf(event: JsonObject): JsonObject {
  const args = own(event, "args");
  return isObject(args) ? args : {};
}

/** Tracee (eBPF): its own JSON, and the same as Velociraptor's `Linux.Events.EBPF` collects it (`System`, `EventData`). */
export const tracee: JsonShape = {
  marks: ["eventName", "processId"],
  recognise(object, at) {
    const event = ownEvent(object) ?? structured(object) ?? collected(object);
    if (!event) return undefined;
    const name = text(own(event, "eventName")) ?? "";
    const head = {
      provider: name,
      host: text(own(event, "hostName")),
      time: parseTime(own(event, "timestamp")),
    };
    // Opened for reading only: nothing was made.
    const isRead = name === "security_file_open" && !WRITES.test(pathText(event, ["args.flags"]) ?? "");
    return productRecord(at, head, isRead ? undefined : entryOf(EVENTS, name), event);
  },
};

/** `args` is a list of name, type and value. */
function ownEvent(object: JsonObject): JsonObject | undefined {
  const args = own(object, "args");
  if (text(own(object, "eventName")) === undefined || own(object, "processId") === undefined) return undefined;
  if (!Array.isArray(args)) return undefined;
  const named = args.filter(isObject).map((arg) => [text(own(arg, "name")) ?? "", own(arg, "value")]);
  return { ...propertiesOf(object), args: Object.fromEntries(named) };
}

/**
 * The events of newer versions (`--output json` of structured events): who acts stands below `workload`, and each value under the name of its
 * type. Names are those of the older ones afterwards.
 */
function structured(object: JsonObject): JsonObject | undefined {
  const process = lookup(object, "workload.process");
  const data = own(object, "data");
  if (text(own(object, "name")) === undefined || !isObject(process) || !Array.isArray(data)) return undefined;
  const parent = lookup(process, "ancestors");
  const [first] = Array.isArray(parent) ? parent.filter(isObject) : [];
  return {
    eventName: own(object, "name"),
    timestamp: own(object, "timestamp"),
    hostName: pathText(object, ["workload.container.host", "hostname", "node_name"]),
    userId: pathText(process, ["real_user.id"]),
    hostProcessId: pathText(process, ["host_pid", "pid"]),
    executable: own(process, "executable"),
    hostParentProcessId: first && pathText(first, ["host_pid", "pid"]),
    args: Object.fromEntries(data.filter(isObject).map((one) => [text(own(one, "name")) ?? "", typedValue(one)])),
  };
}

function typedValue(argument: JsonObject): unknown {
  const [value] = Object.entries(propertiesOf(argument)).flatMap(([key, one]) => (key === "name" ? [] : [one]));
  if (!isObject(value)) return value;
  return own(value, "value") ?? own(value, "questions") ?? value;
}

/** Names in Pascal case, `ID` for `Id`; arguments by name. */
function collected(object: JsonObject): JsonObject | undefined {
  const system = own(object, "System");
  if (!isObject(system) || text(own(system, "EventName")) === undefined) return undefined;
  const renamed = Object.entries(propertiesOf(system)).map(([name, value]) => [
    name.charAt(0).toLowerCase() + name.slice(1).replace(/ID$/, "Id"),
    value,
  ]);
  return { ...Object.fromEntries(renamed), args: own(object, "EventData") };
}
