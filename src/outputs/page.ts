import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { WhatranError } from "../errors.ts";
import { jsonInHtml } from "./escape.ts";
import { htmlDocument } from "./html-document.ts";

/** Script and style of the report, bundled from console/report. */
interface PageParts {
  readonly js: string;
  readonly css: string;
}

/** Put in by `npm run bundle` for the single-file program; undefined elsewhere. */
declare const WHATRAN_REPORT: PageParts | undefined;

/** dist/report.json, from a file in dist/ as well as from src/. */
function parts(): PageParts {
  if (typeof WHATRAN_REPORT !== "undefined" && WHATRAN_REPORT) return WHATRAN_REPORT;
  let folder = dirname(fileURLToPath(import.meta.url));
  for (let up = 0; up < 4; up++, folder = dirname(folder))
    for (const file of [join(folder, "report.json"), join(folder, "dist", "report.json")])
      if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as PageParts;
  throw new WhatranError("config", "dist/report.json is missing: run “npm run build” first");
}

/** The whole page: its data is inert JSON, which its script lays out. */
export function pageWith(data: unknown): string {
  const { js, css } = parts();
  const body = `<div id="app"><noscript>This report is laid out by a script of its own; please allow scripts for this file.</noscript></div>
<script type="application/json" id="data">${jsonInHtml(data)}</script>`;
  return htmlDocument({ title: "whatran report", css, body, js });
}
