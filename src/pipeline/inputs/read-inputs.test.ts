import { createHash } from "node:crypto";
import {
  appendFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sampleTar, sampleZip } from "../../../test/support/archives.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { LogRecord } from "../../model/record.ts";
import type { InputOptions, InputSummary } from "./options.ts";
import { readInputs } from "./read-inputs.ts";

const LINE = '{"EventID":1,"Channel":"Microsoft-Windows-Sysmon/Operational"}\n';

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "whatran-inputs-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Reads paths below the test's folder, and tells everything with that folder left out. */
async function read(paths: string[], options: InputOptions = {}, onRecord?: (record: LogRecord) => void) {
  const records: string[] = [];
  const diagnostics: Diagnostic[] = [];
  const inputs: InputSummary[] = [];
  const short = (file: string): string => file.replace(`${dir}/`, "");
  await readInputs(
    paths.map((path) => (path === "-" ? path : join(dir, path))),
    options,
    (record) => {
      records.push(`${short(record.file)}#${record.index}`);
      onRecord?.(record);
    },
    (diagnostic) => diagnostics.push({ ...diagnostic, file: short(diagnostic.file) }),
    (input) => inputs.push({ ...input, file: short(input.file) }),
  );
  return { records, inputs, codes: diagnostics.map((diagnostic) => `${diagnostic.code} ${diagnostic.file}`) };
}

function write(name: string, text: string): void {
  writeFileSync(join(dir, name), text);
}

