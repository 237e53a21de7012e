import { expect, it } from "vitest";
import { eventsOf } from "../../../../test/support/json-events.ts";
import { eventsIn } from "../../../../test/support/read-events.ts";

const HEADER = "Date/Time,Asset Name,Username,Full Path,Process Path,Action Type,Policy Action";
const row = (path: string, action: string, decision = "Permit") =>
  eventsIn(`${HEADER}\n2026-03-01T10:00:00Z,pc7,LAB\\kim,${path},c:\\a.exe,${action},${decision}`);
const BY = { host: "pc7", user: "LAB\\kim", time: Date.UTC(2026, 2, 1, 10) };

it("the path is the program, and the process the one that started it", () => {
  expect(row("c:\\b.exe", "Execute")).toMatchObject([
    { kind: "processCreation", image: "c:\\b.exe", parent: { image: "c:\\a.exe" }, ...BY },
  ]);
  const api = { fullPath: "/opt/b", processPath: "/bin/zsh", actionType: "Execute", hostname: "mac1" };
  expect(eventsOf({ ...api, dateTime: "2026-03-01T10:00:00Z", username: "kim" })).toMatchObject([
    { image: "/opt/b", parent: { image: "/bin/zsh" }, platform: "macos", host: "mac1" },
  ]);
});

it("libraries and files are the process's; what was read or denied tells nothing", () => {
  const by = { process: { image: "c:\\a.exe" }, ...BY };
  expect(row("c:\\b.dll", "Execute")).toMatchObject([{ kind: "moduleLoad", module: "c:\\b.dll", ...by }]);
  expect(row("c:\\b.txt", "Write")).toMatchObject([
    { kind: "fileCreation", action: "modify", path: "c:\\b.txt", ...by },
  ]);
  expect(row("c:\\b.txt", "Delete")).toMatchObject([{ action: "delete", ...by }]);
  expect(row("c:\\b.txt", "Read")).toEqual([]);
  expect(row("c:\\b.exe", "Execute", "Deny")).toEqual([]);
});
