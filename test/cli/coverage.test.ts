import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Coverage } from "../../src/pipeline/coverage/types.ts";
import { whatran } from "../support/io.ts";
import { folder } from "../support/logs.ts";
import { navigatorLayer } from "../support/navigator-layer.ts";

/** A flat Windows event. */
const event = (provider: string, EventID: number, time: string, fields: object, host = "PC-1.corp.example") =>
  JSON.stringify({ SourceName: provider, EventID, Hostname: host, "@timestamp": time, ...fields });
const SYSMON = "Microsoft-Windows-Sysmon";
const SECURITY = "Microsoft-Windows-Security-Auditing";
const start = (time: string, host?: string) =>
  event(SYSMON, 1, time, { Image: "C:\\Windows\\System32\\regsvr32.exe", CommandLine: "regsvr32 a.dll" }, host);

let dir = folder();
beforeEach(() => {
  dir = folder();
});
afterEach(() => dir.remove());

async function covered(...lines: string[]): Promise<Coverage> {
  const log = dir.write(`log-${Math.random()}.ndjson`, `${lines.join("\n")}\n`);
  const { code, out } = await whatran(["coverage", log]);
  expect(code).toBe(0);
  return JSON.parse(out) as Coverage;
}

const technique = (coverage: Coverage, id: string) => coverage.techniques.find((one) => one.technique === id);
const component = (coverage: Coverage, id: string, name: string) =>
  technique(coverage, id)?.analytics[0]?.components.find((one) => one.component === name);

