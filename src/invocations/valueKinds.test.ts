import { expect, it } from "vitest";
import { VALUE_KINDS } from "./valueKinds.ts";

const kindsOf = (text: string, domain?: string) =>
  ["external", "outside", "numbered"].filter((kind) => VALUE_KINDS[kind]?.(text, domain));

it.each([
  ["\\\\files.example.net@SSL\\DavWWWRoot\\a.dll", undefined, ["external", "outside"]],
  ["\\\\files.example.net@8080\\d\\a.dll", undefined, ["external", "outside"]],
  ["\\\\198.51.100.7\\d\\a.dll", undefined, ["external", "outside", "numbered"]],
  ["\\\\192.168.7.9\\d\\a.dll", undefined, ["numbered"]],
  ["\\\\fs01.corp.example.com\\d\\a.dll", undefined, ["external"]],
  ["\\\\fs01.corp.example.com\\d\\a.dll", "corp.example.com", []],
  ["\\\\files.example.net\\d\\a.dll", "corp.example.com", ["external", "outside"]],
  ["\\\\fs01\\d\\a.dll", undefined, []],
  ["C:\\d\\a.dll", "corp.example.com", []],
] as const)("tells from where %s comes in the domain %s", (text, domain, kinds) => {
  expect(kindsOf(text, domain)).toEqual(kinds);
});
