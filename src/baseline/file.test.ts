import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { folder } from "../../test/support/logs.ts";
import { differences } from "./diff.ts";
import { BaselineFile } from "./file.ts";
import { Learner } from "./learner.ts";
import { mergeBaselines } from "./merge.ts";
import { pruneBaseline } from "./prune.ts";

let dir = folder();
beforeEach(() => {
  dir = folder();
});
afterEach(() => dir.remove());

const DAY = 86_400_000;
type Seen = readonly [key: string, host: string, day: number];

/** A baseline of one log in which keys were seen on hosts. */
function baseline(name: string, seen: readonly Seen[], shard = name): BaselineFile {
  const learner = new Learner();
  for (const [key, host, day] of seen) {
    learner.witness({ shard, host, time: day * DAY });
    learner.learn([key], { shard, host, time: day * DAY });
  }
  const path = join(dir.path, name);
  learner.finish(path, "test");
  return new BaselineFile(path);
}
const rows = (file: BaselineFile) => [...file.entries()].map(({ key, count }) => [key, count.encode().toString("hex")]);

describe("a baseline file", () => {
  it("gives back every key, alone and by prefix", () => {
    const keys = Array.from({ length: 1000 }, (_, i) => `k${String(i).padStart(4, "0")}`);
    const file = baseline(
      "a",
      keys.map((key) => [key, "h", 20_000]),
    );
    expect(file.verify().entries).toBe(1000);
    for (const key of keys) expect(file.get(key)?.total).toBe(1);
    expect(file.get("k")).toBeUndefined();
    expect([...file.entries("k012")].map(({ key }) => key)).toEqual(keys.slice(120, 130));
    file.close();
  });

  it("is sound without a single key", () => {
    const none = baseline("none", []);
    expect(none.verify()).toEqual({ entries: 0 });
    expect(mergeBaselines([none], join(dir.path, "merged"), "test")).toBe(0);
    expect(new BaselineFile(join(dir.path, "merged")).verify()).toEqual({ entries: 0 });
  });

  it("is the same, whatever the order of merging", () => {
    const seen = fc.array(
      fc.tuple(
        fc.constantFrom("a", "b", "c", "d"),
        fc.constantFrom("h1", "h2", "h3"),
        fc.integer({ min: 20_000, max: 20_020 }),
      ),
      { minLength: 1, maxLength: 30 },
    );
    let run = 0;
    fc.assert(
      fc.property(seen, seen, seen, (x, y, z) => {
        run++;
        const files = [x, y, z].map((list, i) => baseline(`${run}-${i}`, list, `log${i}`));
        const [a, b, c] = files as [BaselineFile, BaselineFile, BaselineFile];
        const merge = (name: string, ...list: BaselineFile[]) => {
          mergeBaselines(list, join(dir.path, `${run}-${name}`), "test");
          return new BaselineFile(join(dir.path, `${run}-${name}`));
        };
        const ab = merge("ab", a, b);
        const one = merge("one", ab, c);
        const two = merge("two", c, merge("ba", b, a), a);
        expect(rows(two)).toEqual(rows(one));
        expect(two.header).toEqual(one.header);
      }),
      { numRuns: 15 },
    );
  });

  it("stays as it was when a newer one cannot be written, and leaves nothing behind", () => {
    const before = baseline("a", [["x", "h", 20_000]]);
    const bytes = readFileSync(before.path);
    const broken = {
      *entries() {
        yield* before.entries();
        throw new Error("the disk is full");
      },
      check() {},
      header: before.header,
    };
    expect(() => mergeBaselines([broken as unknown as BaselineFile], before.path, "test")).toThrow("the disk is full");
    expect(readFileSync(before.path)).toEqual(bytes);
    expect(readdirSync(dir.path)).toEqual(["a"]);
  });

  it("makes nothing of a damaged one", () => {
    const file = baseline(
      "a",
      Array.from({ length: 50 }, (_, i) => [`key-${i}`, "h", 20_000 + i] as const),
    );
    const bytes = readFileSync(file.path);
    const at = bytes.indexOf("key-7");
    bytes[at + 4] = "x".charCodeAt(0);
    const path = join(dir.path, "b");
    writeFileSync(path, bytes);
    const broken = new BaselineFile(path);
    expect(() => mergeBaselines([file, broken], join(dir.path, "c"), "test")).toThrow(/checksum/);
    expect(() => pruneBaseline(broken, path, { days: 10 })).toThrow(/checksum/);
    expect(() => [...broken.entries()]).toThrow(/out of order/);
    expect(readFileSync(path)).toEqual(bytes);
    broken.close();
  });

  it("names what is wrong with a damaged one, wherever it is cut or changed", () => {
    const file = baseline(
      "a",
      Array.from({ length: 200 }, (_, i) => [`key-${i}`, `h${i % 7}`, 20_000 + i] as const),
    );
    const whole = readFileSync(file.path);
    const path = join(dir.path, "b");
    const read = (bytes: Buffer) => {
      writeFileSync(path, bytes);
      const opened = new BaselineFile(path);
      try {
        return opened.verify();
      } finally {
        opened.close();
      }
    };
    for (let length = 0; length < whole.length; length += 97)
      expect(() => read(whole.subarray(0, length)), `cut at ${length}`).toThrow(
        /damaged|cut short|begin as a baseline/,
      );
    for (let at = 0; at < whole.length - 8; at += 101) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] as number) ^ 0x5a;
      expect(() => read(bytes), `changed at ${at}`).toThrow();
    }
    writeFileSync(path, '{"schema":"whatran/baseline/9"}\n');
    expect(() => new BaselineFile(path)).toThrow("whatran/baseline/9");
  });

  it("loses what is old or rare only when it is pruned", () => {
    const file = baseline("a", [
      ["old", "h1", 20_000],
      ["rare", "h1", 20_100],
      ["common", "h1", 20_100],
      ["common", "h2", 20_100],
    ]);
    const left = (limits: Parameters<typeof pruneBaseline>[2]) => {
      pruneBaseline(file, join(dir.path, "p"), limits);
      return [...new BaselineFile(join(dir.path, "p")).entries()].map(({ key }) => key);
    };
    expect(left({ days: 30 })).toEqual(["common", "rare"]);
    expect(left({ keys: 1 })).toEqual(["common"]);
    expect(left({ keys: 9 })).toEqual(["common", "old", "rare"]);
  });

  it("tells two of them apart", () => {
    const before = baseline("a", [
      ["x", "h1", 20_000],
      ["y", "h1", 20_000],
    ]);
    const after = baseline("b", [
      ["y", "h1", 20_000],
      ["z", "h2", 20_000],
    ]);
    expect([...differences(before, after)]).toEqual([
      { key: "x", before: 1, after: 0 },
      { key: "z", before: 0, after: 1 },
    ]);
  });
});
