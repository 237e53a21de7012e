import { expect, it } from "vitest";
import { testCatalog } from "../../../test/support/events.ts";
import { Evidence } from "./evidence.ts";
import { makePlan } from "./plan.ts";

function history(): Evidence {
  const evidence = new Evidence();
  for (let at = 0; at < 20; at++)
    evidence.add(
      [{ on: "execute", platform: "windows", subject: {}, object: { path: `C:\\Windows\\System32\\a${at}.exe` } }],
      { host: `pc${at % 7}`, time: at * 86_400_000, user: "kim" },
    );
  return evidence;
}

it("lets others have their turn for each act of the history, and is no other plan for it", async () => {
  let pauses = 0;
  const pause = () => {
    pauses++;
    return pauses % 50 === 0 ? Promise.resolve() : undefined;
  };
  const paced = await makePlan(testCatalog(), history(), "audit", [], { pause, isStopped: false });
  expect(pauses).toBeGreaterThan(100);
  expect(paced).toEqual(await makePlan(testCatalog(), history(), "audit"));
});

it("ends as soon as nobody wants it any more", async () => {
  let pauses = 0;
  const pace = {
    pause: () => {
      pauses++;
      return undefined;
    },
    get isStopped() {
      return pauses > 30;
    },
  };
  await makePlan(testCatalog(), history(), "audit", [], pace);
  expect(pauses).toBeLessThan(40);
});
