import { expect, it } from "vitest";
import { type Fields, fakeRecord } from "../../../test/support/record.ts";
import { createUnderstander } from "../registry.ts";

const ocsf = (class_uid: number, activity_id: number, fields: Fields) =>
  createUnderstander().understand(
    fakeRecord("ocsf", undefined, undefined, { class_uid: `${class_uid}`, activity_id: `${activity_id}`, ...fields }),
  )[0];

const PROCESS = {
  "device.os.type_id": "100",
  "process.pid": "12",
  "process.created_time": "1704164645678",
  "process.cmd_line": "mshta a.hta",
  "process.file.path": "C:\\mshta.exe",
};

it("a launch; the actor is the parent unless the process names one", () => {
  const actor = { "actor.process.pid": "6", "actor.process.cmd_line": "explorer", "actor.user.name": "eve" };
  expect(
    ocsf(1007, 1, {
      ...PROCESS,
      ...actor,
      "process.file.hashes": ['{"algorithm":"SHA-256","value":"ab"}', "broken", "null"],
    }),
  ).toMatchObject({
    kind: "processCreation",
    platform: "windows",
    image: "C:\\mshta.exe",
    commandLine: "mshta a.hta",
    hashes: "SHA256=AB",
    user: "eve",
    process: { key: "pid:host1|12|1704164645678" },
    parent: { pid: 6 },
    parentCommandLine: "explorer",
  });
  expect(ocsf(1007, 1, { ...PROCESS, ...actor, "process.parent_process.pid": "5" })).toMatchObject({
    parent: { pid: 5 },
  });
});

it("times as ISO 8601 too, and unique ids", () => {
  const iso = { "process.pid": "1", "process.created_time_dt": "2024-01-02T03:04:05Z" };
  expect(ocsf(1007, 2, iso)).toMatchObject({ process: { key: `pid:host1|1|${Date.UTC(2024, 0, 2, 3, 4, 5)}` } });
  expect(ocsf(1007, 2, { ...iso, "process.uid": "u1" })).toMatchObject({ process: { key: "id:u1" } });
});

it("the other activities on a process have it as their target", () => {
  expect(ocsf(1007, 3, { ...PROCESS, "actor.process.pid": "6" })).toMatchObject({
    api: "processAccess",
    process: { pid: 6 },
    target: { pid: 12 },
  });
  expect(ocsf(1007, 4, PROCESS)).toMatchObject({ api: "createRemoteThread", target: { pid: 12 } });
});

it.each([
  [1001, 1, "create"],
  [1001, 3, "modify"],
  [1001, 4, "delete"],
])("class %i, activity %i: a file (%s)", (classUid, activity, action) => {
  expect(ocsf(classUid, activity, { "file.path": "/x" })).toMatchObject({ kind: "fileCreation", action, path: "/x" });
});

it("modules, connections, questions and requests", () => {
  expect(ocsf(1005, 1, { "module.file.path": "C:\\x.dll" })).toMatchObject({ module: "C:\\x.dll" });
  const flow = { "dst_endpoint.ip": "192.0.2.1", "dst_endpoint.port": "443", "connection_info.direction_id": "2" };
  expect(ocsf(4001, 1, flow)).toMatchObject({ initiated: true, destinationIp: "192.0.2.1", destinationPort: 443 });
  expect(ocsf(4003, 1, { "query.hostname": "a.example" })).toMatchObject({ query: "a.example" });
  expect(ocsf(4002, 3, { "http_request.url.url_string": "http://a.example" })).toMatchObject({
    url: "http://a.example",
  });
});

it("registry keys and values, whether or not the path ends with the name", () => {
  expect(ocsf(201001, 4, { "reg_key.path": "HKLM\\x" })).toMatchObject({ action: "deleteKey", path: "HKLM\\x" });
  for (const path of ["HKLM\\x", "HKLM\\x\\V"]) {
    const event = ocsf(201002, 2, { "reg_value.path": path, "reg_value.name": "v", "reg_value.data": "cmd" });
    expect(event).toMatchObject({ action: "setValue", value: "cmd" });
    expect(event?.kind === "registryKeyModification" && event.path?.toLowerCase()).toBe("hklm\\x\\v");
  }
});

it("a scheduled job reads as the system's own command language", () => {
  const job = { "job.name": "j", "job.cmd_line": "mshta a" };
  expect(ocsf(1006, 1, job)).toMatchObject({ kind: "scheduledTask", commandLine: "mshta a", dialect: "commandLine" });
  expect(ocsf(1006, 1, { ...job, "device.os.type": "Linux" })).toMatchObject({ dialect: "sh" });
});

it("drivers, scripts and services have classes of their own; of files it is said who signed them", () => {
  const signed = {
    "driver.file.path": "/lib/a.ko",
    "driver.file.signature.certificate.subject": "CN=Acme",
    "driver.file.signature.state": "Valid",
  };
  expect(ocsf(1002, 1, signed)).toMatchObject({
    kind: "moduleLoad",
    module: "/lib/a.ko",
    platform: "linux",
    signature: { signed: true, signer: "CN=Acme", status: "Valid" },
  });
  expect(ocsf(1009, 1, { "script.script_content.value": "Get-Date" })).toMatchObject({
    kind: "commandExecution",
    text: "Get-Date",
    dialect: "powershell",
  });
  expect(ocsf(201004, 1, { "win_service.cmd_line": "a.exe -s", "win_service.name": "S" })).toMatchObject({
    text: "a.exe -s",
    origin: "service",
    name: "S",
  });
  expect([ocsf(1009, 1, {}), ocsf(201004, 1, {})]).toEqual([undefined, undefined]);
});

it("what has no meaning here is no event", () => {
  expect(ocsf(1007, 99, PROCESS)).toBeUndefined();
  expect(ocsf(3002, 1, PROCESS)).toBeUndefined();
});
