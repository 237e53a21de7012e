import { deflateRawSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sampleTar, sampleZip, tarMember } from "../../../test/support/archives.ts";
import { ByteSource } from "./byte-source.ts";
import { CONTAINER_LIMITS, ContainerGuard } from "./guard.ts";
import { containerOf } from "./open.ts";

/** zstd's own output for `one two three, …` and a newline. */
const ZSTD = Buffer.from("KLUv/SQstQAAgG9uZSB0d28gdGhyZWUsIAoBAMLMOvPYxys=", "base64");
const ZSTD_TEXT = "one two three, one two three, one two three\n";

async function* inBlocks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Members with their content, and what was told; `only` leaves the content of members unread. */
async function open(
  bytes: Uint8Array,
  size = 1000,
  options: { limits?: Partial<typeof CONTAINER_LIMITS>; unread?: boolean } = {},
) {
  const members: [string | undefined, string][] = [];
  const told: string[] = [];
  const guard = new ContainerGuard(() => bytes.length, { ...CONTAINER_LIMITS, ...options.limits });
  const container = containerOf(bytes);
  if (!container?.open) return { members, told, name: container?.name };
  const source = new ByteSource(inBlocks(bytes, size));
  for await (const member of container.open(source, guard, (code, message) => told.push(`${code}: ${message}`))) {
    const parts: Uint8Array[] = [];
    if (!options.unread) for await (const block of member.blocks) parts.push(Buffer.from(block));
    members.push([member.name, Buffer.concat(parts).toString()]);
  }
  if (guard.stopped !== undefined) told.push(`stopped: ${guard.stopped}`);
  return { members, told, name: container.name };
}

const SIZES = [1, 7, 100, 100_000];
const TEXT = "abc\n".repeat(5000);

describe("gzip", () => {
  it("reads members that follow one another as one content", async () => {
    const bytes = Buffer.concat([gzipSync("one\n"), gzipSync(TEXT), gzipSync("")]);
    for (const size of SIZES)
      expect(await open(bytes, size)).toEqual({ members: [[undefined, `one\n${TEXT}`]], told: [], name: "gzip" });
  });

  it("gives what stands before the damage, and says so", async () => {
    const noise = Buffer.from(Array.from({ length: 60_000 }, (_, at) => (at * 7919) % 251));
    const bytes = gzipSync(noise);
    const { members, told } = await open(bytes.subarray(0, bytes.length - 20));
    expect(members[0]![1].length).toBeGreaterThan(1000);
    expect(told).toEqual([expect.stringContaining("container/damaged: gzip")]);
  });

  it("gives all of a file behind which there is something else, and says so of what is not zeros", async () => {
    for (const size of SIZES) {
      const { members, told } = await open(Buffer.concat([gzipSync(TEXT), Buffer.from("garbage")]), size);
      expect(members).toEqual([[undefined, TEXT]]);
      expect(told).toEqual([expect.stringContaining("what stands behind it is no gzip")]);
      const padded = await open(Buffer.concat([gzipSync(TEXT), Buffer.alloc(1000)]), size);
      expect(padded).toMatchObject({ members: [[undefined, TEXT]], told: [] });
    }
  });

  it("passes over what a header may hold besides, and tells a wrong checksum", async () => {
    const plain = gzipSync(TEXT);
    const head = Buffer.from([0x1f, 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3, 3, 0, 1, 2, 3]);
    const named = Buffer.concat([head, Buffer.from("a.log\0why\0"), Buffer.alloc(2), plain.subarray(10)]);
    for (const size of SIZES) expect(await open(named, size)).toMatchObject({ members: [[undefined, TEXT]], told: [] });
    for (let end = 1; end < head.length + 12; end += 1)
      expect((await open(named.subarray(0, end))).told).toHaveLength(end < 3 ? 0 : 1);
    const wrong = Buffer.from(plain);
    wrong[wrong.length - 6]! ^= 1;
    const { members, told } = await open(wrong);
    expect(members).toEqual([[undefined, TEXT]]);
    expect(told).toEqual([expect.stringContaining("wrong checksum")]);
  });

  it("stops at a bomb", async () => {
    const { told } = await open(gzipSync(Buffer.alloc(80 * 1024 * 1024)), 1000, {});
    expect(told).toEqual(["stopped: more than 1000 times its size comes out of it"]);
  });

  it("stops at the size that an input may give", async () => {
    expect((await open(gzipSync(TEXT), 1000, { limits: { bytes: 10_000 } })).told[0]).toContain("stopped");
  });
});

describe("zstd", () => {
  it("reads frames, skippable ones passed over", async () => {
    const skippable = Buffer.from([0x51, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
    const bytes = Buffer.concat([ZSTD, skippable, ZSTD]);
    for (const size of SIZES) {
      expect(await open(bytes, size)).toEqual({
        members: [[undefined, ZSTD_TEXT + ZSTD_TEXT]],
        told: [],
        name: "zstd",
      });
    }
  });

  it("grants no window of 2 GiB", async () => {
    const bytes = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 21 << 3, 0, 0, 0, 0]);
    expect((await open(bytes)).told[0]).toContain("window");
  });

  it("says where it is damaged or cut", async () => {
    expect((await open(ZSTD.subarray(0, 20))).told[0]).toContain("ends inside");
    expect((await open(Buffer.concat([ZSTD, Buffer.from("xxxx")]))).told[0]).toContain("no frame");
  });
});

