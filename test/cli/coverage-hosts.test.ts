import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Bench, bench } from "../support/bad.ts";
import { whatran } from "../support/io.ts";

let dir: Bench;
beforeEach(() => {
  dir = bench();
});
afterEach(() => dir.remove());

it("says on how many hosts a component is lacking", async () => {
  const start = (host: string, id: number, image: string) =>
    JSON.stringify({
      EventID: id,
      Provider: "Microsoft-Windows-Sysmon",
      Computer: host,
      Image: image,
      CommandLine: "x",
      ImageLoaded: "C:\\a.dll",
      UtcTime: "2024-05-02 09:00:00.000",
    });
  const file = join(dir.path, "hosts.ndjson");
  writeFileSync(
    file,
    ["A", "B", "C"].map((host) => start(host, 1, "C:\\Windows\\System32\\rundll32.exe")).join("\n") +
      "\n" +
      start("A", 7, "C:\\Windows\\System32\\rundll32.exe") +
      "\n",
  );
  const { out } = await whatran(["coverage", file, "--format", "table"]);
  expect(out).toContain("3 hosts, 4 events from 4 records in 1 file\n");
  expect(out.replace(/\s+/g, " ")).toMatch(/T1218\.011 Rundll32 \d+ % lacks: [^%]*Module Load \(on 2 of 3 hosts\)/);
});

it("names first what the product that watches the hosts has of a component", async () => {
  const advice = async (record: object) => {
    const file = join(dir.path, "product.ndjson");
    writeFileSync(file, `${JSON.stringify(record)}\n`);
    return (await whatran(["coverage", file, "--format", "table"])).out;
  };
  const defender = { Timestamp: "2024-05-02T09:00:00Z", DeviceName: "pc", ActionType: "ProcessCreated" };
  const onWindows = await advice({ ...defender, FileName: "a.exe", FolderPath: "C:\\a.exe", ProcessCommandLine: "a" });
  expect(onWindows).toMatch(/Module Load on windows\n(?: .*\n)+? +Defender for Endpoint, table DeviceImageLoadEvents/);
  expect(onWindows).toMatch(/DeviceNetworkEvents\n +\| where InitiatingProcessFileName in~ \(.*"rundll32\.exe"/);
  expect(onWindows).not.toContain("Tetragon");
  const onLinux = await advice({ process_exec: { process: { pid: 1, binary: "/bin/a" } }, node_name: "n" });
  expect(onLinux).toMatch(/Network Connection Creation on linux\n(?: .*\n)+? +Tetragon tracing policy for connections/);
  expect(onLinux).not.toContain("Defender");
});

it("takes files at rest for no logs, but for histories", async () => {
  const home = join(dir.path, "image", "home", "kim");
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, ".bashrc"), "find . -exec id ;\n");
  writeFileSync(join(home, "a.reg"), 'REGEDIT4\n[HKEY_CURRENT_USER\\X]\n"a"="b"\n');
  const image = join(dir.path, "image");
  const { out } = await whatran(["coverage", image, "--format", "table"]);
  expect(out).toContain("0 hosts, 0 events from 2 records in 2 files\n");
  expect(out).toContain("none: nothing that was read is a log");
  writeFileSync(join(home, ".bash_history"), "id\n");
  const again = await whatran(["coverage", image, "--format", "table"]);
  expect(again.out).toMatch(/Command Execution +1 +shell-history \(1\)/);
});
