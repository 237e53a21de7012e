import fc from "fast-check";
import { expect, it } from "vitest";
import { fakeRecord } from "../../test/support/record.ts";
import { defineEvent } from "./define.ts";
import { createFragmentJoiner, fragmentOf } from "./fragment.ts";
import { fromPlain, toPlain } from "./plain.ts";
import { createUnderstander } from "./registry.ts";

const block = defineEvent("commandExecution", {
  platform: "windows",
  text: () => "",
  dialect: "powershell",
  origin: () => "scriptBlock",
});
const fragment = (id: string, number: number, total: number, text: string) =>
  block(fakeRecord("winevent", "P", 1, {}), { text }, { id, number, total });

const texts = (events: readonly unknown[]) => events.map((event) => (event as { text: string }).text);

it("joins any number of interleaved texts, in any order of their parts", () => {
  const arrival = fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 6 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(arrival, fc.infiniteStream(fc.nat()), (all, order) => {
      const parts = all.flatMap((text, id) => text.map((part, at) => fragment(`${id}`, at + 1, text.length, part)));
      const shuffled = parts.map((part) => ({ part, rank: order.next().value as number }));
      shuffled.sort((a, b) => a.rank - b.rank);
      const joiner = createFragmentJoiner();
      const joined = shuffled.flatMap(({ part }) => joiner.push(part));
      expect(texts(joined).sort()).toEqual(all.map((text) => text.join("")).sort());
      expect(joiner.end()).toEqual([]);
    }),
  );
});

it("holds a limited number of texts and characters, and loses none of them", () => {
  const joiner = createFragmentJoiner();
  const early = Array.from({ length: 200 }, (_, id) => joiner.push(fragment(`${id}`, 1, 2, `t${id}`))).flat();
  expect(early).toHaveLength(136);
  expect(texts(early)[0]).toBe("t0");
  expect(joiner.end()).toHaveLength(64);
  const large = "x".repeat(9_000_000);
  expect(joiner.push(fragment("a", 1, 2, large))).toEqual([]);
  expect(joiner.push(fragment("b", 1, 2, large))).toHaveLength(1);
});

it("survives a worker's hand-over: fragments stay fragments", () => {
  const worker = createUnderstander({ joins: false });
  const fields = { MessageNumber: "1", MessageTotal: "2", ScriptBlockText: "a", ScriptBlockId: "s" };
  const record = (number: string, text: string) =>
    fakeRecord("winevent", "Microsoft-Windows-PowerShell", 4104, {
      ...fields,
      MessageNumber: number,
      ScriptBlockText: text,
    });
  const handed = [record("1", "a"), record("2", "b")]
    .flatMap((one) => worker.understand(one))
    .map((event) => fromPlain(JSON.parse(JSON.stringify(toPlain(event)))));
  expect(handed.map(fragmentOf)).toEqual([
    { id: "s", number: 1, total: 2 },
    { id: "s", number: 2, total: 2 },
  ]);
  const joiner = createFragmentJoiner();
  const joined = handed.flatMap((event) => joiner.push(event));
  expect(joined).toMatchObject([{ kind: "commandExecution", text: "ab", origin: "scriptBlock", host: "HOST1" }]);
  expect(joined.map(fragmentOf)).toEqual([undefined]);
});
