import { expect, it } from "vitest";
import type { Event } from "../model/event.ts";
import { Reorder } from "./order.ts";

/** A start as it stands in a log: by place and time alike, by its fields perhaps not. */
const start = (index: number, line: string): Event => {
  const fields: Readonly<Record<string, string>> = { CommandLine: line };
  const record = {
    file: "a.log",
    index,
    recordId: undefined,
    get: (name: string) => fields[name],
    names: () => Object.keys(fields),
  };
  return { kind: "processCreation", time: 1000, record } as unknown as Event;
};

it("takes an event that is delivered again once, also behind another of the same place", () => {
  const order = new Reorder();
  for (const line of ["a", "b", "a", "b", "a"]) order.push(start(0, line), 5000);
  expect(order.waiting.map(({ record }) => record.get("CommandLine")).sort()).toEqual(["a", "b"]);
});

it("takes what a log that was begun anew has at the same place and time", () => {
  const order = new Reorder();
  order.push(start(0, "before"), 5000);
  order.push(start(1, "before"), 5000);
  order.push(start(0, "after"), 5000);
  expect(order.waiting).toHaveLength(3);
});
