import { describe, expect, it } from "vitest";
import { millis } from "../../../test/support/cost.ts";
import { testCatalog } from "../../../test/support/events.ts";
import { Source } from "../../catalog/problem.ts";
import { readAllowFile, readAllowFiles } from "./read.ts";

const GOOD: Record<string, string> = {
  id: "clinic",
  binary: "regsvr32",
  behaviour: "register",
  directory: "C:\\Program Files\\Orchard\\Clinic",
  reason: "The clinic's program registers its controls at logon.",
  author: "a.lang",
  expires: "2027-03-31",
};
const entry = (changes: Record<string, string | undefined> = {}) =>
  Object.entries({ ...GOOD, ...changes })
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]))
    .map((line, at) => `${at === 0 ? "  - " : "    "}${line}\n`)
    .join("");
const list = (...entries: string[]) => `allow:\n${entries.join("")}`;
const read = (text: string) => readAllowFile(new Source("allow.yaml", text), testCatalog());
const problem = (changes: Record<string, string | undefined>) => {
  const { entries, problems } = read(list(entry(changes)));
  expect(entries).toEqual([]);
  return problems.map(({ message }) => message).join("\n");
};

describe("an allow-list", () => {
  it("reads facts in normal form", () => {
    const { entries, problems } = read(
      `groups:\n  clinic: [WS-1.corp.example, ws-2]\n${list(
        entry({ directory: "C:/PROGRA~1/Orchard/Clinic/", hosts: "clinic", signer: "Orchard GmbH" }),
      )}`,
    );
    expect(problems).toEqual([]);
    expect(entries).toMatchObject([
      {
        id: "clinic",
        line: 4,
        binary: "windows/regsvr32",
        behaviour: "windows/regsvr32/register",
        directory: "c:\\program files\\orchard\\clinic",
        signer: "orchard gmbh",
        hosts: ["ws-1", "ws-2"],
        expires: Date.UTC(2027, 3, 1) - 1,
      },
    ]);
  });

  it.each(["id", "binary", "behaviour", "reason", "author", "expires"])("is refused without %s", (name) => {
    expect(problem({ [name]: undefined })).toContain(`lacks ${name}`);
    expect(problem({ [name]: '""' })).toContain(`${name} must be a text`);
  });

  it.each([
    [{ directory: "C:\\Program Files\\*" }, "wildcards"],
    [{ directory: "'%APPDATA%\\Orchard'" }, "wildcards"],
    [{ parent: "setup?.exe" }, "wildcards"],
    [{ hosts: "[WS-*]" }, "wildcards"],
    [{ directory: "Orchard\\Clinic" }, "whole path"],
    [{ directory: "https://files.example.net/a" }, "whole path"],
    [{ directory: "C:\\Users\\<anyone>\\x", signer: "Orchard GmbH" }, "only <user> and <version>"],
    [{ directory: "C:\\Users\\Public" }, "anybody can put a file there"],
    [{ directory: "C:\\ProgramData\\Orchard" }, "anybody can put a file there"],
    [{ directory: "C:\\Program Files\\..\\Users\\Public" }, "anybody can put a file there"],
    [{ directory: undefined }, "whatever is run this way"],
    [{ directory: undefined, parent: "C:\\Windows\\explorer.exe" }, "whatever is run this way"],
    [{ directory: undefined, signer: "Microsoft Corporation" }, "signs most of Windows"],
    [{ directory: undefined, sha256: "abc" }, "64 hexadecimal digits"],
    [{ parent: "setup.exe" }, "whole path of a program"],
    [{ expires: "next year" }, "a day such as"],
    [{ expires: "2027-02-30" }, "a day such as"],
    [{ binary: "nothing-such" }, "has no “nothing-such”"],
    [{ behaviour: "nothing-such" }, "no behaviour “nothing-such”"],
    [{ commandLine: "contains foo" }, "has no “commandLine”"],
    [{ hosts: "[]" }, "not empty"],
  ])("is refused with %j", (changes, message) => {
    expect(problem(changes)).toContain(message);
  });

  it("is refused for what is never normal", () => {
    expect(problem({ binary: "mshta", behaviour: "windows/mshta/inline-script" })).toMatch(
      /never normal \(floor high\)/,
    );
  });

  it("says where, with the line and a caret", () => {
    const [first] = read(list(entry(), entry({ id: "other", directory: "C:\\Temp" }))).problems;
    expect(first).toMatchObject({ file: "allow.yaml", line: 12, column: 16 });
    expect(first?.excerpt).toBe(`    directory: C:\\Temp\n${" ".repeat(15)}^`);
  });

  it("must not contradict itself, nor another list", () => {
    const twice = list(entry(), entry({ id: "again", expires: "2028-01-01" }));
    expect(read(twice).problems.map(({ message }) => message)).toEqual([expect.stringContaining("allow.yaml:2")]);
    expect(read(list(entry(), entry({ directory: "C:\\Program Files\\Other" }))).problems).toHaveLength(1);
    const files = [
      new Source("a.yaml", list(entry())),
      new Source("b.yaml", list(entry({ id: "again", author: "someone" }))),
    ];
    expect(() => readAllowFiles(files, testCatalog())).toThrow(/^b\.yaml:2:\d+: .*a\.yaml:2/);
  });

  it("may be long: ten times the entries take ten times the time", () => {
    const many = (count: number) =>
      list(
        ...Array.from({ length: count }, (_, at) => entry({ id: `e${at}`, directory: `C:\\Program Files\\P${at}` })),
      );
    expect(read(many(300))).toMatchObject({ problems: [], entries: { length: 300 } });
    const text = many(3000);
    expect(millis(() => read(text), 6000)).toBeLessThan(6000);
    expect(read(list(...Array(3000).fill(entry({ reason: undefined })))).problems).toHaveLength(100);
  });

  it("is refused where it is no YAML, no list, or names an unknown part", () => {
    for (const text of [
      "allow: [",
      "- x",
      "allow: {}",
      "allow: [x]",
      `${list(entry())}deny: []\n`,
      "groups: {a: []}\n",
    ])
      expect(read(text).problems.length, text).toBeGreaterThan(0);
    expect(read("allow: []\n")).toEqual({ entries: [], problems: [] });
  });
});
