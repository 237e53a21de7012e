import { Catalog } from "../../src/catalog/catalog.ts";
import { compileCatalog } from "../../src/catalog/compile.ts";
import { fromPlain } from "../../src/events/plain.ts";
import type { Event } from "../../src/model/event.ts";

let catalog: Catalog | undefined;

/** The catalogue compiled from its sources, once for all tests. */
export function testCatalog(): Catalog {
  catalog ??= new Catalog(compileCatalog("catalog").catalog);
  return catalog;
}

let next = 0;

/** A Windows event for tests; `at` is in seconds. Properties that are not given are undefined. */
export function anEvent(
  kind: Event["kind"],
  at: number,
  values: Record<string, unknown>,
  record: Record<string, unknown> = {},
): Event {
  next++;
  return fromPlain({
    kind,
    record: {
      shape: "winevent",
      file: "log.evtx",
      index: next,
      recordId: 1000 + next,
      provider: "Microsoft-Windows-Sysmon",
      eventId: 1,
      ...record,
    },
    values: { platform: "windows", host: "PC1", time: Date.UTC(2024, 4, 2, 9) + at * 1000, ...values },
  });
}

/** A process start; `key` and `parent` are letters that stand for GUIDs. */
export function aStart(
  at: number,
  key: string,
  image: string,
  commandLine: string,
  parent = "?",
  values: Record<string, unknown> = {},
): Event {
  return anEvent("processCreation", at, {
    image,
    commandLine,
    process: { key: `id:${key}`, pid: key.charCodeAt(0), image },
    parent: { key: `id:${parent}`, pid: parent.charCodeAt(0) },
    ...values,
  });
}