describe("coverage", () => {
  it("tells hosts, periods, gaps and clocks that cannot be right", async () => {
    const { hosts, events } = await covered(
      start("2024-05-01T10:10:00Z"),
      start("2024-05-01T11:00:00Z", "pc-1"),
      start("2024-05-03T20:59:00Z"),
      start("1980-01-01T00:00:00Z"),
      start("2024-05-01T10:00:00Z", "192.0.2.7"),
    );
    expect(events).toBe(5);
    expect(hosts).toMatchObject([
      { host: "192.0.2.7", events: 1, gaps: [] },
      {
        host: "PC-1.corp.example",
        platforms: ["windows"],
        events: 4,
        undated: 1,
        from: "2024-05-01T10:10:00.000Z",
        to: "2024-05-03T20:59:00.000Z",
        gaps: [{ from: "2024-05-01T12:00:00.000Z", to: "2024-05-03T20:00:00.000Z", hours: 56 }],
      },
    ]);
  });

  it("tells which logs were cleared, and by whom", async () => {
    const provider = "Microsoft-Windows-Eventlog";
    const { cleared, events } = await covered(
      event(provider, 104, "2024-05-02T10:00:00Z", { SubjectUserName: "kim", Channel: "System" }),
      event(provider, 1102, "2024-05-01T10:00:00Z", { SubjectUserName: "eve" }),
      event("Other", 104, "2024-05-01T10:00:00Z", {}),
    );
    expect(events).toBe(0);
    expect(cleared).toEqual([
      { time: "2024-05-01T10:00:00.000Z", host: "PC-1.corp.example", log: "Security", user: "eve" },
      { time: "2024-05-02T10:00:00.000Z", host: "PC-1.corp.example", log: "System", user: "kim" },
    ]);
  });

  it("weighs each technique by the data components that its analytics need", async () => {
    const load = event(SYSMON, 7, "2024-05-01T10:00:00Z", { Image: "C:\\a.exe", ImageLoaded: "C:\\a.dll" });
    const coverage = await covered(start("2024-05-01T10:00:00Z"), load);
    expect(technique(coverage, "T1218.010")).toMatchObject({ name: "Regsvr32", score: 67, starts: 1 });
    expect(technique(coverage, "T1218.005")).toMatchObject({ score: 33 });
    expect(component(coverage, "T1218.010", "Module Load")).toMatchObject({
      status: "visible",
      hosts: 1,
      ofHosts: 1,
      sources: { "Microsoft-Windows-Sysmon 7": 1 },
      settings: [],
    });
    const missing = component(coverage, "T1218.010", "Network Connection Creation");
    expect(missing).toMatchObject({ status: "missing", events: 0 });
    expect(missing?.settings[0]?.text).toContain('<Image condition="image">regsvr32.exe</Image>');
    const linux = technique(coverage, "T1218")?.analytics.find(({ platform }) => platform === "linux");
    expect(linux?.components.map(({ status }) => status)).toEqual(["unseen", "unseen"]);
  });

  it("names programs by all the names that they bear, and no script", async () => {
    const coverage = await covered(start("2024-05-01T10:00:00Z"));
    const rule = (id: string) => component(coverage, id, "Network Connection Creation")?.settings[0]?.text;
    expect(rule("T1218.015")).toContain(">teams.exe<");
    expect(rule("T1218")).toContain(">wt.exe<");
    expect(rule("T1218")).not.toMatch(/\.(?:ps1|vbs|bat|wsf)</);
  });

  it("asks for command lines where starts are logged without", async () => {
    const coverage = await covered(event(SECURITY, 4688, "2024-05-01T10:00:00Z", { NewProcessName: "C:\\a.exe" }));
    const starts = component(coverage, "T1218.010", "Process Creation");
    expect(starts).toMatchObject({ status: "noCommandLines", events: 1 });
    expect(starts?.settings.map(({ text }) => text)).toEqual([
      expect.stringContaining("ProcessCreationIncludeCmdLine_Enabled"),
    ]);
  });

  it("names the hosts that lack what others show", async () => {
    const coverage = await covered(
      start("2024-05-01T10:00:00Z"),
      start("2024-05-01T10:00:00Z", "PC-2"),
      event(SYSMON, 3, "2024-05-01T10:00:00Z", { Image: "C:\\a.exe", DestinationIp: "192.0.2.1" }, "PC-2"),
    );
    expect(component(coverage, "T1218.010", "Network Connection Creation")).toMatchObject({
      status: "someHosts",
      hosts: 1,
      ofHosts: 2,
    });
    const advice = coverage.advice.find((one) => one.component === "Network Connection Creation");
    expect(advice).toMatchObject({ status: "someHosts", lackingHosts: 1, lacking: ["pc-1"] });
    expect(technique(coverage, "T1218.010")?.score).toBe(50);
  });

  it("gives audit rules for Linux", async () => {
    const coverage = await covered(
      JSON.stringify({
        ID: "1714641295.125:7",
        SYSCALL: { syscall: 59, success: "yes", exe: "/bin/id" },
        EXECVE: { ARGV: ["id"] },
      }),
    );
    expect(coverage.advice.filter(({ platform }) => platform === "windows")).toEqual([]);
    const network = coverage.advice.find((one) => one.component === "Network Connection Creation");
    expect(network?.settings[0]?.text).toBe(
      "-a always,exit -F arch=b64 -S connect -k network\n-a always,exit -F arch=b32 -S connect -k network",
    );
  });

  it("does not depend on the order of files", async () => {
    const lines = [start("2024-05-01T10:00:00Z"), start("2024-05-01T10:00:00Z", "a"), start("2024-06-01T10:00:00Z")];
    const strip = ({ inputs: _, ...rest }: Coverage) => rest;
    const [forth, back] = [await covered(...lines), await covered(...[...lines].reverse())];
    expect(strip(back)).toEqual(strip(forth));
  });

  it("writes a table, a page and a layer, and overwrites nothing", async () => {
    const log = dir.write("a.ndjson", start("2024-05-01T10:00:00Z", "<b>\u001b[31mpc"));
    const table = await whatran(["coverage", log, "--navigator", "layer.json", "-o", "page.html"], { cwd: dir.path });
    expect([table.code, table.out]).toEqual([0, ""]);
    const page = readFileSync(join(dir.path, "page.html"), "utf8");
    expect(page).toContain("Content-Security-Policy");
    expect(page).not.toMatch(/<b>\S*pc|\u001b|<script/);
    expect(page).toContain("&lt;Image condition=&quot;image&quot;&gt;");
    const layer = JSON.parse(readFileSync(join(dir.path, "layer.json"), "utf8"));
    expect(navigatorLayer.safeParse(layer).error?.issues ?? []).toEqual([]);
    expect(navigatorLayer.safeParse({ ...layer, domain: "attack" }).success).toBe(false);
    const regsvr32 = layer.techniques.find((one: { techniqueID: string }) => one.techniqueID === "T1218.010");
    expect(regsvr32).toMatchObject({ score: 33, comment: expect.stringContaining("Module Load") });
    const { gradient, techniques } = navigatorLayer.parse(layer);
    for (const { score } of techniques)
      if (score !== undefined) expect([score >= gradient!.minValue, score <= gradient!.maxValue]).toEqual([true, true]);
    const text = await whatran(["coverage", log], { tty: true, env: { NO_COLOR: "1" } });
    expect(text.out).toMatch(/T1218\.010 +Regsvr32 +33 %/);
    expect(text.out).toContain("auditpol");
    expect(text.out).not.toContain("\u001b[31m");
    const again = await whatran(["coverage", log, "-o", "page.html"], { cwd: dir.path });
    expect([again.code, again.err]).toEqual([2, expect.stringContaining("--clobber")]);
  });

  it("exits with 3 where something could not be read, and with 2 where nothing was named", async () => {
    expect((await whatran(["coverage", join(dir.path, "none")])).code).toBe(3);
    expect((await whatran(["coverage"])).code).toBe(2);
    expect((await whatran(["coverage", dir.path, "--format", "pdf"])).code).toBe(2);
  });
});

