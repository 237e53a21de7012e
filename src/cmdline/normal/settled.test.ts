import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classifySettled } from "./classify.ts";
import { PATTERNS } from "./distance.ts";
import { settledForm, settledName, wholeIdentity } from "./identity.ts";
import { isRemote, looksRemote } from "./remote.ts";
import { traitsOf } from "./traits.ts";

/** Pieces of which paths, addresses and their disguises are made. */
const pieces = [
  ...[
    "c:",
    "C:\\",
    "\\",
    "\\\\",
    "/",
    "//",
    "..",
    ".",
    " ",
    '"',
    ":",
    "%",
    "^",
    "~1",
    "@",
    ",",
    ";;",
    "?",
    "#",
    "&",
    "=",
    "-",
    "{",
  ],
  ...[
    "windows",
    "sysnative",
    "users",
    "all users",
    "hklm",
    "hkcu",
    "registry",
    "machine",
    "shell",
    "clsid",
    "x.dll",
    "a b",
    "K9",
  ],
  ...[
    "http:",
    "https://",
    "ftp://",
    "file:",
    "ldap:",
    "javascript:",
    "example.org",
    "10.0.0.1",
    "010.1",
    "0x7f",
    "localhost",
    "c$",
  ],
  ...[
    "11111111-2222-4333-8444-555566667777",
    "systemroot",
    "%windir%",
    "unc",
    "\t",
    "\u00a0",
    "\u212a",
    "é",
    "\ufeff",
    "$data",
  ],
];
const value = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 8 }).map((parts) => parts.join(""));
const platform = fc.constantFrom("windows" as const, "linux" as const, undefined);

describe("what is told at a glance", () => {
  it("is the normal form that all steps make", () => {
    fc.assert(
      fc.property(value, platform, (text, on) => {
        const settled = settledForm(text, on);
        if (settled !== undefined) expect(settled).toBe(wholeIdentity(text, on));
      }),
      { numRuns: 20_000 },
    );
  });

  it("is told of what logs are full of", () => {
    for (const text of ["C:\\Windows\\System32\\cmd.exe", "x.dll", "https://a.example/b/c.sct?d=1", "http://10.0.0.1/"])
      expect(settledForm(text, "windows")).toBe(text.toLowerCase());
    for (const text of ["/usr/bin/env", "bin/x.sh", "notes"]) expect(settledForm(text, "linux")).toBe(text);
  });

  it("is whether a value comes from another machine", () => {
    fc.assert(
      fc.property(value, (text) => {
        expect(isRemote(text)).toBe(looksRemote(text));
      }),
      { numRuns: 20_000 },
    );
  });

  it("is whether a name in normal form does: it names a share", () => {
    fc.assert(
      fc.property(value, platform, (text, on) => {
        const settled = settledName(text, on);
        if (settled === undefined) return;
        expect(classifySettled(text, settled, on).where === "share").toBe(isRemote(text));
      }),
      { numRuns: 20_000 },
    );
  });

  it("is that a rewriting cannot be in a text", () => {
    fc.assert(
      fc.property(value, (text) => {
        const traits = traitsOf(text);
        for (const [name, trait, pattern] of PATTERNS)
          if (new RegExp(pattern).test(text)) expect([name, traits & trait]).not.toEqual([name, 0]);
      }),
      { numRuns: 20_000 },
    );
  });
});
