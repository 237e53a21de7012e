import { mitigationName } from "../../outputs/attack.ts";
import { number, plural } from "../../outputs/counts.ts";
import { html } from "../../outputs/escape.ts";
import { htmlDocument } from "../../outputs/html-document.ts";
import { BEGINS } from "./measure.ts";
import { AT_ONCE, atOnce, beginning, costText, grouped, overviewOf, REMAINS } from "./overview.ts";
import type { Plan, PlannedMeasure } from "./plan.ts";
import { ROLL_OUT } from "./words.ts";

const STYLE = `:root{color-scheme:light dark;--line:#8884;--soft:#8881;--good:#1a7f37;--bad:#a14f00}@media(prefers-color-scheme:dark){:root{--good:#56d364;--bad:#f0a35e}}
body{background:Canvas;color:CanvasText;font:15px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem}
h1{line-height:1.2}h2{margin:2.5rem 0 .5rem}h3{margin:1.5rem 0 .3rem}
.facts{display:flex;flex-wrap:wrap;gap:.6rem;margin:1rem 0;padding:0;list-style:none}
.facts li{background:var(--soft);border:1px solid var(--line);border-radius:.5rem;padding:.4rem .8rem}
.facts b{display:block;font-size:1.3rem;line-height:1.2}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
details{border:1px solid var(--line);border-radius:.5rem;margin:.4rem 0}
summary{cursor:pointer;padding:.45rem .8rem}details[open]>summary{border-bottom:1px solid var(--line)}
.body{padding:.2rem .8rem .6rem}dl{display:grid;grid-template-columns:7.5rem 1fr;gap:.4rem 1rem;margin:.5rem 0}
dt{font-weight:600}dd{margin:0}ul,ol{margin:0;padding-left:1.2rem}li,code,td,dd{overflow-wrap:anywhere}
.tag{font-size:.8rem;border:1px solid var(--line);border-radius:1rem;padding:0 .6rem;white-space:nowrap}
.none{color:var(--good)}.some{color:var(--bad)}
@media(max-width:40rem){dl{grid-template-columns:1fr}table{display:block;overflow-x:auto}th,td{padding:.3rem;overflow-wrap:break-word}}
@media print{details{break-inside:avoid}}`;

const item = (line: string) => `<li>${html(line)}</li>`;

function lines(texts: readonly string[], tag: "ul" | "ol" = "ul"): string {
  const [only = "", ...more] = texts;
  return more.length === 0 ? html(only) : `<${tag}>${texts.map(item).join("")}</${tag}>`;
}

const part = (title: string, body: string) => (body === "" ? "" : `<dt>${title}</dt><dd>${body}</dd>`);

const costTag = ({ cost }: PlannedMeasure): string =>
  cost.times === 0
    ? '<span class="tag none">costs nothing here</span>'
    : `<span class="tag some">${plural(cost.times, "event")} on ${plural(cost.hosts, "host")}</span>`;

/** Products with their rules, each a link to how it is rolled out and back. */
function rulesHtml({ rules }: PlannedMeasure, plan: Plan): string {
  const ours = Object.entries(rules).filter(([, ids]) => ids.length > 0);
  const texts = ours.map(([target, ids]) => {
    const title = plan.products.find(({ id }) => id === target)?.title ?? target;
    const shown = ids.slice(0, 3).map((id) => `<code>${html(id)}</code>`);
    const more = ids.length > 3 ? ` and ${ids.length - 3} more` : "";
    return `<li><a href="#p-${html(target)}">${html(title)}</a>: ${shown.join(", ")}${more}</li>`;
  });
  return texts.length === 0 ? "" : `<ul>${texts.join("")}</ul>`;
}

function rollOut(measure: PlannedMeasure, plan: Plan): string {
  const products = plan.products.filter(({ id }) => (measure.rules[id]?.length ?? 0) > 0);
  if (products.length === 0) return "nothing is left of it to roll out";
  const links = products.map(({ id, title }) => `<a href="#p-${html(id)}">${html(title)}</a>`).join(", ");
  return `${beginning(measure)} Steps, and the way back: ${links}.`;
}

function measureHtml(measure: PlannedMeasure, plan: Plan): string {
  const { id, title, mode, why, evidence, stops, blind, leftOut } = measure;
  return `<details id="m-${html(id)}"><summary><b>${html(title)}</b> <span class="tag">${BEGINS[mode]}</span> ${costTag(measure)}</summary>
<div class="body"><p>${html(why)}</p><dl>${[
    part("Evidence", lines(evidence)),
    part("Stops", lines(stops)),
    part("Cost", lines([costText(measure), ...leftOut.map((one) => `Left out: ${one}.`)])),
    part("Does not see", lines(blind)),
    part("Rules", rulesHtml(measure, plan)),
    part("Roll out", rollOut(measure, plan)),
  ].join("")}</dl></div></details>`;
}

