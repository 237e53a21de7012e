import type { CatalogEntry, CompiledCatalog } from "../../src/catalog/types.ts";
import { techniqueName } from "../../src/outputs/attack.ts";
import { chainsPage } from "./chains.ts";
import { entrySection } from "./entry.ts";
import { inTable, prose } from "./words.ts";

const MADE = "Made from `catalog/` by `npm run docs`; do not edit.";

/** GitHub's rule for the anchor of a heading. */
const anchor = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replace(/\s/g, "-");

const letterOf = ({ name }: CatalogEntry) => /^[a-z]/i.exec(name)?.[0].toLowerCase() ?? "0";
const pageOf = (entry: CatalogEntry) => `${entry.platform}/${letterOf(entry)}.md`;
const link = (entry: CatalogEntry) => `[${prose(entry.name)}](${pageOf(entry)}#${anchor(entry.name)})`;
const byName = (a: CatalogEntry, b: CatalogEntry) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1);

function groups<K>(
  entries: readonly CatalogEntry[],
  keys: (entry: CatalogEntry) => Iterable<K>,
): Map<K, CatalogEntry[]> {
  const map = new Map<K, CatalogEntry[]>();
  for (const entry of entries) for (const key of new Set(keys(entry))) map.set(key, [...(map.get(key) ?? []), entry]);
  return map;
}

function table(head: readonly [string, string], rows: readonly (readonly [string, readonly CatalogEntry[]])[]): string {
  const lines = rows.map(([key, entries]) => `| ${inTable(key)} | ${inTable(entries.map(link).join(", "))} |`);
  return [`| ${head[0]} | ${head[1]} |`, "| --- | --- |", ...lines, ""].join("\n");
}

const sorted = (map: ReadonlyMap<string, CatalogEntry[]>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));

function indexPage(entries: readonly CatalogEntry[]): string {
  const behaviours = entries.reduce((sum, entry) => sum + entry.behaviours.length, 0);
  const techniques = groups(entries, (entry) => entry.behaviours.flatMap((behaviour) => behaviour.techniques));
  const categories = groups(entries, (entry) => entry.behaviours.map(({ category }) => category));
  const letters = (platform: string) =>
    sorted(
      groups(
        entries.filter((entry) => entry.platform === platform),
        (entry) => [letterOf(entry)],
      ),
    );
  return [
    "# The catalogue",
    "",
    MADE,
    "",
    `${entries.length} binaries and ${behaviours} ways in which they act on behalf of others. \`whatran catalog show NAME\` prints the`,
    "same about one binary, `whatran catalog list` filters by technique, platform, category and behaviour.",
    "[Chains of events and their settings](chains.md) stand on a page of their own.",
    "",
    ...["windows", "linux"].flatMap((platform) => [
      `## ${platform === "windows" ? "Windows" : "Linux"}`,
      "",
      table(
        ["page", "binaries"],
        letters(platform).map(([letter, own]) => [`[${letter}](${platform}/${letter}.md)`, own]),
      ),
    ]),
    "## By technique",
    "",
    table(
      ["technique", "binaries"],
      sorted(techniques).map(([id, own]) => [`${id} ${techniqueName(id) ?? ""}`.trim(), own]),
    ),
    "## By what they do",
    "",
    table(["category", "binaries"], sorted(categories)),
  ].join("\n");
}

/** The pages of docs/reference by their path in it. */
export function referencePages({ entries, chains }: CompiledCatalog): ReadonlyMap<string, string> {
  const all = [...entries].sort(byName);
  const pages = new Map([
    ["README.md", indexPage(all)],
    ["chains.md", chainsPage(chains?.chains ?? [], MADE)],
  ]);
  for (const [path, own] of sorted(groups(all, (entry) => [pageOf(entry)]))) {
    const [platform = "", letter = ""] = path.replace(".md", "").split("/");
    const title = `${platform === "windows" ? "Windows" : "Linux"}: ${letter}`;
    pages.set(
      path,
      [`# ${title}`, "", `${MADE} [All binaries](../README.md)`, "", ...own.map(entrySection)].join("\n"),
    );
  }
  return pages;
}
