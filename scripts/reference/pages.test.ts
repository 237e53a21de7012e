import { describe, expect, it } from "vitest";
import { compileCatalog } from "../../src/catalog/compile.ts";
import { referencePages } from "./pages.ts";

const { catalog } = compileCatalog("catalog");
const pages = referencePages(catalog);
const headings = new Map(
  [...pages].map(([path, text]) => [
    path,
    [...text.matchAll(/^## (.+)$/gm)].map(([, name = ""]) =>
      name
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .replace(/\s/g, "-"),
    ),
  ]),
);

describe("the reference", () => {
  it("has a section for every entry, and no heading twice on a page", () => {
    const sections = [...headings].filter(([path]) => path.includes("/")).flatMap(([, names]) => names);
    expect(sections.length).toBe(catalog.entries.length);
    expect(headings.get("chains.md")).toHaveLength(catalog.chains?.chains.length ?? 0);
    for (const [path, names] of headings) expect(new Set(names).size, path).toBe(names.length);
  });
  it("has an index whose links lead somewhere", () => {
    const links = [...(pages.get("README.md") ?? "").matchAll(/\]\((\w+\/\w\.md)#([^)]*)\)/g)];
    expect(links.length).toBeGreaterThan(catalog.entries.length);
    expect(
      links.filter(([, path = "", anchor = ""]) => !headings.get(path)?.includes(anchor)).map(([link]) => link),
    ).toEqual([]);
  });
  it("tells of every behaviour what makes it and what it does", () => {
    const text = [...pages.values()].join("\n");
    for (const { behaviours } of catalog.entries) for (const { id } of behaviours) expect(text).toContain(`\`${id}\``);
  });
  it("lets no table row break in two", () => {
    const rows = (pages.get("README.md") ?? "").split("\n").filter((line) => line.startsWith("|"));
    expect(rows.filter((row) => row.replaceAll("\\|", "").split("|").length !== 4)).toEqual([]);
  });
});
