import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { whatran } from "../support/io.ts";
import { folder, processStart, SCRIPTLET } from "../support/logs.ts";

/** A tool of the house, which its service starts through rundll32 from ProgramData: medium to anyone who does not know it. */
const HOUSE = "rundll32.exe C:\\ProgramData\\Contoso\\agent.dll,Collect";
/** A script of somebody's own, which nobody here has ever run. */
const SELDOM = "wscript.exe D:\\Scripts\\inventory.vbs";
const HOSTS = 30;
const DAYS = 30;
const dir = folder();
const file = join(dir.path, "fleet.baseline");

const on = (host: string, day: number, line: string) =>
  processStart(line, {
    "@timestamp": new Date(Date.UTC(2024, 3, 1 + day, 9)).toISOString(),
    host: { name: host, os: { type: "windows" } },
  });
const log = (name: string, from: number, to: number) => {
  const lines: string[] = [];
  for (let host = from; host < to; host++)
    for (let day = 0; day < DAYS; day++)
      lines.push(on(`WS-${host}`, day, "rundll32.exe printui.dll,PrintUIEntry /il"), on(`WS-${host}`, day, ORDINARY));
  return dir.write(name, `${lines.join("\n")}\n`);
};
/** A program of Windows that no entry describes. */
const LAUNCHER = "C:\\Windows\\System32\\launchhelper.exe";
/** What the fleet does every morning. */
const ORDINARY = "wscript.exe \\\\corp\\tools\\start.vbs";
const scores = async (line: string, ...flags: string[]) => {
  const path = dir.write("today.ndjson", `${on("WS-3", DAYS + 1, line)}\n`);
  const { out, code, err } = await whatran(["scan", path, "-m", "informational", ...flags]);
  expect(code, err).toBe(0);
  return JSON.parse(out.split("\n")[0] ?? "{}");
};

beforeAll(async () => {
  const first = log("first.ndjson", 0, HOSTS / 2);
  const second = log("second.ndjson", HOSTS / 2, HOSTS);
  expect((await whatran(["learn", first, "--baseline", join(dir.path, "a")])).code).toBe(0);
  expect((await whatran(["learn", second, "--baseline", join(dir.path, "b")])).code).toBe(0);
  expect((await whatran(["baseline", "merge", join(dir.path, "b"), join(dir.path, "a"), "-o", file])).code).toBe(0);
});
afterAll(() => dir.remove());

