import { expect, it } from "vitest";
import { S32 } from "../../../test/support/chains/story.ts";
import { anEvent, testCatalog } from "../../../test/support/events.ts";
import type { Event } from "../../model/event.ts";
import { createDetector } from "../detector.ts";

function find(events: readonly Event[]) {
  const detector = createDetector({ catalog: testCatalog(), minLevel: "low" });
  return [...events.flatMap((event) => detector.push(event)), ...detector.end()];
}

it("leaves no program out by the name of one that lies elsewhere", () => {
  const image = "C:\\Users\\Public\\msiexec.exe";
  const written = (by: string) =>
    anEvent("registryKeyModification", 0, {
      process: { key: "id:P", pid: 9, image: by },
      path: `HKU\\S-1-5-21-1-2-3-1001_Classes\\CLSID\\{11111111-2222-3333-4444-555555555555}\\TreatAs\\(Default)`,
      value: "{66666666-7777-8888-9999-aaaaaaaaaaaa}",
      action: "setValue",
    });
  expect(find([written(`${S32}msiexec.exe`)])).toEqual([]);
  expect(find([written(image)])[0]?.title).toContain("msiexec.exe");
});
