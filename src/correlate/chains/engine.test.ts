import { expect, it } from "vitest";
import { aStart, testCatalog } from "../../../test/support/events.ts";
import { createDetector } from "../detector.ts";
import { emptyList } from "../site/read.ts";
import { Site } from "../site/site.ts";

it("waits for a listed host only where hosts are listed", () => {
  const hostile = emptyList();
  hostile.hosts.add("drop.example.net");
  const start = aStart(0, "A", "C:\\Windows\\System32\\schtasks.exe", "schtasks /create /tn x /tr C:\\a.exe /sc daily");
  const behind = (start.time ?? 0) + 130_000;
  const given = (site?: Site) => {
    const detector = createDetector({ catalog: testCatalog(), minLevel: "informational", ...(site && { site }) });
    return [...detector.push(start), ...detector.advance(behind)].length;
  };
  expect(given()).toBe(1);
  expect(given(new Site(emptyList(), hostile))).toBe(0);
});
