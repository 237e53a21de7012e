import { describe, expect, it } from "vitest";
import { Count } from "./count.ts";
import { History, MATURE_DAYS, MATURE_HOSTS } from "./history.ts";

/** A fleet that was watched for 60 days, and keys on the first `hosts` of it, each from a day on. */
function history(fleet: number, keys: Record<string, { hosts: number; since: number }>, today = 60): History {
  const watched = new Count();
  for (let i = 0; i < fleet; i++) for (const day of [0, 60]) watched.add("", `h${i}`, day);
  const counts = new Map<string, Count>();
  for (const [key, { hosts, since }] of Object.entries(keys)) {
    const count = new Count();
    for (let i = 0; i < hosts; i++) count.add("log", `h${i}`, since);
    counts.set(key, count);
  }
  return new History({ get: (key) => counts.get(key), fleet: watched }, today);
}
const surprise = (given: History, key: string) => given.ask(key, "all").surprise as number;

describe("history", () => {
  it("finds common things ordinary and unseen things surprising", () => {
    const known = history(400, { all: { hosts: 400, since: 0 }, common: { hosts: 380, since: 0 } });
    expect(surprise(known, "common")).toBeLessThan(0.2);
    expect(surprise(known, "never")).toBeGreaterThan(7);
  });

  it("is not taught by a burst, a slow drip, or a few hosts", () => {
    const poison = history(400, {
      all: { hosts: 400, since: 0 },
      burst: { hosts: 400, since: 58 },
      few: { hosts: 4, since: 1 },
      share: { hosts: 19, since: 1 },
    });
    const never = surprise(poison, "never");
    for (const key of ["burst", "few", "share"]) expect(surprise(poison, key)).toBe(never);
    expect(
      surprise(history(400, { all: { hosts: 400, since: 0 }, many: { hosts: 40, since: 1 } }), "many"),
    ).toBeLessThan(never - 2);
  });

  it("says nothing while it is immature", () => {
    expect(history(MATURE_HOSTS - 1, {}).ask("x", "all").surprise).toBeUndefined();
    const young = new Count();
    for (let i = 0; i < 50; i++) for (const day of [0, MATURE_DAYS - 2]) young.add("", `h${i}`, day);
    expect(new History({ get: () => undefined, fleet: young }, 60).ask("x", "all").surprise).toBeUndefined();
  });

  it("does not let a baseline from the future speak of today", () => {
    const future = history(400, { all: { hosts: 400, since: 50 }, key: { hosts: 400, since: 50 } }, 10);
    expect(future.ask("key", "all").surprise).toBeGreaterThan(5);
  });
});
