import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { folder } from "../../test/support/logs.ts";
import { ByteWriter } from "./bytes.ts";
import { Count } from "./count.ts";
import { BaselineFile, type BaselineHeader } from "./file.ts";
import { Learner } from "./learner.ts";
import { mergeBaselines } from "./merge.ts";
import { writeBaseline } from "./write.ts";

const dir = folder();
afterAll(() => dir.remove());
const DAY = 86_400_000;

function honest(name: string, host = "h"): string {
  const learner = new Learner();
  const occasion = { shard: name, host, time: 20_000 * DAY };
  learner.witness(occasion);
  learner.learn(["binary\u001fwindows/rundll32"], occasion);
  const path = join(dir.path, name);
  learner.finish(path, "test");
  return path;
}

/** The bytes of a count, each number as it is given. */
function forged({
  first = 1,
  last = 2,
  day = 1,
  shards = [["log", 3]] as readonly (readonly [string, number])[],
}): Count {
  const out = new ByteWriter();
  for (const number of [first, last, 1, 1, 7, day, 0, shards.length]) out.varint(number);
  for (const [name, times] of shards) {
    out.block(Buffer.from(name));
    out.varint(times);
  }
  return { encode: () => out.take() } as unknown as Count;
}

function forge(name: string, count: Count, header: Partial<BaselineHeader> = {}): string {
  const path = join(dir.path, name);
  const whole: BaselineHeader = {
    schema: "whatran/baseline/1",
    tool: "test",
    first: 1,
    last: 2,
    fleet: new Count().encode().toString("base64"),
    ...header,
  };
  writeBaseline(path, whole, [{ key: "binary\u001fwindows/rundll32", count }]);
  return path;
}

describe("a hostile baseline", () => {
  const read = (path: string) => {
    const file = new BaselineFile(path);
    try {
      return [...file.entries()];
    } finally {
      file.close();
    }
  };

  it("is read where its numbers are honest", () => {
    expect(read(forge("fine", forged({})))[0]?.count.total).toBe(3);
  });

  it("is refused where counts, days or logs are absurd", () => {
    const wrong = {
      times: forged({ shards: [["log", 2 ** 50]] }),
      last: forged({ last: 10_000_000 }),
      first: forged({ first: 10_000_000, last: 3 }),
      hosts: forged({ day: 2 ** 40 }),
      name: forged({ shards: [["x".repeat(65), 1]] }),
    };
    for (const [name, count] of Object.entries(wrong))
      expect(() => read(forge(name, count)), name).toThrow(expect.objectContaining({ code: "baseline/damaged" }));
    for (const header of [
      { last: 1e12 },
      { first: -1 },
      { first: 1.5 },
      { fleet: forged({ last: 1e9 }).encode().toString("base64") },
    ])
      expect(() => read(forge("header", forged({}), header)), JSON.stringify(header)).toThrow(
        expect.objectContaining({ code: "baseline/damaged" }),
      );
  });

  it("spoils no merge: the target stays as it was", () => {
    const target = honest("target");
    const before = readFileSync(target);
    const files = [honest("good"), forge("bad", forged({ shards: [["log", 2 ** 50]] }))].map(
      (path) => new BaselineFile(path),
    );
    expect(() => mergeBaselines(files, target, "test")).toThrow(/bad/);
    for (const file of files) file.close();
    expect(readFileSync(target)).toEqual(before);
  });

  it("cannot outgrow numbers by merging: many honest counts come to a number", () => {
    const shards = Array.from({ length: 9000 }, (_, i) => [`log${i}`, 2 ** 40] as const);
    const total = read(forge("many", forged({ shards })))[0]?.count.total;
    expect(total).toBe(Number.MAX_SAFE_INTEGER);
  });

  it("is refused where it claims an index of more keys than memory should hold", () => {
    const bytes = Buffer.concat([readFileSync(honest("index"))]);
    // The index is said to begin at the header, so that blocks are read as its keys: no key is that long.
    bytes.writeBigUInt64LE(0n, bytes.length - 24);
    const path = join(dir.path, "index");
    writeFileSync(path, bytes);
    expect(() => new BaselineFile(path)).toThrow(expect.objectContaining({ code: "baseline/damaged" }));
  });
});

describe("a kill at any moment", () => {
  it("leaves the old baseline or the new one", async () => {
    const target = join(dir.path, "killed");
    const made = { old: join(dir.path, "old"), new: join(dir.path, "new") };
    const program = `
      import { Learner } from ${JSON.stringify(join(import.meta.dirname, "learner.ts"))};
      import { BaselineFile } from ${JSON.stringify(join(import.meta.dirname, "file.ts"))};
      import { mergeBaselines } from ${JSON.stringify(join(import.meta.dirname, "merge.ts"))};
      const made = ${JSON.stringify(made)};
      for (const [name, path] of Object.entries(made)) {
        const learner = new Learner();
        const occasion = { shard: name, host: name, time: 20000 * ${DAY} };
        for (let i = 0; i < 5000; i++) learner.learn([name + i], occasion);
        learner.witness(occasion);
        learner.finish(path, "test");
      }
      const files = Object.values(made).map((path) => new BaselineFile(path));
      for (let i = 0; ; i++) {
        mergeBaselines([files[i % 2]], ${JSON.stringify(target)}, "test");
        if (i === 1) console.log("ready");
      }`;
    const script = join(dir.path, "writer.mts");
    writeFileSync(script, program);
    for (const wait of [0, 3, 11, 29, 47]) {
      const child = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), script], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const ended = new Promise((resolve) => child.on("close", resolve));
      await new Promise((resolve) => child.stdout.once("data", resolve));
      await new Promise((resolve) => setTimeout(resolve, wait));
      child.kill("SIGKILL");
      await ended;
      const bytes = readFileSync(target);
      expect(crc32(bytes)).toBeOneOf(Object.values(made).map((path) => crc32(readFileSync(path))));
      const file = new BaselineFile(target);
      expect(file.verify().entries).toBe(5000);
      file.close();
    }
    mergeBaselines([], target, "test");
    expect(readdirSync(dir.path).filter((name) => name.endsWith(".part"))).toEqual([]);
  });
});

it.skipIf(!existsSync("/dev/full"))("leaves the old baseline where the disk is full (or skipped: no /dev/full)", () => {
  const path = honest("kept");
  const old = readFileSync(path);
  const part = `${path}.${process.pid}.part`;
  symlinkSync("/dev/full", part);
  expect(() => honest("kept")).toThrow(`${path} cannot be written: ENOSPC`);
  expect([readFileSync(path), existsSync(part)]).toEqual([old, false]);
});
