import { expect, it } from "vitest";
import { understood } from "../../../test/support/understood.ts";

const kindsOf = (events: readonly { readonly kind: string }[]) => events.map(({ kind }) => kind);

it("WMI 5861: the command of a permanent consumer, MOF escapes undone", () => {
  const mof = (command: string) =>
    [
      "Binding EventFilter:",
      'instance of __EventFilter {\n\tName = "filter";\n\tQuery = "SELECT \\"x\\"";\n};',
      `Perm. Consumer:\ninstance of CommandLineEventConsumer {\n\tCommandLineTemplate = "${command}";\n\tName = "upd";\n};`,
    ].join("\n");
  const [event] = understood("Microsoft-Windows-WMI-Activity", 5861, {
    PossibleCause: mof('cmd /c \\"C:\\\\a b\\\\x.bat\\"'),
    CONSUMER: 'CommandLineEventConsumer="upd"',
  });
  expect(event).toMatchObject({ text: 'cmd /c "C:\\a b\\x.bat"', origin: "wmiConsumer", name: "upd" });
  expect(understood("Microsoft-Windows-WMI-Activity", 5861, { PossibleCause: 'Query = "x";' })).toEqual([]);
});

it("WMI 5861: the script of a permanent consumer, in the dialect of its engine", () => {
  const mof = (engine: string) =>
    `instance of ActiveScriptEventConsumer {\n\tName = "s";\n\tScriptingEngine = "${engine}";\n\tScriptText = "var a=\\"b\\";\\nrun(a)";\n};`;
  const dialect = (engine: string) =>
    understood("Microsoft-Windows-WMI-Activity", 5861, { PossibleCause: mof(engine) })[0];
  expect(dialect("JScript")).toMatchObject({ dialect: "jscript", text: 'var a="b";\nrun(a)', name: "s" });
  expect(dialect("VBScript")).toMatchObject({ dialect: "vbscript" });
  expect(dialect("PerlScript")).toBeUndefined();
});

it("WMI 23: a process that Win32_Process.Create made, its start as FILETIME", () => {
  const fields = { Commandline: "mshta a", CreatedProcessId: "12", User: "LAB\\eve" };
  const start = `${(Date.UTC(2024, 0, 2) + 11_644_473_600_000) * 10_000}`;
  const [event] = understood("Microsoft-Windows-WMI-Activity", 23, { ...fields, CreatedProcessCreationTime: start });
  expect(event).toMatchObject({
    kind: "processCreation",
    commandLine: "mshta a",
    user: "LAB\\eve",
    process: { key: `pid:host1|12|${Date.UTC(2024, 0, 2)}` },
  });
});

it("WMI 5857: a provider library in its host", () => {
  const fields = { HostProcess: "wmiprvse.exe", ProcessID: "8", ProviderPath: "%systemroot%\\system32\\wbem\\p.dll" };
  expect(understood("Microsoft-Windows-WMI-Activity", 5857, fields)[0]).toMatchObject({
    kind: "moduleLoad",
    module: fields.ProviderPath,
    process: { pid: 8, image: "wmiprvse.exe" },
  });
});

it("System 7045: a service's command line", () => {
  expect(understood("Service Control Manager", 7045, { ServiceName: "s", ImagePath: "cmd.exe /c x" })[0]).toMatchObject(
    {
      text: "cmd.exe /c x",
      origin: "service",
      name: "s",
    },
  );
  expect(understood("Service Control Manager", 7045, { ServiceName: "s", ImagePath: "" })).toEqual([]);
});

it.each([
  ["https://user@Files.example:8443/a", "files.example"],
  ["http://[2001:db8::1]/a", "[2001:db8::1]"],
  ["\\\\server\\share\\a", undefined],
])("BITS 59: %s is from %s", (url, destinationHost) => {
  expect(understood("Microsoft-Windows-Bits-Client", 59, { url, Id: "j" })[0]).toMatchObject({
    kind: "networkConnection",
    initiated: true,
    url,
    destinationHost,
  });
});

