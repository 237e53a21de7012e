import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Vector } from "../../scripts/evaluate/vectors.ts";
import { runList } from "../../scripts/generality/lists.ts";
import { run } from "../../scripts/generality/run.ts";
import { readVectors } from "../../src/catalog/vectors.ts";
import { readLines } from "../../src/pipeline/labels/labels.ts";
import { testCatalog } from "../support/events.ts";

/**
 * A share of what `npx tsx scripts/generality/main.ts SEED` tries on the whole catalogue. Behaviours that go by whose folder or host
 * the payload has, or by whether a program stands alone, are told of another one where that is changed.
 */
const placed = (behaviour: string) => PLACED.has(behaviour) || /\bsite-|-site\b|search-path$/.test(behaviour);
const PLACED = new Set([
  "windows/cmd/redirect-pipe",
  "windows/cmstp/deploy",
  "windows/cscript/shared-script",
  "windows/curl/download",
  "windows/curl/program-download",
  "windows/esentutl/credential-store",
  "windows/mklink/accessibility",
  "windows/msiexec/remote-package",
  "windows/print/secrets",
  "windows/rundll32/export",
  "windows/rundll32/published",
  "windows/rundll32/stored-credentials",
  "windows/rundll32/url-document",
  "windows/ssh/proxy-command",
  "windows/wscript/shared-script",
  "linux/crontab/table",
  "linux/update-alternatives/odd-link",
  "linux/chmod/set-user-here",
  "windows/java/class-path",
  "windows/php/open-settings",
  "linux/java/class-path",
  "linux/ld.so/shared-library-path",
  "linux/ld.so/toolkit-modules",
  "linux/php/settings",
  "linux/sh/startup-folder",
]);

/** Where a machine calls itself by a share, as those do who come from another one, the share is told of: as graver, never as less. */
const CALLS_ITSELF = new Set(["windows/sc/service", "windows/sc/remote-service"]);

describe("lines that nobody has seen", () => {
  const { tried, misses } = run(readVectors("catalog"), testCatalog(), 2024, 0.08);

  it("are tried in every way of writing", () => {
    const total = [...tried.values()].reduce((sum, count) => sum + count, 0);
    expect(tried.size).toBeGreaterThan(70);
    expect(total).toBeGreaterThan(4000);
  });

  it("mean what their plain form means", () => {
    const odd = misses.filter(({ rewriting, behaviour }) =>
      rewriting === "loopback" ? !CALLS_ITSELF.has(behaviour) : rewriting !== "fresh" || !placed(behaviour),
    );
    expect(odd).toEqual([]);
  });
});

const lists = ["lolbas", "gtfobins"].map((name) => `../shared/vectors/${name}.jsonl`);

describe.skipIf(!lists.every((path) => existsSync(path)))("public lists (skipped: no shared data)", () => {
  it.each(lists)("%s: a share of the lines keep their payloads with other values and in other writing", (path) => {
    const { tried, misses } = runList(
      readLines<Vector>(path).filter((_, i) => i % 5 === 0),
      testCatalog(),
      2024,
    );
    expect(tried.size).toBeGreaterThan(20);
    expect(misses).toEqual([]);
  });
});
