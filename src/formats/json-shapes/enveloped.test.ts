import { expect, it } from "vitest";
import { eventsOf } from "../../../test/support/json-events.ts";

it("KubeArmor: what was run, by the host's numbers, and files that were opened to be written", () => {
  const base = { UpdatedTime: "2026-02-01T10:00:00.5Z", HostName: "node1", HostPID: 9, HostPPID: 8, PID: 3, PPID: 2 };
  const alert = {
    ...base,
    PolicyName: "block-apt",
    ProcessName: "/usr/bin/apt-get",
    ParentProcessName: "/usr/bin/bash",
  };
  expect(eventsOf({ ...alert, Operation: "Process", Resource: "/usr/bin/apt-get -y update" })).toMatchObject([
    {
      kind: "processCreation",
      ...{ host: "node1", platform: "linux", time: Date.UTC(2026, 1, 1, 10, 0, 0, 500), image: "/usr/bin/apt-get" },
      ...{ commandLine: "/usr/bin/apt-get -y update", process: { pid: 9 }, parent: { pid: 8, image: "/usr/bin/bash" } },
    },
  ]);
  expect(eventsOf({ ...alert, Action: "Block", Operation: "Process", Resource: "/usr/bin/apt-get" })).toEqual([]);
  const file = { ...alert, Operation: "File", Resource: "/etc/passwd" };
  expect(eventsOf({ ...file, Data: "syscall=SYS_OPENAT flags=O_WRONLY|O_CREAT" })).toMatchObject([
    { kind: "fileCreation", action: "modify", path: "/etc/passwd", process: { image: "/usr/bin/apt-get" } },
  ]);
  expect(eventsOf({ ...file, Data: "syscall=SYS_OPENAT flags=O_RDONLY" })).toEqual([]);
  expect(eventsOf({ ...alert, Operation: "Network", Resource: "sa_family=AF_INET" })).toEqual([]);
});

it("Falcon's replicator in the envelope of a collector, which says the name twice", () => {
  const event = { event_simpleName: "ProcessRollup2", aid: "A", ImageFileName: "/usr/bin/git", CommandLine: "git log" };
  const outer = { event_simpleName: "ProcessRollup2", fdr_event_type: "ProcessRollup2", aid: "A" };
  expect(eventsOf({ ...outer, event })).toMatchObject([{ kind: "processCreation", commandLine: "git log" }]);
});

it("osquery: a history that a query took without its file", () => {
  const row = { columns: { command: "id", uid: "0", username: "root" }, action: "added" };
  expect(eventsOf({ ...row, name: "pack_ir_shell_history" })).toMatchObject([
    { kind: "commandExecution", text: "id", user: "root", origin: "history" },
  ]);
  expect(eventsOf({ ...row, name: "pack_ir_crontab" })).toEqual([]);
});

it("a document of ECS whose event stands under names that a product made", () => {
  const fields = {
    "proc.cmdline": "userdel a",
    "proc.exepath": "/usr/sbin/userdel",
    "proc.pid": "9",
    "proc.pname": "sh",
  };
  const head = {
    "@timestamp": "2026-02-01T10:00:00Z",
    ecs: { version: "8" },
    host: { name: "pc" },
    agent: { type: "filebeat" },
  };
  expect(eventsOf({ ...head, event: { kind: "alert" }, product: { content: { fields } } })).toMatchObject([
    {
      kind: "processCreation",
      host: "pc",
      image: "/usr/sbin/userdel",
      commandLine: "userdel a",
      parent: { image: "sh" },
    },
  ]);
  expect(eventsOf({ ...head, event: { kind: "metric" } })).toEqual([]);
});
