import type { Platform } from "../../model/event.ts";
import { number, plural } from "../../outputs/counts.ts";
import { html as escaped } from "../../outputs/escape.ts";
import { htmlDocument } from "../../outputs/html-document.ts";
import {
  type Advice,
  type Coverage,
  type HostCoverage,
  saysNothing,
  type TechniqueCoverage,
} from "../../pipeline/coverage/types.ts";
import { lackingHosts, minute, pickedText } from "./text.ts";

const CSS = `
:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
body { background: Canvas; color: CanvasText; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1.5rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #8884; }
td.n { text-align: right; }
td.n, td.t { font-variant-numeric: tabular-nums; white-space: nowrap; }
pre { overflow-x: auto; padding: .6rem; background: #8882; border-radius: .3rem; }
meter { width: 8rem; }
.no { color: #b3470b; } .yes { color: #147a5c; } .dim { opacity: .7; }
@media (prefers-color-scheme: dark) { .no { color: #f39a62; } .yes { color: #5fd0ab; } }
@media (max-width: 45rem) {
  thead { display: none; } tr { display: block; border-bottom: 1px solid #8884; padding: .4rem 0; }
  td, td.n { display: block; border: 0; padding: .1rem 0; text-align: left; } td:empty { display: none; }
  td[data-name]::before { content: attr(data-name) ": "; opacity: .7; } td { overflow-wrap: anywhere; }
}
@media print { details { display: block; } pre { white-space: pre-wrap; } }
`;

/** Cells of one row. */
type Row = readonly string[];

const cell = (text: string) => `<td>${escaped(text)}</td>`;
const count = (value: number) => `<td class="n">${number(value)}</td>`;

/** Where the window is narrow a cell tells its column itself. */
function table(head: readonly string[], rows: readonly Row[]): string {
  const named = (cells: Row) =>
    cells.map((text, at) => text.replace("<td", `<td data-name="${escaped(head[at] ?? "")}"`)).join("");
  const body = rows.map((cells) => `<tr>${named(cells)}</tr>`).join("\n");
  return `<table><thead><tr>${head.map((name) => `<th scope="col">${escaped(name)}</th>`).join("")}</tr></thead><tbody>${body}</tbody></table>`;
}

function hostRow({ host, platforms, from, to, events, undated, gaps }: HostCoverage): Row {
  const missing = gaps.map((gap) => `${gap.hours} h from ${minute(gap.from)}`).join("\n");
  const when = (time: string | undefined) => `<td class="t">${time ? minute(time) : ""}</td>`;
  const longest = Math.max(0, ...gaps.map(({ hours }) => hours));
  const told = gaps.length > 0 ? `${gaps.length}, the longest ${number(longest)} h` : "";
  return [
    cell(host || "(no name)"),
    cell(platforms.join(", ")),
    when(from),
    when(to),
    count(events),
    count(undated),
    `<td title="${escapedLines(missing)}">${told}</td>`,
  ];
}

const PLATFORM: Readonly<Record<Platform, string>> = { windows: "Windows", linux: "Linux", macos: "macOS" };

function techniqueRow({ technique, name, score, starts, analytics }: TechniqueCoverage): Row {
  const list = analytics
    .flatMap(({ analytic, platform, components }) =>
      components
        .filter(({ status }) => status === "unknown" || !saysNothing(status))
        .map(({ component, status, hosts, ofHosts }) => {
          const mark = status === "visible" ? "yes" : status === "unknown" ? "dim" : "no";
          const word = { visible: "✓", someHosts: "◐", noCommandLines: "◐", missing: "✗", unseen: "", unknown: "?" }[
            status
          ];
          const counted =
            status === "unknown"
              ? "not known"
              : `${hosts} of ${ofHosts} ${PLATFORM[platform]} ${ofHosts === 1 ? "host" : "hosts"}`;
          const share = status === "noCommandLines" ? "no command lines" : counted;
          return `<span class="${mark}" title="${analytic}, ${platform}">${word} ${escaped(component)}</span> <span class="dim">${share}</span>`;
        }),
    )
    .join("<br>");
  const meter = score === undefined ? "" : `<meter min="0" max="100" value="${score}">${score}</meter> ${score} %`;
  return [
    cell(technique),
    cell(name),
    `<td class="t">${meter}</td>`,
    count(starts),
    `<td>${list || '<span class="dim">no host of its platforms</span>'}</td>`,
  ];
}

function adviceSection(advice: Advice): string {
  const { platform, component, status, techniques, settings } = advice;
  const what = status === "noCommandLines" ? `${component} without command lines` : component;
  const parts = settings.map(
    ({ name, where, text }) =>
      `<p>${escaped(name)} <span class="dim">– ${escaped(where)}</span></p><pre tabindex="0">${escapedLines(text)}</pre>`,
  );
  return `<details open><summary><b>${escaped(what)}</b> on ${escaped(platform)} <span class="dim">for ${escaped(techniques.join(", ") + lackingHosts(advice))}</span></summary>${parts.join("")}</details>`;
}

/** Escaping shows control characters; line ends of our own texts are meant. */
function escapedLines(text: string): string {
  return text.split("\n").map(escaped).join("\n");
}

/** One self-contained page without scripts. */
export function coveragePage(coverage: Coverage): string {
  const { hosts, cleared, components, techniques, advice, records, damaged, events, version } = coverage;
  const picked = pickedText(coverage);
  const sources = (of: Readonly<Record<string, number>>) =>
    Object.entries(of)
      .map(([name, times]) => `${name} (${number(times)})`)
      .join(", ");
  const body = `<main>
<h1>What these logs let one see</h1>
<p>${plural(hosts.length + coverage.moreHosts, "host")}, ${plural(events, "event")} from ${plural(records, "record")}, ${number(damaged)} damaged; times are UTC.</p>
${picked === undefined ? "" : `<p class="no">${escaped(picked)}</p>`}
<h2>Techniques</h2>
${table(["Technique", "Name", "Seen", "Starts of its binaries", "Data components of its analytics"], techniques.map(techniqueRow))}
<h2>Data components</h2>
${table(
  ["Component", "ATT&CK", "Events", "Sources"],
  components.map((one) => [cell(one.component), cell(one.id), count(one.events), cell(sources(one.sources))]),
)}
<h2>Hosts</h2>
${table(["Host", "Platform", "From", "To", "Events", "Of them undated", "Gaps"], hosts.map(hostRow))}
${
  cleared.length > 0
    ? `<h2>Logs that were cleared</h2>${table(
        ["Time", "Host", "Log", "User"],
        cleared.map((one) => [
          cell(one.time ? minute(one.time) : ""),
          cell(one.host),
          cell(one.log),
          cell(one.user ?? ""),
        ]),
      )}`
    : ""
}
<h2>What would show more</h2>
<p class="dim">That a log holds no event does not prove that the setting is off; it may have had nothing to say.</p>
${advice.map(adviceSection).join("\n")}
<p class="dim">whatran ${escaped(version)}; names of data components and techniques © The MITRE Corporation, used under the ATT&amp;CK terms of use.</p>
</main>`;
  return htmlDocument({ title: "whatran coverage", css: CSS, body });
}