function groupHtml(mitigation: string, measures: readonly PlannedMeasure[], plan: Plan): string {
  const name = mitigationName(mitigation);
  return `<h2 id="${html(mitigation)}">${html(mitigation)}${name === undefined ? "" : ` ${html(name)}`}</h2>
${measures.map((measure) => measureHtml(measure, plan)).join("\n")}`;
}

function productHtml({ id, title, files, cannot }: Plan["products"][number]): string {
  const steps = ROLL_OUT[id];
  return `<h3 id="p-${html(id)}">${html(title)}</h3><dl>${[
    part("Files", files.map((file) => `<code>${html(file)}</code>`).join(", ")),
    part("Cannot", lines(cannot)),
    part("Roll out", lines(steps?.out ?? [], "ol")),
    part("Roll back", lines(steps?.back ?? [])),
  ].join("")}</dl>`;
}

function overview(measures: readonly PlannedMeasure[]): string {
  const rows = overviewOf(measures).map(
    ({ mitigation, name, measures: n, costly, audit }) =>
      `<tr><td><a href="#${html(mitigation)}">${html(mitigation)}</a> ${html(name)}</td><td>${n}</td><td>${costly === 0 ? '<span class="none">none</span>' : `<span class="some">${costly}</span>`}</td><td>${audit}</td></tr>`,
  );
  return `<table><thead><tr><th>Mitigation</th><th>Measures</th><th>that would have cost something</th><th>to audit first</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function remainsHtml({ remains }: Plan): string {
  if (remains.length === 0) return "";
  const rows = remains.map(({ binary, starts, hosts, behaviours }) => {
    const passing = behaviours.map(({ title, techniques }) => `${title} (${techniques.join(", ")})`);
    return `<tr><td><code>${html(binary)}</code></td><td>${starts}</td><td>${hosts}</td><td>${lines(passing)}</td></tr>`;
  });
  return `<h2 id="remains">What still passes</h2><p>${html(REMAINS)}</p>
<table><thead><tr><th>Program</th><th>Starts here</th><th>Hosts</th><th>What can still be done by it</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function atOnceHtml(plan: Plan): string {
  const files = atOnce(plan);
  return files.length === 0
    ? ""
    : `<p><b>${AT_ONCE}:</b> ${files.map((file) => `<code>${html(file)}</code>`).join(", ")}.</p>`;
}

const doubtfulHtml = (doubtful: readonly string[]): string =>
  doubtful.length === 0
    ? ""
    : `<details${doubtful.length <= 5 ? " open" : ""}><summary><b>Look at this first</b>: suspicious, but so widespread that it counts as needed (${doubtful.length})</summary><div class="body"><ul>${doubtful.map(item).join("")}</ul></div></details>`;

/** The plan as a page without scripts: every text is escaped, and nothing is loaded. */
export function planPage(plan: Plan): string {
  const { hosts, hostDays, starts, loads, connections, alerted, dropped, doubtful } = plan.evidence;
  const groups = grouped(plan.measures);
  const facts: readonly (readonly [number, string])[] = [
    [plan.measures.length, "measure"],
    [hosts, "host"],
    [hostDays, "host-day"],
    [starts, "start"],
    [loads, "module load"],
    [connections, "connection"],
  ];
  const body = `<main>
<h1>What would have stopped it: a plan against T1218</h1>
<ul class="facts">${facts.map(([n, what]) => `<li><b>${number(n)}</b>${plural(n, what).slice(number(n).length)}</li>`).join("")}</ul>
<p>Each measure was replayed on this history: what it would have stopped that nobody should miss is its cost, and a denial that cost anything was left out. ${plural(alerted, "suspicious start")}, and what they did, count as no need. The files are written for mode “${plan.mode}”.${dropped > 0 ? ` ${plural(dropped, "event")} found no room in memory and went unweighed: narrow the history.` : ""}</p>
${atOnceHtml(plan)}
${doubtfulHtml(doubtful)}
${overview(plan.measures)}
<p>${plan.remains.length > 0 ? '<a href="#remains">What still passes</a>, and ' : ""}<a href="#products">how each product is rolled out and back</a>.</p>
${[...groups].map(([mitigation, measures]) => groupHtml(mitigation, measures, plan)).join("\n")}
${remainsHtml(plan)}
<h2 id="products">Products: files, limits, roll-out</h2>
${plan.products.map(productHtml).join("\n")}
</main>`;
  return htmlDocument({ title: "Plan against T1218", css: STYLE, body });
}
