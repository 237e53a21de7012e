import { describe, expect, it } from "vitest";
import { Files } from "./files.ts";

const linux = () => new Files("linux");

describe("the files of a text", () => {
  it("are the same with and without the folder in front", () => {
    const files = linux();
    files.folder = "/d";
    files.write("a", "x", false);
    expect(files.writtenTo("/d/a")).toBe("x\n");
    expect(files.writtenTo("./a")).toBe("x\n");
    files.folder = "/e";
    expect(files.writtenTo("a")).toBeUndefined();
  });
  it("keep their whole names in a folder that they are copied to", () => {
    const files = linux();
    files.write("/srv/a#b.sh", "x", false);
    files.copy("/srv/a#b.sh", "/d/");
    expect(files.writtenTo("/d/a#b.sh")).toBe("x\n");
  });
  it("are called as their address ends in a folder that they are fetched to", () => {
    const files = linux();
    files.make("/d/", "fetched", "https://files.example.net/k.sh?v=2#top");
    expect(files.origin("/d/k.sh", "fetched")).toBe("https://files.example.net/k.sh?v=2#top");
  });
  it("come from the share of which a folder is a copy", () => {
    const files = new Files("windows");
    files.make("C:\\kit", "fetched", "\\\\h.example\\s");
    files.make("C:\\kat\\", "fetched", "\\\\h.example\\s\\*");
    files.make("C:\\all\\", "fetched", "\\\\h.example\\s");
    files.make("C:\\one", "fetched", "\\\\h.example\\s\\a.exe");
    files.make("C:\\web", "fetched", "http://h.example/s");
    expect(files.origin("C:\\kit\\a.exe", "fetched")).toBe("\\\\h.example\\s\\a.exe");
    expect(files.origin("C:\\kat\\a.exe", "fetched")).toBe("\\\\h.example\\s\\a.exe");
    expect(files.origin("C:\\all\\a.exe", "fetched")).toBe("\\\\h.example\\s\\a.exe");
    expect(files.origin("c:\\KIT\\b.exe", "fetched")).toBe("\\\\h.example\\s\\b.exe");
    expect(files.origin("C:\\one\\a.exe", "fetched")).toBe("\\\\h.example\\s\\a.exe");
    for (const other of ["C:\\one\\b.exe", "C:\\web\\a.exe", "C:\\kit\\deeper\\a.exe", "C:\\a.exe", "a.exe"])
      expect(files.origin(other, "fetched"), other).toBeUndefined();
  });
  it("may come out of an archive where users write, on Windows", () => {
    for (const [platform, expected] of [
      ["windows", "a.zip"],
      ["linux", undefined],
    ] as const) {
      const files = new Files(platform);
      files.unpack("a.zip");
      expect(files.opened("C:\\Users\\Public\\a.exe")).toBe(expected);
      for (const other of ["C:\\Program Files\\a\\a.exe", "a.exe"]) expect(files.opened(other), other).toBeUndefined();
    }
  });
  it("are written anew or behind what they hold", () => {
    const files = linux();
    files.write("a", "x", false);
    files.write("a", "y", true);
    expect(files.writtenTo("a")).toBe("x\ny\n");
    files.write("a", "z", false);
    expect(files.writtenTo("a")).toBe("z\n");
  });
  it("go on with what is written next where no line has ended", () => {
    const files = linux();
    files.write("a", "x", false, false);
    files.write("a", "y", true, false);
    files.write("a", "z", true);
    files.write("a", "q", true);
    expect(files.writtenTo("a")).toBe("xyz\nq\n");
  });
  it("keep what they hold and where it comes from when they are copied", () => {
    const files = linux();
    files.write("/d/a", "x", false);
    files.make("/d/b", "fetched", "http://h.example/b");
    files.copy("/d/a", "/e/");
    files.copy("/d/b", "/e/c");
    expect(files.writtenTo("/e/a")).toBe("x\n");
    expect(files.origin("/e/c", "fetched")).toBe("http://h.example/b");
    expect(files.copied("/e/c")).toBe("/d/b");
    files.copy("/bin/sh", "/e/a");
    expect(files.writtenTo("/e/a")).toBeUndefined();
  });
  it("come from the machine that is named, whoever else may bring them", () => {
    const files = linux();
    files.make("a", "fetched", "http://h.example/a");
    files.make("a", "fetched", "a");
    expect(files.origin("a", "fetched")).toBe("http://h.example/a");
    files.make("a", "fetched", "http://g.example/a");
    expect(files.origin("a", "fetched")).toBe("http://g.example/a");
  });
  it("are made in the folder that the text works in then", () => {
    const files = linux();
    files.make("a", "fetched", "http://h.example/a");
    files.folder = "/d";
    files.make("b", "fetched", "http://h.example/b");
    files.folder = "/e";
    expect(files.hasMade).toBe(true);
    expect(files.origin("/d/b", "fetched")).toBe("http://h.example/b");
    expect([files.origin("a", "fetched"), files.origin("b", "fetched")]).toEqual([undefined, undefined]);
    files.folder = undefined;
    expect(files.origin("a", "fetched")).toBe("http://h.example/a");
  });
  it("are found in a folder by what is looked for there", () => {
    const files = linux();
    files.write("/d/bin/a", "x", false);
    files.write("/d/lib/b", "y", false);
    files.write("c", "z", false);
    files.copy("/bin/sh", "/d/bin/e");
    expect(files.within("/d/", ["bin/*"]).map(({ file, from }) => from ?? file)).toEqual(["/d/bin/a", "/bin/sh"]);
    expect(files.within(".", ["*"]).map(({ file }) => file)).toEqual(["c"]);
    expect(files.within("/dx", ["*"])).toEqual([]);
  });
  it.each([
    ["notes.txt", "a.exe", "notes.txt"],
    ["part", "a.pif", "part"],
    ["a.exe", "b.exe", undefined],
    ["a.exe.new", "a.exe", undefined],
    ["setup.ex_", "setup.exe", undefined],
    ["part", "a.txt", undefined],
  ])("are disguised where Windows would not have taken %s for a program but takes %s", (from, to, original) => {
    const windows = new Files("windows");
    windows.copy(from, to);
    expect(windows.disguised(to)).toBe(original);
    const other = linux();
    other.copy(from, to);
    expect(other.disguised(to)).toBeUndefined();
  });
  it("are programs where programs are looked for", () => {
    const files = linux();
    files.write("/usr/local/bin/a", "x", false);
    files.write("/d/b", "x", false);
    expect([files.program("a"), files.program("b")]).toEqual(["/usr/local/bin/a", undefined]);
  });
});

describe("what is joined to a name of the machine", () => {
  it("comes from the machine that it lies on", () => {
    const files = new Files("windows");
    files.noteDrive("net", ["use", "Z:", "//h.example@ssl/share"]);
    files.noteDrive("subst", ["X:", "\\\\198.51.100.7\\s"]);
    files.noteDrive("subst", ["Y:", "C:\\src"]);
    expect(files.origin("z:\\a.exe", "fetched")).toBe("//h.example@ssl/share\\a.exe");
    expect(files.origin("X:\\b\\a.exe", "fetched")).toBe("\\\\198.51.100.7\\s\\b\\a.exe");
    expect(files.origin("Y:\\a.exe", "fetched")).toBeUndefined();
  });
});
