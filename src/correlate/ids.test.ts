import { expect, it } from "vitest";
import { anEvent } from "../../test/support/events.ts";
import { findingsOf } from "../../test/support/findings.ts";
import type { Event } from "../model/event.ts";

const S32 = "C:\\Windows\\System32\\";

const find = (events: readonly Event[]) => findingsOf(events, { minLevel: "informational" });
const idsOf = (events: readonly Event[]) => find(events).map(({ id }) => id);

it("tells apart what one process writes in one instant", () => {
  const write = (name: string) =>
    anEvent("runKey", 0, {
      name,
      commandLine: `rundll32 C:\\Users\\kim\\AppData\\Local\\Temp\\${name}.dll,Run`,
      process: { key: "id:A", pid: 65 },
    });
  expect(new Set(idsOf([write("a"), write("b")])).size).toBe(2);
});

it("tells apart rows of one number in two tables that name neither host nor record", () => {
  const row = (file: string, line: string) =>
    anEvent(
      "processCreation",
      0,
      { image: `${S32}rundll32.exe`, commandLine: line, host: undefined, process: { pid: 7 }, parent: {} },
      { file, index: 3, recordId: undefined, provider: undefined },
    );
  const rows = [row("a.csv", "rundll32 C:\\Temp\\a.dll,Run"), row("b.csv", "rundll32 C:\\Temp\\b.dll,Run")];
  expect(new Set(idsOf(rows)).size).toBe(2);
});

it("takes a start that several lists of processes name for one", () => {
  const image = `${S32}rundll32.exe`;
  const row = (file: string) =>
    anEvent(
      "processCreation",
      0,
      { image, commandLine: "rundll32 C:\\Temp\\a.dll,Run", host: undefined, process: { pid: 7, image }, parent: {} },
      { file, recordId: undefined, provider: undefined },
    );
  const findings = find([row("list.csv"), row("list.json")]);
  expect(findings).toMatchObject([{ source: { file: "list.csv" }, related: [{ file: "list.json", role: "same" }] }]);
});
