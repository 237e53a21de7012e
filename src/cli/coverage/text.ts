import { number, plural } from "../../outputs/counts.ts";
import { visible } from "../../outputs/escape.ts";
import type { Style } from "../../outputs/style.ts";
import { wrapText } from "../../outputs/width.ts";
import {
  type Advice,
  type ComponentCoverage,
  type Coverage,
  type HostCoverage,
  saysNothing,
  type TechniqueCoverage,
} from "../../pipeline/coverage/types.ts";

/** Hosts that a terminal shows; JSON and HTML have all. */
const MOST_HOSTS = 20;

export const minute = (time: string) => time.slice(0, 16).replace("T", " ");

function hostLines({ host, platforms, events, from, to, undated, gaps }: HostCoverage, paint: Style): string[] {
  const period = from && to ? `${minute(from)} – ${minute(to)} UTC` : "no time";
  const odd = undated > 0 ? `, ${number(undated)} without a believable time` : "";
  return [
    `  ${paint.bold(visible(host) || "(no name)")}  ${platforms.join(", ")}  ${period}  ${plural(events, "event")}${odd}`,
    ...gaps.map((gap) => paint.dim(`    nothing for ${gap.hours} h, from ${minute(gap.from)} to ${minute(gap.to)}`)),
  ];
}

function clearedLines({ cleared }: Coverage, paint: Style): string[] {
  if (cleared.length === 0) return [];
  const rows = cleared.slice(0, MOST_HOSTS).map(({ time, host, log, user }) => {
    const who = user === undefined ? "" : ` by ${user}`;
    return `  ${time ? `${minute(time)} UTC` : "at no known time"}  ${visible(`${log} of ${host || "(no name)"}${who}`)}`;
  });
  const more = cleared.length > MOST_HOSTS ? [paint.dim(`  and ${cleared.length - MOST_HOSTS} more`)] : [];
  return ["", paint.bold("Logs that were cleared"), ...rows, ...more];
}

function componentLines({ components }: Coverage, paint: Style): string[] {
  const wide = Math.max(0, ...components.map(({ component }) => component.length));
  return components.map(({ component, events, sources }) => {
    const from = Object.entries(sources).sort(([, a], [, b]) => b - a);
    const names = from.slice(0, 4).map(([name, count]) => `${visible(name)} (${number(count)})`);
    const more = from.length > 4 ? ` and ${from.length - 4} more` : "";
    const line = `  ${component.padEnd(wide)} ${number(events).padStart(10)}  ${names.join(", ")}${more}`;
    return events > 0 ? line : paint.dim(`  ${component.padEnd(wide)} ${"none".padStart(10)}`);
  });
}

function techniqueLines(
  { technique, name, score, starts, analytics }: TechniqueCoverage,
  columns: number,
  paint: Style,
): string[] {
  const all = analytics.flatMap(({ components }) => components);
  const parts = all.filter(({ status }) => !saysNothing(status));
  const lacking = parts.filter(({ status }) => status !== "visible").map(lackOf);
  const share = score === undefined ? "–" : `${score} %`;
  const said = lacking.length > 0 ? `lacks: ${[...new Set(lacking)].join(", ")}` : "all seen";
  const runs = starts > 0 ? `; its binaries ran ${plural(starts, "time")}` : "";
  const isPicked = all.some(({ status }) => status === "unknown");
  const known = isPicked ? "at least; nothing is known of the rest" : said;
  const rest = score === undefined ? "no host of its platforms" : known;
  return [
    `  ${technique.padEnd(10)} ${name.padEnd(30)} ${share.padStart(5)}`,
    ...wrapText(`${rest}${runs}`, columns - 13).map((line) => paint.dim(`             ${line}`)),
  ];
}

function lackOf({ component, status, hosts, ofHosts }: ComponentCoverage): string {
  if (status === "noCommandLines") return `${component} (no command lines)`;
  return status === "someHosts"
    ? `${component} (on ${number(ofHosts - hosts)} of ${plural(ofHosts, "host")})`
    : component;
}

/** On which hosts something is missing, where it is not all. */
export function lackingHosts({ status, lackingHosts: count, lacking }: Advice): string {
  if (status !== "someHosts") return "";
  const more = count > lacking.length ? ` and ${count - lacking.length} more` : "";
  return `, on ${lacking.map((name) => name || "(no name)").join(", ")}${more}`;
}

function adviceLines(advice: Advice, columns: number, paint: Style): string[] {
  const { platform, component, status, techniques, settings } = advice;
  const what = status === "noCommandLines" ? `${component}: events without command lines` : component;
  const lines = ["", `  ${paint.bold(what)} on ${platform}`];
  const needed = visible(`for ${techniques.join(", ")}${lackingHosts(advice)}`);
  lines.push(...wrapText(needed, columns - 4).map((line) => paint.dim(`    ${line}`)));
  for (const { name, where, text } of settings) {
    lines.push(`    ${paint.accent(name)} – ${where}`);
    lines.push(...text.split("\n").map((line) => `      ${line}`));
  }
  return lines;
}

/** That timelines and alerts are no logs; undefined where nothing was picked. */
export function pickedText({ picked, events }: Coverage): string | undefined {
  if (picked.length === 0) return undefined;
  const by = picked.map((one) => `${one.by} (${number(one.events)})`).join(", ");
  const count = picked.reduce((sum, one) => sum + one.events, 0);
  const which = count === events ? "All events were" : `${number(count)} of the events were`;
  return `${which} picked by a detector: ${by}. Such a timeline or list of alerts is no log: what it does not hold may have happened and been logged all the same, so nothing is concluded from what is absent in it.`;
}

/** What logs let one see, for a terminal. */
export function coverageText(coverage: Coverage, columns: number, paint: Style): string {
  const { hosts, moreHosts, events, records, damaged, inputs, techniques, advice } = coverage;
  const read = inputs.filter(({ skipped }) => !skipped).length;
  const lines = [
    `${plural(hosts.length + moreHosts, "host")}, ${plural(events, "event")} from ${plural(records, "record")} in ${plural(read, "file")}${damaged > 0 ? `, ${number(damaged)} records damaged` : ""}`,
    "",
    paint.bold("Hosts"),
    ...hosts.slice(0, MOST_HOSTS).flatMap((host) => hostLines(host, paint)),
  ];
  if (hosts.length === 0) lines.push(paint.dim("  none: nothing that was read is a log of what a host did"));
  const hidden = hosts.length - MOST_HOSTS + moreHosts;
  if (hidden > 0) lines.push(paint.dim(`  and ${number(hidden)} more (--format json)`));
  const picked = pickedText(coverage);
  if (picked) lines.push("", paint.bold("No whole logs"), ...wrapText(picked, columns - 2).map((line) => `  ${line}`));
  lines.push(...clearedLines(coverage, paint));
  lines.push("", paint.bold("Data components"), ...componentLines(coverage, paint));
  lines.push("", paint.bold("Techniques"), ...techniques.flatMap((one) => techniqueLines(one, columns, paint)));
  if (advice.length > 0) {
    lines.push("", paint.bold("What would show more"));
    lines.push(
      paint.dim("  That a log holds no event does not prove that the setting is off; it may have had nothing to say."),
    );
    lines.push(...advice.flatMap((one) => adviceLines(one, columns, paint)));
  }
  return `${lines.join("\n")}\n`;
}
