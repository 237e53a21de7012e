import { describe, expect, it } from "vitest";
import { Count } from "./count.ts";
import { History, MATURE_DAYS, MATURE_HOSTS } from "./history.ts";

/** A fleet that was watched for 60 days, and keys on the first `hosts` of it, each from a day on. */
function history(fleet: number, keys: Record<string, { hosts: number; since: number }>, today = 60): History {
  const watched = new Count();
  for (let i = 0; i < fleet; i++) for (let day = 0; day <= 60; day++) watched.add("", `h${i}`, day);
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
    for (let i = 0; i < 50; i++) for (let day = 0; day <= MATURE_DAYS - 2; day++) young.add("", `h${i}`, day);
    expect(new History({ get: () => undefined, fleet: young }, 60).ask("x", "all").surprise).toBeUndefined();
  });

  it("does not let a baseline from the future speak of today", () => {
    const future = history(400, { all: { hosts: 400, since: 50 }, key: { hosts: 400, since: 50 } }, 10);
    expect(surprise(future, "key")).toBe(surprise(future, "never"));
    expect(future.ask("key", "all", { day: 5 }).surprise).toBeUndefined();
  });

  it("judges by what was known on the day, and says nothing long after its end", () => {
    const known = history(400, { all: { hosts: 400, since: 0 }, key: { hosts: 400, since: 58 } }, 60);
    const never = surprise(known, "never");
    expect(known.ask("key", "all", { day: 62 }).surprise).toBe(never);
    expect(known.ask("key", "all", { day: 66 }).surprise).toBeLessThan(1);
    expect(known.ask("key", "all", { day: 60 + 91 }).surprise).toBeUndefined();
    expect(known.ask("key", "all", { day: 60 + 365 * 20 }).surprise).toBeUndefined();
  });

  it("is not made mature by a host whose clock is years behind", () => {
    const fleet = new Count();
    for (let i = 0; i < 50; i++) for (const day of [0, 20_000]) fleet.add("", `h${i}`, day);
    expect(new History({ get: () => undefined, fleet }, 20_000).mature).toBe(false);
  });

  it("knows what a host itself did before the quarantine", () => {
    const known = history(400, { all: { hosts: 400, since: 0 }, key: { hosts: 3, since: 50 } }, 60);
    expect(known.ask("key", "all", { host: "h1", day: 60 }).own).toBe(true);
    expect(known.ask("key", "all", { host: "h1", day: 56 }).own).toBe(true);
    expect(known.ask("key", "all", { host: "h9", day: 60 }).own).toBe(false);
    const young = history(400, { key: { hosts: 3, since: 58 } }, 60);
    expect(young.ask("key", "all", { host: "h1", day: 60 }).own).toBe(false);
  });
});