it("BITS 3: who asked the service to connect; the older form does not say", () => {
  const fields = { jobOwner: "LAB\\eve", processPath: "C:\\a.exe", processId: "9" };
  expect(understood("Microsoft-Windows-Bits-Client", 3, fields)[0]).toMatchObject({
    user: "LAB\\eve",
    process: { pid: 9, image: "C:\\a.exe" },
  });
  expect(understood("Microsoft-Windows-Bits-Client", 3, { string: "x" })).toEqual([]);
});

it("MsiInstaller 1040: the package and its client; a product code is no package", () => {
  const events = understood("MsiInstaller", 1040, { Data: "C:\\a.b.msi", Data2: "6020" });
  expect(kindsOf(events)).toEqual(["moduleLoad", "commandExecution"]);
  expect(events).toMatchObject([
    { module: "C:\\a.b.msi", process: { pid: 6020 } },
    { text: 'msiexec.exe /i "C:\\a.b.msi"', origin: "windowsInstaller", process: { pid: 6020 } },
  ]);
  const Message = "Beginning a Windows Installer transaction: https://x.example/a.msi. Client Process Id: 7.";
  expect(understood("MsiInstaller", 1040, { Message })[0]).toMatchObject({
    module: "https://x.example/a.msi",
    process: { pid: 7 },
  });
  expect(understood("MsiInstaller", 1040, { Data: "{9A25302D-30C0-39D9-BD6F-21E6EC160475}", Data2: "7" })).toEqual([]);
});

it.each([
  [8002, "allow", "applocker"],
  [8003, "audit", "applocker"],
  [8007, "block", "applocker"],
  [8022, "block", "applocker"],
  [8029, "block", "appcontrol"],
])("AppLocker %i: %s", (eventId, decision, product) => {
  const fields = {
    PolicyName: "EXE",
    FilePath: "%OSDRIVE%\\A.EXE",
    FullFilePath: "C:\\a.exe",
    RuleName: "r",
    RuleId: "i",
  };
  expect(understood("Microsoft-Windows-AppLocker", eventId, fields)).toMatchObject([
    { kind: "policyDecision", decision, product, path: "C:\\a.exe", rule: "r" },
  ]);
});

it("AppLocker: a library that was not blocked was loaded", () => {
  const fields = {
    PolicyName: "DLL",
    FilePath: "%OSDRIVE%\\A.DLL",
    RuleName: "-",
    RuleId: "{1}",
    TargetProcessId: "5",
  };
  const events = understood("Microsoft-Windows-AppLocker", 8003, fields);
  expect(events).toMatchObject([
    { kind: "policyDecision", rule: "{1}" },
    { kind: "moduleLoad", module: "%OSDRIVE%\\A.DLL", process: { pid: 5 } },
  ]);
  expect(kindsOf(understood("Microsoft-Windows-AppLocker", 8004, fields))).toEqual(["policyDecision"]);
});

it("CodeIntegrity: 3076 let the file in, 3077 did not", () => {
  const fields = { "File Name": "\\Device\\a.dll", "Process Name": "\\Device\\p.exe", OriginalFileName: "A.DLL" };
  expect(understood("Microsoft-Windows-CodeIntegrity", 3076, fields)).toMatchObject([
    { kind: "policyDecision", decision: "audit", product: "appcontrol", path: "\\Device\\a.dll" },
    { kind: "moduleLoad", module: "\\Device\\a.dll", originalFileName: "A.DLL", process: { image: "\\Device\\p.exe" } },
  ]);
  expect(understood("Microsoft-Windows-CodeIntegrity", 3077, fields)).toMatchObject([{ decision: "block" }]);
  expect(understood("Microsoft-Windows-CodeIntegrity", 3033, { FileNameBuffer: "x" })).toMatchObject([{ path: "x" }]);
});

