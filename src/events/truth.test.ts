import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readInputs } from "../pipeline/inputs/read-inputs.ts";
import { createUnderstander } from "./registry.ts";

const TELEMETRY = join(import.meta.dirname, "../../../shared/telemetry");

interface Label {
  readonly file: string;
  readonly scope: string;
  readonly ordinals: readonly number[] | null;
  readonly record_ids: readonly number[] | null;
}

/** Members of archives keep the backslashes of their makers in the labels. */
const keyOf = (file: string, mark: string, number: number | undefined) =>
  `${file.replaceAll("\\", "/")}${mark}${number}`;
const keysOf = ({ file, ordinals, record_ids }: Label) => [
  ...(ordinals ?? []).map((index) => keyOf(file, "#", index)),
  ...(record_ids ?? []).map((id) => keyOf(file, "@", id)),
];

it.skipIf(!existsSync(TELEMETRY))("understands every labelled event (or skipped: no shared data)", async () => {
  const understander = createUnderstander({ joins: false });
  const understood = new Set<string>();
  await readInputs(
    [join(TELEMETRY, "attack")],
    {},
    (record) => {
      const file = record.file.slice(TELEMETRY.length + 1);
      if (understander.understand(record).length === 0) return;
      understood.add(keyOf(file, "#", record.index)).add(keyOf(file, "@", record.recordId));
    },
    () => {},
    () => {},
  );
  const labels = readFileSync(join(TELEMETRY, "truth.jsonl"), "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Label);
  const core = labels.filter(({ scope }) => scope === "core");
  expect(core.length).toBeGreaterThan(40);
  const missed = core.filter((label) => !keysOf(label).some((key) => understood.has(key)));
  expect(missed).toEqual([]);
});
