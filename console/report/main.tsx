import { render } from "preact";
import type { Finding } from "../../src/model/finding.ts";
import type { RunSummary } from "../../src/outputs/summary.ts";
import { App } from "./app.tsx";

/** What src/outputs/html.ts puts into the page. */
export interface ReportData {
  /** The highest findings, oldest first. */
  readonly findings: readonly Finding[];
  /** How many findings were left out because the page has a limit. */
  readonly left: number;
  readonly summary: RunSummary;
}

const data = JSON.parse(document.getElementById("data")?.textContent ?? "{}") as ReportData;
const place = document.getElementById("app");
if (place) {
  place.textContent = "";
  render(<App data={data} />, place);
}
