import { expect, it } from "vitest";
import { builtinCatalog } from "../../src/catalog/load.ts";
import type { Behaviour } from "../../src/catalog/types.ts";

const catalog = builtinCatalog();
/** Programs and cmdlets that write the same keys, and the element that holds a key. */
const WRITERS = [
  { id: "windows/reg", element: "key" },
  { id: "windows/set-itemproperty", element: "path" },
] as const;

/** Keys of a behaviour that are written alike everywhere; those of a user's hive begin differently in each. */
const keysOf = ({ when }: Behaviour, element: string) =>
  [...new Set(when.flatMap((tests) => tests.flatMap((test) => (test.element === element ? (test.is ?? []) : []))))]
    .filter((key) => key.startsWith("*\\"))
    .sort();

it("knows the same keys whoever writes them", () => {
  const [reg, cmdlet] = WRITERS.map(({ id, element }) => {
    const behaviours = catalog.byId(id)?.behaviours ?? [];
    return new Map(behaviours.map((one) => [one.id.split("/").at(-1), keysOf(one, element)]));
  });
  const shared = [...(cmdlet?.keys() ?? [])].filter((name) => reg?.has(name));
  expect(shared.length).toBeGreaterThan(4);
  for (const name of shared) expect(cmdlet?.get(name), name).toEqual(reg?.get(name));
});
