import { render } from "preact";
import type { Case } from "../../src/model/case.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { RunSummary } from "../../src/outputs/summary.ts";
import { App } from "./app.tsx";

/** What src/outputs/html.ts puts into the page. */
export interface ReportData {
  /** The highest findings, oldest first. */
  readonly findings: readonly Finding[];
  /** How many findings were left out because the page has a limit. */
  readonly left: number;
  /** Findings of one intrusion, the gravest first; none where nobody asked for them. */
  readonly cases?: readonly Case[];
  readonly summary: RunSummary;
}

const data = JSON.parse(document.getElementById("data")?.textContent ?? "{}") as ReportData;
const place = document.getElementById("app");
if (place) {
  place.textContent = "";
  render(<App data={data} />, place);
}
