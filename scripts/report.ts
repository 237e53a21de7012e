import { join } from "node:path";
import { build } from "esbuild";
import { DIST, ROOT, writeWhole } from "./dist.ts";

const PAGE = join(ROOT, "console/report");

/** The parts of the report page, as src/outputs/page.ts reads them. */
export interface ReportParts {
  readonly js: string;
  readonly css: string;
}

/** Bundles console/report into dist/report.json. */
export async function buildReport(): Promise<ReportParts> {
  const result = await build({
    entryPoints: [join(PAGE, "main.tsx")],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    // Text is shown as it was escaped; the page itself stays ASCII wherever it is stored.
    charset: "ascii",
    legalComments: "none",
  });
  const css = await build({
    stdin: {
      contents: ["base", "summary", "list", "detail", "media"].map((name) => `@import "./${name}.css";`).join("\n"),
      loader: "css",
      resolveDir: PAGE,
    },
    bundle: true,
    minify: true,
    write: false,
    charset: "ascii",
  });
  const parts = { js: result.outputFiles[0]?.text ?? "", css: css.outputFiles[0]?.text ?? "" };
  writeWhole(join(DIST, "report.json"), JSON.stringify(parts));
  return parts;
}