describe("readInputs", () => {
  it("reads folders in the order of names, and skips what no format knows without a word", async () => {
    mkdirSync(join(dir, "b"));
    write("b/2.json", LINE + LINE);
    write("a.json", LINE);
    write("c.txt", "plain words");
    const { records, inputs, codes } = await read(["."]);
    expect(records).toEqual(["a.json#0", "b/2.json#0", "b/2.json#1"]);
    expect(codes).toEqual([]);
    expect(inputs).toEqual([
      { file: "a.json", bytes: 63, records: 1, damaged: 0, skipped: false, format: "json" },
      { file: "b/2.json", bytes: 126, records: 2, damaged: 0, skipped: false, format: "json" },
      { file: "c.txt", bytes: 11, records: 0, damaged: 0, skipped: true, reason: "unknown format" },
    ]);
  });

  it("says what is wrong with paths that are named", async () => {
    write("empty", "");
    write("words", "plain words");
    const { codes, inputs } = await read(["gone", "empty", "words"]);
    expect(codes).toEqual(["input/missing gone", "input/empty empty", "input/unknown-format words"]);
    expect(inputs.map((input) => [input.file, input.skipped])).toEqual([
      ["gone", true],
      ["empty", true],
      ["words", true],
    ]);
  });

  it("puts the files of a folder in the place of a pattern that no shell has seen to", async () => {
    mkdirSync(join(dir, "b"));
    for (const name of ["b/1.LOG", "b/2.log", "b/3.json"]) write(name, LINE);
    write("b/[x]?", LINE);
    const { records, codes } = await read(["b/*.log", "b/[x]?", "b/*.evtx", "none/*"]);
    expect(records).toEqual(["b/1.LOG#0", "b/2.log#0", "b/[x]?#0"]);
    expect(codes).toEqual(["input/missing b/*.evtx", "input/missing none/*"]);
  });

  it("reads a file once, however it is reached, and no folder in a circle", async () => {
    mkdirSync(join(dir, "d"));
    write("d/x.json", LINE);
    linkSync(join(dir, "d/x.json"), join(dir, "d/y.json"));
    symlinkSync("..", join(dir, "d/up"));
    symlinkSync("nowhere", join(dir, "d/broken"));
    const { records, codes } = await read(["d/x.json", "d"]);
    expect(records).toEqual(["d/x.json#0"]);
    expect(codes).toContain("input/missing d/broken");
    expect(codes).toContain("input/duplicate d/x.json");
    expect(codes).toContain("input/duplicate d/y.json");
    expect(codes).toContain("input/cycle d/up/d");
  });

  it("adds the hash of the whole file, read or skipped", async () => {
    write("x.json", LINE);
    write("y", "words");
    const { inputs } = await read(["x.json", "y"], { hash: true });
    const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
    expect(inputs.map((input) => input.sha256)).toEqual([sha256(LINE), sha256("words")]);
  });

  it("reads standard input once", async () => {
    async function* stdin() {
      yield Buffer.from(LINE.slice(0, 10));
      yield Buffer.from(LINE.slice(10));
    }
    const { records, codes } = await read(["-", "-"], { stdin: stdin() });
    expect(records).toEqual(["-#0"]);
    expect(codes).toEqual(["input/duplicate -"]);
  });

  it("counts records that nobody wants", async () => {
    write("x.json", LINE + LINE);
    const { records, inputs } = await read(["x.json"], { wants: () => false });
    expect([records.length, inputs[0]!.records]).toEqual([0, 2]);
  });

  it("reads large files with the same memory, and records that are kept still say what they said", async () => {
    const image = (i: number) => `C:\\\\${"a".repeat(i % 90)}\\\\${i}.exe`;
    const line = (i: number) => `${LINE.slice(0, -2)},"Image":"${image(i)}"}\n`;
    write("x.json", Array.from({ length: 40_000 }, (_, i) => line(i)).join(""));
    const kept: LogRecord[] = [];
    await read(["x.json"], { hash: true }, (record) => kept.push(record));
    const wrong = kept.filter((record, i) => record.get("Image") !== JSON.parse(`"${image(i)}"`));
    expect([kept.length, wrong]).toEqual([40_000, []]);
  });

  it("reads up to the size at the start of a file that grows, and survives one that shrinks", async () => {
    write("grows.json", LINE.repeat(30_000));
    write("shrinks.json", LINE.repeat(60_000));
    const { inputs, codes } = await read(["grows.json", "shrinks.json"], {}, (record) => {
      if (record.index > 0) return;
      if (record.file.endsWith("grows.json")) appendFileSync(record.file, LINE);
      else truncateSync(record.file, 10);
    });
    expect(inputs[0]!.records).toBe(30_000);
    expect(inputs[1]!.records).toBeGreaterThan(0);
    expect(codes).toContain("input/changed grows.json");
    expect(codes).toContain("input/changed shrinks.json");
  });

  it("survives a file that vanishes midway", async () => {
    write("x.json", LINE.repeat(40_000));
    const { inputs } = await read(["x.json", "y.json"], {}, () => rmSync(join(dir, "x.json"), { force: true }));
    expect(inputs[0]!.records).toBe(40_000);
    expect(inputs[1]!.skipped).toBe(true);
  });

  it("stops at an abort, and says so", async () => {
    write("x.json", LINE.repeat(60_000));
    write("y.json", LINE);
    const controller = new AbortController();
    const { inputs } = await read(["x.json", "y.json"], { signal: controller.signal }, () => controller.abort());
    expect(inputs.map((input) => [input.file, input.reason])).toEqual([["x.json", "aborted"]]);
    expect(inputs[0]!.records).toBeLessThan(60_000);
  });

  it("lets an error of a callback out", async () => {
    write("x.json", LINE);
    const failing = read(["x.json"], {}, () => {
      throw new Error("from the caller");
    });
    await expect(failing).rejects.toThrow("from the caller");
  });

  it("stops at an abort while a pipe is silent", async () => {
    const controller = new AbortController();
    const holder = (async function* () {
      await new Promise((resolve) => setTimeout(resolve, 60_000).unref());
      yield Buffer.from(LINE);
    })();
    setTimeout(() => controller.abort(), 30);
    const { inputs } = await read(["-"], { signal: controller.signal, stdin: holder });
    expect(inputs[0]!.reason).toBe("aborted");
  });
});

