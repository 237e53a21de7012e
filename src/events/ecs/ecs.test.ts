import { expect, it } from "vitest";
import { type Fields, fakeRecord } from "../../../test/support/record.ts";
import { createUnderstander } from "../registry.ts";

const ecs = (fields: Fields) => createUnderstander().understand(fakeRecord("ecs", undefined, undefined, fields))[0];

const START = {
  "event.category": ["process"],
  "event.type": ["start"],
  "event.action": "exec",
  "host.os.type": "linux",
  "process.executable": "/usr/bin/split",
  "process.args": ["split", "--filter=sh"],
  "process.pid": "20",
  "user.name": "root",
};

it("a start on Linux: argv itself, a key from pid and time, the parent's line from its argv", () => {
  const event = ecs({
    ...START,
    "process.env_vars": ["PAGER=sh", "X", "__proto__=y"],
    "process.parent.executable": "/usr/bin/bash",
    "process.parent.args": ["bash", "run.sh"],
  });
  expect(event).toMatchObject({
    kind: "processCreation",
    platform: "linux",
    image: "/usr/bin/split",
    args: ["split", "--filter=sh"],
    commandLine: undefined,
    user: "root",
    process: { key: `pid:host1|20|${Date.UTC(2024, 0, 2, 3, 4, 5, 678)}`, pid: 20 },
    parent: { key: undefined, image: "/usr/bin/bash" },
    parentCommandLine: "bash run.sh",
  });
  const env = event?.kind === "processCreation" ? event.env : undefined;
  expect(Object.entries(env ?? {})).toEqual([
    ["PAGER", "sh"],
    ["__proto__", "y"],
  ]);
});

it("a start on Windows: entity ids, version resource, hashes and signature", () => {
  const event = ecs({
    "event.category": "process",
    "event.type": "start",
    "host.os.type": "windows",
    "process.command_line": "rundll32 a.dll,Go",
    "process.entity_id": "e1",
    "process.parent.entity_id": "e0",
    "process.pe.original_file_name": "RUNDLL32.EXE",
    "process.hash.sha256": "ab",
    "process.pe.imphash": "cd",
    "process.code_signature.exists": "true",
    "process.code_signature.subject_name": "Acme",
    "process.code_signature.trusted": "false",
    "user.domain": "LAB",
    "user.name": "eve",
  });
  expect(event).toMatchObject({
    platform: "windows",
    commandLine: "rundll32 a.dll,Go",
    originalFileName: "RUNDLL32.EXE",
    hashes: "SHA256=AB,IMPHASH=CD",
    signature: { signed: true, signer: "Acme", status: "untrusted" },
    process: { key: "id:e1" },
    parent: { key: "id:e0" },
    user: "LAB\\eve",
  });
});

it("percent signs are doubled where Sysmon wrote them, and nowhere else", () => {
  const line = (provider: string | undefined) => {
    const record = fakeRecord("ecs", provider, 1, { ...START, "process.command_line": "a %%TEMP%%" });
    const [event] = createUnderstander().understand(record);
    return event?.kind === "processCreation" && event.commandLine;
  };
  expect([line("Microsoft-Windows-Sysmon"), line("endpoint"), line(undefined)]).toEqual([
    "a %TEMP%",
    "a %%TEMP%%",
    "a %%TEMP%%",
  ]);
});

it.each([
  [{ ...START, "event.type": ["end"], "event.action": "end" }, "processTermination"],
  [{ ...START, "event.type": [], "event.action": "process_started" }, "processCreation"],
  [{ ...START, "event.type": ["creation"], "event.action": "" }, "processCreation"],
  [{ ...START, "event.action": "fork" }, undefined],
  [{ ...START, "event.type": ["change"], "event.action": "uid_change" }, undefined],
  [{ "event.category": ["authentication"], "event.type": ["start"] }, undefined],
  [{}, undefined],
])("category, type and action decide: %#", (fields, kind) => {
  expect(ecs(fields)?.kind).toBe(kind);
});

it("a library, with its own signature", () => {
  expect(
    ecs({ "event.category": ["library"], "dll.path": "C:\\x.dll", "dll.code_signature.status": "errorBadDigest" }),
  ).toMatchObject({ kind: "moduleLoad", module: "C:\\x.dll", signature: { status: "errorBadDigest" } });
});

