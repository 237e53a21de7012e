import { join } from "node:path";
import { ERRORS } from "../src/errors.ts";
import { ROOT, writeWhole } from "./dist.ts";

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

if (import.meta.filename === process.argv[1]) writeWhole(join(ROOT, "docs/errors.md"), errorsPage());