describe("archives", () => {
  it("reads members of archives in archives, and names them once for each", async () => {
    const inner = gzipSync(sampleTar({ "logs/x.json": LINE, "notes.txt": "plain words" }));
    writeFileSync(
      join(dir, "outer.zip"),
      sampleZip([
        { name: "inner.tgz", content: inner },
        { name: "y.json", content: LINE },
      ]),
    );
    const { records, inputs, codes } = await read(["outer.zip"]);
    expect(records).toEqual(["outer.zip!inner.tgz!logs/x.json#0", "outer.zip!y.json#0"]);
    expect(codes).toEqual([]);
    expect(inputs.map(({ file, records, skipped, format }) => [file, records, skipped, format])).toEqual([
      ["outer.zip!inner.tgz!logs/x.json", 1, false, "json"],
      ["outer.zip!inner.tgz!notes.txt", 0, true, undefined],
      ["outer.zip!inner.tgz", 0, false, "tar"],
      ["outer.zip!y.json", 1, false, "json"],
      ["outer.zip", 0, false, "zip"],
    ]);
  });

  it("adds nothing to the name of a compressed file, and hashes it as it lies on disk", async () => {
    const bytes = gzipSync(LINE);
    writeFileSync(join(dir, "x.json.gz"), bytes);
    const { records, inputs } = await read(["x.json.gz"], { hash: true });
    expect(records).toEqual(["x.json.gz#0"]);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    expect(inputs).toEqual([
      { file: "x.json.gz", bytes: bytes.length, records: 1, damaged: 0, skipped: false, format: "json", sha256 },
    ]);
  });

  it("reads what stands before the damage", async () => {
    const lines = Array.from(
      { length: 5000 },
      (_, at) => `{"EventID":1,"Channel":"x","n":"${(at * 7919) % 65_521}"}\n`,
    ).join("");
    const bytes = gzipSync(lines);
    writeFileSync(join(dir, "cut.gz"), bytes.subarray(0, bytes.length >> 1));
    const { inputs, codes } = await read(["cut.gz"]);
    expect(inputs[0]!.records).toBeGreaterThan(1000);
    expect(codes).toContain("container/damaged cut.gz");
  });

  it("opens four layers and no more", async () => {
    let bytes = Buffer.from(LINE);
    for (let layer = 0; layer < 4; layer += 1) bytes = gzipSync(bytes);
    writeFileSync(join(dir, "four"), bytes);
    writeFileSync(join(dir, "five"), gzipSync(bytes));
    const { records, codes } = await read(["four", "five"]);
    expect([records, codes]).toEqual([["four#0"], ["container/too-deep five"]]);
  });

  it("stops at a bomb in layers, of which none is suspicious by itself", async () => {
    const spaces = gzipSync(Buffer.alloc(20 * 1024 * 1024, " "));
    writeFileSync(join(dir, "bomb"), gzipSync(Buffer.concat([gzipSync(LINE), spaces, spaces, spaces, spaces])));
    const { records, codes } = await read(["bomb"]);
    expect(records).toEqual(["bomb#0"]);
    expect(codes).toContain("container/limit bomb");
  });

  it("says that nothing in a named archive is known, and which compressions are not read", async () => {
    writeFileSync(join(dir, "words.tar"), sampleTar({ a: "plain words" }));
    writeFileSync(join(dir, "x.xz"), Buffer.from("fd377a585a00000000", "hex"));
    const { codes } = await read(["words.tar", "x.xz"]);
    expect(codes).toEqual(["input/unknown-format words.tar", "container/unsupported x.xz"]);
  });

  it("stops at an abort inside an archive", async () => {
    writeFileSync(join(dir, "x.tgz"), gzipSync(sampleTar({ a: LINE.repeat(50_000), b: LINE })));
    const controller = new AbortController();
    const { inputs } = await read(["x.tgz"], { signal: controller.signal }, () => controller.abort());
    expect(inputs.map((input) => [input.file, input.reason])).toEqual([
      ["x.tgz!a", "aborted"],
      ["x.tgz", "aborted"],
    ]);
  });
});
