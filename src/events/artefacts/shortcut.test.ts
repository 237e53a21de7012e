import { expect, it } from "vitest";
import { FieldRecord } from "../../formats/artefacts/field-record.ts";
import { inStartupFolder, shortcut } from "./shortcut.ts";

it.each([
  ["C:\\Users\\kim\\AppData\\Roaming\\Microsoft\\Windows\\Start Menu\\Programs\\Startup\\a.lnk", true],
  ["/mnt/c/ProgramData/Microsoft/Windows/Start Menu/Programs/StartUp/a.lnk", true],
  ["case.zip!C/Users/kim/AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Startup/a.lnk", true],
  ["Start Menu/Programs/Startup/a.lnk", true],
  ["C:\\ProgramData\\Microsoft\\Windows\\Start Menu\\Programs\\a.lnk", false],
  ["C:\\Start Menu\\Programs\\Startup\\deeper\\a.lnk", false],
  ["Startup/a.lnk", true],
  ["StartupNotes/a.lnk", false],
])("knows the startup folder: %s", (path, expected) => {
  expect(inStartupFolder(path)).toBe(expected);
});

it("understands a link", () => {
  const fields = { target: "C:\\a.exe", arguments: "/x", icon: "b.ico", oddities: ["minimised"] };
  const file = "kim/Start Menu/Programs/Startup/offer.pdf.lnk";
  expect(shortcut.understand(new FieldRecord("shortcut", file, 0, fields))).toMatchObject({
    kind: "shortcut",
    platform: "windows",
    path: file,
    target: "C:\\a.exe",
    arguments: "/x",
    workingDirectory: undefined,
    icon: "b.ico",
    startup: true,
    oddities: ["minimised", "namedAsDocument"],
  });
});

it("has no event for a link without a target", () => {
  expect(shortcut.understand(new FieldRecord("shortcut", "a.lnk", 0, {}))).toBeUndefined();
});
