import { describe, expect, it } from "vitest";
import { Catalog } from "./catalog.ts";
import { compileCatalog } from "./compile.ts";
import { openPacked, optionOwners, packCatalog } from "./packed.ts";

describe("the packed catalogue", () => {
  const { catalog } = compileCatalog("catalog");
  const text = packCatalog(catalog);
  const open = (packed: string) => {
    const bytes = Buffer.from(packed);
    return openPacked((from, length) => bytes.subarray(from, from + length));
  };

  it("is JSON, for whoever reads it whole", () => {
    expect(JSON.parse(text)).toMatchObject(JSON.parse(JSON.stringify(catalog)));
  });

  it("may hold no entry at all", () => {
    const empty = open(packCatalog({ ...catalog, entries: [] }));
    expect(empty.chains()).toEqual(JSON.parse(JSON.stringify(catalog.chains)));
  });

  it("gives every entry by itself, as it was", () => {
    const packed = new Catalog(open(text));
    const plain = new Catalog(catalog);
    expect(packed.chains).toEqual(JSON.parse(JSON.stringify(plain.chains)));
    expect(packed.version).toBe(catalog.version);
    for (const { id, name, platform } of catalog.entries) {
      expect(packed.byId(id)).toEqual(JSON.parse(JSON.stringify(plain.byId(id))));
      expect(packed.byName(name, platform)?.id).toBe(plain.byName(name, platform)?.id);
    }
    for (const [platform, owners] of Object.entries(optionOwners(catalog.entries)))
      for (const name of owners.keys()) {
        const ids = (of: Catalog) => of.byOption(name, platform as "windows" | "linux").map(({ id }) => id);
        expect(ids(packed)).toEqual(ids(plain));
      }
    expect(plain.byOption("constructor", "windows")).toEqual([]);
  });
});
