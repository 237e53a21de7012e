import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { whatran } from "../support/io.ts";
import { folder } from "../support/logs.ts";

const dir = folder();
const S32 = "C:\\Windows\\System32\\";
const sysmon = (EventID: number, at: number, fields: Record<string, unknown>) =>
  JSON.stringify({
    EventID,
    Channel: "Microsoft-Windows-Sysmon/Operational",
    Provider_Name: "Microsoft-Windows-Sysmon",
    Computer: "PC-1.corp.example",
    EventRecordID: 100 + at,
    UtcTime: `2024-05-02 09:14:${String(at).padStart(2, "0")}.120`,
    ProcessGuid: "{00000001-0000-0000-0000-000000000000}",
    ProcessId: 4711,
    Image: `${S32}rundll32.exe`,
    ...fields,
  });
let log = "";
const at = { cwd: dir.path };

beforeAll(() => {
  const lines = [
    sysmon(1, 1, {
      CommandLine: "rundll32 C:\\Users\\ann\\tool.dll,Go",
      ParentImage: "C:\\Windows\\explorer.exe",
      OriginalFileName: "RUNDLL32.EXE",
    }),
    sysmon(3, 9, { DestinationIp: "198.51.100.20", DestinationHostname: "srv.example.net", Initiated: "true" }),
  ];
  log = dir.write("log.ndjson", `${lines.join("\n")}\n`);
});
afterAll(() => dir.remove());

async function evidence(...flags: readonly string[]) {
  const { out, err, code } = await whatran(["scan", log, "-t", "ndjson", "-m", "informational", ...flags], at);
  const ids = out
    .split("\n")
    .filter((line) => line !== "")
    .flatMap((line) => (JSON.parse(line) as { evidence: { id: string }[] }).evidence.map(({ id }) => id));
  return { ids, err, code };
}

describe("the site of a scan", () => {
  it("holds a connection for one with the outside where nobody says otherwise", async () => {
    const { ids, code } = await evidence();
    expect(ids).toContain("external-connection");
    expect(ids).toContain("chain:arrivals/untrusted-host");
    expect(code).toBe(0);
  });

  it.each([
    ["--internal", "198.51.100.0/24"],
    ["--internal", "*.example.net"],
  ])("has ranges and names of its own: %s %s", async (...flags) => {
    const { ids } = await evidence(...flags);
    expect(ids.filter((id) => /connection|host/.test(id))).toEqual([]);
  });

  it("trusts hosts of a list, and none that is listed as hostile, too", async () => {
    dir.write("partners.txt", "# partners\nsrv.example.net\n");
    dir.write("feed.txt", "srv.example.net # seen\n");
    expect((await evidence("--trusted-hosts", "partners.txt")).ids).not.toContain("external-connection");
    const { ids } = await evidence("--trusted-hosts", "partners.txt", "--indicators", "feed.txt");
    expect(ids).toContain("chain:arrivals/listed-host");
  });

  it("takes its lists and settings from whatran.yaml", async () => {
    const project = folder();
    project.write("feed.txt", "198.51.100.0/24\n");
    project.write(
      "whatran.yaml",
      "scan:\n  indicators: [feed.txt]\n  set: { arrivals/listed-host: { TimeWindow: 5 s } }\n",
    );
    const scan = async (...flags: readonly string[]) =>
      (await whatran(["scan", log, "-t", "ndjson", ...flags], { cwd: project.path })).out;
    expect(await scan()).not.toContain("listed-host");
    expect(await scan("--set", "arrivals/listed-host.TimeWindow=1 h")).toContain("listed-host");
    const { out } = await whatran(["catalog", "chains", "listed-host"], { cwd: project.path });
    expect(out).toContain("TimeWindow: 5 s");
    project.remove();
  });

  it("tells of bad lines with their place, holds the others, and exits with 3", async () => {
    const feed = dir.write("bad.txt", `not a host\nsrv.example.net\n${"x".repeat(5000)}\n\u0000\u001b[31m\n`);
    const { ids, err, code } = await evidence("--indicators", "bad.txt");
    expect(ids).toContain("chain:arrivals/listed-host");
    expect(err).toContain(`${feed}:1:1: “not a host” is no host name`);
    expect(err).toContain(`${feed}:3:1: the entry has 5000 characters`);
    expect(err).not.toContain("\u001b");
    expect(code).toBe(3);
  });

  it.each([
    [["--indicators", "absent.txt"], "absent.txt cannot be opened"],
    [["--indicators", "."], "cannot be opened"],
    [["--internal", "0.0.0.0/0"], "too wide"],
    [["--internal", "a b"], "no host name"],
    [["--set", "TimeWindow=5 s"], "--set must be values of settings"],
    [["--set", "arrivals/none.TimeWindow=5 s"], "there is no chain “arrivals/none”"],
    [["--set", "arrivals/listed-host.Window=5 s"], "it has TimeWindow"],
    [["--set", "arrivals/listed-host.TimeWindow=soon"], "must be a period"],
    [["--set", "__proto__.constructor=1"], "there is no chain"],
  ])("refuses %j before anything is read", async (flags, message) => {
    const { err, code } = await evidence(...(flags as string[]));
    expect(err).toContain(message);
    expect(code).toBe(2);
  });
});
