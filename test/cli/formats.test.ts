import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FORMATS } from "../../src/formats/registry.ts";
import type { Probe } from "../../src/pipeline/probe.ts";
import { sampleZip } from "../support/archives.ts";
import { whatran } from "../support/io.ts";
import { folder, ORDINARY, processStart } from "../support/logs.ts";

let dir = folder();
beforeEach(() => {
  dir = folder();
});
afterEach(() => dir.remove());

async function probed(...paths: string[]): Promise<{ code: number; probes: Probe[] }> {
  const { code, out } = await whatran(["formats", "--json", ...paths]);
  return {
    code,
    probes: out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Probe),
  };
}

describe("formats", () => {
  it("lists every format, and the documentation knows each", async () => {
    const { out } = await whatran(["formats", "--json"]);
    const names = (JSON.parse(out) as { name: string }[]).map(({ name }) => name);
    expect(names).toEqual(FORMATS.map(({ name }) => name));
    const page = readFileSync("docs/formats.md", "utf8");
    for (const name of names) expect(page).toContain(`\`${name}\``);
  });

  it("says what the first record is, and what the records are understood as", async () => {
    const log = dir.write("a.ndjson", `${processStart(ORDINARY)}\n{"event.category":"weather","event.code":"9"}\n`);
    const { code, probes } = await probed(log);
    expect(code).toBe(0);
    expect(probes).toMatchObject([
      {
        file: log,
        format: "json",
        records: 2,
        damaged: 0,
        more: false,
        first: {
          shape: "ecs",
          provider: "Microsoft-Windows-Sysmon",
          eventId: 1,
          host: "ACCT-07",
          time: "2024-05-02T09:14:55.120Z",
          kinds: ["processCreation"],
        },
        events: { processCreation: 1 },
        notUnderstood: { "ecs 9": 1 },
      },
    ]);
    expect((await whatran(["formats", log])).out).toMatch(/understood as +1 processCreation/);
  });

  it("names the fields that it looked for where the shape is unknown", async () => {
    const log = dir.write("a.json", '{"colour":"red"}');
    const { probes } = await probed(log);
    expect(probes[0]?.diagnostics[0]).toMatchObject({ code: "json/unknown-shape" });
    expect(probes[0]?.diagnostics[0]?.message).toMatch(/it has colour, and lacks such as EventID/);
    expect((await whatran(["formats", log])).out).toContain("EventID");
  });

  it("counts what it does not understand, the sources that are too many to be named too", async () => {
    const lines = Array.from({ length: 20 }, (_, at) => `{"event_simpleName":"Unheard${at}","aid":"a"}\n`);
    const [probe] = (await probed(dir.write("fdr.json", lines.join("")))).probes;
    const counted = Object.values(probe!.notUnderstood as Record<string, number>);
    expect(counted.reduce((sum, count) => sum + count, 0)).toBe(20);
    expect(probe).toMatchObject({ events: {}, notUnderstood: { Unheard0: 1, others: 8 } });
  });

  it("stops early in a long file, and still tells that nothing in it is known", async () => {
    const { probes } = await probed(dir.write("a.json", '{"colour":"red"}\n'.repeat(5000)));
    expect(probes).toMatchObject([{ records: 1000, more: true, notUnderstood: { "unknown shape": 1000 } }]);
    expect(probes[0]?.diagnostics[0]).toMatchObject({ code: "json/unknown-shape" });
  });

  it("looks into every member of an archive, however long the first is", async () => {
    const long = Buffer.from(`${processStart(ORDINARY)}\n`.repeat(3000));
    const archive = sampleZip([
      { name: "a.ndjson", content: long },
      { name: "b.ndjson.gz", content: gzipSync(long.subarray(0, 4000)) },
    ]);
    const file = join(dir.path, "x.zip");
    writeFileSync(file, archive);
    const { probes } = await probed(file);
    expect(probes.map(({ file, format, more }) => [file.split("!")[1], format, more])).toEqual([
      ["a.ndjson", "json", true],
      ["b.ndjson.gz", "json", false],
      [undefined, "zip", false],
    ]);
  });

  it("exits with 3 where a named path is nothing that it reads", async () => {
    expect((await probed(dir.write("a.bin", "\u0001\u0002\u0003"))).code).toBe(3);
    const { code, probes } = await probed(`${dir.path}/none`);
    expect([code, probes[0]?.reason]).toEqual([3, expect.stringContaining("ENOENT")]);
  });
});
