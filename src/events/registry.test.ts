import { expect, it } from "vitest";
import { fakeRecord } from "../../test/support/record.ts";
import type { EventKind } from "../model/event.ts";
import { createUnderstander, SOURCES } from "./registry.ts";

const SYSMON = "Microsoft-Windows-Sysmon";
const kinds = (...names: EventKind[]) => createUnderstander({ kinds: new Set(names) });

it("ids of sources are unique, and no source is without kinds", () => {
  const ids = SOURCES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(SOURCES.filter((source) => source.kinds.length === 0)).toEqual([]);
  expect(SOURCES.filter(({ provider }) => provider !== provider?.toLowerCase())).toEqual([]);
});

it("gives the kinds that somebody subscribed to, of sources that have several", () => {
  const fields = { TargetObject: "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run\\x", Details: "a.exe" };
  const record = fakeRecord("winevent", SYSMON, 13, fields);
  expect(kinds("runKey").understand(record)).toMatchObject([{ kind: "runKey" }]);
  expect(kinds("registryKeyModification").understand(record)).toMatchObject([{ kind: "registryKeyModification" }]);
  expect(kinds("processCreation").understand(record)).toEqual([]);
  expect(createUnderstander().understand(record)).toHaveLength(2);
});

it("wants what some source of a subscribed kind understands", () => {
  const { wants } = kinds("processCreation");
  expect(wants("MICROSOFT-Windows-Sysmon", 1, "winevent")).toBe(true);
  expect(wants(SYSMON, 11)).toBe(false);
  expect(wants(SYSMON, 255, "winevent")).toBe(false);
  expect(wants("Acme-Provider", 1, "winevent")).toBe(false);
});

it("wants what it cannot tell", () => {
  const { wants } = createUnderstander();
  expect(wants(undefined, 4688)).toBe(true);
  expect(wants(undefined, 4688, "winevent")).toBe(true);
  expect(wants("endpoint", undefined)).toBe(true);
  expect(wants("endpoint", 5, "ecs")).toBe(true);
  expect(wants("endpoint", 5)).toBe(true);
  expect(wants(undefined, 1_000_000, "winevent")).toBe(false);
});

it.each([
  ["Microsoft-Windows-Sysmon/Operational", 1],
  ["Security", 4688],
  ["System", 7045],
  ["Windows PowerShell", 400],
  ["Application", 1040],
])("tells the source by the channel %s where an export has no provider", (channel, eventId) => {
  const fields = {
    Image: "a",
    NewProcessName: "a",
    ImagePath: "a",
    Data: "x.msi",
    Data3: "\tHostApplication=a\r\n\tEngineVersion=",
  };
  const record = fakeRecord("winevent", undefined, eventId, fields, { channel });
  expect(createUnderstander().understand(record)).not.toEqual([]);
});

it("one id has a meaning per provider", () => {
  const { understand } = createUnderstander();
  expect(understand(fakeRecord("winevent", "Microsoft-Windows-Kernel-General", 1, {}))).toEqual([]);
  expect(understand(fakeRecord("winevent", "Linux-Sysmon", 1, { Image: "/a" }))).toMatchObject([{ platform: "linux" }]);
  expect(understand(fakeRecord("winevent", undefined, undefined, {}))).toEqual([]);
});

it("a log that makes up providers costs no memory beyond the limit", () => {
  const { wants } = createUnderstander();
  for (let i = 0; i < 5000; i++) expect(wants(`Provider-${i}`, 1, "winevent")).toBe(false);
  expect(wants("MICROSOFT-WINDOWS-SYSMON", 1, "winevent")).toBe(true);
});
