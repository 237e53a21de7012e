import { expect, it } from "vitest";
import { fakeRecord } from "../../test/support/record.ts";
import type { Event, EventKind } from "../model/event.ts";
import { defineEvent, propertiesOf } from "./define.ts";
import { fromPlain, type PlainEvent, toPlain } from "./plain.ts";
import { processOf } from "./process.ts";

const record = fakeRecord("winevent", "P", 1, { Image: "C:\\a.exe", Pid: "12" }, { channel: "C" });

const start: Event = defineEvent("processCreation", {
  platform: "windows",
  image: "Image",
  args: () => ["a", "b"],
  signature: () => ({ signed: true, signer: "S", status: undefined }),
  env: () => ({ PATH: "/bin" }),
  process: processOf({ pid: () => 12, start: () => 1000.5, image: (r) => r.get("Image") }),
})(record);

const shortcut: Event = defineEvent("shortcut", {
  platform: "windows",
  path: () => "C:\\x.lnk",
  target: () => "C:\\a.exe",
  startup: () => false,
  oddities: () => ["padded"],
})(record);

const properties = (event: Event) =>
  Object.fromEntries(
    propertiesOf(event.kind).map((name) => {
      const value = (event as unknown as Record<string, unknown>)[name];
      const isProcess = name === "process" || name === "parent";
      const { key, pid, image } = (isProcess ? value : {}) as Record<string, unknown>;
      return [name, isProcess ? { key, pid, image } : value];
    }),
  );

it.each([start, shortcut])("survives JSON with every property: $kind", (event) => {
  const plain = JSON.parse(JSON.stringify(toPlain(event))) as PlainEvent;
  const again = fromPlain(plain);
  expect(again.kind).toBe(event.kind);
  expect(properties(again)).toEqual(properties(event));
  expect(toPlain(again)).toEqual(toPlain(event));
  expect(Object.getPrototypeOf(again)).toBe(Object.getPrototypeOf(event));
});

it("keeps what a finding cites of the record, and none of its fields", () => {
  const again = fromPlain(toPlain(start)).record;
  expect(again).toMatchObject({ file: "fake.log", index: 0, recordId: 7, eventId: 1, provider: "P", channel: "C" });
  expect(again.host).toBe("HOST1");
  expect(again.time).toBe(record.time);
  expect(again.get("Image")).toBeUndefined();
  expect(again.list("Image")).toBeUndefined();
  expect(again.names()).toEqual([]);
});

it("leaves out what is undefined", () => {
  const plain = toPlain(start);
  expect(Object.keys(plain.values)).not.toContain("commandLine");
  expect(plain.values.process).toEqual({ key: "pid:host1|12|1000", pid: 12, image: "C:\\a.exe" });
});

it("knows the properties of every kind", () => {
  const kinds: EventKind[] = ["processCreation", "runKey", "policyDecision"];
  for (const kind of kinds) expect(propertiesOf(kind)).toEqual(expect.arrayContaining(["time", "host", "process"]));
});
