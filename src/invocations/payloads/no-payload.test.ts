import { describe, expect, it } from "vitest";
import { testCatalog } from "../../../test/support/events.ts";
import type { Platform } from "../../model/event.ts";
import { resolve } from "../resolve.ts";

/** All that a line is told to run, fetch, read or write, each in its role. */
function told(commandLine: string, platform: Platform = "linux"): readonly string[] {
  const { invocations } = resolve({ commandLine, platform }, testCatalog());
  return invocations.flatMap(({ behaviours }) =>
    behaviours.flatMap((behaviour) =>
      (["runs", "fetches", "reads", "writes"] as const).flatMap((role) =>
        behaviour[role].map(({ value }) => `${role} ${value}`),
      ),
    ),
  );
}

describe("what stands behind an option", () => {
  it.each([
    ["mtr -c 40 192.0.2.1", []],
    ["mtr -F hosts.txt", ["reads hosts.txt"]],
    ["shuf -n 40 corpus.txt", ["reads corpus.txt"]],
    ["shuf -n 40 -o out.txt corpus.txt", ["reads corpus.txt", "writes out.txt"]],
    ["ss -f inet6 -l", []],
    ["ss -F filter.txt", ["reads filter.txt"]],
    ["unsquashfs -p 4 -d tree root.sqfs", ["reads root.sqfs", "writes tree"]],
    ["ldconfig -r /srv/chroot", []],
    ["ldconfig -C /tmp/cache", ["writes /tmp/cache"]],
    ["rsync --server -logDtpre.iLsfxCIvu . /srv/a", ["reads .", "writes /srv/a"]],
    ["autossh -M 0 -f -N kari@gate.example.net", []],
  ])("is no file of another option: %s", (line, payloads) => {
    expect(told(line)).toEqual(payloads);
  });
});

describe("what an image's own program is told", () => {
  it.each([
    ["docker run --rm example/kit --sweep", ["runs example/kit"]],
    ["docker run -v /:/mnt example/kit --sweep", ["runs example/kit"]],
    ["docker run --privileged example/kit -q", ["runs example/kit"]],
    ["podman run example/kit --sweep", ["runs example/kit"]],
    ["podman run -v /:/mnt example/kit --sweep", ["runs example/kit"]],
    ["kubectl run kit --image=example/kit -- --sweep", ["runs example/kit"]],
    ["docker run example/kit sh -q", ["runs sh -q", "runs example/kit"]],
  ])("is no program: %s", (line, payloads) => {
    expect(told(line)).toEqual(payloads);
  });
});

describe("an address that start opens", () => {
  const opened = (line: string) => told(line, "windows");
  it("is a page, unless a program's name says that it is meant to run", () => {
    expect(opened('start "" "https://desk.example.net/new"')).toEqual(["fetches https://desk.example.net/new"]);
    expect(opened("start https://desk.example.net/kit.exe")).toEqual(["runs https://desk.example.net/kit.exe"]);
    expect(opened("start kit.exe https://desk.example.net/new")).toEqual(["runs kit.exe https://desk.example.net/new"]);
  });
});

describe("a program that bears the name of a file which the line has fetched", () => {
  const runsFetched = (line: string) =>
    resolve({ commandLine: line, platform: "linux" }, testCatalog()).invocations.some(({ behaviours }) =>
      behaviours.some(({ id }) => id === "linux/sh/fetched-program"),
    );
  it("is that of the system where it is handed on without a folder", () => {
    expect(runsFetched("wget -q https://h.example/gpg; sudo gpg --import gpg")).toBe(false);
    expect(runsFetched("wget -qO- https://h.example/gpg | sudo gpg --dearmor -o /usr/share/k.gpg")).toBe(false);
    expect(runsFetched("wget -q https://h.example/gpg; sudo ./gpg")).toBe(true);
    expect(runsFetched("wget -q https://h.example/gpg -O /usr/local/bin/gpg; sudo gpg")).toBe(true);
  });
});
