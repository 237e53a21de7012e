import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { whatran } from "./support/io.ts";

const ROOT = join(import.meta.dirname, "..");
const PAGES = [
  ...["README.md", "CONTRIBUTING.md", "SECURITY.md", "bench/RESULTS.md", "examples/telemetry/README.md"],
  ...readdirSync(join(ROOT, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];
const LINK = /\]\(([^()\s]+)\)/g;

/** Code is no text: what looks like a link there is none. */
const textOf = (page: string) =>
  readFileSync(join(ROOT, page), "utf8")
    .replace(/^```.*?^```$/gms, "")
    .replace(/`[^`\n]*`/g, "");

describe("the pages", () => {
  it.each(PAGES)("%s leads to files that are there", (page) => {
    const broken = [...textOf(page).matchAll(LINK)]
      .map((match) => match[1] as string)
      .filter((link) => !/^(?:https?:|mailto:|#)/.test(link))
      .filter((link) => !existsSync(join(ROOT, dirname(page), link.split("#", 1)[0] ?? "")));
    expect(broken).toEqual([]);
  });

  it("names files and folders in docs/architecture.md that are there, and every folder of a stage", () => {
    const page = readFileSync(join(ROOT, "docs/architecture.md"), "utf8");
    const names = [...page.matchAll(/`([\w./-]+(?:\/|\.(?:ts|json|yaml)))`/g)].map((match) => match[1] as string);
    const trees = ["src", "catalog", "lab", "console", "scripts", "bench", "test", "docs", "examples"];
    const paths = trees.flatMap((tree) =>
      readdirSync(join(ROOT, tree), { recursive: true, withFileTypes: true }).map(
        (one) =>
          `/${relative(ROOT, join(one.parentPath, one.name)).replaceAll("\\", "/")}${one.isDirectory() ? "/" : ""}`,
      ),
    );
    const known = [...paths, ...trees.map((tree) => `/${tree}/`)];
    const isThere = (name: string) => known.some((path) => path.endsWith(`/${name.replace("NAME", "rundll32")}`));
    expect(names.filter((name) => !isThere(name))).toEqual([]);
    const folders = paths.filter((path) => /^\/src\/[^/]+\/[^/]+\/$/.test(path)).map((path) => path.split("/")[3]);
    const isNamed = (folder = "") => names.some((name) => `/${name}`.includes(`/${folder}/`));
    expect(folders.filter((folder) => !isNamed(folder))).toEqual([]);
  });

  it("names every page of docs in the README", () => {
    const readme = textOf("README.md");
    const pages = PAGES.filter((page) => page.startsWith("docs/"));
    expect(pages.filter((page) => !readme.includes(`](${page})`))).toEqual([]);
  });

  it("shows in the README what the program says today", async () => {
    const readme = readFileSync(join(ROOT, "README.md"), "utf8");
    const [, line = "", shown = ""] = /^```console\n\$ npx whatran explain '([^']+)'\n(.*?)^```$/ms.exec(readme) ?? [];
    const { out } = await whatran(["explain", line, "-t", "text", "-K"]);
    const said = out.split("\n");
    const expected = shown.split("\n").filter((text) => !["", "…"].includes(text.trim()));
    expect(expected.length).toBeGreaterThan(10);
    expect(expected.filter((text) => !said.includes(text))).toEqual([]);
  });
});
