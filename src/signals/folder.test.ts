import { expect, it } from "vitest";
import { builtinCatalog } from "../catalog/load.ts";
import { explain } from "../pipeline/explain.ts";

const textOf = (cwd: string) =>
  explain({ commandLine: "iediagcmd.exe /out:D:\\r.cab", platform: "windows", cwd }, builtinCatalog()).explanation
    .verdict.text;

it.each(["\\\\files.example.net@80\\DavWWWRoot\\p\\", "\\\\198.51.100.7\\share\\p\\"])(
  "tells that a program works in a folder of a machine elsewhere: %s",
  (cwd) => expect(textOf(cwd)).toContain(`It works in ${cwd}`),
);

it.each(["C:\\Users\\ann\\", "\\\\fileserver\\team\\", "\\\\10.1.2.3\\team\\"])("says nothing of %s", (cwd) =>
  expect(textOf(cwd)).not.toContain("It works in"),
);
