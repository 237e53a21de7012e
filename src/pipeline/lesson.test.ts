import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { anEvent, aStart, testCatalog } from "../../test/support/events.ts";
import { folder } from "../../test/support/logs.ts";
import { BaselineFile } from "../baseline/file.ts";
import { keyOf, kindKey } from "../baseline/keys.ts";
import { Catalog } from "../catalog/catalog.ts";
import { compileCatalog } from "../catalog/compile.ts";
import { isOfInterest } from "../correlate/interest.ts";
import type { Event } from "../model/event.ts";
import { Lesson } from "./lesson.ts";

const dir = folder();
afterAll(() => dir.remove());

const S32 = "C:\\Windows\\System32\\";
const LOG: readonly Event[] = [
  anEvent("moduleLoad", 0, { process: { key: "id:M", pid: 7, image: `${S32}msiexec.exe` }, module: `${S32}msi.dll` }),
  aStart(1, "A", `${S32}wscript.exe`, "wscript.exe \\\\corp\\tools\\start.vbs"),
];

/** Learns the log, and joins it to what is there. */
async function learn(catalog: Catalog, target: string, existing?: BaselineFile): Promise<BaselineFile> {
  const lesson = new Lesson(catalog);
  for (const event of LOG) lesson.see(event);
  await lesson.learn(() => LOG.filter((event) => isOfInterest(event, catalog)));
  lesson.learner.finish(target, "test", existing);
  return new BaselineFile(target);
}

it("counts a log once that is learnt again with another catalogue", async () => {
  const { catalog } = compileCatalog("catalog");
  const without = new Catalog({ ...catalog, entries: catalog.entries.filter(({ id }) => id !== "windows/msiexec") });
  const older = await learn(without, join(dir.path, "older"));
  const newer = await learn(testCatalog(), join(dir.path, "newer"), older);
  const times = (file: BaselineFile) => file.get(keyOf("binary", "windows/wscript"))?.total;
  expect([times(older), times(newer)]).toEqual([1, 1]);
  expect(newer.get(kindKey("loaded"))?.total).toBe(1);
  for (const file of [older, newer]) file.close();
});
