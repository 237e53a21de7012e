import { describe, expect, it } from "vitest";
import { fakeRecord } from "../../../test/support/record.ts";
import { toPlain } from "../plain.ts";
import { createUnderstander } from "../registry.ts";

const understand = (fields: Record<string, string>, eventId = 1) =>
  createUnderstander()
    .understand(fakeRecord("winevent", "Microsoft-Windows-COM", eventId, fields))
    .map((event) => ({ kind: event.kind, ...toPlain(event).values }));

describe("COM activation", () => {
  const console = "C:\\Windows\\System32\\mmc.exe";

  it.each([1, 7, 32_101])("is understood by its fields, whatever the id: %i", (eventId) => {
    const fields = { ProcessName: console, ProcessId: "0x1a4", CLSID: "{C96401CC-0E17-11D3-885B-00C04F72C717}" };
    expect(understand(fields, eventId)).toMatchObject([
      {
        kind: "osApiExecution",
        api: "comActivation",
        process: { pid: 420, image: console },
        startModule: "CLSID\\{C96401CC-0E17-11D3-885B-00C04F72C717}",
      },
    ]);
  });

  it("is nothing where no class is named", () => {
    expect(understand({ ProcessName: console })).toEqual([]);
    expect(understand({ ProcessName: console, CLSID: "none" })).toEqual([]);
  });

  it("is wanted by those who subscribe to calls, and by no other", () => {
    const wants = (kind: "osApiExecution" | "moduleLoad") =>
      createUnderstander({ kinds: new Set([kind]) }).wants("Microsoft-Windows-COM", 5, "winevent");
    expect(wants("osApiExecution")).toBe(true);
    expect(wants("moduleLoad")).toBe(false);
  });
});
