import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { compileCatalog } from "../src/catalog/compile.ts";
import { ERRORS } from "../src/errors.ts";
import { ROOT, writeWhole } from "./dist.ts";
import { gapsPage } from "./gaps/page.ts";
import { referencePages } from "./reference/pages.ts";

const HEAD = `# Errors and diagnostics

Made from \`src/errors.ts\` by \`npm run docs\`; do not edit.

A diagnostic tells of bad input: it is printed on stderr with its place and its code, the input is read on, and the
summary counts what was lost. The codes \`usage\` and \`config\` are mistakes of the caller: the run ends with exit code 2
before anything is read.

| code | meaning |
| --- | --- |
`;

/** docs/errors.md. */
export function errorsPage(): string {
  const rows = Object.entries(ERRORS)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, meaning]) => `| \`${code}\` | ${meaning.replaceAll("|", "\\|")} |`);
  return `${HEAD}${rows.join("\n")}\n`;
}

/** docs/errors.md; docs/gaps.md and docs/reference from the catalogue as it is compiled now. */
function writeAll(): void {
  writeWhole(join(ROOT, "docs/errors.md"), errorsPage());
  const { catalog } = compileCatalog(join(ROOT, "catalog"));
  writeWhole(join(ROOT, "docs/gaps.md"), gapsPage(catalog));
  const reference = join(ROOT, "docs/reference");
  rmSync(reference, { recursive: true, force: true });
  for (const [path, text] of referencePages(catalog)) {
    mkdirSync(dirname(join(reference, path)), { recursive: true });
    writeWhole(join(reference, path), text);
  }
}

if (import.meta.filename === process.argv[1]) writeAll();