/** A row of Hayabusa's timeline. */
const match = (fields: object) =>
  JSON.stringify({
    Timestamp: "2024-05-01 10:00:00.000 +00:00",
    RuleTitle: "Proc Exec",
    Computer: "PC-1",
    Channel: "Sec",
    EventID: 4688,
    Details: "Cmdline: regsvr32 a.dll ¦ Proc: C:\\Windows\\System32\\regsvr32.exe",
    ...fields,
  });

describe("coverage of what a detector picked", () => {
  it("concludes nothing from what is absent: no gaps, nothing missing, no advice", async () => {
    const coverage = await covered(match({}), match({ Timestamp: "2024-06-01 10:00:00.000 +00:00" }));
    expect(coverage.picked).toEqual([{ by: "Hayabusa", events: 2 }]);
    expect(coverage.hosts).toMatchObject([{ host: "PC-1", gaps: [] }]);
    expect(component(coverage, "T1218.010", "Process Creation")?.status).toBe("visible");
    expect(component(coverage, "T1218.010", "Module Load")).toMatchObject({ status: "unknown", settings: [] });
    expect(technique(coverage, "T1218.010")?.score).toBe(33);
    expect(coverage.advice).toEqual([]);
  });

  it("is said in every output", async () => {
    const log = dir.write("timeline.ndjson", `${match({})}\n`);
    const layer = join(dir.path, "layer.json");
    const table = await whatran(["coverage", log, "--format", "table", "--navigator", layer]);
    const page = await whatran(["coverage", log, "--format", "html"]);
    for (const text of [table.out, page.out, readFileSync(layer, "utf8")])
      expect(text.replace(/\s+/g, " ")).toContain("All events were picked by a detector: Hayabusa (1).");
  });

  it.each([
    ["Chainsaw", { group: "Sigma", document: { data: { Event: { System: {}, EventData: {} } } } }],
    ["Wazuh", { rule: { id: "1" }, data: { win: { system: {}, eventdata: {} } } }],
  ])("knows the matches of %s", async (by, shape) => {
    const text = JSON.stringify(shape)
      .replace(
        '"System":{}',
        '"System":{"EventID":1,"Computer":"PC-1","Provider_attributes":{"Name":"Microsoft-Windows-Sysmon"}}',
      )
      .replace('"system":{}', '"system":{"eventID":"1","computer":"PC-1","providerName":"Microsoft-Windows-Sysmon"}')
      .replace(
        /"(E|e)vent(D|d)ata":\{\}/,
        (_, e, d) => `"${e}vent${d}ata":{"image":"C:\\\\a.exe","Image":"C:\\\\a.exe"}`,
      );
    expect((await covered(text)).picked).toEqual([{ by, events: 1 }]);
  });

  it("keeps to what logs say where there are logs beside", async () => {
    const coverage = await covered(match({}), start("2024-05-01T10:00:00Z"));
    expect(coverage.picked).toEqual([{ by: "Hayabusa", events: 1 }]);
    expect(component(coverage, "T1218.010", "Module Load")?.status).toBe("missing");
  });

  it("takes no log for picked", async () => {
    const archived = {
      data: { win: { system: { eventID: "1", providerName: SYSMON }, eventdata: { image: "C:\\a" } } },
    };
    expect((await covered(JSON.stringify(archived), start("2024-05-01T10:00:00Z"))).picked).toEqual([]);
  });
});
