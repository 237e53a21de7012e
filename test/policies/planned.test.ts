import { afterAll, describe, expect, it } from "vitest";
import { harden } from "../../src/pipeline/harden.ts";
import { folder } from "../support/logs.ts";
import { stoppedBy } from "./independent.ts";
import { start } from "./starts.ts";

const dir = folder();
afterAll(() => dir.remove());

let files = 0;
async function planned(...lines: readonly string[]) {
  const { files: written } = await harden([dir.write(`${++files}.ndjson`, `${lines.join("\n")}\n`)], {
    mode: "enforce",
  });
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
