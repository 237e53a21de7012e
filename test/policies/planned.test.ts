import { afterAll, describe, expect, it } from "vitest";
import { harden } from "../../src/pipeline/harden.ts";
import { planMarkdown } from "../../src/policies/plan/markdown.ts";
import { planPage } from "../../src/policies/plan/page.ts";
import { folder } from "../support/logs.ts";
import { stoppedBy } from "./independent.ts";
import { start } from "./starts.ts";

const dir = folder();
afterAll(() => dir.remove());

let files = 0;
const made = (lines: readonly string[], mode: "audit" | "enforce") =>
  harden([dir.write(`${++files}.ndjson`, `${lines.join("\n")}\n`)], { mode });
async function planned(...lines: readonly string[]) {
  const { files: written } = await made(lines, "enforce");
  return Object.fromEntries(written.map(({ name, text }) => [name, text]));
}

const SYSTEM32 = "C:\\Windows\\System32\\";
const run = {
  original: undefined,
  user: "CORP\\ann",
  parent: undefined,
  packages: [],
  fetches: false,
  document: undefined,
};

describe("a program that fetches from servers of the own domain", () => {
  const page = { Image: `${SYSTEM32}mshta.exe`, CommandLine: "mshta.exe https://forms.corp.example/a.hta" };
  const mshta = { ...run, image: page.Image, loads: [], fetches: true };
  const hosts = (domain: string) => [1, 2, 3, 4, 5, 6].map((at) => start(page, `pc-${at}${domain}`));

  it("is cut off the internet alone", async () => {
    const written = await planned(...hosts(".corp.example"));
    expect(stoppedBy(written, { ...mshta, far: "web" })).toContain("firewall");
    expect(stoppedBy(written, mshta)).toBeUndefined();
  });

  it("is left alone where the domain of the hosts is another, or not logged", async () => {
    for (const domain of ["", ".other.example"])
      expect(stoppedBy(await planned(...hosts(domain)), { ...mshta, far: "web" })).toBeUndefined();
  });
});

describe("a service that fetches for others", () => {
  const image = `${SYSTEM32}svchost.exe`;
  const key = (host: number, service: string) => `{${service}-${host}}`;
  const hosted = (host: number, service: string) =>
    start(
      {
        Image: image,
        CommandLine: `${image} -k netsvcs -p${service === "" ? "" : ` -s ${service}`}`,
        ProcessGuid: key(host, service),
        User: "NT AUTHORITY\\SYSTEM",
      },
      `pc-${host}`,
    );
  const connected = (host: number, service: string, DestinationIp: string) =>
    start(
      {
        Image: image,
        ProcessGuid: key(host, service),
        DestinationIp,
        DestinationPort: "443",
        Protocol: "tcp",
        Initiated: "true",
      },
      `pc-${host}`,
      2,
    ).replace('"EventID":1', '"EventID":3');
  const fleet = (...more: readonly string[]) =>
    Array.from({ length: 20 }, (_, host) => [
      ...Array.from({ length: 28 }, (__, day) => start({ Image: "C:\\Windows\\notepad.exe" }, `pc-${host}`, day + 1)),
      ...["BITS", "WebClient", "wuauserv", ""].map((service) => hosted(host, service)),
      ...Array.from({ length: 12 }, (__, at) => connected(host, "wuauserv", `8.8.${host}.${at}`)),
      connected(host, "BITS", `10.0.${host}.1`),
    ])
      .flat()
      .concat(more);
  const bits = {
    ...run,
    user: "NT AUTHORITY\\SYSTEM",
    image,
    loads: [],
    fetches: true,
    far: "web",
    service: "BITS",
  } as const;

  it("is cut off the internet where it never was there", async () => {
    const written = await planned(...fleet());
    expect(stoppedBy(written, bits)).toContain("firewall");
    expect(stoppedBy(written, { ...bits, service: "WebClient" })).toContain("firewall");
    expect(stoppedBy(written, { ...bits, service: "wuauserv" })).toBeUndefined();
    expect(stoppedBy(written, { ...bits, far: undefined })).toBeUndefined();
    expect(written["firewall.ps1"]).toContain("-Service 'BITS'");
    expect(written["firewall.cmd"]).toContain('service="BITS"');
  });

  it("is left alone where it was, or where a connection may have been its own", async () => {
    expect(stoppedBy(await planned(...fleet(connected(3, "BITS", "8.8.4.4"))), bits)).toBeUndefined();
    expect(stoppedBy(await planned(...fleet(connected(3, "", "8.8.4.4"))), bits)).toBeUndefined();
  });
});

