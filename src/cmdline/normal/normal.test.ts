import { describe, expect, it } from "vitest";
import { classifyValue } from "./classify.ts";
import { distance } from "./distance.ts";
import { identity } from "./identity.ts";
import { lookalikes } from "./lookalikes.ts";
import { optionFold } from "./option-fold.ts";
import { normalPath } from "./path.ts";
import { normalRegistry } from "./registry.ts";
import { isRemote } from "./remote.ts";
import { normalUrl, parseUrl } from "./url.ts";

describe("optionFold", () => {
  it.each([
    ["\u2013urlcache", "-urlcache"],
    ["\u2044s", "/s"],
    ["/\u02e2", "/s"],
    ["-quie\u1d57", "-quiet"],
    ["/\ua731", "/s"],
    ["/\uff29nstall", "/Install"],
    ["/s\u0353\u0bf5", "/s"],
    ["/i:C:\\W\u00edndows\\x.sct", "/i:C:\\W\u00edndows\\x.sct"],
    ["/\u00ed:C:\\W\u00edndows", "/i:C:\\W\u00edndows"],
    ["/S", "/S"],
  ])("%s → %s", (token, expected) => {
    expect(optionFold(token)).toBe(expected);
  });
});

describe("lookalikes", () => {
  it("names an impostor and leaves ordinary accents alone", () => {
    expect(lookalikes("C:\\W\u00edndows\\System32\\x.dll")).toEqual([
      { text: "W\u00edndows", seenAs: "Windows", impostor: true },
    ]);
    expect(lookalikes("https://g\u043e\u043egle.example/x")).toEqual([
      { text: "g\u043e\u043egle.example", seenAs: "google.example", impostor: true },
    ]);
    expect(lookalikes("C:\\Users\\Jos\u00e9\\r\u00e9sum\u00e9.docx")).toEqual([]);
    expect(lookalikes("C:\\\u041f\u0430\u043f\u043a\u0430\\x")).toEqual([]);
  });
});

describe("normalPath", () => {
  it.each([
    ["C:/Windows//System32/./drivers/../calc.EXE", "c:\\windows\\system32\\calc.exe"],
    ["\\\\?\\C:\\x\\y.dll", "c:\\x\\y.dll"],
    ["\\\\.\\C:\\x", "c:\\x"],
    ["\\??\\C:\\x", "c:\\x"],
    ["\\\\?\\\\\\localhost\\c$\\x\\y.dll", "c:\\x\\y.dll"],
    ["\\\\?\\\\\\C:\\x\\y.dll", "c:\\x\\y.dll"],
    ["\\\\?\\UNC\\srv\\pub\\a.dll", "\\\\srv\\pub\\a.dll"],
    ["\\\\?\\GLOBALROOT\\Device\\HarddiskVolume2\\a.dll", "\\device\\harddiskvolume2\\a.dll"],
    ["\\\\localhost\\C$\\x.dll", "c:\\x.dll"],
    ["\\\\127.0.0.1\\ADMIN$\\system32\\x.dll", "c:\\windows\\system32\\x.dll"],
    ["//127.0.0.1/c$/x.dll", "c:\\x.dll"],
    ["\\\\127.0.0.9\\c$\\x.dll", "c:\\x.dll"],
    ["\\\\localhost\\pub\\x.dll", "\\\\localhost\\pub\\x.dll"],
    ["\\\\.\\pipe\\name", "\\\\.\\pipe\\name"],
    ["C:\\PROGRA~1\\V\\x.exe", "c:\\program files\\v\\x.exe"],
    ["C:\\PROGRA~3\\x.exe", "c:\\programdata\\x.exe"],
    ["C:\\V\\PROGRA~1\\x.exe", "c:\\v\\progra~1\\x.exe"],
    ["%SystemRoot%\\System32\\x.dll", "c:\\windows\\system32\\x.dll"],
    ["%%windir%%\\x", "c:\\windows\\x"],
    ["%TEMP%\\x.dll", "%temp%\\x.dll"],
    ["\\SystemRoot\\x.sys", "c:\\windows\\x.sys"],
    ["C:\\Windows\\Sysnative\\x.dll", "c:\\windows\\system32\\x.dll"],
    ["C:\\x\\a.dll. .", "c:\\x\\a.dll"],
    ["C:\\x\\a.txt:Hidden.dll", "c:\\x\\a.txt:hidden.dll"],
    ["C:\\x\\a.txt:hidden.dll:$DATA", "c:\\x\\a.txt:hidden.dll"],
    ["C:\\x\\a.txt::$DATA", "c:\\x\\a.txt"],
    ["file:///C:/My%20Tools/x.hta", "c:\\my tools\\x.hta"],
    ["file://srv/pub/x.hta", "\\\\srv\\pub\\x.hta"],
    ["file:///c|/x", "c:\\x"],
    ["..\\..\\x.dll", "..\\..\\x.dll"],
    ["C:\\..\\..\\x.dll", "c:\\x.dll"],
    ["x.dll", "x.dll"],
  ])("%s → %s", (path, expected) => {
    expect(normalPath(path)).toBe(expected);
  });
});

