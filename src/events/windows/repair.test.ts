import fc from "fast-check";
import { expect, it } from "vitest";
import { fakeRecord } from "../../../test/support/record.ts";
import { createUnderstander } from "../registry.ts";
import { undoublePercent, unescapeMarkup } from "./repair.ts";

it("undoes doubled percent signs only where all of them are doubled", () => {
  expect(undoublePercent("%%A%% %%%%")).toBe("%A% %%");
  expect(undoublePercent("%A% %%i")).toBe("%A% %%i");
  expect(undoublePercent("%%i %%%j")).toBe("%%i %%%j");
  fc.assert(
    fc.property(fc.stringMatching(/^[%a ]*$/), (line) => {
      expect(undoublePercent(line.replaceAll("%", "%%"))).toBe(line);
    }),
  );
});

it("unescapes a line only where all of it is escaped", () => {
  expect(unescapeMarkup("a &gt;nul 2&gt;&amp;1")).toBe("a >nul 2>&1");
  expect(unescapeMarkup("echo &gt; && b")).toBe("echo &gt; && b");
  expect(unescapeMarkup("echo &gt; > b")).toBe("echo &gt; > b");
  expect(unescapeMarkup("a &b;")).toBe("a &b;");
  const escaped = (line: string) => line.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  fc.assert(
    fc.property(fc.stringMatching(/^[&<>a;%gt ]*$/), (line) => {
      expect(unescapeMarkup(escaped(line))).toBe(line);
    }),
  );
});

it.each([
  ["Microsoft-Windows-Sysmon", 1],
  ["Microsoft-Windows-Security-Auditing", 4688],
])("%s %i: repairs the command line", (provider, eventId) => {
  const record = fakeRecord("winevent", provider, eventId, { CommandLine: "cmd /c a 2&gt;&amp;1" });
  expect(createUnderstander().understand(record)).toMatchObject([{ commandLine: "cmd /c a 2>&1" }]);
});