describe("a learnt baseline", () => {
  it("is the same whether logs are learnt apart or together, and again", async () => {
    const whole = join(dir.path, "whole");
    for (let again = 0; again < 2; again++)
      await whatran(["learn", join(dir.path, "first.ndjson"), join(dir.path, "second.ndjson"), "--baseline", whole]);
    expect(readFileSync(whole)).toEqual(readFileSync(file));
  });

  it("says in words what is normal", async () => {
    const { out } = await whatran(["baseline", "show", file]);
    expect(out).toContain("30 hosts over 30 days");
    expect(out).toMatch(/windows\/wscript has run 900 times with 1 argument template on 30 hosts/);
    const one = await whatran(["baseline", "show", file, "wscript"]);
    expect(one.out).toMatch(/Argument templates\n.*30 hosts, 900 times/);
    expect((await whatran(["baseline", "show", file, "mshta"])).code).toBe(2);
  });

  it("lowers what everybody does, and names the facts", async () => {
    const plain = await scores(ORDINARY);
    const weighed = await scores(ORDINARY, "--baseline", file);
    expect(weighed.score).toBeLessThan(plain.score);
    expect(weighed.evidence.map((one: { text: string }) => one.text).join(" ")).toContain("on 30 of 30 hosts");
  });

  it("raises what nobody did, a little, but rarity alone is no alert", async () => {
    const plain = await scores(SELDOM);
    const weighed = await scores(SELDOM, "--baseline", file);
    expect(weighed.score).toBeGreaterThan(plain.score);
    expect(weighed.level).toBe("low");
    expect(weighed.evidence.map((one: { text: string }) => one.text).join(" ")).toContain("on none of the 30 hosts");
  });

  it("says nothing of what never trains, and never hides what is never normal", async () => {
    const plain = await scores(HOUSE);
    expect(await scores(HOUSE, "--baseline", file)).toMatchObject({ score: plain.score, level: "medium" });
    expect((await scores(SCRIPTLET, "--baseline", file)).level).toMatch(/high|critical/);
  });

  it("lowers nothing on a host that it never watched, be it of another fleet or under a new name", async () => {
    const renamed = dir.write("renamed.ndjson", `${on("WS-RENAMED", DAYS + 1, ORDINARY)}\n`);
    const score = async (...flags: string[]) =>
      JSON.parse((await whatran(["scan", renamed, "-m", "informational", ...flags])).out.split("\n")[0] ?? "{}").score;
    expect(await score("--baseline", file)).toBe(await score());
  });

  it("says nothing long after its end, and does not follow clocks that are years off", async () => {
    const late = dir.write("late.ndjson", `${on("WS-3", DAYS + 120, ORDINARY)}\n`);
    const score = async (...flags: string[]) =>
      JSON.parse((await whatran(["scan", late, "-m", "informational", ...flags])).out.split("\n")[0] ?? "{}").score;
    expect(await score("--baseline", file)).toBe(await score());
    const off = dir.write("off.ndjson", `${on("WS-1", -365 * 30, ORDINARY)}\n${on("WS-1", 365 * 50, ORDINARY)}\n`);
    const target = join(dir.path, "off.baseline");
    const { err } = await whatran(["learn", off, "--baseline", target]);
    expect(err).toContain("left out for want of a host or a plausible time: 2 events");
    expect((await whatran(["baseline", "show", target])).out).toContain("Nothing was learnt yet");
  });

  it("is not taught by what was alerted on", async () => {
    const attack = dir.write("attack.ndjson", `${on("WS-1", 3, SCRIPTLET)}\n`);
    const { err } = await whatran(["learn", attack, "--baseline", join(dir.path, "c")]);
    expect(err).toContain("1 suspicious start taught nothing");
    expect((await whatran(["baseline", "show", join(dir.path, "c"), "regsvr32"])).code).toBe(2);
  });

  it("is not taught by what was alerted on only for what followed, nor by what its process did", async () => {
    const line = "rundll32.exe D:\\Tools\\sync.dll,Run";
    const key = { ProcessGuid: "{00000001-0000-0000-0000-000000000000}", ProcessId: 4711 };
    const sysmon = (EventID: number, fields: Record<string, unknown>) =>
      JSON.stringify({
        EventID,
        Channel: "Microsoft-Windows-Sysmon/Operational",
        Provider_Name: "Microsoft-Windows-Sysmon",
        Computer: "WS-1",
        EventRecordID: 10 + EventID,
        UtcTime: `2024-05-02 09:14:0${EventID}.000`,
        Image: "C:\\Windows\\System32\\rundll32.exe",
        ...key,
        ...fields,
      });
    const start = sysmon(1, {
      CommandLine: line,
      OriginalFileName: "RUNDLL32.EXE",
      ParentImage: "C:\\Windows\\explorer.exe",
    });
    const load = sysmon(7, { ImageLoaded: "D:\\Tools\\sync.dll", Signed: "false", SignatureStatus: "Unavailable" });
    const call = sysmon(3, { DestinationIp: "203.0.113.9", Initiated: "true" });
    const [bare, followed] = ["bare", "followed"].map((name) => join(dir.path, name));
    const level = async (log: string) =>
      JSON.parse((await whatran(["scan", log, "-m", "informational", "-t", "ndjson"])).out.split("\n")[0] ?? "{}")
        .level;
    const alone = dir.write("alone.ndjson", `${start}\n`);
    const all = dir.write("all.ndjson", `${start}\n${load}\n${call}\n`);
    expect(await level(alone)).toBe("low");
    expect(["high", "critical"]).toContain(await level(all));
    await whatran(["learn", alone, "--baseline", bare as string]);
    expect((await whatran(["baseline", "show", bare as string, "rundll32"])).out).toContain("Argument templates");
    const { err } = await whatran(["learn", all, "--baseline", followed as string]);
    expect(err).toContain("1 suspicious start taught nothing");
    expect((await whatran(["baseline", "show", followed as string, "rundll32"])).code).toBe(2);
  });

  it("knows the uses of programs that nobody has listed, and lowers those that are common", async () => {
    const start = (host: string, day: number, agent: string) => {
      const time = new Date(Date.UTC(2024, 3, 1 + day, 9)).toISOString().replace("T", " ").slice(0, 19);
      const sysmon = (guid: string, parent: string, image: string, line: string, second: number) =>
        JSON.stringify({
          EventID: 1,
          Channel: "Microsoft-Windows-Sysmon/Operational",
          Provider_Name: "Microsoft-Windows-Sysmon",
          Computer: host,
          EventRecordID: 100 * day + second,
          UtcTime: `${time.slice(0, 17)}0${second}.000`,
          ProcessGuid: `{0000000${guid}-0000-0000-0000-0000000${10_000 + day}}`,
          ProcessId: 4000 + second,
          Image: image,
          CommandLine: line,
          ParentProcessGuid: `{0000000${parent}-0000-0000-0000-0000000${10_000 + day}}`,
          ParentImage: parent === "2" ? LAUNCHER : "C:\\Windows\\System32\\services.exe",
        });
      return [sysmon("2", "1", LAUNCHER, `${LAUNCHER} /run "${agent}"`, 1), sysmon("3", "2", agent, `"${agent}"`, 2)];
    };
    const known = "C:\\Program Files\\Contoso\\agent.exe";
    const lines: string[] = [];
    for (let host = 0; host < HOSTS; host++)
      for (let day = 0; day < DAYS; day++) {
        lines.push(...start(`WS-${host}`, day, known));
        // What lies where users write never trains, however often it comes.
        lines.push(
          ...start(`WS-${host}`, day, "C:\\Users\\Public\\agent.exe").map((one) => one.replaceAll("{0", "{1")),
        );
      }
    const log = dir.write("launcher.ndjson", `${lines.join("\n")}\n`);
    const baseline = join(dir.path, "launcher");
    expect((await whatran(["learn", log, "--baseline", baseline])).code).toBe(0);
    const scored = async (agent: string, ...flags: string[]) => {
      const path = dir.write("launched.ndjson", `${start("WS-3", DAYS + 1, agent).join("\n")}\n`);
      const { out } = await whatran(["scan", path, "-m", "informational", "-t", "ndjson", ...flags]);
      const found = out.split("\n").filter((line) => line.includes("uncatalogued-start"));
      expect(found).toHaveLength(1);
      return JSON.parse(found[0] ?? "{}") as { score: number; evidence: { text: string }[] };
    };
    const [without, common] = [await scored(known), await scored(known, "--baseline", baseline)];
    expect(without.score).toBeGreaterThanOrEqual(40);
    expect(common.score).toBeLessThan(20);
    expect(common.evidence.map(({ text }) => text).join(" ")).toContain("with such arguments on 30 of 30 hosts");
    const open = "C:\\Users\\Public\\agent.exe";
    expect((await scored(open, "--baseline", baseline)).score).toBe((await scored(open)).score);
  });

  it("compares, prunes, exports and verifies", async () => {
    const diff = await whatran(["baseline", "diff", join(dir.path, "a"), file]);
    expect(diff).toMatchObject({ code: 0, out: "" });
    const empty = dir.write("empty.ndjson", "");
    await whatran(["learn", empty, "--baseline", join(dir.path, "nothing")]);
    const added = (hosts: number) =>
      whatran(["baseline", "diff", join(dir.path, "nothing"), file, "--hosts", String(hosts)]);
    const [all, none] = [await added(1), await added(HOSTS + 1)];
    expect(all.out).toMatch(/^\+ binary {2}windows\/wscript .*\(\d+ hosts\)$/m);
    expect(none).toMatchObject({ code: 0, out: "" });
    expect(none.err).toMatch(
      /0 keys in .*nothing only, \d+ in .* only; \d+ of them on fewer than \d+ hosts are not shown/,
    );
    const rows = (await whatran(["baseline", "export", file])).out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(rows.find(({ kind, parts }) => kind === "binary" && parts[0] === "windows/wscript")).toMatchObject({
      hosts: HOSTS,
      times: HOSTS * DAYS,
      first: "2024-04-01",
      last: "2024-04-30",
    });
    expect((await whatran(["baseline", "verify", file])).out).toMatch(/sound: \d+ keys/);
    expect((await whatran(["baseline", "prune", file])).code).toBe(2);
    const copy = dir.write("copy", "");
    await whatran(["baseline", "merge", file, "-o", copy]);
    expect((await whatran(["baseline", "prune", copy, "--keys", "2"])).err).toMatch(/[012] keys? left/);
  });

  it("goes to Parquet, for those who ask questions in SQL", async () => {
    const target = join(dir.path, "fleet.parquet");
    expect((await whatran(["baseline", "export", file, "-t", "parquet"])).code).toBe(2);
    expect(await whatran(["baseline", "export", file, "-t", "parquet", "-o", target])).toMatchObject({ code: 0 });
    expect(readFileSync(target).toString("latin1", 0, 4)).toBe("PAR1");
  });

  it("is refused where it is none, and where two pasts are asked for", async () => {
    expect(await whatran(["scan", file, "--baseline", dir.write("none", "nothing")])).toMatchObject({ code: 2 });
    expect((await whatran(["scan", file, "--baseline", "/nonexistent"])).err).toContain("whatran learn");
    expect((await whatran(["scan", file, "--baseline", file, "--self-baseline"])).code).toBe(2);
  });
});