describe("normalUrl", () => {
  it.each([
    ["HTTP:\\\\Host.Example\\A\\..\\B", "http://host.example/B"],
    ["http://3232235777/x", "http://192.168.1.1/x"],
    ["http://0xC0.0250.1.1/x", "http://192.168.1.1/x"],
    ["http://192.168.257/", "http://192.168.1.1/"],
    ["https://h:443/%41%2fb", "https://h/A%2Fb"],
    ["http://h:8080", "http://h:8080/"],
    ["http://good.example@evil.example/x", "http://evil.example/x"],
    ["https:/h/x", "https://h/x"],
    ["script:http://h/x.sct", "http://h/x.sct"],
    ["hxxp://h/x", "hxxp://h/x"],
  ])("%s → %s", (url, expected) => {
    expect(normalUrl(url)).toBe(expected);
  });

  it("keeps the userinfo apart", () => {
    expect(parseUrl("http://good.example@evil.example/x")).toMatchObject({
      userinfo: "good.example",
      host: "evil.example",
    });
  });
});

describe("isRemote", () => {
  it.each([
    ["http://h/x", true],
    ["\\\\srv\\pub\\x.dll", true],
    ["//srv/pub/x.dll", true],
    ["\\\\srv@SSL\\DavWWWRoot\\x.dll", true],
    ["\\\\srv@80\\x\\y", true],
    ["\\\\localhost\\c$\\x", false],
    ["\\\\.\\pipe\\x", false],
    ["\\\\?\\C:\\x", false],
    ["\\\\?\\UNC\\srv\\x\\y", true],
    ["C:\\x.dll", false],
    ["x.dll", false],
  ])("%s is %s", (value, expected) => {
    expect(isRemote(value)).toBe(expected);
  });
});

describe("identity", () => {
  it.each([
    ['"C:\\A\\..\\B.dll"', "c:\\b.dll"],
    ["HTTP://H/X", "http://h/X"],
    ["{AB8902B4-09CA-4BB6-B78D-A8F59079A8D5}", "{ab8902b4-09ca-4bb6-b78d-a8f59079a8d5}"],
    ["HKEY_CURRENT_USER\\Software\\X", "hkcu\\software\\x"],
    ["HKCU:Software\\X", "hkcu\\software\\x"],
    ["/tmp//a/./B.so", "/tmp/a/B.so"],
    ["/run/shm/b.so", "/dev/shm/b.so"],
    ["/run//shm/x/../b.so", "/dev/shm/b.so"],
    ["/var/run/shm", "/dev/shm"],
    ["/run/shmem/b.so", "/run/shmem/b.so"],
    ["Calc.exe", "calc.exe"],
    ["javascript:Alert(1)//x", "javascript:alert(1)//x"],
  ])("%s → %s", (value, expected) => {
    expect(identity(value)).toBe(expected);
  });
});

describe("normalRegistry", () => {
  it.each([
    ["HKLM:\\Software\\X\\", "hklm\\software\\x"],
    ["\\REGISTRY\\MACHINE\\Software", "hklm\\software"],
    ["Registry::HKEY_USERS\\S-1-5-18", "hku\\s-1-5-18"],
    ["HKLMX\\y", undefined],
  ])("%s → %s", (path, expected) => {
    expect(normalRegistry(path)).toBe(expected);
  });
});

