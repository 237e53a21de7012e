import { expect, it } from "vitest";
import type { JsonObject } from "../../../decode/json/parse.ts";
import { createUnderstander } from "../../../events/registry.ts";
import type { Event } from "../../../model/event.ts";
import { detect } from "../../detect.ts";
import { FORMATS } from "../../registry.ts";
import { syslog } from "../../syslog/syslog.ts";
import { recognise } from "../shapes.ts";

const ID = "4f2a".repeat(16);
const started = (action: string): JsonObject => ({
  ...{ Type: "container", Action: action, scope: "local", time: 1_772_615_411, timeNano: 1_772_615_411_250_000_000 },
  Actor: { ID, Attributes: { execID: "e1", image: "a:1", name: "web" } },
});

function eventsOf(object: JsonObject): readonly Event[] {
  const record = recognise(object, { file: "f", index: 0 });
  return record ? (createUnderstander().understand(record) ?? []) : [];
}

const EXEC = {
  ...{ kind: "processCreation", host: "web", image: "/bin/sh", commandLine: "/bin/sh -c id", platform: "linux" },
};

it("Docker: what exec started, and nothing of what it prepared or of other events", () => {
  const [event] = eventsOf(started("exec_start: /bin/sh -c id "));
  expect(event).toMatchObject(EXEC);
  expect(event!.process?.key).toContain("e1");
  expect(Math.round(event!.time!)).toBe(1_772_615_411_250);
  for (const action of ["exec_create: /bin/sh -c id", "exec_die", "die"]) {
    expect(recognise(started(action), { file: "f", index: 0 })).toMatchObject({ provider: "docker" });
    expect(eventsOf(started(action))).toEqual([]);
  }
});

it("Docker: a container without a name is called by its id", () => {
  const { Actor: _, ...rest } = started("exec_start: id");
  expect(eventsOf({ ...rest, id: ID, status: "exec_start: id" })).toMatchObject([{ host: ID.slice(0, 12) }]);
});

it("Docker: events as they are printed", () => {
  const text = [
    `2026-03-04T09:10:11.250000000Z container exec_start: /bin/sh -c echo (a) ${ID} (execID=e1, image=a:1, label=x, y (z), name=web)`,
    `2026-03-04T09:10:12.000000000+01:00 container die ${ID} (exitCode=0, name=web)`,
    "2026-03-04T09:10:12.000000000+01:00 network connect b0b0b0b0b0b0 (container=a, name=bridge, type=bridge)",
    "2026-03-04T09:10:13.000000000+01:00 image pull nginx:1 (name=nginx)",
  ].join("\n");
  expect(detect(Buffer.from(text), "x.txt", FORMATS)?.name).toBe("syslog");
  const events: Event[] = [];
  const damaged: string[] = [];
  const { understand } = createUnderstander();
  const reader = syslog.open(
    { file: "x" },
    {
      record: (record) => events.push(...(understand(record) ?? [])),
      diagnostic: ({ code }) => damaged.push(code),
    },
  );
  reader.push(Buffer.from(text));
  reader.end();
  expect(damaged).toEqual([]);
  expect(events).toMatchObject([{ ...EXEC, commandLine: "/bin/sh -c echo (a)" }]);
});