describe("tar", () => {
  it("reads files in order, in blocks of any size", async () => {
    const bytes = sampleTar({ "a.txt": "one", "d/b.txt": TEXT, empty: "" });
    for (const size of SIZES) {
      expect((await open(bytes, size)).members).toEqual([
        ["a.txt", "one"],
        ["d/b.txt", TEXT],
        ["empty", ""],
      ]);
    }
  });

  it("reads long names of GNU and pax, and passes over links", async () => {
    const long = `${"d/".repeat(80)}x`;
    const record = `path=${long}\n`;
    const pax = `${record.length + 4} ${record}`;
    const bytes = Buffer.concat([
      tarMember("././@LongLink", `${long}\0`, "L"),
      tarMember("cut", "1"),
      tarMember("pax", pax, "x"),
      tarMember("cut", "2"),
      tarMember("link", "", "2"),
      tarMember("last", "3"),
    ]);
    expect((await open(bytes)).members).toEqual([
      [long, "1"],
      [`${long}#2`, "2"],
      ["last", "3"],
    ]);
  });

  it("finds the next header after damage", async () => {
    const bytes = Buffer.concat([tarMember("a", "1"), Buffer.alloc(1024, 0x41), tarMember("b", "2")]);
    const { members, told } = await open(bytes);
    expect(members.map((member) => member[0])).toEqual(["a", "b"]);
    expect(told).toEqual(["container/damaged: tar: no header"]);
  });

  it("passes over what a consumer leaves", async () => {
    expect((await open(sampleTar({ a: TEXT, b: TEXT }), 100, { unread: true })).members.length).toBe(2);
  });

  it("stops at too many members", async () => {
    const { members, told } = await open(sampleTar({ a: "", b: "", c: "" }), 512, { limits: { members: 2 } });
    expect([members.length, told]).toEqual([2, ["stopped: more than 2 members"]]);
  });
});

describe("zip", () => {
  const members = [
    { name: "a.txt", content: "one" },
    { name: "stored", content: TEXT, stored: true },
    { name: "piped", content: TEXT, described: true },
    { name: "piped and stored", content: `PK\x07\x08${TEXT}`, described: true, stored: true },
    { name: "d\\b.txt", content: TEXT },
    { name: "empty", content: "", described: true },
  ];
  const expected = members.map(({ name, content }) => [name.replace("\\", "/"), content]);

  it("reads members of all kinds, in blocks of any size", async () => {
    for (const size of SIZES)
      expect(await open(sampleZip(members), size)).toEqual({ members: expected, told: [], name: "zip" });
  });

  it("passes over what a consumer leaves", async () => {
    const { members: names, told } = await open(sampleZip(members), 100, { unread: true });
    expect([names.map((member) => member[0]), told]).toEqual([expected.map((member) => member[0]), []]);
  });

  it("says what it cannot read, and reads the rest", async () => {
    const { members: read, told } = await open(
      sampleZip([
        { name: "secret", content: "x", encrypted: true },
        { name: "secret pipe", content: "y", encrypted: true, described: true },
        { name: "lzma", content: "x", method: 14 },
        { name: "wrong", content: "x", wrongCrc: true },
        { name: "last", content: "z" },
      ]),
    );
    expect(read.map((member) => member[0])).toEqual(["wrong", "last"]);
    expect(told).toEqual([
      "container/encrypted: secret is encrypted",
      "container/encrypted: secret pipe is encrypted",
      "container/unsupported: lzma is compressed by method 14",
      "container/damaged: wrong: wrong checksum",
    ]);
  });

  it("makes hostile names harmless, and tells members of one name apart", async () => {
    const name = "../\u001b[31m\u202ex";
    const { members: read } = await open(
      sampleZip([
        { name, content: "1" },
        { name, content: "2" },
      ]),
    );
    expect(read.map((member) => member[0])).toEqual(["../\ufffd[31m\ufffdx", "../\ufffd[31m\ufffdx#2"]);
  });

  it("goes on at the next header after damage", async () => {
    const bytes = Buffer.concat([
      sampleZip([{ name: "a", content: "1" }]),
      Buffer.from("noise"),
      sampleZip([{ name: "b", content: "2" }]),
    ]);
    const { members: read, told } = await open(bytes);
    expect(read.map((member) => member[0])).toEqual(["a", "b"]);
    expect(told).toEqual(["container/damaged: zip: no header where one should be"]);
  });

  it("gives the members before a cut, and says so", async () => {
    const bytes = sampleZip(members);
    const { members: read, told } = await open(bytes.subarray(0, 3000));
    expect(read[0]).toEqual(["a.txt", "one"]);
    expect(told).toEqual(["container/damaged: stored: the input ends inside it"]);
  });
});

describe("all", () => {
  it("knows kinds that it cannot read", () => {
    expect(containerOf(Buffer.from("fd377a585a000004", "hex"))).toEqual({ name: "xz" });
    expect(containerOf(Buffer.from("BZhello there"))).toBeUndefined();
    expect(containerOf(new Uint8Array(0))).toBeUndefined();
  });

  it("survives damage at any place", async () => {
    const tar = sampleTar({ "a.txt": TEXT, b: "two" });
    const samples = [
      gzipSync(TEXT),
      ZSTD,
      tar,
      sampleZip([
        { name: "a", content: TEXT },
        { name: "b", content: TEXT, described: true },
      ]),
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...samples),
        fc.nat(),
        fc.uint8Array({ minLength: 1, maxLength: 8 }),
        async (sample, place, noise) => {
          const bytes = Buffer.from(sample);
          const at = 8 + (place % (bytes.length - 8));
          bytes.set(noise.subarray(0, bytes.length - at), at);
          await open(bytes, 997);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("reads raw deflate data that end at the end of a block", async () => {
    const content = "x".repeat(300);
    const size = 30 + 1 + deflateRawSync(content).length;
    const { members } = await open(sampleZip([{ name: "a", content, described: true }]), size);
    expect(members).toEqual([["a", content]]);
  });
});
