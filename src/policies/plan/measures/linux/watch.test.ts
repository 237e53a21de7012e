import { expect, it } from "vitest";
import { builtinCatalog } from "../../../../catalog/load.ts";
import type { Act } from "../../../decide/act.ts";
import { Evidence } from "../../evidence.ts";
import { linuxWatchMeasures } from "./watch.ts";

/** What a plan cuts off where the users ran something and root alone connected. */
function cut(...users: readonly string[]): readonly (readonly string[] | undefined)[] {
  const evidence = new Evidence();
  const file = { path: "/usr/bin/kit" };
  const act = { platform: "linux", subject: file, object: file } as const;
  const from = { host: "lx-1", time: 0 };
  for (const user of users) evidence.add([{ ...act, on: "execute", user }], { ...from, user });
  const peer: Act["peer"] = { address: "192.0.2.7", port: 443, inbound: false };
  for (let times = 0; times < 200; times++)
    evidence.add([{ ...act, on: "connect", user: "root", peer }], { ...from, user: "root" });
  const measures = linuxWatchMeasures(builtinCatalog(), evidence);
  return measures.flatMap(({ id, rules }) =>
    (id === "linux-egress" ? (rules.nftables ?? []) : []).map(({ scope }) => scope),
  );
}

it("cuts accounts of services off the internet that never reached it, by their numbers", () => {
  expect(cut("www-data", "42", "kim")).toEqual([["uid=33"], ["uid=42"]]);
});

it("takes no account for one of a service whose name every object answers to", () => {
  expect(cut("constructor", "toString", "__proto__")).toEqual([]);
});
