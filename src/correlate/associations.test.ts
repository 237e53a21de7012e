import { expect, it } from "vitest";
import { openedWith } from "./associations.ts";

it.each([
  ['"C:\\a b\\x.hta"', 'mshta.exe "C:\\a b\\x.hta"'],
  ["C:\\x.VBS /a", 'wscript.exe "C:\\x.VBS" /a'],
  ['"\\\\h@80\\dav\\x.cpl"', 'control.exe "\\\\h@80\\dav\\x.cpl"'],
  ["C:\\x.msi", 'msiexec.exe /i "C:\\x.msi"'],
  ['"ms-msdt:/id x /param "y""', 'explorer.exe ms-msdt:/id x /param "y"'],
  ['"https://example.com/x.hta"', undefined],
  ["C:\\x.exe a.hta", undefined],
  ["C:\\x.docx", undefined],
  ["", undefined],
])("%s is opened with %s", (commandLine, expected) => {
  expect(openedWith(commandLine)).toBe(expected);
});