describe("a program that loads classes", () => {
  it("is kept from libraries where users write", async () => {
    const written = await planned(start({ Image: `${SYSTEM32}verclsid.exe` }));
    const verclsid = { ...run, image: `${SYSTEM32}verclsid.exe` };
    expect(stoppedBy(written, { ...verclsid, loads: ["C:\\Users\\ann\\AppData\\Local\\a.dll"] })).toContain(
      "App Control",
    );
    expect(stoppedBy(written, { ...verclsid, loads: ["C:\\Program Files\\Contoso\\a.dll"] })).toBeUndefined();
  });
});

describe("help and consoles that stay", () => {
  const help = { Image: "C:\\Windows\\hh.exe", CommandLine: "hh.exe C:\\Windows\\Help\\a.chm" };
  const console = { Image: `${SYSTEM32}mmc.exe`, CommandLine: "mmc.exe services.msc", ProcessGuid: "{mmc}" };
  const setting = /"HelpQualifiedRootDir"="%windir%\\\\help;/;
  const snapIn =
    /\[HKEY_CURRENT_USER\\Software\\Policies\\Microsoft\\MMC\\\{C96401D1-[^\]]*\]\r\n"Restrict_Run"=dword:00000001/;

  it("may not start programs, or show the web, where none did", async () => {
    const { "attachments.reg": text } = await planned(start(help), start(console));
    expect(text).toMatch(setting);
    expect(text).toMatch(snapIn);
  });

  it("are left alone where they did", async () => {
    const child = start({ Image: `${SYSTEM32}control.exe`, ParentImage: help.Image });
    const page = start({
      ...console,
      DestinationIp: "8.8.4.4",
      DestinationPort: "443",
      Protocol: "tcp",
      Initiated: "true",
    }).replace('"EventID":1', '"EventID":3');
    const { "attachments.reg": text } = await planned(start(help), start(console), child, page);
    expect(text).toContain("SaveZoneInformation");
    expect(text).not.toMatch(setting);
    expect(text).not.toMatch(snapIn);
  });
});

describe("a program that was seen seldom", () => {
  const profile = { Image: `${SYSTEM32}cmstp.exe`, CommandLine: "cmstp.exe /s C:\\Windows\\a.inf" };
  const month = (host: number) =>
    Array.from({ length: 28 }, (_, day) => start({ Image: "C:\\Windows\\notepad.exe" }, `pc-${host}`, day + 1));
  const fleet = Array.from({ length: 20 }, (_, host) => month(host)).flat();
  const seen = (times: number) => Array.from({ length: times }, (_, at) => start(profile, `pc-${at % 3}`, at + 1));
  const shell = { ...run, image: `${SYSTEM32}cmd.exe`, parent: profile.Image, loads: [] };

  it("may start nothing where a few runs on some hosts did not", async () => {
    expect(stoppedBy(await planned(...fleet, ...seen(6)), shell)).toContain("starts nothing");
  });

  it("is left alone where it hardly ran, or did start something", async () => {
    expect(stoppedBy(await planned(...fleet, ...seen(2)), shell)).toBeUndefined();
    const child = start({ Image: `${SYSTEM32}notepad.exe`, ParentImage: profile.Image }, "pc-1");
    expect(stoppedBy(await planned(...fleet, ...seen(6), child), shell)).toBeUndefined();
  });
});

describe("a plan", () => {
  const lines = [start({ Image: `${SYSTEM32}mmc.exe`, CommandLine: "mmc.exe services.msc" })];

  it("says what passes when all of it is enforced", async () => {
    const { remains } = (await made(lines, "audit")).plan;
    const passing = remains.flatMap(({ behaviours }) => behaviours.map(({ id }) => id));
    expect(remains[0]).toMatchObject({ binary: "mmc.exe", starts: 1, hosts: 1 });
    expect(passing).toContain("windows/mmc/console");
    // Of regsvr32, which stays, the library of scriptlets is kept out; cmstp is denied.
    expect(passing).not.toContain("windows/regsvr32/scriptlet");
    expect(passing.filter((id) => id.startsWith("windows/cmstp/"))).toEqual([]);
  });

  it("says which files act at once, though the others audit", async () => {
    const [audited, enforced] = [await made(lines, "audit"), await made(lines, "enforce")];
    const atOnce = ({ plan }: typeof audited) => plan.products.filter((one) => one.isAtOnce).map(({ id }) => id);
    expect(atOnce(audited)).toEqual(expect.arrayContaining(["firewall", "attachments"]));
    expect(atOnce(audited)).not.toContain("applocker");
    expect(atOnce(enforced)).toEqual([]);
    const text = planMarkdown(audited.plan);
    expect(text).toMatch(/act as soon as they are loaded.*`firewall.ps1`.*`attachments.reg`/);
    expect(text).toContain("## What still passes");
    expect(text).toMatch(/\n## Deny .* and \d+ more with the same evidence/);
    expect(planPage(audited.plan)).toContain('id="remains"');
  });
});
