import fc from "fast-check";
import { expect, it } from "vitest";
import { anEvent, testCatalog } from "../../../test/support/events.ts";
import { resolve } from "../../invocations/resolve.ts";
import type { Event } from "../../model/event.ts";
import { Anchors } from "./anchors.ts";
import { type Seen, seenOf } from "./seen.ts";
import { mayPass } from "./test.ts";

const { chains } = testCatalog();
const anchors = new Anchors(chains);

const image = fc.constantFrom(
  "C:\\Windows\\System32\\rundll32.exe",
  "C:\\Users\\Public\\powershell.exe",
  "C:\\Windows\\System32\\notepad.exe",
  "C:\\a.exe",
  undefined,
);
const path = fc.constantFrom(
  "C:\\Users\\Public\\a.dll",
  "C:\\Windows\\System32\\taskschd.dll",
  "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\Security Packages",
  undefined,
);
const kind = fc.constantFrom<Event["kind"]>(
  "processCreation",
  "moduleLoad",
  "networkConnection",
  "fileCreation",
  "registryKeyModification",
  "osApiExecution",
  "runKey",
);

/** An event of a kind, by a program; a start as what its line is resolved to. */
const seen = fc
  .tuple(kind, image, path, fc.constantFrom("windows", "linux"), fc.boolean())
  .map(([kind, image, path, platform, isResolved]): Seen => {
    const event = anEvent(kind, 0, {
      platform,
      process: { key: "id:A", pid: 1, image },
      image,
      module: path,
      path,
      target: { key: "id:B", pid: 2, image },
      destinationIp: "203.0.113.7",
      api: "processAccess",
    });
    const request = { commandLine: `${image ?? "a.exe"} ${path ?? ""}`, platform: event.platform };
    const resolution = isResolved ? resolve(request, testCatalog()) : undefined;
    return seenOf(event, { key: "id:A", parentKey: undefined, parent: undefined, resolution, pending: undefined });
  });

it("are those that looking through all chains finds", () => {
  const areAll = fc.property(fc.array(seen, { minLength: 1 }), (all) => {
    for (const one of all) {
      const { event } = one;
      const naive = chains.filter(({ platform, steps, anchor }) => {
        const { components, tests } = steps[anchor]!;
        if (platform !== event.platform || !components.includes(event.kind)) return false;
        return tests.length === 0 || tests.some((test) => mayPass(test, one));
      });
      expect(anchors.of(one)).toEqual(naive);
    }
  });
  fc.assert(areAll, { numRuns: 200 });
});
