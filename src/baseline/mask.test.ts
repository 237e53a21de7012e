import { describe, expect, it } from "vitest";
import { domainOf, mask, maskPath } from "./mask.ts";

describe("mask", () => {
  it.each([
    ["C:\\Windows\\System32\\printui.dll", "c:\\windows\\system32\\printui.dll"],
    ["C:\\Windows\\SysWOW64\\x.dll", "c:\\windows\\syswow64\\x.dll"],
    ["C:\\Users\\ada.l\\AppData\\a.dll", "c:\\users\\<user>\\appdata\\a.dll"],
    ["/home/ada/.local/bin/x", "/home/<user>/.local/bin/x"],
    ["/i {1B2C3D4E-0000-4111-8222-333344445555}", "/i <guid>"],
    ["S-1-5-21-1-2-3-500", "<sid>"],
    ["C:\\App\\12.4.1\\helper.exe", "c:\\app\\<version>\\helper.exe"],
    ["10.20.30.40", "<ip>"],
    ["report-20261124.txt", "report-<number>.txt"],
  ])("masks %s", (value, masked) => expect(mask(value)).toBe(masked));

  it("is idempotent on what it masked", () => {
    for (const value of ["C:\\Users\\x\\1.2.3\\y.dll", "S-1-5-18", "0xdeadbeef"])
      expect(mask(mask(value))).toBe(mask(value));
  });

  it("hides made-up names, keeps abbreviations", () => {
    expect(maskPath("C:\\Temp\\x7f2k9q.dll")).toBe("c:\\temp\\<random>.dll");
    expect(maskPath("C:\\Windows\\System32\\svchost.exe")).toBe("c:\\windows\\system32\\svchost.exe");
    expect(maskPath("/usr/lib/x86_64-linux-gnu/libc.so")).toContain("libc.so");
  });

  it("knows the part of a host name that one registers", () => {
    expect(domainOf("a.b.example.org.")).toBe("example.org");
    expect(domainOf("www.example.co.uk")).toBe("example.co.uk");
    expect(domainOf("192.0.2.77")).toBe("192.0.2.0/24");
  });
});
