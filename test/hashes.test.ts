import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { whatran } from "./support/io.ts";
import { folder, processStart } from "./support/logs.ts";

const dir = folder();
afterAll(() => dir.remove());

type Start = { readonly platform: "linux" | "windows"; readonly image: string; readonly args: readonly string[] };

/** A start on a day, with the hash of its file. */
const start = (day: number, hash: string, { platform, image, args }: Start) =>
  processStart(args.join(" "), {
    "@timestamp": new Date(Date.UTC(2024, 3, day, 9)).toISOString(),
    host: { name: `h${day}`, os: { type: platform } },
    process: { executable: image, args, command_line: args.join(" "), entity_id: `e${day}`, hash: { sha256: hash } },
  });

let cases = 0;

/** Learns one start, and scans another of a file with the same hash, or with another one. */
async function known(learnt: Start, scanned: Start, same = true) {
  const name = `case-${++cases}`;
  const hash = "a1".repeat(32);
  const log = dir.write(`${name}-learn.ndjson`, `${start(1, hash, learnt)}\n`);
  const baseline = join(dir.path, `${name}.baseline`);
  expect((await whatran(["learn", log, "--baseline", baseline])).code).toBe(0);
  const today = dir.write(`${name}-scan.ndjson`, `${start(9, same ? hash : "b2".repeat(32), scanned)}\n`);
  const { out } = await whatran(["scan", today, "-m", "informational", "--baseline", baseline, "--format", "ndjson"]);
  return out === "" ? undefined : JSON.parse(out.split("\n")[0] ?? "").binary;
}

const CURL: Start = { platform: "linux", image: "/usr/bin/curl", args: ["curl", "-s", "https://h.example/a"] };
const LOOSE: Start = { platform: "linux", image: "/tmp/.k", args: ["/tmp/.k", "-s", "https://h.example/a"] };
const BITS: Start = {
  platform: "windows",
  image: "C:\\Windows\\System32\\bitsadmin.exe",
  args: ["bitsadmin.exe", "/list"],
};
const RENAMED: Start = {
  platform: "windows",
  image: "C:\\ProgramData\\svc.exe",
  args: ["svc.exe", "/transfer", "j", "https://h.example/a", "C:\\ProgramData\\a"],
};

describe("a hash that was learnt", () => {
  it("tells who runs under another name", async () => {
    expect(await known(CURL, LOOSE)).toMatchObject({ name: "curl", by: "hash", renamed: true });
    expect(await known(BITS, RENAMED)).toMatchObject({ name: "bitsadmin.exe", by: "hash", renamed: true });
  });
  it("tells who runs under the name of another program", async () => {
    const python: Start = { ...LOOSE, image: "/tmp/python3" };
    expect(await known(CURL, python)).toMatchObject({ name: "curl", by: "hash", renamed: true });
  });
  it("tells nothing of other files, nor where it was learnt from a place that anybody may write to", async () => {
    expect(await known(CURL, LOOSE, false)).toBeUndefined();
    expect(await known({ ...CURL, image: "/home/k/bin/curl" }, LOOSE)).toBeUndefined();
  });
  it("leaves a file its own name where it has one", async () => {
    expect(await known(CURL, { ...CURL, image: "/usr/bin/curl" })).toMatchObject({ by: "image", renamed: false });
  });
});
