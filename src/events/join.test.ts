import fc from "fast-check";
import { expect, it } from "vitest";
import { processKey } from "./join.ts";

const GUID = "{365ABB72-7C01-5CC4-0000-00102B3E0C00}";
const ZEROS = "{00000000-0000-0000-0000-000000000000}";

it("takes a GUID in any spelling, whatever the host", () => {
  const key = processKey("A", GUID);
  expect(key).toBe("id:365abb72-7c01-5cc4-0000-00102b3e0c00");
  expect(processKey("a.example", GUID.slice(1, -1).toLowerCase(), 4, 5)).toBe(key);
});

it("does not take zeros, nothing or a placeholder for an identity", () => {
  for (const id of [ZEROS, ZEROS.slice(1, -1), "", "-", undefined]) {
    expect(processKey("A", id)).toBeUndefined();
    expect(processKey("A", id, 4, 1500)).toBe("pid:a|4|1500");
  }
});

it("takes an entity id as it is written", () => {
  expect(processKey("A", "M2JmZDk4=")).toBe("id:M2JmZDk4=");
});

it("never joins by a bare pid", () => {
  expect(processKey("A", undefined, 4)).toBeUndefined();
  expect(processKey(undefined, undefined, 4, 1500)).toBeUndefined();
  expect(processKey("A", undefined, undefined, 1500)).toBeUndefined();
});

it("tells two processes with one pid apart by their start, to the millisecond", () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.nat(), (pid, start, later) => {
      const key = processKey("A", undefined, pid, start);
      expect(processKey("a", undefined, pid, start + 0.25)).toBe(key);
      expect(processKey("A", undefined, pid, start + later + 1)).not.toBe(key);
    }),
  );
});