it("Defender 1116 and 1117: resources of a detection; a command line is one of them", () => {
  const fields = {
    "Threat Name": "T",
    "Detection User": "LAB\\eve",
    "Process Name": "Unknown",
    Path: "CmdLine:_C:\\Windows\\System32\\mshta.exe a; b; file:_C:\\x; y.hta",
  };
  const provider = "Microsoft-Windows-Windows Defender";
  expect(understood(provider, 1116, fields)).toMatchObject([
    { kind: "policyDecision", product: "defender", decision: "audit", path: "C:\\x; y.hta", rule: "T" },
    { kind: "commandExecution", text: "C:\\Windows\\System32\\mshta.exe a; b", origin: "defender" },
  ]);
  expect(understood(provider, 1117, { ...fields, "Action ID": "2" })).toMatchObject([{ decision: "block" }]);
  for (const failed of [1118, 1119])
    expect(understood(provider, failed, { ...fields, "Action ID": "2" })).toMatchObject([{ decision: "audit" }]);
  expect(understood(provider, 1117, { ...fields, "Action ID": "6" })).toMatchObject([{ decision: "allow" }]);
});

it("Defender 1121 and 1122: a rule of attack surface reduction, and the command it stopped", () => {
  const fields = { ID: "d4f9", Path: "C:\\c.exe", "Process Name": "C:\\w.exe", "Target Commandline": "c.exe /x" };
  const provider = "Microsoft-Windows-Windows Defender";
  expect(understood(provider, 1121, fields)).toMatchObject([
    { product: "asr", decision: "block", rule: "d4f9", path: "C:\\c.exe", process: { image: "C:\\w.exe" } },
    { kind: "commandExecution", text: "c.exe /x", origin: "asr" },
  ]);
  expect(understood(provider, 1122, { ...fields, "Target Commandline": "" })).toMatchObject([{ decision: "audit" }]);
});

it("compatibility assistant 17: only what the control panel was given", () => {
  const provider = "Microsoft-Windows-Program-Compatibility-Assistant";
  const fields = { ExePath: "C:\\a b.cpl", ResolverName: "ControlPanelApplet" };
  expect(understood(provider, 17, fields)[0]).toMatchObject({ text: 'control.exe "C:\\a b.cpl"' });
  expect(understood(provider, 17, { ...fields, ResolverName: "DetectorShim" })).toEqual([]);
});

it("program telemetry 500: a start with pid and start time", () => {
  const fields = { ProcessId: "3724", StartTime: "2024-01-02T03:04:05.500000Z", ExePath: "C:\\a.exe" };
  expect(understood("Microsoft-Windows-Application-Experience", 500, fields)[0]).toMatchObject({
    kind: "processCreation",
    image: "C:\\a.exe",
    process: { key: `pid:host1|3724|${Date.UTC(2024, 0, 2, 3, 4, 5, 500)}` },
  });
});

it("kernel trace: start, stop and image load, numbers padded as ETW prints them", () => {
  const kernel = "Microsoft-Windows-Kernel-Process";
  const process = { ProcessID: "   12824", CreateTime: "2024-01-02T03:04:05.692334100Z", ImageName: "\\Device\\a.exe" };
  const key = `pid:host1|12824|${Date.UTC(2024, 0, 2, 3, 4, 5, 692)}`;
  expect(understood(kernel, 1, { ...process, ParentProcessID: "  10" })[0]).toMatchObject({
    kind: "processCreation",
    process: { key },
    parent: { pid: 10, key: undefined },
    commandLine: undefined,
  });
  expect(understood(kernel, 2, process)[0]).toMatchObject({ kind: "processTermination", process: { key } });
  expect(understood(kernel, 5, process)[0]).toMatchObject({ kind: "moduleLoad", module: "\\Device\\a.exe" });
});

it("BITS 16403: what a job fetches, and where it puts it", () => {
  const events = understood("Microsoft-Windows-Bits-Client", 16403, {
    User: "LAB\\eve",
    RemoteName: "http://files.example/a.bin",
    LocalName: "C:\\Users\\eve\\a.bin",
    processId: "412",
  });
  expect(events).toMatchObject([
    {
      kind: "networkConnection",
      url: "http://files.example/a.bin",
      destinationHost: "files.example",
      user: "LAB\\eve",
    },
    { kind: "fileCreation", path: "C:\\Users\\eve\\a.bin", process: { pid: 412 } },
  ]);
});

