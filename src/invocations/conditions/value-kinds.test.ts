import { expect, it } from "vitest";
import { isAt, VALUE_KINDS } from "./value-kinds.ts";

const kindsOf = (text: string, domain?: string) =>
  ["external", "outside", "numbered", "named-share"].filter((kind) => VALUE_KINDS[kind]?.(text, domain));

it.each([
  ["\\\\files.example.net@SSL\\DavWWWRoot\\a.dll", undefined, ["external", "outside"]],
  ["\\\\files.example.net@8080\\d\\a.dll", undefined, ["external", "outside"]],
  ["\\\\198.51.100.7\\d\\a.dll", undefined, ["external", "outside", "numbered"]],
  ["\\\\3325256711\\d\\a.dll", undefined, ["external", "outside", "numbered"]],
  ["\\\\192.168.7.9\\d\\a.dll", undefined, ["numbered"]],
  ["\\\\fs01.corp.example.com\\d\\a.dll", undefined, ["external", "named-share"]],
  ["\\\\fs01.corp.example.com\\d\\a.dll", "corp.example.com", ["named-share"]],
  ["\\\\files.example.net\\d\\a.dll", "corp.example.com", ["external", "outside"]],
  ["\\\\fs01\\d\\a.dll", undefined, ["named-share"]],
  ["\\\\tsclient\\c\\a.dll", undefined, ["external"]],
  ["\\\\files.example.net\\DavWWWRoot\\a.dll", undefined, ["external", "outside"]],
  ["C:\\d\\a.dll", "corp.example.com", []],
] as const)("tells from where %s comes in the domain %s", (text, domain, kinds) => {
  expect(kindsOf(text, domain)).toEqual(kinds);
});

it.each([
  ["https://a.b.example.org/x", true],
  ["https://example.org", true],
  ["ms-word:ofe|u|https://a.example.org/x.docx", true],
  ["\\\\a.example.org\\share\\x", true],
  ["https://files.example.net/a.example.org/x", false],
  ["https://a.example.org@files.example.net/x", false],
  ["https://example.org.example.net/x", false],
  ["https://myexample.org/x", false],
  ["a.example.org", false],
])("tells an address by its machine: %s", (text, holds) => {
  expect(isAt(["example.org"], text)).toBe(holds);
});
