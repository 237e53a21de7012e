import { describe, expect, it } from "vitest";
import { builtinCatalog } from "../catalog/load.ts";
import { explain } from "../pipeline/explain.ts";

const sentence = (commandLine: string) =>
  explain({ commandLine, platform: "linux" }, builtinCatalog()).explanation.verdict.text;

describe("a payload without a folder", () => {
  it("depends on the working directory, or on the search path of the loader", () => {
    expect(sentence("sh a.sh")).toContain("the working directory decides what runs");
    expect(sentence("LD_PRELOAD=a.so ls")).toMatch(/so the search path decides what is loaded\.$/);
  });

  it("is how people of Linux call what they work with, but not what they hide, nor among temporary files", () => {
    const score = (commandLine: string, currentDirectory?: string) =>
      explain({ commandLine, platform: "linux", ...(currentDirectory && { cwd: currentDirectory }) }, builtinCatalog())
        .explanation.verdict;
    expect(score("tmux -f kiwi.conf").level).toBe("low");
    expect(score("tmux -f kiwi.conf", "/home/ana/kiwi").level).toBe("low");
    expect(score("tmux -f kiwi.conf", "/dev/shm").level).toBe("medium");
    expect(score("tmux -f .kiwi.conf").level).toBe("medium");
    expect(score("LD_PRELOAD=a.so ls").score).toBeGreaterThan(score("LD_PRELOAD=/opt/a.so ls").score);
  });

  it("is the library of Windows where the program's argument is known to be that", () => {
    const line = "rundll32 comsvcs.dll,MiniDump 624 C:\\kiwi\\a.bin full";
    const { text } = explain({ commandLine: line, platform: "windows" }, builtinCatalog()).explanation.verdict;
    expect(text).toContain("without a folder, as people do who type it: Windows has it in its own.");
  });

  it("is not said to where a variable may hold the folder", () => {
    expect(sentence("LD_PRELOAD=$LIB ls")).toContain("because LD_PRELOAD says so: $LIB.");
    expect(sentence("LD_PRELOAD=$LIB ls")).not.toContain("working directory");
  });

  it("is not looked for there where a package is named alone", () => {
    expect(sentence("pip install requests")).toContain("this package without saying where it comes from");
    expect(sentence("pip install requests")).not.toContain("working directory");
  });
});
