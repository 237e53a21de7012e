import { visible } from "../../outputs/escape.ts";
import type { Plan, PlannedMeasure } from "./plan.ts";
import { ROLL_OUT } from "./words.ts";

/** Text from logs inside Markdown: nothing of it is markup. */
export function md(text: string): string {
  return visible(text).replace(/[\\`*_{}[\]<>#|~]/g, "\\$&");
}

const bullets = (lines: readonly string[]) => lines.map((line) => `- ${md(line)}\n`).join("");

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : `\n**${title}**\n\n${bullets(lines)}`;
}

export function costText({ cost }: PlannedMeasure): string {
  if (cost.times === 0) return "It would have stopped nothing legitimate in this history.";
  return `It would have stopped ${cost.times} events on ${cost.hosts} hosts, such as ${cost.examples.join("; ")}.`;
}

/** In which order; the steps of each product stand under its name. */
function rollOutText({ mode, rules }: PlannedMeasure): string {
  const ours = Object.keys(rules).filter((target) => (rules[target]?.length ?? 0) > 0);
  const first =
    mode === "audit" ? "Stay in audit mode until the log says what it would cost." : "Audit, pilot group, everybody.";
  return `${first} Steps, and the way back, under Products: ${ours.join(", ")}.`;
}

function measureText(measure: PlannedMeasure): string {
  const products = Object.entries(measure.rules).flatMap(([target, ids]) =>
    ids.length > 0 ? [`${target}: ${ids.join(", ")}`] : [],
  );
  return [
    `\n## ${md(measure.title)} (${measure.mitigation}, ${measure.mode})\n\n${md(measure.why)}\n`,
    section("Evidence", measure.evidence),
    section("Stops", measure.stops),
    section("Cost", [costText(measure), ...measure.leftOut.map((one) => `Left out: ${one}.`)]),
    section("Does not see", measure.blind),
    section("Rules", products),
    section("Roll out and back", products.length > 0 ? [rollOutText(measure)] : []),
  ].join("");
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
  return [
    "# What would have stopped it: a plan against T1218\n",
    `\nMade from ${hosts} hosts and ${hostDays} host-days: ${starts} starts, ${loads} module loads, ${connections} connections. `,
    `${alerted} suspicious starts, and what they did, count as no need. Files are written for mode “${plan.mode}”.\n`,
    dropped > 0 ? `\n${dropped} events found no room in memory and are not weighed: narrow the history.\n` : "",
    section("Suspicious, but widespread: counted as needed, and to be looked at", doubtful),
    ...plan.measures.map(measureText),
    "\n## Products\n",
    ...products,
  ].join("");
}
