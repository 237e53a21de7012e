import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/cli/commands/index.ts";
import { VERSION } from "../../src/version.ts";
import { whatran } from "../support/io.ts";

const WIDTH = 100;

describe("help", () => {
  it("is what a bare whatran prints", async () => {
    const bare = await whatran([]);
    expect(bare).toEqual(await whatran(["--help"]));
    expect(bare.code).toBe(0);
    for (const { name, summary } of COMMANDS) expect(bare.out).toMatch(new RegExp(`${name} +${summary.slice(0, 20)}`));
  });

  it.each(COMMANDS.map(({ name }) => name))("%s explains itself, within a page's width", async (name) => {
    const { out, code } = await whatran([name, "--help"]);
    expect(code).toBe(0);
    expect(out).toContain(`Usage: whatran ${name}`);
    expect(out.split("\n").filter((line) => line.length > WIDTH)).toEqual([]);
    expect((await whatran(["help", name])).out).toBe(out);
  });

  it("prints the version", async () => expect((await whatran(["--version"])).out).toBe(`${VERSION}\n`));

  it.each([[["scna"]], [["scan", "--min-lvel", "high", "x"]]])("suggests what may be meant: %j", async (argv) => {
    const { code, err } = await whatran(argv);
    expect(code).toBe(2);
    expect(err).toMatch(/Did you mean (scan|--min-level)/);
  });

  it.each([[["help", "scna"]], [["scna", "--help"]], [["-h", "scna"]]])("has no help for %j", async (argv) => {
    const { code, err } = await whatran(argv);
    expect([code, err]).toEqual([2, expect.stringContaining("Did you mean scan?")]);
  });

  it("takes a flag before the command", async () =>
    expect(await whatran(["--help", "scan"])).toEqual(await whatran(["scan", "--help"])));

  it.each([
    [["scan", "x", "--min-level", "hihg"], "did you mean high?"],
    [["scan", "x", "-t", "htlm"], "did you mean html?"],
    [["scan", "x", "--input-format", "evxt"], "did you mean evtx?"],
    [["coverage", "x", "-t", "tabel"], "did you mean table?"],
    [["simulate", "x", "-P", "y", "-t", "jsno"], "did you mean json?"],
    [["harden", "x", "-o", "y", "--mode", "enfroce"], "did you mean enforce?"],
    [["catalog", "show", "rundl32"], "did you mean rundll32?"],
    [["catalog", "show", "/usr/bin/xagrs"], "did you mean xargs?"],
    [["catalog", "show", "T1218.011"], "whatran catalog list --technique T1218.011"],
    [["catalog", "list", "--platform", "widnows"], "did you mean windows?"],
    [["catalog", "list", "--category", "exceute"], "did you mean execute?"],
    [["baseline", "export", "x", "-t", "parqet"], "did you mean parquet?"],
    [["explain", "-t", "txet", "x"], "did you mean text?"],
  ])("%j is told %s", async (argv, told) => {
    const { code, err } = await whatran(argv);
    expect([code, err]).toEqual([2, expect.stringContaining(told)]);
  });
});

describe("flags of all commands", () => {
  const LEAVES = [
    ...COMMANDS.map(({ name }) => [name]).filter(([name = ""]) => !["catalog", "config", "baseline"].includes(name)),
    ...["list", "show", "chains"].map((name) => ["catalog", name]),
    ["config", "show"],
    ["baseline", "export"],
  ];
  const READERS = ["scan", "learn", "tune", "harden", "simulate", "coverage", "discover"];
  const flagsOf = async (words: readonly string[]) =>
    (await whatran([...words, "--help"])).out
      .match(/^ {2}(?:-\w, )?--[\w-]+(?: <[\w.=]+>)?/gm)
      ?.map((flag) => flag.trim());

  it("are spelt alike", async () => {
    const spellings = new Map<string, Set<string>>();
    for (const words of LEAVES)
      for (const flag of (await flagsOf(words)) ?? []) {
        const long = /--[\w-]+/.exec(flag)?.[0] ?? "";
        spellings.set(long, (spellings.get(long) ?? new Set()).add(flag.replace(/ <.*/, "")));
      }
    expect(spellings.size).toBeGreaterThan(30);
    expect([...spellings.values()].filter(({ size }) => size > 1)).toEqual([]);
    expect(spellings.has("--json")).toBe(false);
  });

  it.each(READERS)("%s reads logs as the others do", async (name) =>
    expect(await flagsOf([name])).toEqual(
      expect.arrayContaining([
        "--input-format <name>",
        "--mapping <file>",
        "--catalog <dir>",
        "-q, --quiet",
        "-K, --no-color",
      ]),
    ),
  );

  it.each([
    [["catalog", "list"], "json"],
    [["catalog", "show", "rundll32"], "json"],
    [["catalog", "chains", "DET0433"], "json"],
    [["config", "show"], "json"],
    [["formats"], "json"],
    [["formats", "package.json"], "ndjson"],
  ])("%j takes the older --json for %s", async (words, format) => {
    const { out, code } = await whatran([...words, "--json"]);
    expect(out).toContain("{");
    expect({ out, code }).toMatchObject(
      await whatran([...words, "-t", format]).then(({ out, code }) => ({ out, code })),
    );
  });

  it.each([
    [["explain", "rundll32 a.dll,b"], "table", "text"],
    [["explain", "rundll32 a.dll,b"], "jsonl", "ndjson"],
    [["catalog", "list"], "table", "text"],
    [["formats"], "text", "table"],
  ])("%j takes another command's word %s for %s", async (words, theirs, ours) => {
    const { out, code } = await whatran([...words, "-t", theirs]);
    expect(code).toBe(0);
    expect(out).toBe((await whatran([...words, "-t", ours])).out);
  });

  it("list what other programs read as a document or as lines", async () => {
    const items = JSON.parse((await whatran(["catalog", "list", "-t", "json"])).out);
    const lines = (await whatran(["catalog", "list", "-t", "ndjson"])).out.trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual(items);
  });
});

describe("catalog", () => {
  it("lists binaries, and those of a technique", async () => {
    const all = (await whatran(["catalog", "list"])).out;
    expect(all).toContain("windows/regsvr32");
    const some = (await whatran(["catalog", "list", "--technique", "t1218.010"])).out;
    expect(some).toContain("windows/regsvr32");
    expect(some).not.toContain("linux/find");
  });

  it.each(["regsvr32", "REGSVR32.EXE", "windows/regsvr32", "C:\\Windows\\System32\\regsvr32.exe"])(
    "shows %s",
    async (name) => {
      const { out } = await whatran(["catalog", "show", name]);
      for (const part of ["windows/regsvr32", "Arguments", "T1218.010", "https://"]) expect(out).toContain(part);
    },
  );

  it("says where a name is unknown", async () => expect((await whatran(["catalog", "show", "no-such"])).code).toBe(2));
});

describe("formats", () => {
  it("lists what is read", async () => expect((await whatran(["formats"])).out).toMatch(/^evtx +\S/m));
});
