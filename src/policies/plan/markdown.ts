import { plural } from "../../outputs/counts.ts";
import { visible } from "../../outputs/escape.ts";
import { BEGINS } from "./measure.ts";
import { AT_ONCE, alike, atOnce, beginning, costText, overviewOf, REMAINS } from "./overview.ts";
import type { Plan, PlannedMeasure } from "./plan.ts";
import { ROLL_OUT } from "./words.ts";

/** Text from logs inside Markdown: nothing of it is markup. */
function md(text: string): string {
  return visible(text).replace(/[\\`*_{}[\]<>#|~]/g, "\\$&");
}

const bullets = (lines: readonly string[]) => lines.map((line) => `- ${md(line)}\n`).join("");

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : `\n**${title}**\n\n${bullets(lines)}`;
}

const MAX_RULES = 3;

/** Rules by product, of several measures together; plan.json has all. */
function rulesOf(measures: readonly PlannedMeasure[]): ReadonlyMap<string, readonly string[]> {
  const by = new Map<string, string[]>();
  for (const { rules } of measures)
    for (const [target, ids] of Object.entries(rules))
      if (ids.length > 0) by.set(target, [...(by.get(target) ?? []), ...ids]);
  return by;
}

const some = (ids: readonly string[]) =>
  `${ids.slice(0, MAX_RULES).join(", ")}${ids.length > MAX_RULES ? ` and ${ids.length - MAX_RULES} more` : ""}`;

function measuresText(measures: readonly PlannedMeasure[]): string {
  const [first] = measures;
  if (!first) return "";
  const isOne = measures.length === 1;
  const rules = rulesOf(measures);
  const title = `${first.title}${isOne ? "" : `, and ${measures.length - 1} more with the same evidence`}`;
  const each = measures.map(({ title: what, why, stops }) => `${what}: ${why} Stops: ${stops.join("; ")}.`);
  return [
    `\n## ${md(title)} (${first.mitigation}, ${BEGINS[first.mode]})\n`,
    isOne ? `\n${md(first.why)}\n` : "",
    section("Evidence", first.evidence),
    isOne ? section("Stops", first.stops) : section("Each", each),
    section("Cost", [costText(first), ...first.leftOut.map((one) => `Left out: ${one}.`)]),
    section("Does not see", first.blind),
    section(
      "Rules",
      [...rules].map(([target, ids]) => `${target}: ${some(ids)}`),
    ),
    rules.size > 0
      ? section("Roll out and back", [
          `${beginning(first)} Steps, and the way back, under Products: ${[...rules.keys()].join(", ")}.`,
        ])
      : "",
  ].join("");
}

function overview(plan: Plan): string {
  const rows = overviewOf(plan.measures).map(
    ({ mitigation, name, measures, costly, audit }) =>
      `| ${mitigation} ${md(name)} | ${measures} | ${costly} | ${audit} |\n`,
  );
  return `\n| mitigation | measures | that would have cost something | to audit first |\n| --- | --- | --- | --- |\n${rows.join("")}`;
}

function remains({ remains: ones }: Plan): string {
  if (ones.length === 0) return "";
  const lines = ones.map(({ binary, starts, hosts, behaviours }) => {
    const needed =
      starts === 0 ? "not started here, but part of Windows" : `${plural(starts, "start")} on ${plural(hosts, "host")}`;
    return `${binary} (${needed}): ${behaviours.map(({ title, techniques }) => `${title} (${techniques.join(", ")})`).join("; ")}`;
  });
  return `\n## What still passes\n\n${md(REMAINS)}\n\n${bullets(lines)}`;
}

/** The plan for people, as Markdown. */
export function planMarkdown(plan: Plan): string {
  const { hosts, hostDays, starts, loads, connections, alerted, dropped, doubtful } = plan.evidence;
  const products = plan.products.map(({ id, title, files, cannot }) => {
    const steps = ROLL_OUT[id];
    return [
      `\n### ${md(title)}\n\nFiles: ${files.map((file) => `\`${file}\``).join(", ")}\n`,
      section("Cannot", cannot),
      section("Roll out", steps?.out ?? []),
      section("Roll back", steps?.back ?? []),
    ].join("");
  });
  const immediate = atOnce(plan);
  return [
    "# What would have stopped it: a plan against T1218\n",
    `\nMade from ${plural(hosts, "host")} and ${plural(hostDays, "host-day")}: ${plural(starts, "start")}, ${plural(loads, "module load")}, ${plural(connections, "connection")}. `,
    `${plural(alerted, "suspicious start")}, and what they did, count as no need. Files are written for mode “${plan.mode}”.\n`,
    immediate.length > 0 ? `\n**${AT_ONCE}:** ${immediate.map((file) => `\`${file}\``).join(", ")}.\n` : "",
    dropped > 0
      ? `\n${plural(dropped, "event")} found no room in memory and went unweighed: narrow the history.\n`
      : "",
    section("Suspicious, but widespread: counted as needed, and to be looked at", doubtful),
    overview(plan),
    ...alike(plan.measures).map(measuresText),
    remains(plan),
    "\n## Products\n",
    ...products,
  ].join("");
}
