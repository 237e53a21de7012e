import { expect, it } from "vitest";
import { eventsIn } from "../../../../test/support/read-events.ts";

const inJson = (object: unknown) => eventsIn(JSON.stringify(object));
const SECONDS = 1_772_615_411;
const ARGS = ["find", ".", "-exec", "sh", "-c", "id", ";"];

const accept = {
  submit_time: { seconds: SECONDS, nanoseconds: 500_000_000 },
  ...{ submituser: "kim", command: "/usr/bin/find", runuser: "root", runcwd: "/srv", submithost: "web", runargv: ARGS },
};

it("reads what sudo allowed, in a log of its own, in the system's, and beside a session", () => {
  const start = { kind: "processCreation", image: "/usr/bin/find", args: ARGS, user: "kim", host: "web" };
  const whole = [{ ...start, time: SECONDS * 1000 + 500, currentDirectory: "/srv" }];
  expect(inJson({ accept })).toMatchObject(whole);
  expect(inJson({ ...accept, timestamp: accept.submit_time, submit_time: undefined })).toMatchObject(whole);
  expect(eventsIn(`Mar  4 09:10:11 web sudo[7]: @cee: ${JSON.stringify({ sudo: { accept } })}\n`)).toMatchObject(whole);
  expect(inJson({ reject: { ...accept, reason: "no" } })).toEqual([]);
});

it("reads Santa's messages", () => {
  const execution = {
    instigator: { id: { pid: 5 }, executable: { path: "/bin/zsh" } },
    target: { id: { pid: 7 }, executable: { path: "/usr/bin/id" }, effective_user: { uid: 501, name: "kim" } },
    args: ["id", "-u"].map((word) => Buffer.from(word).toString("base64")),
    decision: "DECISION_ALLOW",
  };
  expect(inJson({ machine_id: "m", event_time: "2026-03-04T09:10:11Z", execution })).toMatchObject([
    { kind: "processCreation", platform: "macos", image: "/usr/bin/id", args: ["id", "-u"], user: "kim", host: "m" },
  ]);
  expect(inJson({ machine_id: "m", execution: { ...execution, decision: "DECISION_DENY" } })).toEqual([]);
});

it("reads the processes in the evidence of a detection", () => {
  const process = { pid: 7, cmd_line: "a x", file: { path: "C:\\a.exe", name: "a.exe" } };
  const finding = { class_uid: 2004, activity_id: 1, time: SECONDS * 1000, finding_info: { title: "t" } };
  const device = { hostname: "pc" };
  const evidences = [{ process, device }, { file: { path: "C:\\b" } }];
  const start = { kind: "processCreation", commandLine: "a x", host: "pc", record: { pickedBy: "the product" } };
  expect(inJson({ ...finding, evidences })).toMatchObject([start]);
  expect(inJson({ ...finding, device, evidences: [{ process }] })).toMatchObject([start]);
});

it("reads the process that an alert of Elastic Defend speaks of", () => {
  const process = { executable: "C:\\a.exe", command_line: "a x", pid: 7 };
  const event = { kind: "alert", category: ["malware", "intrusion_detection"], type: ["info"], code: "behavior" };
  expect(inJson({ "@timestamp": "2026-03-04T09:10:11Z", event, process })).toMatchObject([
    { kind: "processCreation", commandLine: "a x", record: { pickedBy: "Elastic" } },
  ]);
  expect(inJson({ event: { ...event, kind: "event" }, process })).toEqual([]);
});

it("reads who acts in events of Symantec EDR", () => {
  const event_actor = { cmd_line: "b y", pid: 5, file: { path: "C:\\b.exe" } };
  const process = { cmd_line: "a x", pid: 7, file: { path: "C:\\a.exe" } };
  const found = inJson({ type_id: 8001, device_name: "pc", operation: 1, event_actor, process });
  expect(found).toMatchObject([{ commandLine: "a x", parentCommandLine: "b y" }]);
});

it("takes a record that lists resources for no envelope of them", () => {
  const process = { pid: 7, cmd_line: "a x", file: { path: "C:\\a.exe" } };
  const record = { class_uid: 1007, activity_id: 1, resources: [{ type: "host", uid: "1" }], process };
  expect(inJson(record)).toMatchObject([{ commandLine: "a x" }]);
});

it("reads the evidence of an incident's alerts, each with its host", () => {
  const process = { processCommandLine: "a.exe /x", processId: 7, imageFile: { fileName: "a.exe", filePath: "C:\\k" } };
  const alert = (host: string) => ({ id: host, evidence: [{ deviceDnsName: host }, process] });
  const start = { kind: "processCreation", image: "C:\\k\\a.exe", commandLine: "a.exe /x" };
  const incident = { displayName: "i", severity: "medium", createdDateTime: "2026-03-01T10:00:00Z" };
  expect(inJson({ ...incident, alerts: alert("pc1") })).toMatchObject([{ ...start, host: "pc1" }]);
  expect(inJson({ ...incident, alerts: [alert("pc1"), { id: "none" }, alert("pc2")] })).toMatchObject([
    { ...start, host: "pc1" },
    { ...start, host: "pc2" },
  ]);
  expect(inJson({ value: [{ ...incident, alerts: [alert("pc3")] }] })).toMatchObject([{ ...start, host: "pc3" }]);
});
