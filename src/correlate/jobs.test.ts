import { describe, expect, it } from "vitest";
import { anEvent } from "../../test/support/events.ts";
import { findingsOf } from "../../test/support/findings.ts";
import { REMOVED, TURNED_OFF } from "../model/event.ts";

function find(kind: "scheduledTask" | "networkConnection", ...values: readonly object[]) {
  return findingsOf(values.map((one, at) => anEvent(kind, at, { dialect: "commandLine", ...one })));
}

const CLASS = "{A1B2C3D4-0000-4111-8222-333344445555}";
const SCAN = "\\Microsoft\\Windows\\Windows Defender\\Windows Defender Scheduled Scan";

describe("a scheduled task", () => {
  it("that calls a class says where to look for what runs, unless it is one of Windows", () => {
    const [finding] = find("scheduledTask", { name: "\\Plover", handler: CLASS });
    expect(finding).toMatchObject({ level: "low", runs: [{ value: CLASS, where: "clsid" }] });
    expect(finding?.evidence.find(({ id }) => id === "persistence")?.text).toContain(`CLSID\\${CLASS}`);
    expect(find("scheduledTask", { name: "\\Microsoft\\Windows\\Shell\\Plover", handler: CLASS })).toEqual([]);
  });
  it("is one reason graver where it is hidden", () => {
    const task = { name: "\\Plover", commandLine: "C:\\kit\\plover.cmd" };
    const [plain] = find("scheduledTask", task);
    const [hidden] = find("scheduledTask", { ...task, hidden: true });
    expect(hidden?.score).toBeGreaterThan(plain?.score ?? 100);
  });
  it("that protects the machine is missed when somebody turns it off or deletes it", () => {
    for (const trigger of [TURNED_OFF, REMOVED])
      expect(find("scheduledTask", { name: SCAN, trigger, user: "CORP\\amy" })).toMatchObject([{ level: "medium" }]);
    expect(find("scheduledTask", { name: SCAN, trigger: REMOVED, user: "NT AUTHORITY\\SYSTEM" })).toEqual([]);
    expect(find("scheduledTask", { name: SCAN, trigger: REMOVED, user: "CORP\\PC1$" })).toEqual([]);
    expect(find("scheduledTask", { name: "\\Plover", trigger: REMOVED, user: "CORP\\amy" })).toEqual([]);
  });
});

describe("a consumer of WMI", () => {
  const consumer = (text: string) =>
    findingsOf([
      anEvent("commandExecution", 0, { origin: "wmiConsumer", text, dialect: "commandLine", name: "Plover" }),
    ]);
  it("is told of whatever program it starts, unless that is installed", () => {
    expect(consumer("C:\\kit\\plover.exe -q")).toMatchObject([
      { behaviour: "windows/wmic/event-command", runs: [{ value: "C:\\kit\\plover.exe -q" }] },
    ]);
    expect(consumer('"C:\\Program Files\\Plover\\plover.exe" -q')).toEqual([]);
  });
});

describe("a job of the transfer service", () => {
  const none = { process: { key: undefined, pid: undefined, image: undefined }, initiated: true };
  const of = (...urls: readonly string[]) => find("networkConnection", ...urls.map((url) => ({ ...none, url })));
  it("is told once where it brings a script, or asks a machine without a name", () => {
    const url = "http://203.0.113.9/kit/plover.exe";
    expect(of(url, url)).toMatchObject([{ behaviour: "windows/bitsadmin/download", fetches: [{ value: url }] }]);
    expect(of("https://files.orchard.example/kit/plover.ps1")).toHaveLength(1);
  });
  it("is no more than high, as its record does not say who wanted it and for what", () => {
    for (const url of ["http://203.0.113.9/kit/plover.exe", "http://203.0.113.9/kit/plover.ps1"])
      expect(of(url)).toMatchObject([{ level: "high" }]);
    expect(of("https://files.orchard.example/kit/plover.ps1")).toMatchObject([{ level: "high" }]);
  });
  it("is ordinary where it brings what is published, or asks the site", () => {
    expect(of("https://files.orchard.example/kit/plover.exe", "http://10.1.2.3/kit/plover.cab")).toEqual([]);
  });
});
