import { describe, expect, it } from "vitest";
import { testCatalog } from "../../../test/support/events.ts";
import type { Platform } from "../../model/event.ts";
import { resolve } from "../resolve.ts";

/** What stands in a folder of the search path that the line has set. */
const found = (commandLine: string, platform: Platform) =>
  resolve({ commandLine, platform }, testCatalog())
    .invocations.flatMap(({ behaviours }) => behaviours)
    .filter(({ id }) => id.endsWith("/search-path"))
    .flatMap(({ runs }) => runs.map(({ value }) => value));

describe("a program that is looked for along a search path of the line's", () => {
  it.each([
    ["PATH=/tmp/k:$PATH ls -l", ["/tmp/k/ls"]],
    ["PATH=/dev/shm:$PATH; ls", ["/dev/shm/ls"]],
    ["export PATH=/var/tmp/k/:$PATH && cd /srv && backup-all", ["/var/tmp/k/backup-all"]],
    ["env PATH=/tmp/k:/usr/bin git status", ["/tmp/k/git"]],
    ["PATH=/opt/kit/bin:/tmp/k:$PATH; ls", ["/tmp/k/ls"]],
  ])("%s", (line, files) => {
    expect(found(line, "linux")).toEqual(files);
  });
  it.each([
    [String.raw`set PATH=C:\Users\Public\k;%PATH% & whoami /all`, [String.raw`C:\Users\Public\k\whoami`]],
    [String.raw`set "Path=C:\Temp;%Path%"&& net user`, [String.raw`C:\Temp\net`]],
    [String.raw`$env:Path = 'C:\Temp;' + $env:Path; net.exe user`, [String.raw`C:\Temp\net.exe`]],
  ])("%s", (line, files) => {
    expect(found(line, "windows")).toEqual(files);
  });
  it.each([
    ["PATH=$PATH:/tmp/k ls", "linux"],
    ["PATH=/usr/bin:/tmp/k ls", "linux"],
    ["PATH=/tmp/k:$PATH; cd /srv; echo done", "linux"],
    ["PATH=/tmp/k:$PATH /usr/bin/ls", "linux"],
    ["export PATH=$HOME/.local/bin:$PATH; pip list", "linux"],
    [String.raw`set PATH=%PATH%;C:\Temp & whoami`, "windows"],
    [String.raw`set PATH=C:\Python\Scripts;%PATH% & pip list`, "windows"],
    [String.raw`set PATH=C:\Temp;%PATH% & C:\Windows\System32\whoami.exe`, "windows"],
  ] as const)("is told of nothing in %s", (line, platform) => {
    expect(found(line, platform)).toEqual([]);
  });
});
