import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { WhatranError } from "../errors.ts";
import { jsonInHtml } from "./escape.ts";

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

/** A source for the content security policy: only this very text may run or style the page. */
const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** The whole page: nothing is loaded, nothing but the page's own script runs, and the data is inert JSON. */
export function pageWith(data: unknown): string {
  // A closing tag inside the page's own script or style would end it early.
  const js = parts().js.replaceAll("</script", "<\\/script");
  const { css } = parts();
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(js)}`,
    `style-src ${hashOf(css)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>whatran report</title>
<style>${css}</style>
</head>
<body>
<div id="app"><noscript>This report is laid out by a script of its own; please allow scripts for this file.</noscript></div>
<script type="application/json" id="data">${jsonInHtml(data)}</script>
<script>${js}</script>
</body>
</html>
`;
}
