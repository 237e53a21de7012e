import { expect, it } from "vitest";
import { eventsIn } from "../../../../test/support/read-events.ts";

const capital = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(capital);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key[0]!.toUpperCase() + key.slice(1), capital(one)]),
  );
};

const FINDING = {
  schemaVersion: "2.0",
  type: "Execution:Runtime/NewBinaryExecuted",
  resource: { resourceType: "Instance", instanceDetails: { instanceId: "i-1" } },
  service: {
    eventFirstSeen: "2026-03-01T10:00:05Z",
    runtimeDetails: {
      process: {
        name: "x",
        executablePath: "/tmp/x",
        pid: 7,
        pwd: "/tmp",
        startTime: "2026-03-01T10:00:00Z",
        uuid: "U",
        parentUuid: "P",
        user: "kim",
        lineage: [{ pid: 6, executablePath: "/usr/bin/bash" }],
      },
    },
  },
};

it("reads the process in a finding of runtime monitoring, as exported and as clients print it", () => {
  for (const finding of [FINDING, capital(FINDING), { version: "0", detail: FINDING }])
    expect(eventsIn(JSON.stringify(finding))).toMatchObject([
      {
        kind: "processCreation",
        image: "/tmp/x",
        currentDirectory: "/tmp",
        host: "i-1",
        user: "kim",
        time: Date.UTC(2026, 2, 1, 10),
        process: { pid: 7 },
        parent: { image: "/usr/bin/bash" },
        record: { pickedBy: "GuardDuty" },
      },
    ]);
});
