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
});

describe("catalog", () => {
  it("lists binaries, and those of a technique", async () => {
    const all = (await whatran(["catalog", "list"])).out;
    expect(all).toContain("windows/regsvr32");
    const some = (await whatran(["catalog", "list", "--technique", "t1218.010"])).out;
    expect(some).toContain("windows/regsvr32");
    expect(some).not.toContain("linux/find");
  });

  it.each(["regsvr32", "REGSVR32.EXE", "windows/regsvr32"])("shows %s", async (name) => {
    const { out } = await whatran(["catalog", "show", name]);
    for (const part of ["windows/regsvr32", "Arguments", "T1218.010", "https://"]) expect(out).toContain(part);
  });

  it("says where a name is unknown", async () => expect((await whatran(["catalog", "show", "no-such"])).code).toBe(2));
});

describe("formats", () => {
  it("lists what is read", async () => expect((await whatran(["formats"])).out).toMatch(/^evtx +\S/m));
});
