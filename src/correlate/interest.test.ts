import { describe, expect, it } from "vitest";
import { anEvent, testCatalog } from "../../test/support/events.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { Event } from "../model/event.ts";
import { createDetector } from "./detector.ts";
import { isOfInterest } from "./interest.ts";

/** What the transfer service logs when it brings something. */
const transfer = (url: string, values: object = {}): Event =>
  anEvent("networkConnection", 0, { initiated: true, url, destinationHost: url.split("/")[2], ...values });

const TELLING = ["https://files.example.net/a.ps1", "http://203.0.113.7/a.exe", "http://203.0.113.7:8080/data"];
const ORDINARY = [
  "https://files.example.net/a.exe",
  "http://updates.example.com/kit/plover.cab?x=a.b",
  "http://10.20.30.40/a.exe",
  "https://files02/a.ps1",
  "not an address",
  "",
];

const start = { components: ["processCreation"], tests: [] };
const waits = (how: string) => ({ components: ["networkConnection"], tests: [], join: { how, to: 1 } });

describe("transfers that do not say who asked for them", () => {
  const isKept = (event: Event) => isOfInterest(event, testCatalog());
  const found = (event: Event) => {
    const detector = createDetector({ catalog: testCatalog(), minLevel: "informational" });
    return [...detector.push(event), ...detector.end()].length;
  };

  it.each(TELLING)("are kept where the detector tells of them: %s", (url) => {
    expect(found(transfer(url))).toBe(1);
    expect(isKept(transfer(url))).toBe(true);
  });

  it.each(ORDINARY)("are left out where it does not: %s", (url) => {
    expect(found(transfer(url))).toBe(0);
    expect(isKept(transfer(url))).toBe(false);
  });

  it.each([
    ["begins with any connection", { anchor: 0, steps: [{ components: ["networkConnection"], tests: [{}] }] }, true],
    ["begins with any event", { anchor: 0, steps: [{ components: ["networkConnection"], tests: [] }] }, true],
    ["waits for a file of that name", { anchor: 1, steps: [waits("file"), start] }, true],
    [
      "asks who connects",
      { anchor: 0, steps: [{ components: ["networkConnection"], tests: [{ image: ["a"] }] }] },
      false,
    ],
    ["waits for a process", { anchor: 1, steps: [waits("process"), start] }, false],
  ])("are kept for an analytic that may make use of them: one that %s", (_, chain, expected) => {
    const catalog = { chains: [chain], byName: () => undefined } as unknown as Catalog;
    expect(isOfInterest(transfer(ORDINARY[0]!), catalog)).toBe(expected);
  });

  it("are kept where they may be some process's, as that may be waited for", () => {
    expect(isKept(transfer(ORDINARY[0]!, { process: { key: undefined, pid: 7, image: undefined } }))).toBe(true);
    expect(isKept(transfer(ORDINARY[0]!, { process: { key: "id:A", pid: undefined, image: undefined } }))).toBe(true);
  });
});
