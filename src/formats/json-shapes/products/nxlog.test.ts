import { expect, it } from "vitest";
import { eventsOf } from "../../../../test/support/json-events.ts";
import { eventsIn } from "../../../../test/support/read-events.ts";

const record = (type: string, fields: object, seq = 7) =>
  JSON.stringify({
    type,
    time: "2026-03-01T10:00:00.500+00:00",
    seq,
    ...fields,
    EventReceivedTime: "2026-03-01T10:00:01+00:00",
    SourceModuleName: "audit",
    SourceModuleType: "im_linuxaudit",
    Hostname: "pc7",
  });

const CALL = { arch: "x86_64", syscall: "execve", success: "yes", ppid: 1, pid: 9, uid: "kim", exe: "/bin/sh" };
const BY = { host: "pc7", platform: "linux", time: Date.UTC(2026, 2, 1, 10, 0, 0, 500) };

it("NXLog's records of one serial are one event; what is in quotes stays whole", () => {
  const args = { argc: "3", a0: "sh", a1: "-c", a2: 'echo "a b"' };
  const lines = [record("SYSCALL", CALL), record("EXECVE", args), record("CWD", { cwd: "/srv" })];
  const other = record("SYSCALL", { ...CALL, syscall: "openat", items: 1, a2: "241" }, 8);
  const path = record("PATH", { name: "/etc/cron.d/x", item: 0, nametype: "CREATE", mode: "file,644" }, 8);
  expect(eventsIn([...lines, other, path].join("\n"))).toMatchObject([
    {
      kind: "processCreation",
      image: "/bin/sh",
      args: ["sh", "-c", 'echo "a b"'],
      currentDirectory: "/srv",
      user: "kim",
      process: { pid: 9 },
      parent: { pid: 1 },
      ...BY,
    },
    { kind: "fileCreation", path: "/etc/cron.d/x", action: "create", ...BY },
  ]);
});

it("a title is text already", () => {
  expect(eventsIn(`${record("SYSCALL", CALL)}\n${record("PROCTITLE", { proctitle: "sh -c id" })}`)).toMatchObject([
    { kind: "processCreation", commandLine: "sh -c id", args: undefined },
  ]);
});

it("files that changed, by their new names", () => {
  const file = (more: object) =>
    eventsOf({
      EventTime: "2026-03-01T10:00:00.500Z",
      Object: "FILE",
      PrevFileName: "c:\\a.dll",
      FileName: "c:\\b.dll",
      SourceModuleType: "im_fim",
      Hostname: "pc7",
      ...more,
    });
  const by = { ...BY, kind: "fileCreation", platform: "windows" };
  expect(file({ EventType: "RENAME" })).toMatchObject([{ ...by, path: "c:\\b.dll", action: "create" }]);
  expect(file({ EventType: "CHANGE", DigestName: "sha256", Digest: "ab" })).toMatchObject([
    { ...by, action: "modify", hashes: "SHA256=ab" },
  ]);
  expect(file({ EventType: "DELETE", FileName: "" })).toMatchObject([{ path: "c:\\a.dll", action: "delete" }]);
  expect(file({ EventType: "NEW", Object: "DIRECTORY" })).toEqual([]);
});
