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

describe("a program that lies loose", () => {
  const RUN = "HKU\\S-1-5-21-1-2-3-1001\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\kiwi";
  const run = (commandLine: string) =>
    findingsOf([anEvent("runKey", 0, { path: RUN, name: "kiwi", commandLine, dialect: "commandLine" })]);
  const job = (name: string, commandLine: string) =>
    findingsOf([
      anEvent("scheduledTask", 0, { platform: "linux", name, commandLine, dialect: "sh", trigger: "@reboot" }),
    ]);

  it.each(["C:\\Users\\Public\\kiwi.exe -q", '"C:\\Users\\ann\\AppData\\Roaming\\svchost.exe"'])(
    "is told of the key by which it starts at each logon: %s",
    (line) => expect(run(line)).toMatchObject([{ binary: { name: "registry" }, techniques: ["T1547.001"] }]),
  );
  it.each(["C:\\Users\\ann\\AppData\\Roaming\\Kiwi\\kiwi.exe", '"C:\\Program Files\\Kiwi\\kiwi.exe" -q', "kiwi.exe"])(
    "is not meant where software has a folder: %s",
    (line) => expect(run(line)).toEqual([]),
  );
  it.each([
    ["root", "/dev/shm/.x/kworker >/dev/null 2>&1", "crontab", "T1053.003"],
    ["root", "A=1 /tmp/kiwi -q", "crontab", "T1053.003"],
    ["kiwi.service", "/var/tmp/kiwi -q", "service-manager", "T1569.002"],
  ])("is told of the table of jobs or the unit that starts it: %s %s", (name, line, binary, technique) => {
    const [finding] = job(name, line);
    expect(finding).toMatchObject({ binary: { name: binary } });
    expect(finding?.techniques).toContain(technique);
  });
  it.each(["/usr/local/bin/kiwi > /tmp/kiwi.log", "/home/ann/bin/kiwi", "cd /tmp"])("is no other one: %s", (line) =>
    expect(job("root", line)).toEqual([]),
  );
});
