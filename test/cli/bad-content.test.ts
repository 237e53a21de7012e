import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type EvtxEvent, encodeEvtx } from "../../lab/writers/evtx.ts";
import type { RunSummary } from "../../src/outputs/summary.ts";
import { sampleZip } from "../support/archives.ts";
import { type Bench, bench, findingsOf, inputOf, MAIN } from "../support/bad.ts";
import { whatran } from "../support/io.ts";
import { processStart, SCRIPTLET } from "../support/logs.ts";

let dir: Bench;
beforeEach(() => {
  dir = bench();
});
afterEach(() => dir.remove());

const EVENT: EvtxEvent = {
  provider: "Microsoft-Windows-Sysmon",
  eventId: 1,
  version: 5,
  level: 4,
  task: 1,
  opcode: 0,
  keywords: 0n,
  time: Date.UTC(2024, 2, 3),
  processId: 1,
  threadId: 2,
  channel: "Microsoft-Windows-Sysmon/Operational",
  computer: "pc",
  data: [
    { name: "Image", type: "string", value: "C:\\Windows\\System32\\regsvr32.exe" },
    { name: "CommandLine", type: "string", value: SCRIPTLET },
  ],
};

describe("damage", () => {
  const whole = encodeEvtx(Array.from({ length: 400 }, (_, at) => ({ ...EVENT, time: EVENT.time + at })));

  it("an event log that was cut short", async () => {
    const cut = dir.put("cut.evtx", whole.subarray(0, 4096 + 30_000));
    const { err, summary } = await dir.scan([cut]);
    expect(err).toMatch(/cut\.evtx at byte \d+: .*\[evtx\//);
    expect(inputOf(summary, cut)?.records).toBeGreaterThan(20);
  });

  it("a corrupt chunk costs what stands in the damage, and nothing else", async () => {
    const corrupt = Buffer.from(whole);
    const record = corrupt.indexOf(Buffer.from("2a2a0000", "hex"), 4096 + 20_000);
    corrupt.fill(0xff, record + 24, record + 124);
    const file = dir.put("corrupt.evtx", corrupt);
    const { err, summary } = await dir.scan([file]);
    expect(err).toMatch(/corrupt\.evtx at byte \d+: .*\[evtx\/bad-/);
    const { records, damaged } = inputOf(summary, file) ?? { records: 0, damaged: 0 };
    expect(records).toBeGreaterThan(395);
    expect(damaged).toBeGreaterThan(0);
    expect(summary.damaged).toBe(damaged);
  });

  it("a record of 1 GB: passed over without being held", () => {
    const summaryFile = join(dir.path, "summary");
    // In a process of its own, where nothing instruments the code, and where memory can be told.
    const feed = `printf '{"EventID":1,"CommandLine":"'; head -c 1073741824 /dev/zero | tr '\\0' x; printf '"}\\n'; cat "$2"`;
    const script = `(${feed}) | "$1" ${MAIN.join(" ")} scan - --summary "$3"`;
    const child = spawnSync("sh", ["-c", script, "sh", process.execPath, dir.good, summaryFile], { encoding: "utf8" });
    expect(child.stderr).toMatch(/-:1: a record larger than \d+ bytes \[json\/too-large\]/);
    expect(findingsOf(child.stdout)).toHaveLength(1);
    const summary = JSON.parse(readFileSync(summaryFile, "utf8")) as RunSummary;
    expect(inputOf(summary, "-")).toMatchObject({ records: 1, damaged: 1 });
    expect(summary.peakMiB).toBeLessThan(450);
  }, 120_000);

  it("JSON that is 100,000 deep", async () => {
    const deep = dir.put(
      "deep.json",
      `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}\n${processStart(SCRIPTLET)}\n`,
    );
    const lists = dir.put("lists.json", `{"EventID":${"[".repeat(100_000)}${"]".repeat(100_000)}}\n{"EventID":1}\n`);
    const { err, out, summary } = await dir.scan([deep, lists]);
    expect(err).toMatch(/deep\.json:1: nested deeper than 200 \[json\/too-deep\]/);
    expect(findingsOf(out)).toHaveLength(2);
    for (const file of [deep, lists]) expect(inputOf(summary, file)).toMatchObject({ records: 1, damaged: 1 });
  });

  it("a bomb in an archive, and an archive that is encrypted", async () => {
    const spaces = Buffer.alloc(72 << 20, 0x20);
    spaces.write('{"EventID":1}');
    const layer = gzipSync(spaces, { level: 9 });
    const zipped = dir.put("bomb.zip", sampleZip([{ name: "a.json", content: layer }]));
    const locked = dir.put("locked.zip", sampleZip([{ name: "a.json", content: "{}", encrypted: true }]));
    const { code, err } = await dir.scan([zipped, locked]);
    expect(code).toBe(3);
    expect(err).toMatch(/bomb\.zip[^ ]*: more than 1000 times/);
    expect(err).toMatch(/locked\.zip[^ ]*( at byte \d+)?: .*\[container\/encrypted\]/);
  });
});

describe("text", () => {
  it("broken UTF-8, UTF-16 of both kinds, also cut within a character, and NUL bytes", async () => {
    const line = (at: number) => processStart(`${SCRIPTLET} ${"x".repeat(10 + at)}`);
    const broken = Buffer.from(line(1).replace("m.weber", "m.\u0001\u0002"), "latin1");
    broken.set([0xff, 0xc3], broken.indexOf(1));
    const files = [
      dir.put("utf8.json", broken),
      dir.put("le.json", Buffer.from(`\ufeff${line(2)}\n`, "utf16le")),
      dir.put("be.json", Buffer.from(`\ufeff${line(3)}\n`, "utf16le").swap16()),
      dir.put("cut.json", Buffer.from(`\ufeff${line(4)}\n{"EventID":"x`, "utf16le").subarray(0, -1)),
      dir.put("nul.json", Buffer.concat([Buffer.alloc(64), Buffer.from(`${line(5)}\n`), Buffer.alloc(640)])),
    ];
    const { err, out } = await dir.scan(files);
    const found = findingsOf(out).map(({ source }) => source.file);
    for (const file of files) expect(found, file).toContain(file);
    expect(err).toMatch(/utf8\.json:1: bytes that are not UTF-8.*\[json\/encoding\]/);
    expect(err).toMatch(/cut\.json:2: .*\[json\/truncated\]/);
  });

  const HOSTILE = [
    "\u001b[2J\u001b]0;owned\u0007",
    "=cmd|'/c calc'!A1",
    "<img src=x onerror=alert(1)></script>",
    "\u202egnp.exe\u0000\r\n\u2028{}",
  ];

  it("escape sequences and formulas in command lines, in every output", async () => {
    const lines = HOSTILE.map((text, at) =>
      processStart(`${SCRIPTLET} ${text}`, {
        "@timestamp": `2024-05-02T09:14:5${at}.000Z`,
        host: { name: `=1+1|${text}` },
        user: { name: `@SUM(1)${text}` },
      }),
    );
    const log = dir.put("hostile\u001b[31m.ndjson", `${lines.join("\n")}\n`);
    const outputs: Record<string, string> = {};
    for (const format of ["table", "csv", "html", "ndjson", "json"]) {
      const ran = await whatran(["scan", log, join(dir.path, "no\u001b[5mne"), "--format", format], {
        tty: format === "table",
        env: { NO_COLOR: "1" },
      });
      expect(ran.code).toBe(3);
      expect(ran.err.replaceAll(/\r|\u001b\[(?:2K|K|\?25[lh])/g, ""), "stderr").not.toContain("\u001b");
      outputs[format] = ran.out;
    }
    for (const [format, out] of Object.entries(outputs)) {
      expect(out, format).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202e\u2028]/);
    }
    expect(outputs.html).not.toContain("<img");
    for (const cell of cellsOf(outputs.csv ?? "")) expect(cell).not.toMatch(/^[=+@\t\r-](?!\d+(?:\.\d+)?$)/);
    const written = findingsOf(outputs.ndjson ?? "").map(({ commandLine }) => commandLine);
    expect(written.sort()).toEqual(HOSTILE.map((text) => `${SCRIPTLET} ${text}`).sort());
    expect(JSON.parse(outputs.json ?? "")).toHaveLength(4);
  });
});

/** Cells of a table whose quotes are doubled. */
function cellsOf(csv: string): string[] {
  return [...csv.matchAll(/(?:^|,|\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'),
  );
}

describe("order and time", () => {
  const at = (time: string | undefined, pid: number) =>
    processStart(`${SCRIPTLET} ${pid}`, {
      "@timestamp": time,
      process: {
        command_line: `${SCRIPTLET} ${pid}`,
        executable: "C:\\Windows\\System32\\regsvr32.exe",
        entity_id: `{${pid}}`,
        pid,
      },
    });
  const times = async (lines: readonly string[]): Promise<(string | undefined)[]> => {
    const { out } = await whatran(["scan", dir.put("times.ndjson", `${lines.join("\n")}\n`)]);
    return findingsOf(out).map(({ time }) => time);
  };

  it("clocks that are wrong by centuries, times that are none, and no time at all", async () => {
    const found = await times([
      at("1601-01-01T00:00:00.000Z", 1),
      at("9999-12-31T23:59:59.999Z", 2),
      at("yesterday", 3),
      at(undefined, 4),
      at("2024-02-30T25:61:00Z", 5),
      at("2024-05-02T09:14:55.120Z", 6),
    ]);
    expect(found).toHaveLength(6);
    expect(found).toContain("2024-05-02T09:14:55.120Z");
    expect(found.filter((time) => time === undefined).length).toBeGreaterThanOrEqual(2);
  });

  it("counts and says clocks that cannot be right, with any number of threads", async () => {
    const clocks = [Date.UTC(1990, 1, 1), EVENT.time, Date.UTC(2150, 1, 1)];
    const log = dir.put("clock.evtx", encodeEvtx(clocks.map((time) => ({ ...EVENT, time }))));
    for (const threads of ["1", "2"]) {
      const { summary } = await dir.scan([log, "--threads", threads]);
      expect(summary).toMatchObject({ misdated: 2, events: { processCreation: 4 } });
    }
    const said = "2 events with a time before 2000 or in the future";
    const table = await whatran(["scan", log, "--format", "table"]);
    expect([table.out.replace(/\s+/g, " "), table.err]).toEqual([expect.stringContaining(said), ""]);
    expect((await whatran(["scan", log])).err).toContain(`whatran: ${said}`);
    expect((await whatran(["scan", log, "--quiet"])).err).toBe("");
  });

  it("records twice, and records out of order, give the findings that each gives once in order", async () => {
    const lines = [1, 2, 3].map((pid) => at(`2024-05-02T09:14:5${pid}.000Z`, pid));
    const once = await times(lines);
    expect(once).toHaveLength(3);
    expect(await times([...lines, ...lines])).toEqual(once);
    expect(await times([...lines].reverse())).toEqual(once);
  });
});