describe("classifyValue", () => {
  it.each([
    ["C:\\Windows\\System32\\scrobj.dll", "local", ".dll", "system", false],
    ["C:\\Windows\\Tasks\\x.dll", "local", ".dll", "system", true],
    ["C:\\Windows\\Temp\\x.inf", "local", ".inf", "temp", true],
    ["C:\\Users\\a\\AppData\\Local\\Temp\\x.DLL", "local", ".dll", "temp", true],
    ["%TEMP%\\x", "local", "", "temp", true],
    ["C:\\Users\\a\\Downloads\\x.hta", "local", ".hta", "downloads", true],
    ["%APPDATA%\\x.js", "local", ".js", "profile", true],
    ["C:\\PROGRA~2\\V\\x.ocx", "local", ".ocx", "programFiles", false],
    ["%ProgramData%\\x.cpl", "local", ".cpl", "programData", true],
    ["\\Device\\HarddiskVolume3\\Windows\\System32\\x.dll", "local", ".dll", "system", false],
    ["\\\\srv\\pub\\x.msi", "share", ".msi", "share", true],
    ["https://h/a/x.MSI?q=1", "web", ".msi", "web", true],
    ["D:\\x.dll", "local", ".dll", "other", true],
    ["x.dll", "local", ".dll", "relative", false],
    ["..\\x.dll", "local", ".dll", "relative", true],
    ["{ab8902b4-09ca-4bb6-b78d-a8f59079a8d5}", "clsid", "", "other", false],
    ["HKCU\\Software\\X", "registry", "", "other", false],
    ["vbscript:close", "inline", "", "other", false],
    ["/dev/shm/x.so", "local", ".so", "temp", true],
    ["/usr/lib/x.so", "local", ".so", "system", false],
    ["/home/a/x", "local", "", "profile", true],
  ])("%s", (value, where, extension, directoryClass, userWritable) => {
    expect(classifyValue(value)).toMatchObject({ where, extension, directoryClass, userWritable });
  });

  it("names the stream", () => {
    expect(classifyValue("D:a.txt:b.dll")).toMatchObject({ stream: "b.dll", extension: ".txt" });
    expect(classifyValue("D:a.txt")).toMatchObject({ stream: "", extension: ".txt" });
    expect(classifyValue("C:\\x\\a.txt:b.dll")).toMatchObject({ stream: "b.dll", extension: ".txt" });
  });
});

describe("distance", () => {
  const classes = (raw: string) => [...new Set(distance(raw, "").map((one) => one.class))].sort();
  it.each([
    ["rundll32 C:\\x.dll,Start", []],
    ["p -m:x -cV qRsT4HlKiEmu2ydh.1", []],
    [`p ${"aZ9//".repeat(12)}`, []],
    ["REGSVR32 -s C:\\x.dll", []],
    ["rundll32.exe shell32.dll,Control_RunDLL x.cpl", []],
    ['MsiExec.exe /i C:\\x.msi TRANSFORMS="a b.mst"', []],
    ["rundll32  C:\\Users\\a\\AppData\\x.dll,DllRegisterServer", []],
    ["c^md /c x", ["caret"]],
    ['reg"svr"32 x', ["quoteInsertion"]],
    ["p \u2013s", ["optionCharacter"]],
    ["p /\u02e2", ["unicodeLookalike"]],
    ["p /s\u0bf5", ["characterInsertion"]],
    ["p C:\\W\u00edndows\\x.dll", ["unicodeLookalike"]],
    ["%ComSpec:~-7,3% x", ["environmentVariable"]],
    ["p \uff43\uff41ll", ["unicodeLookalike"]],
    ["p C:\\a\\\\b.dll", ["extraSlashes"]],
    ["p C:\\\\a\\\\b.dll", []],
    ["p \\\\localhost\\c$\\x.dll", ["loopbackShare"]],
    ["p \\\\?\\C:\\x.dll", ["devicePath"]],
    ["p C:\\a\\..\\b.dll", ["pathTraversal"]],
    ["p C:\\a\\\\\\b.dll", ["extraSlashes"]],
    ["p C:\\PROGRA~1\\b.dll", ["shortName"]],
    ["p http://3232235777/x", ["urlEncodedHost"]],
    ["RuNdLl32 x", ["caseMixing"]],
    ["PowErShEll x", ["caseMixing"]],
    ["MpCmdRun x", []],
    ["p C:\\a\\AiStubX64.exe", []],
    ["p                  x", ["whitespacePadding"]],
    ["p ,,,;;,x", ["delimiterRun"]],
  ])("%s → %j", (raw, expected) => {
    expect(classes(raw)).toEqual(expected);
  });

  it.each([
    ["p C:\\a\\\\b.dll", 0.1],
    ["p C:\\a\\/b.dll", 0.1],
    ["p C:\\a\\/b\\/c.dll", 0.3],
    ["p C:\\a\\\\b\\\\c.dll", 0.3],
    ['p "C:\\a b\\c\\..\\d\\e.dll"', 0.1],
    ["p C:\\a\\..\\a\\b.dll", 0.4],
    ["p C:\\a\\..\\b\\..\\c\\d.dll", 0.4],
    ["p C:\\Windows\\a\\..\\d.dll", 0.4],
    ["p /a/../b.exe", 0.4],
  ])("%s: what batch files write from their own folder weighs little (%d)", (raw, weight) => {
    expect(Math.max(...distance(raw, "").map((one) => one.weight))).toBe(weight);
  });

  it("reports nothing where nothing was rewritten", () => {
    expect(distance("c^md", "c^md")).toEqual([]);
  });
});
