import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aCase, aFinding, aSummary, HOSTILE, hostileFinding } from "../../test/support/finding.ts";
import type { Case } from "../model/case.ts";
import type { Finding } from "../model/finding.ts";
import type { OutputContext } from "./output.ts";
import { OUTPUTS, outputForFile, outputNamed } from "./registry.ts";

const context: OutputContext = {
  width: 100,
  colour: false,
  quiet: false,
  profile: "verbose",
};

async function print(
  name: string,
  findings: readonly Finding[],
  parts: Partial<OutputContext> = {},
  cases: readonly Case[] = [],
): Promise<string> {
  const info = outputNamed(name);
  if (!info) throw new Error(`no output ${name}`);
  let text = "";
  const output = await info.load();
  const writer = output.open((part) => (text += part), { ...context, ...parts });
  for (const finding of findings) writer.finding(finding);
  for (const item of cases) writer.case?.(item);
  writer.end(aSummary());
  return text;
}

/** What every output owes its reader, whichever it is. */
describe.each(OUTPUTS.map((output) => output.name))("%s", (name) => {
  it("has the name under which it is registered", async () => {
    expect((await outputNamed(name)?.load())?.name).toBe(name);
  });

  it("writes something sensible for no findings", async () => {
    expect(await print(name, [])).toBeTypeOf("string");
  });

  it("shows what ran, and where it was logged", async () => {
    const text = await print(name, [aFinding()]);
    for (const part of ["203.0.113.9/a.sct", "logs/acct-07.evtx", "4711", "T1218.010", "critical"])
      expect(text).toContain(part);
  });

  it.each(HOSTILE)("lets no hidden character through: %j", async (hostile) => {
    const text = await print(name, [hostileFinding(hostile)]);
    expect(text.replace(/[\r\n]/g, "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  });

  it.each(HOSTILE)("lets no hidden character of a case through: %j", async (hostile) => {
    const text = await print(name, [aFinding()], {}, [aCase(hostile)]);
    expect(text.replace(/[\r\n]/g, "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  });

  it("is the same for the same findings", async () => {
    expect(await print(name, [aFinding()])).toBe(await print(name, [aFinding()]));
  });
});

describe("ndjson", () => {
  it("writes the contract's keys in the contract's order, whatever the order of the object", async () => {
    const shuffled = Object.fromEntries(Object.entries(aFinding()).toReversed()) as unknown as Finding;
    const text = await print("ndjson", [shuffled]);
    expect(Object.keys(JSON.parse(text))).toEqual(
      (
        "schema id time host user level score title binary commandLine canonical runs fetches reads writes behaviour " +
        "techniques dataComponents evidence source related mitigations"
      ).split(" "),
    );
  });

  it("gives back exactly the findings, one a line", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: "binary" }), { maxLength: 4 }), async (texts) => {
        const findings = texts.map((text) => hostileFinding(text));
        const lines = (await print("ndjson", findings)).split("\n");
        expect(lines.pop()).toBe("");
        expect(lines.map((line) => JSON.parse(line))).toEqual(findings);
      }),
    );
  });
});

describe("json", () => {
  it.each([[[]], [[aFinding()]], [[aFinding(), aFinding({ level: "low" })]]])("is one array (%#)", async (findings) => {
    expect(JSON.parse(await print("json", findings))).toEqual(findings);
  });
});

describe("csv", () => {
  it("has a header and a line for each finding, with as many fields", async () => {
    const lines = (await print("csv", [aFinding(), hostileFinding('a,b\n"c"')])).split("\r\n");
    expect(lines).toHaveLength(4);
    expect(lines[0]).toBe(
      "Timestamp,RuleTitle,Level,Computer,Channel,EventID,RecordID,Details,ExtraFieldInfo,RuleID," +
        "MitreTactics,MitreTags,OtherTags,RuleFile,EvtxFile,Index,Score,FindingID",
    );
  });

  it("offers the columns of Hayabusa's standard profile and of Timesketch", async () => {
    expect(await print("csv", [], { profile: "standard" })).toBe(
      "Timestamp,RuleTitle,Level,Computer,Channel,EventID,RecordID,Details,ExtraFieldInfo,RuleID\r\n",
    );
    expect(await print("csv", [], { profile: "timesketch" })).toMatch(/^datetime,timestamp_desc,message,/);
  });
});

describe("table", () => {
  it.each([60, 80, 100, 160])("keeps within %i columns", async (width) => {
    const long = aFinding({ commandLine: `cmd ${"x".repeat(500)} 漢字 ${"word ".repeat(60)}`, title: "t ".repeat(90) });
    const text = await print("table", [aFinding(), long], { width });
    for (const line of text.split("\n")) expect([...line].length).toBeLessThanOrEqual(width);
    expect(text.replace(/\s/g, "")).toContain("x".repeat(500));
  });

  it("tells a case of several findings act by act, with its processes, and leaves out what one finding has told", async () => {
    const one = aCase("alone", { findings: ["a"] });
    for (const width of [60, 120]) {
      const text = await print("table", [aFinding()], { width }, [aCase(), one]);
      expect(text).toMatch(/critical +97 {2}case of 2 findings/);
      expect(text).toMatch(/\n {6}10:00:00 a\.exe runs\.\n {6}10:00:01 b\.exe runs\.\n/);
      expect(text).toMatch(/\n {4}○ On PC1.*\n {6}● On PC1/);
      expect(text).not.toContain("alone");
      for (const line of text.split("\n")) expect([...line].length).toBeLessThanOrEqual(width);
    }
  });

  it("tells what says the same as what stands before it in a line of its own", async () => {
    const one = aFinding();
    const again = { ...one, time: "2024-05-02T09:15:07.000Z", commandLine: `${one.commandLine} ${"x".repeat(200)}` };
    const other = aFinding({ user: "CORP\\other" });
    const text = await print("table", [one, again, other, one], { width: 80 });
    expect(text.match(/^ {4}again {4}2024-05-02 09:15:07 {2}record 4711 {2}regsvr32/gm)).toHaveLength(1);
    expect(text.match(/^ {2}critical/gm)).toHaveLength(3);
    for (const line of text.split("\n")) expect([...line].length).toBeLessThanOrEqual(80);
  });

  it("colours only where it is told to", async () => {
    expect(await print("table", [aFinding()])).not.toContain("\u001b");
    expect(await print("table", [aFinding()], { colour: true })).toContain("\u001b[");
  });

  it("says what was not read", async () => {
    expect(await print("table", [])).toContain("logs/notes.docx: not read: no reader recognises it");
  });
});

describe("outputForFile", () => {
  it.each([
    ["a.CSV", "csv"],
    ["x/findings.jsonl", "ndjson"],
    ["report.html", "html"],
    ["a.json", "json"],
    ["a.bin", undefined],
  ])("%s → %s", (file, name) => expect(outputForFile(file)?.name).toBe(name));
});
