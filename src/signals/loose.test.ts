import { describe, expect, it } from "vitest";
import { builtinCatalog } from "../catalog/load.ts";
import { explain } from "../pipeline/explain.ts";

const levelOf = (commandLine: string) =>
  explain({ commandLine, platform: "windows" }, builtinCatalog()).explanation.verdict.level;

describe("a program that lies loose", () => {
  it.each([
    ["regsvr32 /s C:\\ProgramData\\view.dll", "high"],
    ["regsvr32 /s %PROGRAMDATA%\\view.dll", "high"],
    ["regsvr32 /s C:\\ProgramData\\Kiwi\\view.dll", "medium"],
    ["wscript C:\\Users\\Public\\Music\\a.js", "high"],
    ["wscript C:\\Users\\Public\\Kiwi\\a.js", "medium"],
    ["schtasks /create /tn a /tr C:\\Users\\amy\\AppData\\Roaming\\a.exe /sc onlogon", "high"],
    ["rundll32 C:\\Windows\\Temp\\a.dll,Go", "high"],
    ["rundll32 C:\\Windows\\Temp\\kiwi\\a.dll,Go", "medium"],
    ["msiexec /i C:\\ProgramData\\a.msi", "medium"],
    ["rundll32 C:\\Windows\\a.dll,Go", "medium"],
    ["rundll32 C:\\Windows\\twain_32.dll,Go", "informational"],
    ["rundll32 C:\\Windows\\System32\\a.dll,Go", "informational"],
  ])("%s: %s", (line, level) => expect(levelOf(line)).toBe(level));
});

describe("a script beside the caches of a user", () => {
  it.each([
    ["busybox sh /home/amy/.cache/quill", "medium"],
    ["bash ~/.cache/quill", "medium"],
    ["bash /home/amy/.cache/kiwi/setup", "informational"],
    ["bash /home/amy/.config/bar/launch", "informational"],
  ])("%s: %s", (commandLine, level) =>
    expect(explain({ commandLine, platform: "linux" }, builtinCatalog()).explanation.verdict.level).toBe(level),
  );
});

describe("a product that lies loose itself", () => {
  const scoreOf = (image: string) =>
    explain(
      { commandLine: `${image} -R 9000:127.0.0.1:9000 ann@files.example.net`, platform: "windows" },
      builtinCatalog(),
    ).explanation.verdict.score;

  it.each([
    "C:\\ProgramData\\plink.exe",
    "C:\\Users\\Public\\plink.exe",
    "C:\\Users\\amy\\AppData\\Local\\Temp\\plink.exe",
  ])("tells more: %s", (image) => expect(scoreOf(image)).toBeGreaterThan(scoreOf("plink.exe")));

  it.each([
    "C:\\tools\\plink.exe",
    "C:\\ProgramData\\kit\\plink.exe",
    "C:\\Users\\amy\\AppData\\Local\\Temp\\kit\\plink.exe",
  ])("tells nothing in a folder of its own: %s", (image) => expect(scoreOf(image)).toBe(scoreOf("plink.exe")));
});

describe("what is to start again from where nothing stays", () => {
  const level = (commandLine: string) =>
    explain({ commandLine, platform: "linux", as: "typed" }, builtinCatalog()).explanation.verdict.level;

  it.each([
    ["echo /tmp/kit/run.sh >> /home/amy/.bashrc", "medium"],
    ["echo /opt/kit/run.sh >> /home/amy/.bashrc", "informational"],
    ["/tmp/kit/run.sh", "informational"],
    ["printf '[Service]\\nExecStart=/var/tmp/kit/run.sh\\n' > /etc/systemd/system/kit.service", "medium"],
    ["printf '[Service]\\nExecStart=/opt/kit/run.sh\\n' > /etc/systemd/system/kit.service", "informational"],
  ])("%s: %s", (line, expected) => expect(level(line)).toBe(expected));
});

describe("a hidden program of Linux", () => {
  const verdict = (commandLine: string) =>
    explain({ commandLine, platform: "linux", as: "typed" }, builtinCatalog()).explanation;

  it.each([
    "/dev/shm/.x; rm -f /dev/shm/.x",
    "/tmp/.cache/.k && rm -rf /tmp/.cache",
    "./.m -c pool.conf & sleep 1; rm -f .m",
  ])("is told: %s", (line) => expect(verdict(line).verdict.score).toBeGreaterThanOrEqual(40));

  it.each([
    "./install.sh && rm install.sh",
    "/tmp/setup-kiwi.run --quiet; rm -f /tmp/setup-kiwi.run",
    "sh -c ./.travis.sh",
    "nohup ~/.local/bin/syncd &",
    "./.venv/bin/python app.py",
    "./configure && rm -rf build",
    "./bin/server; rm -rf ./bin",
    "nohup ./.gradle-wrapper.sh &",
  ])("is not what builds and installers run: %s", (line) => expect(verdict(line).verdict.score).toBeLessThan(40));

  it("is told with its technique where it is taken away", () => {
    const told = verdict("./kit/run; rm -rf kit").invocations.flatMap(({ behaviours }) => behaviours);
    expect(told.find(({ id }) => id === "linux/sh/removed-program")?.runs.map(({ value }) => value)).toEqual([
      "./kit/run",
    ]);
    expect(told.flatMap(({ techniques }) => techniques)).toContain("T1070.004");
  });
});