it("files: created, changed, deleted", () => {
  const action = (type: string) => {
    const event = ecs({ "event.category": ["file"], "event.type": [type], "file.path": "C:\\x" });
    return event?.kind === "fileCreation" ? event.action : undefined;
  };
  expect(["creation", "change", "deletion", "access"].map(action)).toEqual(["create", "modify", "delete", undefined]);
});

it("network, with a question or a URL; its end is not a second connection", () => {
  const fields = { "event.category": ["network"], "event.type": ["start"], "network.direction": "egress" };
  expect(
    ecs({ ...fields, "destination.ip": ["192.0.2.1"], "destination.port": "443", "dns.question.name": "a.example" }),
  ).toMatchObject({ initiated: true, destinationIp: "192.0.2.1", destinationPort: 443, query: "a.example" });
  expect(ecs({ ...fields, "event.type": ["end"] })).toBeUndefined();
});

it("registry: keys and values", () => {
  const act = (type: string, value?: string) => {
    const event = ecs({
      "event.category": ["registry"],
      "event.type": [type],
      "registry.path": "HKLM\\x",
      "registry.data.strings": ["cmd", "b"],
      ...(value === undefined ? {} : { "registry.value": value }),
    });
    return event?.kind === "registryKeyModification" ? [event.action, event.value] : undefined;
  };
  expect(act("change", "v")).toEqual(["setValue", "cmd"]);
  expect(act("creation")).toEqual(["createKey", "cmd"]);
  expect(act("deletion", "v")).toEqual(["deleteValue", "cmd"]);
  expect(act("deletion")).toEqual(["deleteKey", "cmd"]);
  expect(act("access", "v")).toBeUndefined();
});

it("API calls on another process", () => {
  const fields = { "event.category": ["api"], "process.pid": "1", "Target.process.pid": "2" };
  expect(ecs({ ...fields, "process.Ext.api.name": "SetThreadContext" })).toMatchObject({
    api: "createRemoteThread",
    target: { pid: 2 },
  });
  expect(ecs({ ...fields, "process.Ext.api.name": "ReadProcessMemory" })).toMatchObject({ api: "processAccess" });
});

it("takes for a connection only what has an end, and the user of the process where the document names no other", () => {
  const network = { "event.category": ["process", "network"], "event.type": ["change"], "process.pid": "7" };
  expect(ecs({ ...network, "network.direction": "egress" })).toBeUndefined();
  expect(ecs({ ...network, "destination.domain": "a.example" })).toMatchObject({ destinationHost: "a.example" });
  const { "user.name": _, ...start } = START;
  expect(ecs({ ...start, "process.user.name": "kim" })).toMatchObject({ kind: "processCreation", user: "kim" });
});

it("reads deletions of Sysmon that are not categorized, and a path that stands in place of the name", () => {
  const fields = { "file.name": "C:\\Windows\\lastalive0.dat", "process.pid": "7" };
  const record = fakeRecord("ecs", "Microsoft-Windows-Sysmon", 23, fields);
  expect(createUnderstander().understand(record)).toMatchObject([
    { kind: "fileCreation", action: "delete", path: "C:\\Windows\\lastalive0.dat", process: { pid: 7 } },
  ]);
  expect(ecs({ "event.category": "file", "event.type": "creation", "file.name": "a.txt" })).toMatchObject({
    action: "create",
    path: undefined,
  });
});

it("a document without categories is told by its action, or by a process that has a parent", () => {
  const of = { "process.executable": "/bin/mv", "file.path": "/a", "file.target_path": "/b" };
  const doc = (fields: Fields) => ecs({ "host.os.type": "macos", ...of, ...fields });
  expect(doc({ "event.action": "RENAME" })).toMatchObject({ kind: "fileCreation", path: "/b", action: "modify" });
  expect(doc({ "event.action": "unlink" })).toMatchObject({ kind: "fileCreation", path: "/a", action: "delete" });
  expect(doc({ "event.action": "exec" })).toMatchObject({ kind: "processCreation", image: "/bin/mv" });
  const line = { "process.command_line": "mv /a /b" };
  expect(doc(line)).toBeUndefined();
  expect(doc({ ...line, "process.parent.command_line": "sh x.sh" })).toMatchObject({ kind: "processCreation" });
  expect(ecs({ "event.action": "start", "container.name": "web" })).toBeUndefined();
});

it("who a process runs as is named by its effective account where there is no other", () => {
  expect(ecs({ ...START, "user.name": "", "user.effective.id": ["502"] })?.user).toBe("502");
  expect(ecs({ ...START, "user.effective.name": "nobody" })?.user).toBe("root");
});
