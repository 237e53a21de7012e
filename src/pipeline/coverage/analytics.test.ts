import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import facts from "./analytics.json" with { type: "json" };

const SHARED = join(import.meta.dirname, "../../../../shared/attack/t1218-enterprise-v18.1.json");

interface Thing {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly external_references?: readonly { readonly source_name: string; readonly external_id?: string }[];
  readonly x_mitre_platforms?: readonly string[];
  readonly x_mitre_log_source_references?: readonly { readonly x_mitre_data_component_ref: string }[];
}

const idOf = (thing: Thing) =>
  thing.external_references?.find((one) => one.source_name === "mitre-attack")?.external_id ?? "";

it.skipIf(!existsSync(SHARED))("says what ATT&CK's own data say (or skipped: no shared data)", () => {
  const { objects } = JSON.parse(readFileSync(SHARED, "utf8")) as { readonly objects: readonly Thing[] };
  const names = new Map(objects.map((one) => [one.id, one.name]));
  const theirs = objects
    .filter(({ type }) => type === "x-mitre-analytic")
    .map((one) => [
      idOf(one),
      one.x_mitre_platforms?.join().toLowerCase(),
      [...new Set(one.x_mitre_log_source_references?.map((ref) => names.get(ref.x_mitre_data_component_ref)))].sort(),
    ]);
  const ours = facts.analytics.map(({ id, platform, components }) => [id, platform, [...components].sort()]);
  expect(ours.sort()).toEqual(theirs.sort());
  const ids = objects.filter(({ type }) => type === "x-mitre-data-component").map((one) => [one.name, idOf(one)]);
  expect(facts.components).toEqual(Object.fromEntries(ids));
});

it("names each analytic once, and only known components", () => {
  const ids = facts.analytics.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const name of facts.analytics.flatMap(({ components }) => components))
    expect(Object.keys(facts.components)).toContain(name);
});