it("firewall rules: made, changed, taken away", () => {
  const rule = {
    RuleName: "Updates",
    ApplicationPath: "C:\\Temp\\u.exe",
    ModifyingApplication: "C:\\Windows\\System32\\netsh.exe",
  };
  const firewall = (id: number, fields = {}) =>
    understood("Microsoft-Windows-Windows Firewall With Advanced Security", id, { ...rule, ...fields })[0];
  expect(firewall(2004, { Action: "3" })).toMatchObject({
    kind: "policyDecision",
    product: "firewall",
    decision: "allow",
    path: rule.ApplicationPath,
    rule: "Updates",
    process: { image: rule.ModifyingApplication },
  });
  expect(firewall(2005, { Action: "2" })).toMatchObject({ decision: "block" });
  expect(firewall(2006)).toMatchObject({ decision: "withdrawn", rule: "Updates" });
  expect(firewall(2003)).toBeUndefined();
});

it("Security 5157: a refused connection is a decision, not a connection", () => {
  const flow = { ProcessID: "820", Application: "\\device\\harddiskvolume2\\a.exe", FilterRTID: "70" };
  expect(kindsOf(understood("Microsoft-Windows-Security-Auditing", 5157, flow))).toEqual(["policyDecision"]);
  expect(understood("Microsoft-Windows-Security-Auditing", 5157, flow)[0]).toMatchObject({
    decision: "block",
    path: flow.Application,
    rule: "70",
    process: { pid: 820, image: flow.Application },
  });
});

it("DCOM 10001: the command line of a COM server that did not start", () => {
  const fields = {
    param1: '"C:\\x\\server.exe" -Embedding',
    param2: "740",
    param3: "{c08afd90-f2a1-11d1-8455-00a0c91f3880}",
  };
  expect(understood("Microsoft-Windows-DistributedCOM", 10001, fields)[0]).toMatchObject({
    kind: "commandExecution",
    text: fields.param1,
    origin: "comServer",
    name: fields.param3,
  });
  expect(understood("Microsoft-Windows-DistributedCOM", 10000, {})).toEqual([]);
});

it("says of a command line that it was built where the log has none", () => {
  const built = (provider: string, id: number, fields: Record<string, string>) =>
    understood(provider, id, fields).map((event) => event.kind === "commandExecution" && event.built);
  const msi = { Data: "C:\\a.msi", Data2: "7", Data3: "(NULL)" };
  expect(built("MsiInstaller", 1040, msi)).toEqual([false, true]);
  expect(kindsOf(understood("MsiInstaller", 1042, msi))).toEqual(["moduleLoad"]);
  expect(understood("MsiInstaller", 1033, { Data: "Product" })).toEqual([]);
  const compatibility = { ExePath: "C:\\a.cpl", ResolverName: "ControlPanelApplet" };
  expect(built("Microsoft-Windows-Program-Compatibility-Assistant", 17, compatibility)).toEqual([true]);
  expect(built("Service Control Manager", 7045, { ImagePath: "x" })).toEqual([undefined]);
});

it("task scheduler 201: an action that ended", () => {
  const ran = understood("Microsoft-Windows-TaskScheduler", 201, { TaskName: "\\t", ActionName: "mshta.exe" });
  expect(ran[0]).toMatchObject({ kind: "commandExecution", text: "mshta.exe", origin: "task", name: "\\t" });
});

it("Sysmon 20: a consumer that runs a script", () => {
  const sysmon = (Type: string, Destination: string) =>
    understood("Microsoft-Windows-Sysmon", 20, { Type, Destination })[0];
  expect(sysmon("Script", '"CreateObject(\\"WScript.Shell\\").Run \\"calc\\""')).toMatchObject({
    dialect: "vbscript",
    text: 'CreateObject("WScript.Shell").Run "calc"',
  });
  expect(sysmon("Script", '"var s = new ActiveXObject(\\"x\\");"')).toMatchObject({ dialect: "jscript" });
  expect(sysmon("Log File", "C:\\a.log")).toBeUndefined();
});
