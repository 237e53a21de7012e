import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { whatran } from "../support/io.ts";
import { folder } from "../support/logs.ts";

const dir = folder();
let log = "";

const sysmon = (EventID: number, key: number, fields: Record<string, unknown>) =>
  JSON.stringify({
    EventID,
    Channel: "Microsoft-Windows-Sysmon/Operational",
    Provider_Name: "Microsoft-Windows-Sysmon",
    Computer: `PC-${key % 3}`,
    UtcTime: "2024-05-02 09:14:55.120",
    ProcessGuid: `{${String(key).padStart(8, "0")}-0000-0000-0000-000000000000}`,
    ProcessId: 1000 + key,
    ...fields,
  });
const HELPER = "C:\\Program Files\\Orchard\\gatehelper.exe";
const start = (key: number, image: string, line: string) => sysmon(1, key, { Image: image, CommandLine: line });

beforeAll(() => {
  const lines: string[] = [];
  for (let key = 1; key <= 6; key++)
    lines.push(
      start(key, HELPER, `"${HELPER}" -quiet --plugin D:\\parts\\add${key}.dll --log C:\\logs\\a.txt`),
      sysmon(7, key, { Image: HELPER, ImageLoaded: "C:\\Program Files\\Orchard\\core.dll", Signed: "true" }),
      sysmon(7, key, { Image: HELPER, ImageLoaded: `D:\\parts\\add${key}.dll`, Signed: "false" }),
    );
  // What the catalogue knows is no discovery, and neither is what a user's own program does.
  const register = "C:\\Windows\\System32\\regsvr32.exe";
  lines.push(
    start(20, register, "regsvr32 /s D:\\parts\\known.dll"),
    sysmon(7, 20, { Image: register, ImageLoaded: "D:\\parts\\known.dll" }),
  );
  const own = "C:\\Users\\ada\\tool.exe";
  lines.push(
    start(21, own, "tool.exe D:\\parts\\x.dll"),
    sysmon(7, 21, { Image: own, ImageLoaded: "D:\\parts\\x.dll" }),
  );
  log = dir.write("sysmon.ndjson", `${lines.join("\n")}\n`);
});
afterAll(() => dir.remove());

describe("discover", () => {
  it("says nothing of logs without an event", async () => {
    const { out } = await whatran(["discover", dir.write("none.ndjson", '{"EventID":4624,"Channel":"Security"}\n')]);
    expect(out).toBe("No event of a process was read, so nothing can be said.\n");
  });

  it("names the option that carries what the program loads, how often, and where", async () => {
    const { out, code } = await whatran(["discover", log, "--json"]);
    expect(code).toBe(0);
    const found = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      binary: "gatehelper.exe",
      role: "runs",
      what: "library",
      option: "--plugin",
      times: 6,
      hosts: 3,
    });
    const words = await whatran(["discover", log, "-q"]);
    expect(words.out).toContain("windows/gatehelper.exe loads the library in --plugin (6 times on 3 hosts)");
  });

  it("drafts entries that pass the check, and that a scan can use", async () => {
    const drafts = join(dir.path, "drafts");
    await whatran(["discover", log, "-o", drafts]);
    expect(readFileSync(join(drafts, "windows/gatehelper.yaml"), "utf8")).toContain("library-plugin");
    const checked = await whatran(["catalog", "check", drafts]);
    expect(checked, checked.out).toMatchObject({ code: 0 });
    const { out } = await whatran(["scan", log, "--catalog", drafts, "-m", "informational"]);
    expect(out).toContain("windows/gatehelper/library-plugin");
  });

  it("leaves a file alone that is there", async () => {
    const drafts = join(dir.path, "kept");
    mkdirSync(join(drafts, "windows"), { recursive: true });
    const vectors = join(drafts, "windows/gatehelper.vectors.yaml");
    writeFileSync(vectors, "mine\n");
    const { code, err } = await whatran(["discover", log, "-o", drafts]);
    expect([code, err]).toEqual([0, expect.stringContaining("0 drafts")]);
    expect([readFileSync(vectors, "utf8"), readdirSync(join(drafts, "windows"))]).toEqual([
      "mine\n",
      ["gatehelper.vectors.yaml"],
    ]);
  });

  it.skipIf(!existsSync("/dev/full"))(
    "leaves no half of a draft on a full disk (or skipped: no /dev/full)",
    async () => {
      const drafts = join(dir.path, "full", "windows");
      mkdirSync(drafts, { recursive: true });
      symlinkSync("/dev/full", join(drafts, `gatehelper.vectors.yaml.${process.pid}.part`));
      const { code, err } = await whatran(["discover", log, "-o", join(dir.path, "full")]);
      expect([code, err]).toEqual([2, expect.stringMatching(/gatehelper\.vectors\.yaml cannot be written: ENOSPC/)]);
      expect(readdirSync(drafts).filter((name) => name.endsWith(".yaml"))).toEqual([]);
    },
  );

  it("tells flags from options, masks secrets, and keeps hostile names in their place", async () => {
    const hostile = "C:\\Program Files\\Orchard\\ev\u202eil: x.exe";
    const lines: string[] = [];
    for (const [key, line] of [
      [31, "-s D:\\parts\\a.dll"],
      [32, "-s -t D:\\parts\\b.dll"],
      [33, "--password hunter2secret -s -k:D:\\parts\\c.dll"],
    ] as const)
      lines.push(
        start(key, hostile, `"${hostile}" ${line}`),
        sysmon(7, key, { Image: hostile, ImageLoaded: line.slice(line.indexOf("D:")), Signed: "false" }),
      );
    const path = dir.write("hostile.ndjson", `${lines.join("\n")}\n`);
    const drafts = join(dir.path, "hostile");
    const { out } = await whatran(["discover", path, "-q"]);
    expect(out).toContain("an operand (1 time");
    expect(out).not.toMatch(/\u202e|hunter2secret/);
    await whatran(["discover", path, "-o", drafts]);
    const [name] = readdirSync(join(drafts, "windows"));
    for (const file of readdirSync(join(drafts, "windows")))
      expect(readFileSync(join(drafts, "windows", file), "utf8")).not.toContain("hunter2secret");
    expect(name).toMatch(/^[\w.-]+$/);
    const checked = await whatran(["catalog", "check", drafts]);
    expect(checked, checked.out).toMatchObject({ code: 0 });
  });

  it("says so when everything is explained", async () => {
    const plain = dir.write("plain.ndjson", `${start(1, HELPER, `"${HELPER}" -quiet`)}\n`);
    expect((await whatran(["discover", plain])).out).toContain("is explained");
  });
});
