import { expect, it } from "vitest";
import { fakeRecord } from "../../test/support/record.ts";
import { defineEvent } from "./define.ts";
import { text } from "./fields.ts";
import { processOf } from "./process.ts";

const start = defineEvent("processCreation", {
  platform: "windows",
  image: "Image",
  commandLine: text("CommandLine", "-"),
  process: processOf({ id: (r) => r.get("ProcessGuid"), image: (r) => r.get("Image") }),
});

const record = () =>
  fakeRecord("winevent", "P", 1, { Image: "C:\\a.exe", CommandLine: "-", ProcessGuid: "{1}", Company: "Acme" });

it("reads no field before it is asked for, and each only once", () => {
  const fake = record();
  const event = start(fake);
  expect(event.kind).toBe("processCreation");
  expect(event.platform).toBe("windows");
  expect(event.host).toBe("HOST1");
  expect(event.process).toBeDefined();
  expect(fake.asked).toEqual([]);
  expect(event.image).toBe("C:\\a.exe");
  expect(event.image).toBe("C:\\a.exe");
  expect(event.process.key).toBe("id:{1}");
  expect(event.process.key).toBe("id:{1}");
  expect(fake.asked).toEqual(["Image", "ProcessGuid"]);
});

it("keeps a placeholder, an absent field and an unnamed slot apart from values", () => {
  const event = start(record());
  expect(event.commandLine).toBeUndefined();
  expect(event.company).toBeUndefined();
  expect(event.parent).toEqual({ key: undefined, pid: undefined, image: undefined });
});

it("takes what the source knows already without reading again", () => {
  const fake = record();
  const event = start(fake, { image: undefined, commandLine: "known" });
  expect(event.image).toBeUndefined();
  expect(event.commandLine).toBe("known");
  expect(fake.asked).toEqual([]);
});

it("makes events of one class, whatever their kind and source, without what their kind does not have", () => {
  const other = defineEvent("moduleLoad", { platform: "linux", module: "path" })(record());
  expect(Object.getPrototypeOf(other)).toBe(Object.getPrototypeOf(start(record())));
  expect(other).toMatchObject({ kind: "moduleLoad", platform: "linux", host: "HOST1", commandLine: undefined });
});

it("makes an event at the cost of one small object", () => {
  const fake = record();
  const events = Array.from({ length: 100_000 }, () => start(fake));
  expect(events.every((event) => (event as unknown as { values?: unknown }).values === undefined)).toBe(true);
  expect(fake.asked).toEqual([]);
});
