import type { AllowReport } from "../correlate/allow/entry.ts";
import { LEVELS } from "../model/level.ts";
import { number, plural } from "./counts.ts";
import { visible } from "./escape.ts";
import type { Style } from "./style.ts";
import type { RunSummary } from "./summary.ts";
import { clip, clipStart, width, wrapText } from "./width.ts";

/** Inputs with something to say that are listed one by one. */
const MOST_INPUTS = 8;

/** What allow-lists hid, and which entries are over. */
function allowedLines(allowed: readonly AllowReport[]): string[] {
  const count = allowed.reduce((sum, { hidden }) => sum + hidden, 0);
  const by = allowed.filter(({ hidden }) => hidden > 0).map(({ id, hidden }) => `${visible(id)} ${number(hidden)}`);
  const over = allowed.filter(({ expired }) => expired).map(({ id, expires }) => `${visible(id)} (${expires})`);
  return [
    ...(count > 0 ? [`The allow-list hid ${plural(count, "finding")}: ${by.join(", ")}.`] : []),
    ...(over.length > 0 ? [`Expired, and without effect: ${over.join(", ")}.`] : []),
  ];
}

/** Of events whose time cannot be right; undefined where there are none. */
function misdatedText({ misdated }: RunSummary): string | undefined {
  if (!misdated) return undefined;
  return `${plural(misdated, "event")} with a time before 2000 or in the future: a clock was wrong, so they may not have been joined with what happened at the same time.`;
}

/** Of files among which there is no log at all; undefined where there is one, or nothing was looked at. */
function unknownText({ inputs }: RunSummary): string | undefined {
  const unknown = inputs.filter(({ reason }) => reason === "unknown format");
  if (unknown.length === 0 || unknown.length < inputs.length) return undefined;
  return `no log was recognised in ${plural(inputs.length, "file")}; whatran formats says what a file is taken for`;
}

/** What is to be said of a run where its results stand alone. */
export function asideTexts(summary: RunSummary): readonly string[] {
  const interrupted = summary.interrupted ? "interrupted: this is what was found until then" : undefined;
  return [misdatedText(summary), unknownText(summary), interrupted].filter((text) => text !== undefined);
}

/** What a run did, for people: counts by level, then what was read, then what could not be. */
export function summaryLines(summary: RunSummary, columns: number, paint: Style): string[] {
  const counts = LEVELS.toReversed().flatMap((level) => {
    const count = summary.findings[level] ?? 0;
    return count > 0 ? [paint.level(level, ` ${number(count)} ${level} `)] : [];
  });
  const events = Object.values(summary.events).reduce((sum, count) => sum + count, 0);
  const read = summary.inputs.filter((input) => !input.skipped);
  const lines = [
    `  ${counts.length > 0 ? counts.join("  ") : paint.bold("No findings.")}`,
    ...wrapText(
      `${plural(summary.records, "record")}, ${plural(events, "event")} understood, ${plural(read.length, "file")}, ${summary.seconds.toFixed(1)} s, ${Math.round(summary.peakMiB)} MiB`,
      columns - 2,
    ).map((line) => paint.dim(`  ${line}`)),
  ];
  const troubled = summary.inputs.filter((input) => input.skipped || input.damaged > 0);
  for (const input of troubled.slice(0, MOST_INPUTS)) {
    const what = input.skipped
      ? `not read: ${input.reason ?? "unknown reason"}`
      : `${plural(input.damaged, "record")} damaged and skipped`;
    const reason = `: ${visible(what)}`;
    lines.push(paint.dim(clip(`  ! ${clipStart(visible(input.file), columns - 4 - width(reason))}${reason}`, columns)));
  }
  if (troubled.length > MOST_INPUTS) lines.push(paint.dim(`  ! and ${troubled.length - MOST_INPUTS} more such files`));
  const misdated = misdatedText(summary);
  if (misdated) lines.push(...wrapText(misdated, columns - 4).map((line) => paint.dim(`  ! ${line}`)));
  for (const text of allowedLines(summary.allowed ?? []))
    lines.push(...wrapText(text, columns - 4).map((line) => paint.dim(`  ${line}`)));
  if (summary.interrupted) lines.push(paint.bold("  Interrupted: this is what was found until then."));
  return lines;
}
