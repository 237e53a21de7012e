import { describe, expect, it } from "vitest";
import { builtinCatalog } from "../../catalog/load.ts";
import { resolvedOf } from "../../model/payload.ts";
import { resolve } from "../resolve.ts";

const catalog = builtinCatalog();
const of = (commandLine: string, platform: "windows" | "linux") =>
  resolve({ commandLine, platform, as: "typed" }, catalog).invocations;

/** `platform/program` of each invocation. */
const programs = (line: string, platform: "windows" | "linux") =>
  of(line, platform).map(({ binary }) => `${binary.platform}/${binary.name}`);
const runs = (line: string, platform: "windows" | "linux") =>
  of(line, platform).flatMap(({ behaviours }) => behaviours.flatMap((one) => one.runs.map((p) => resolvedOf(p))));

describe("what is handed to another system", () => {
  it.each([
    ['wsl -e bash -c "nsenter -t 1 -m id"', "windows", ["windows/wsl.exe", "linux/bash", "linux/nsenter", "linux/id"]],
    ["wsl ls -la", "windows", ["windows/wsl.exe", "linux/ls"]],
    [
      "wsl -e /mnt/c/Windows/System32/cmd.exe /c whoami",
      "windows",
      ["windows/wsl.exe", "windows/cmd.exe", "windows/whoami"],
    ],
    ['debian run "cat /etc/hosts | sort"', "windows", ["windows/debian.exe", "linux/sh", "linux/cat", "linux/sort"]],
    ['docker exec web sh -c "id"', "windows", ["windows/docker.exe", "linux/sh", "linux/id"]],
    ["docker exec web powershell -c Get-Date", "windows", ["windows/docker.exe", "windows/powershell.exe"]],
    ["ssh box 'cmd /c ver'", "linux", ["linux/ssh", "windows/cmd.exe", "windows/ver"]],
    ["ssh box uptime", "windows", ["windows/ssh.exe", "linux/uptime"]],
  ] as const)("is read as that system does: %s", (line, platform, expected) => {
    expect(programs(line, platform)).toEqual(expected);
  });

  it("sees the drives of Windows as the shells of Git and Cygwin do", () => {
    expect(runs('bash.exe -c "/c/kit/a.sh -q"', "windows")).toEqual(["c:\\kit\\a.sh"]);
    expect(runs('bash.exe -c "/cygdrive/d/kit/a -q"', "windows")).toEqual(["d:\\kit\\a"]);
    expect(runs('bash.exe -c "/opt/kit/a -q"', "windows")).toEqual(["/opt/kit/a"]);
  });

  it("sees the drives of Windows from a Linux system within it", () => {
    expect(runs("wsl -e /mnt/d/kit/a.elf -q", "windows")).toEqual(["d:\\kit\\a.elf"]);
    expect(runs("wsl -e /cygdrive/d/kit/a.elf -q", "windows")).toEqual(["d:\\kit\\a.elf"]);
    expect(runs("bash -c '/d/kit/a.exe'", "windows")).toContain("d:\\kit\\a.exe");
    expect(runs("docker exec web /mnt/d/kit/a", "windows")).toEqual(["/mnt/d/kit/a"]);
  });

  it("hands names of Windows on to its programs, and options as they are", () => {
    expect(runs("bash -c 'rundll32.exe /d/kit/a.dll,Go'", "windows")).toContain("d:\\kit\\a.dll");
    expect(runs("bash -c 'cmd.exe /c rd /s/q x'", "windows")).toEqual(["cmd.exe", "rd"]);
  });

  it.each([
    ["ssh ann@files.example.net cat /opt/a.sh | sh", "ann@files.example.net:/opt/a.sh"],
    ["bash <(ssh files.example.net 'cat a.sh')", "@files.example.net:a.sh"],
    ["ssh files.example.net ./make-it | sh", "@files.example.net"],
  ])("comes from there where a shell carries out the answer: %s", (line, from) => {
    expect(runs(line, "linux")).toContain(from);
  });

  it("hands on what a machine fetches by itself", () => {
    const line = "az vm run-command invoke -n m --scripts 'curl http://files.example.net/a | sh'";
    expect(runs(line, "linux")).toContain("http://files.example.net/a");
  });
});

it("lies on this machine behind two slashes, which only mount(8) and smbclient(1) take for a share", () => {
  const [run] = of("nohup //tmp//kiwi", "linux")[0]?.behaviours[0]?.runs ?? [];
  expect(run).toMatchObject({ value: "//tmp//kiwi", where: "local", remote: false });
  expect(JSON.stringify(of("mount -t cifs //files.example.net/kiwi /mnt", "linux"))).toContain('"remote":true');
});
