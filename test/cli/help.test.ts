import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/cli/commands/index.ts";
import { VERSION } from "../../src/version.ts";
import { whatran } from "../support/io.ts";

const WIDTH = 120;

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
    [["explain", "-t", "txet", "x"], "did you mean text?"],
  ])("%j is told %s", async (argv, told) => {
    const { code, err } = await whatran(argv);
    expect([code, err]).toEqual([2, expect.stringContaining(told)]);
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
