import { describe, expect, it } from "vitest";
import { encodeHive, type HiveKey, wide } from "../../../test/support/hive.ts";
import { createUnderstander } from "../../events/registry.ts";
import type { Event } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import { registryHive } from "./registry-hive.ts";

function read(file: string, bytes: Buffer, step = 65_536) {
  const records: LogRecord[] = [];
  const said: string[] = [];
  const reader = registryHive.open(
    { file },
    { record: (one) => records.push(one), diagnostic: ({ message }) => said.push(message) },
  );
  for (let at = 0; at < bytes.length; at += step) reader.push(bytes.subarray(at, at + step));
  reader.end();
  return { records, said, paths: records.map((one) => [one.get("path"), one.get("value")]) };
}

/** A key with the keys of a path above it. */
function below(path: string, last: Omit<HiveKey, "name">): HiveKey {
  const [name = "", ...rest] = path.split("\\");
  return rest.length === 0 ? { name, ...last } : { name, keys: [below(rest.join("\\"), last)] };
}

const RUN: HiveKey = {
  name: "ROOT",
  keys: [
    below("Software\\Microsoft\\Windows\\CurrentVersion\\Run", {
      values: [
        ["up", 1, wide("rundll32 C:\\Users\\Public\\a.dll,Go")],
        ["Ü", 2, wide("%windir%\\x.exe")],
        ["n", 4, Buffer.from([1, 0, 0, 0])],
        ["", 1, wide("y")],
      ],
    }),
    { name: "Шум", values: [["a", 7, wide("b\0c\0")]] },
  ],
};

describe("hives", () => {
  it.each(["lf", "lh", "li", "ri"] as const)("give their texts, with lists of kind %s", (list) => {
    const { paths, said } = read("C/Users/kim/NTUSER.DAT", encodeHive(RUN, list));
    const run = "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\";
    expect(paths.sort()).toEqual(
      [
        [`${run}up`, "rundll32 C:\\Users\\Public\\a.dll,Go"],
        [`${run}Ü`, "%windir%\\x.exe"],
        [`${run}(Default)`, "y"],
        ["HKCU\\Шум\\a", "b\nc"],
      ].sort(),
    );
    expect(said).toEqual([]);
  });

  it("are the autostart entries of a user", () => {
    const events: Event[] = [];
    for (const record of read("image.zip!Users/kim/NTUSER.DAT", encodeHive(RUN)).records)
      events.push(...createUnderstander().understand(record));
    expect(events).toMatchObject([
      { kind: "runKey", user: "kim", commandLine: "rundll32 C:\\Users\\Public\\a.dll,Go", name: "up" },
      { kind: "runKey", commandLine: "%windir%\\x.exe" },
      { kind: "runKey", commandLine: "y" },
    ]);
  });

  it("are mounted by their names", () => {
    const key = (file: string) => read(file, encodeHive({ name: "x", values: [["a", 1, wide("b")]] })).paths[0]![0];
    expect(key("Windows/System32/config/SYSTEM")).toBe("HKLM\\SYSTEM\\a");
    expect(key("a!config/SOFTWARE")).toBe("HKLM\\SOFTWARE\\a");
    expect(key("UsrClass.dat")).toBe("HKCU\\Software\\Classes\\a");
    expect(key("config\\other")).toBe("HKLM\\other\\a");
  });

  it("hold long texts in segments, which are read up to a limit", () => {
    const long = "x".repeat(20_000);
    const { paths } = read("a", encodeHive({ name: "r", values: [["a", 1, wide(long)]] }));
    expect(paths[0]![1]).toBe(long);
    const { said } = read("a", encodeHive({ name: "r", values: [["a", 1, wide("y".repeat(100_000))]] }), 4093);
    expect(said).toEqual(["1 values longer than 64 KiB were cut"]);
  });

  it("say that they were in use, are damaged or go round", () => {
    expect(read("a", encodeHive(RUN, "lh", 1)).said[0]).toMatch(/in use/);
    const round = encodeHive({ name: "r", keys: [{ name: "a" }, { name: "b" }] });
    // The second key of the list is the first again.
    const at = round.indexOf("lh");
    round.copy(round, at + 12, at + 4, at + 8);
    expect(read("a", round).said[0]).toMatch(/^1 keys or values/);
    expect(registryHive.sniff(encodeHive(RUN), "a")).toBe(1);
    const log = encodeHive(RUN);
    log.writeUInt32LE(6, 28);
    expect(registryHive.sniff(log, "a")).toBe(0);
    expect(read("a", log).said).toHaveLength(1);
  });

  it("that share their lists and data take no more than their size is worth", () => {
    const values = Array.from({ length: 2000 }, (_, at) => [`v${at}`, 1, wide("x".repeat(8000))] as const);
    const bytes = encodeHive({ name: "r", keys: Array.from({ length: 50 }, () => ({ name: "k", values: [] })) });
    const one = encodeHive({ name: "r", values, keys: [] });
    expect(read("a", one).records).toHaveLength(2000);
    // All values name the data of the first, and say that it is long.
    const shared = Buffer.from(one);
    for (let at = shared.indexOf("vk"); at >= 0; at = shared.indexOf("vk", at + 2))
      shared.writeUInt32LE(0x7000_0000, at + 4);
    const { said, records } = read("a", shared);
    expect(records.length).toBeLessThan(2000);
    expect(said[0]).toBe("the hive is larger or deeper than is read");
    expect(read("a", bytes).said).toEqual([]);
  });

  it("of any bytes end, and throw nothing", () => {
    const bytes = encodeHive(RUN);
    for (let at = 36; at < bytes.length; at += 3) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at]! + 0x83) & 0xff;
      read("a", changed);
      read("a", bytes.subarray(0, at));
    }
  });
});
