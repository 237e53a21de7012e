import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { evtx } from "../formats/evtx.ts";
import type { Format } from "../formats/format.ts";
import { json } from "../formats/json.ts";
import type { Event, EventKind } from "../model/event.ts";
import { propertiesOf } from "./define.ts";
import { toPlain } from "./plain.ts";
import { createUnderstander, type Understander } from "./registry.ts";

const TELEMETRY = join(import.meta.dirname, "../../../shared/telemetry");
const isThere = existsSync(TELEMETRY);

/** Nothing in the shared telemetry is an artefact at rest. */
const NOT_LOGGED: readonly EventKind[] = ["shortcut"];
const KINDS: readonly EventKind[] = [
  "processCreation",
  "processTermination",
  "commandExecution",
  "moduleLoad",
  "fileCreation",
  "networkConnection",
  "registryKeyModification",
  "osApiExecution",
  "policyDecision",
  "scheduledTask",
  "runKey",
];

function understandFile(path: string, format: Format, understander: Understander): Event[] {
  const events: Event[] = [];
  const reader = format.open(
    { file: path },
    { record: (record) => void events.push(...understander.understand(record)), diagnostic: () => {} },
  );
  reader.push(readFileSync(path));
  reader.end();
  return events;
}

function files(ending: string): string[] {
  const all = readdirSync(TELEMETRY, { recursive: true, encoding: "utf8" });
  return all.filter((name) => name.endsWith(ending)).map((name) => join(TELEMETRY, name));
}

describe.skipIf(!isThere)("real telemetry (skipped: no shared data, where the folder is missing)", () => {
  const understander = createUnderstander();
  let events: Event[] = [];

  beforeAll(() => {
    const evtxEvents = files(".evtx").flatMap((path) => understandFile(path, evtx, understander));
    const traced = files(".ndjson").flatMap((path) => understandFile(path, json, understander));
    events = [...evtxEvents, ...traced, ...understander.end()];
  });

  it.each(KINDS)("has %s, and every property of every one can be read", (kind) => {
    const some = events.filter((event) => event.kind === kind);
    expect(some.length).toBeGreaterThan(0);
    const seen = new Set(some.flatMap((event) => Object.keys(toPlain(event).values)));
    for (const name of seen) expect(propertiesOf(kind)).toContain(name);
    expect([...seen]).toEqual(expect.arrayContaining(["time", "host", "platform", "process"]));
  });

  it("has no kind that the list above forgets", () => {
    const kinds = new Set(events.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual([...KINDS].sort());
    expect(NOT_LOGGED.every((kind) => !kinds.has(kind))).toBe(true);
  });

  it("names the program of nearly every process start, and never a placeholder", () => {
    const starts = events.filter((event) => event.kind === "processCreation");
    const named = starts.filter(({ image }) => image !== undefined);
    expect(named.length / starts.length).toBeGreaterThan(0.99);
    const texts = starts.flatMap(({ image, commandLine, parent }) => [image, commandLine, parent.image]);
    expect(texts.filter((text) => text === "-" || text === "" || text === "<unknown process>")).toEqual([]);
  });

  it("joins ends, modules and connections to starts by key", () => {
    const started = new Set(events.flatMap((event) => (event.kind === "processCreation" ? [event.process.key] : [])));
    started.delete(undefined);
    for (const kind of ["processTermination", "moduleLoad", "networkConnection", "fileCreation"] as const) {
      const joined = events.filter((event) => event.kind === kind && started.has(event.process.key));
      expect(joined.length, kind).toBeGreaterThan(0);
    }
  });
});
