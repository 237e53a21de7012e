import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Catalog } from "../../src/catalog/catalog.ts";
import { catalogFiles, compileCatalog } from "../../src/catalog/compile.ts";
import type { CatalogEntry } from "../../src/catalog/types.ts";
import { readVectors } from "../../src/catalog/vectors.ts";
import { techniqueName } from "../../src/outputs/attack.ts";
import { checkResolve, checkSilent } from "../../src/pipeline/vectors.ts";

const { catalog: compiled, problems } = compileCatalog("catalog");
const catalog = new Catalog(compiled);
const files = readVectors("catalog");
const attack = "../shared/attack/t1218-enterprise-v18.1.json";

/** The entry whose environment one obeys, as its file or that of the entry that it is like says. */
function runtimeOf({ id, like }: CatalogEntry): string | undefined {
  const file = `catalog/${like ?? id}.yaml`;
  return existsSync(file) ? /^runtime: (\S+)$/m.exec(readFileSync(file, "utf8"))?.[1] : undefined;
}

describe("the whole catalogue", () => {
  it("compiles without a problem", () => {
    expect(problems).toEqual([]);
    expect(compiled.entries.length).toBeGreaterThan(20);
  });

  it("has unique behaviour ids, each within its entry", () => {
    const ids = compiled.entries.flatMap((entry) => entry.behaviours.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("gives every entry vectors, and every behaviour one that must resolve to it", () => {
    const covered = new Set(
      files.flatMap((file) =>
        file.resolve.map(({ behaviour }) => (behaviour.includes("/") ? behaviour : `${file.entry}/${behaviour}`)),
      ),
    );
    const bare = compiled.entries
      .filter(({ category }) => category !== "shell")
      .flatMap((entry) =>
        entry.behaviours
          .map(({ id }) => id)
          // What an entry takes from that of another platform, or of its runtime, is tried there.
          .filter((id) =>
            [entry.id, entry.like, runtimeOf(entry)].every((of) => !covered.has(`${of}${id.slice(entry.id.length)}`)),
          ),
      );
    expect(bare).toEqual([]);
  });

  it("names every technique", () => {
    const texts = [...catalogFiles("catalog")].map((file) => readFileSync(file, "utf8"));
    const ids = new Set(texts.flatMap((text) => text.match(/\bT\d{4}(?:\.\d{3})?\b/g) ?? []));
    expect(ids.size).toBeGreaterThan(100);
    const names = [...ids].map((id) => [id, techniqueName(id), id.includes(".") ? techniqueName(id.slice(0, 5)) : ""]);
    expect(names.filter(([, name, parent]) => name === undefined || name === parent)).toEqual([]);
  });

  it("says what can stop every program, and asks to remove nothing that Windows needs", () => {
    const bare = compiled.entries.filter(
      ({ category, mitigations }) => category !== "shell" && mitigations.length === 0,
    );
    expect(bare.map(({ id }) => id)).toEqual([]);
    // ATT&CK names removal, or turning a part of it off, for these techniques themselves.
    const parts = new Set(["T1218.007", "T1218.012", "T1218.014", "T1059.001"]);
    const needed = compiled.entries.filter(
      ({ platform, needed, mitigations, behaviours }) =>
        platform === "windows" &&
        needed === "system" &&
        mitigations.includes("M1042") &&
        !behaviours.some(({ techniques }) => techniques.some((id) => parts.has(id))),
    );
    expect(needed.map(({ id }) => id)).toEqual([]);
  });

  it("explains every normal use and cites references over https", () => {
    for (const { id, normal, references } of compiled.entries) {
      for (const { why } of normal) expect(why, id).toMatch(/^[A-Z].{8,}\.$/);
      for (const url of references) expect(url, id).toMatch(/^https:\/\//);
    }
  });

  it.skipIf(!existsSync(attack))("names T1218 techniques that live in ATT&CK (skipped: no shared data)", () => {
    const objects = JSON.parse(readFileSync(attack, "utf8")).objects as Record<string, unknown>[];
    const live = new Set(
      objects
        .filter((object) => object.type === "attack-pattern" && !object.revoked && !object.x_mitre_deprecated)
        .flatMap((object) => (object.external_references as { external_id?: string }[]).map((r) => r.external_id)),
    );
    const used = compiled.entries.flatMap((entry) => entry.behaviours.flatMap(({ techniques }) => techniques));
    expect(used.filter((id) => id.startsWith("T1218") && !live.has(id))).toEqual([]);
  });
});

describe.each(files.map((file) => [file.file, file] as const))("%s", (_, file) => {
  it.each(file.resolve.map((vector) => [vector.line ?? JSON.stringify(vector.args), vector] as const))(
    "resolves %s",
    (_line, vector) => {
      expect(checkResolve(file, vector, catalog)).toBeUndefined();
    },
  );
  it.each(file.silent.map((vector) => [vector.line ?? JSON.stringify(vector.args), vector] as const))(
    "is silent on %s",
    (_line, vector) => {
      expect(checkSilent(file, vector, catalog)).toBeUndefined();
    },
  );
});
