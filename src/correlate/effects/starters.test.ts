import { expect, it } from "vitest";
import { anEvent, testCatalog } from "../../../test/support/events.ts";
import type { Event, ProcessCreation } from "../../model/event.ts";
import { seenOf } from "../chains/seen.ts";
import { passes } from "../chains/test.ts";
import { UNTOLD } from "../site/site.ts";
import { Starters } from "./starters.ts";

const alone = testCatalog().chains.filter((one) => one.alone);

/** Programs that the analytics name, from the system's folder and from where everybody can write, and others. */
const named = alone.flatMap(({ steps }) =>
  steps.flatMap(({ tests }) => tests.flatMap(({ parent = [], image = [] }) => [...parent, ...image])),
);
const files = [...new Set(named.map((glob) => glob.replaceAll("*", "x"))), "plover.exe", "svchost.exe"].flatMap(
  (name) => [`C:\\Windows\\System32\\${name}`, `C:\\Users\\Public\\${name}`],
);
const odd = ["\\\\web@SSL\\DavWWWRoot\\a.exe", "C:\\ProgramData\\a.exe", "C:\\Users\\amy\\AppData\\Roaming\\a.exe", ""];

const start = (parent: string, image: string, values: object = {}) =>
  anEvent("processCreation", 0, {
    process: { key: "id:C", pid: 9, image },
    parent: { key: undefined, pid: 8, image: parent },
    image,
    commandLine: `${image} whoami http://a.example`,
    ...values,
  }) as ProcessCreation;

/** Whether an analytic tells of a start, found by asking each. */
function tells(event: Event, parent: string): boolean {
  const unknown = { key: undefined, parentKey: undefined, resolution: undefined, pending: undefined };
  const seen = seenOf(event, { ...unknown, parent });
  const known = { fromWeb: () => false, site: UNTOLD, isNew: () => true };
  return alone.some(
    ({ platform, steps: [step] }) =>
      platform === event.platform &&
      step?.components.includes(event.kind) &&
      step.tests.some((test) => passes(test, seen, known) !== undefined),
  );
}

it("pass over no start that an analytic tells of, and over most others", () => {
  const starters = new Starters(alone);
  const counts = { told: 0, passedOver: 0, askedInVain: 0 };
  // A part of all, as they are many.
  for (const parent of [...files.filter((_, i) => i % 5 === 0), ...odd])
    for (const image of [...files.filter((_, i) => i % 3 === 0), ...odd]) {
      const event = start(parent, image);
      const may = starters.mayTell(event, parent);
      const told = tells(event, parent);
      if (told) expect(may, `${parent} → ${image}`).toBe(true);
      counts[told ? "told" : may ? "askedInVain" : "passedOver"]++;
    }
  expect(counts.told).toBeGreaterThan(30);
  expect(counts.passedOver).toBeGreaterThan(4 * counts.askedInVain);
});

it("ask the analytics themselves where the source has other names", () => {
  const starters = new Starters(alone);
  const image = "C:\\Windows\\notepad.exe";
  expect(starters.mayTell(start(image, image), image)).toBe(false);
  expect(starters.mayTell(start(image, image), undefined)).toBe(true);
  expect(starters.mayTell(start(image, image, { process: { key: "id:C", pid: 9, image: undefined } }), image)).toBe(
    true,
  );
});
