import { visible } from "../../outputs/escape.ts";
import type { Style } from "../../outputs/style.ts";
import type { FirstRecord, Probe } from "../../pipeline/probe.ts";

function counts(of: Readonly<Record<string, number>>): string {
  return Object.entries(of)
    .map(([name, count]) => `${count} ${name}`)
    .join(", ");
}

function first({ shape, provider, eventId, channel, host, time, fields }: FirstRecord): string {
  const who = [provider ?? (shape === "mapped" ? "unmapped" : shape), eventId]
    .filter((part) => part !== undefined)
    .join(" ");
  const where = [channel && `in ${channel}`, host && `of ${host}`, time && `at ${time}`].filter(Boolean).join(" ");
  return `${who} ${where}`.trimEnd() + (fields.length > 0 ? `; fields ${fields.join(", ")}` : "");
}

function damage({ damaged }: Probe): string {
  return damaged > 0 ? `, ${damaged} of them damaged` : "";
}

/** What a file is taken for, in a few lines. */
export function probeText(probe: Probe, paint: Style): string {
  const { file, format, records, damaged, more, events, notUnderstood } = probe;
  const lines = [`${visible(file)}  ${format ? paint.accent(format) : paint.bold("not read")}`];
  const add = (label: string, text: string) => lines.push(`  ${paint.dim(label.padEnd(15))} ${visible(text)}`);
  // A trouble says more.
  if (probe.reason !== undefined && probe.diagnostics.length === 0) add("why", probe.reason);
  if (records + damaged > 0) add("records", `${more ? "the first " : ""}${records + damaged}${damage(probe)}`);
  if (probe.first) add("first", first(probe.first));
  if (Object.keys(events).length > 0) add("understood as", counts(events));
  if (Object.keys(notUnderstood).length > 0) add("no meaning here", counts(notUnderstood));
  for (const { code, message } of probe.diagnostics) add("trouble", `${message} [${code}]`);
  return `${lines.join("\n")}\n`;
}
