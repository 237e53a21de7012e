import { expect, it } from "vitest";
import { createUnderstander } from "../../../events/registry.ts";
import { recognise } from "../shapes.ts";
import { actorLackOf } from "./effect.ts";

function eventsOf(object: Record<string, unknown>) {
  const record = recognise(object, { file: "a.json", index: 0 });
  return record === undefined ? undefined : createUnderstander().understand(record);
}

const BESIDE = { hostname: "ws1", timestamp: "2026-03-01T10:00:00Z", username: "LAB\\kim" };
const ACTOR = { process_image_path: "C:\\Tools\\a.exe", pid: 40, process_unique_id: "g-1" };
const BY = {
  host: "ws1",
  time: Date.UTC(2026, 2, 1, 10),
  user: "LAB\\kim",
  process: { key: "id:g-1", pid: 40, image: "C:\\Tools\\a.exe" },
};

it("reads what was done to a file, whatever product says so", () => {
  const record = { ...BESIDE, ...ACTOR, log_type: "file", event_path: "C:\\b.txt", sha256: "ab".repeat(32) };
  expect(eventsOf({ ...record, operation: "create" })).toMatchObject([
    { kind: "fileCreation", action: "create", path: "C:\\b.txt", hashes: `SHA256=${"ab".repeat(32)}`, ...BY },
  ]);
  const actionOf = (operation: string) =>
    eventsOf({ ...record, operation })?.map((event) => "action" in event && event.action);
  expect(["rename", "deleted", "modified"].map(actionOf)).toEqual([["create"], ["delete"], ["modify"]]);
  expect(["read", "open"].map(actionOf)).toEqual([undefined, undefined]);
});

it("takes the file that was made, not the one that was there before", () => {
  const moved = { source_path: "/tmp/a", target_path: "/etc/cron.d/a", comm: "mv", pid: 7 };
  expect(eventsOf({ event_type: "FileRenamed", ...moved })).toMatchObject([
    { kind: "fileCreation", path: "/etc/cron.d/a", platform: "linux", process: { pid: 7, image: "mv" } },
  ]);
});

it("reads keys and values of the registry", () => {
  const key = "HKLM\\Software\\Acme";
  const done = (object: Record<string, unknown>) => eventsOf({ ...BESIDE, ...ACTOR, ...object });
  expect(done({ event_type: "RegistryValueSet", registry_key: key, value_name: "Run", value_data: "x" })).toMatchObject(
    [{ kind: "registryKeyModification", action: "setValue", path: `${key}\\Run`, value: "x", ...BY }],
  );
  expect(done({ event_type: "registry_modification", registry_path: key, registry_value: "x" })).toMatchObject([
    { action: "setValue", path: key, value: "x" },
  ]);
  const values = { old_value_data: "before", new_value_data: "after" };
  expect(done({ event_type: "registry set", path: key, ...values })).toMatchObject([{ value: "after" }]);
  expect(done({ event_type: "registry key deleted", path: key })).toMatchObject([{ action: "deleteKey" }]);
  expect(done({ event_type: "registry key created", path: key })).toMatchObject([{ action: "createKey" }]);
  expect(done({ event_type: "registry query", path: key })).toBeUndefined();
});

it("reads connections and questions with the process that made them, and none without", () => {
  const ends = { saddr: "192.0.2.1", sport: 5000, daddr: "198.51.100.9", dport: 443 };
  expect(eventsOf({ ...BESIDE, ...ACTOR, log_type: "network", direction: "out", ...ends })).toMatchObject([
    {
      kind: "networkConnection",
      initiated: true,
      sourceIp: "192.0.2.1",
      sourcePort: 5000,
      destinationIp: "198.51.100.9",
      destinationPort: 443,
      ...BY,
    },
  ]);
  const question = { event_type: "dns_query", requested_name: "a.example" };
  expect(eventsOf({ ...BESIDE, ...ACTOR, ...question })).toMatchObject([{ query: "a.example", ...BY }]);
  expect(eventsOf({ ...BESIDE, ...question })).toBeUndefined();
  expect(actorLackOf({ ...BESIDE, ...question })).toMatch(/not by which process/);
});

it("reads modules with their signature, threads in other processes, and scripts", () => {
  const driver = {
    log_type: "driverload",
    imagepath: "C:\\Windows\\system32\\drivers\\a.sys",
    signed: true,
    signature_info: { signer_info: { display_name: "Acme" } },
    pe_info: { company_name: "Acme Ltd", original_filename: "a.sys" },
  };
  expect(eventsOf({ ...BESIDE, ...driver })).toMatchObject([
    {
      kind: "moduleLoad",
      module: driver.imagepath,
      company: "Acme Ltd",
      originalFileName: "a.sys",
      signature: { signed: true, signer: "Acme" },
      process: { image: undefined },
    },
  ]);
  const module = { event_type: "module_load", module_path: "C:\\b.dll" };
  expect(eventsOf({ ...BESIDE, ...ACTOR, ...module })).toMatchObject([{ module: "C:\\b.dll", ...BY }]);
  expect(eventsOf({ ...BESIDE, ...module })).toBeUndefined();
  const thread = { event_type: "remote_thread_created", target_process_id: 9, target_process_path: "C:\\c.exe" };
  expect(eventsOf({ ...BESIDE, ...ACTOR, ...thread })).toMatchObject([
    { kind: "osApiExecution", api: "createRemoteThread", target: { pid: 9, image: "C:\\c.exe" }, ...BY },
  ]);
  expect(eventsOf({ ...BESIDE, ...ACTOR, log_type: "powershell", script_block: "Get-Date" })).toMatchObject([
    { kind: "commandExecution", text: "Get-Date", dialect: "powershell", origin: "scriptBlock", ...BY },
  ]);
});

it("takes no connection or file of an alert for a start because a command line stands beside it", () => {
  const process = { ImageFileName: "/usr/bin/ssh", CommandLine: "/usr/bin/ssh a.example", PID: "33" };
  expect(eventsOf({ event: { EventType: "FirewallRuleMatched", HostName: "m1", ...process } }) ?? []).toEqual([]);
  const ps = { exe: "C:\\curl.exe", cmdline: "curl x", pid: 8 };
  expect(eventsOf({ category: "net", params: { dip: "198.51.100.9", dport: 443 }, ps })).toMatchObject([
    { kind: "networkConnection", destinationIp: "198.51.100.9", process: { pid: 8, image: "C:\\curl.exe" } },
  ]);
});

it("is nothing of objects that do not say what they are", () => {
  expect(eventsOf({ file_path: "/a/b", pid: 3, process_name: "x" })).toBeUndefined();
  expect(eventsOf({ type: "REG_SZ", key: "HKLM\\Software\\Acme", pid: 3 })).toBeUndefined();
});

it("takes what a computed name of the type says for what was done", () => {
  const record = {
    TypeComputedMap: "RegistryKeyCreate",
    Timestamp: "2026-03-01T10:00:00Z",
    SpecificData: {
      SourceProcess: {
        PID: 40,
        ProcessGuid: "g-1",
        ProcessImageName: "C:\\Tools\\a.exe",
        ProcessCommandLine: "a.exe -x",
        User: "S-1-5-18",
        UserNameLookup: "kim",
        UserDomainLookup: "LAB",
      },
      Path: "HKEY_LOCAL_MACHINE\\SOFTWARE\\A",
    },
    AdditionalData: { AgentName: "ws1" },
  };
  expect(eventsOf(record)).toMatchObject([
    { kind: "registryKeyModification", action: "createKey", path: "HKEY_LOCAL_MACHINE\\SOFTWARE\\A", ...BY },
  ]);
});
