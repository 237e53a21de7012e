import { html } from "../../outputs/escape.ts";
import { costText } from "./markdown.ts";
import type { Plan, PlannedMeasure } from "./plan.ts";
import { ROLL_OUT } from "./words.ts";

const STYLE =
  "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}h2{margin-top:2.5rem;border-top:1px solid #8886;padding-top:1rem}code,li{overflow-wrap:anywhere}.m{font-size:.8rem;border:1px solid;border-radius:1rem;padding:0 .6rem}:root{color-scheme:light dark}";

const list = (title: string, lines: readonly string[]) =>
  lines.length === 0 ? "" : `<h4>${title}</h4><ul>${lines.map((line) => `<li>${html(line)}</li>`).join("")}</ul>`;

function measureHtml(measure: PlannedMeasure): string {
  const rules = Object.entries(measure.rules).flatMap(([target, ids]) =>
    ids.length > 0 ? [`${target}: ${ids.join(", ")}`] : [],
  );
  return [
    `<h2>${html(measure.title)} <span class="m">${measure.mitigation}</span> <span class="m">${measure.mode}</span></h2>`,
    `<p>${html(measure.why)}</p>`,
    list("Evidence", measure.evidence),
    list("Stops", measure.stops),
    list("Cost", [costText(measure), ...measure.leftOut.map((one) => `Left out: ${one}.`)]),
    list("Does not see", measure.blind),
    list("Rules", rules),
  ].join("\n");
}

/** The plan as a page without scripts: every text is escaped, and nothing is loaded. */
export function planPage(plan: Plan): string {
  const { hosts, hostDays, starts, loads, connections, doubtful } = plan.evidence;
  const products = plan.products.map(
    ({ id, title, files, cannot }) =>
      `<h3>${html(title)}</h3>${list("Files", files)}${list("Cannot", cannot)}${list("Roll out", ROLL_OUT[id]?.out ?? [])}${list("Roll back", ROLL_OUT[id]?.back ?? [])}`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Plan against T1218</title>
<style>${STYLE}</style>
</head>
<body>
<h1>What would have stopped it: a plan against T1218</h1>
<p>Made from ${hosts} hosts and ${hostDays} host-days: ${starts} starts, ${loads} module loads, ${connections} connections. Files are written for mode “${plan.mode}”.</p>
${list("Suspicious, but widespread: counted as needed, and to be looked at", doubtful)}
${plan.measures.map(measureHtml).join("\n")}
<h2>Products</h2>
${products.join("\n")}
</body>
</html>
`;
}