describe("the scanned data as their own past", () => {
  it("lowers what the whole fleet has long done", async () => {
    const lines = [join(dir.path, "first.ndjson"), join(dir.path, "second.ndjson")];
    const level = async (...flags: string[]) => {
      const { out } = await whatran(["scan", ...lines, "-m", "informational", ...flags]);
      const all = out
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
      return Math.max(
        ...all.filter(({ behaviour }) => behaviour.startsWith("windows/wscript")).map(({ score }) => score),
      );
    };
    expect(await level("--self-baseline")).toBeLessThan(await level());
  });

  it("say that they are the past, and that they weigh nothing where they are few or short", async () => {
    const few = dir.write("few.ndjson", `${[1, 2, 3].map((day) => on(`WS-${day}`, day, ORDINARY)).join("\n")}\n`);
    const read = async (...flags: string[]) =>
      JSON.parse((await whatran(["scan", few, "-m", "informational", ...flags])).out.split("\n")[0] ?? "{}");
    const [plain, weighed] = [await read(), await read("--self-baseline")];
    expect(weighed.score).toBe(plain.score);
    const said = weighed.evidence.filter(({ id }: { id: string }) => id.startsWith("history-"));
    expect(said.length).toBeGreaterThan(0);
    for (const { points, text } of said) {
      expect(points).toBe(0);
      expect(text).toMatch(
        /of 3 hosts of the scanned data.*That weighs nothing: 3 hosts over 3 days in the scanned data/,
      );
    }
  });
});
