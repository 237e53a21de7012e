import { dateOf } from "../../baseline/days.ts";
import { differences } from "../../baseline/diff.ts";
import type { BaselineFile, Entry } from "../../baseline/file.ts";
import { History, MATURE_DAYS, MATURE_HOSTS } from "../../baseline/history.ts";
import { KEY_KINDS, type KeyKind, keyOf, partsOf } from "../../baseline/keys.ts";
import { WhatranError } from "../../errors.ts";
import { entryIdOf, shortIdOf } from "../../model/behaviour-id.ts";
import { number, plural } from "../../outputs/counts.ts";
import { visible } from "../../outputs/escape.ts";
import { style } from "../../outputs/style.ts";
import { clip } from "../../outputs/width.ts";

/** So many lines of one kind are shown of a binary; export has them all. */
const MOST_LINES = 12;

/** Which part of a key names the binary that it is about. */
const BINARY_AT: Readonly<Record<KeyKind, number>> = {
  binary: 0,
  template: 0,
  parent: 1,
  place: 0,
  loaded: 0,
  child: 0,
  destination: 0,
  file: 0,
  user: 1,
  program: 1,
};

/** “it has run with such arguments”, as a heading. */
const HEADINGS: Readonly<Record<KeyKind, string>> = {
  binary: "Runs",
  template: "Argument templates",
  parent: "Started by",
  place: "Payloads from",
  loaded: "Files loaded",
  child: "Children",
  destination: "Connects to",
  file: "Writes",
  user: "Run by",
  program: "Hashes",
};

/** A template's first part is a behaviour, `windows/rundll32/call`, of which the binary is the beginning. */
const binaryOf = (kind: KeyKind, parts: readonly string[]): string => {
  const name = parts[BINARY_AT[kind]] ?? "";
  return kind === "template" ? entryIdOf(name) : name;
};

/** What else a key says, in words. */
function told(kind: KeyKind, parts: readonly string[]): string {
  if (kind !== "template") return parts.filter((_, at) => at !== BINARY_AT[kind]).join(" ");
  const [behaviour = "", options, what, place, extension, entry] = parts;
  const payload = [what, extension && `*${extension}`, place && `in ${place}`, entry && `(${entry})`].filter(Boolean);
  return [shortIdOf(behaviour), options, payload.join(" ")].filter(Boolean).join("  ");
}

/** What the baseline as a whole knows. */
export function* overview(file: BaselineFile, colour: boolean): Generator<string> {
  const paint = style(colour);
  const history = new History(file, file.header.last);
  const { fleet, learntDays, mature } = history;
  if (learntDays === 0) {
    yield "Nothing was learnt yet.";
    return;
  }
  yield `${plural(fleet, "host")} over ${plural(learntDays, "day")}, ${dateOf(file.header.first)} to ${dateOf(file.header.last)}`;
  if (!mature)
    yield `It is immature and weighs nothing yet: it takes ${MATURE_HOSTS} hosts and ${MATURE_DAYS} days${
      fleet === 1 ? "; on a single machine, what it did on five days counts as its habit" : ""
    }.`;
  const templates = new Map<string, number>();
  for (const { key } of file.entries(keyOf("template"))) {
    const { parts } = partsOf(key);
    const name = binaryOf("template", parts);
    templates.set(name, (templates.get(name) ?? 0) + 1);
  }
  yield "";
  const binaries = [...file.entries(keyOf("binary"))].sort((a, b) => b.count.hosts.size - a.count.hosts.size);
  for (const { key, count } of binaries) {
    const name = partsOf(key).parts[0] ?? "";
    const ways = templates.get(name) ?? 0;
    const with_ = ways === 0 ? "with nothing that it could do for others" : `with ${plural(ways, "argument template")}`;
    yield `${paint.accent(visible(name))} has run ${plural(count.total, "time")} ${with_} on ${plural(count.hosts.size, "host")}, last on ${dateOf(count.last)}`;
  }
}

/** What a baseline knows of one binary. @throws WhatranError where it never ran */
export function* ofBinary(file: BaselineFile, binary: string, columns: number, colour: boolean): Generator<string> {
  const paint = style(colour);
  const wanted = binary.toLowerCase().replace(/\.exe$/, "");
  const groups = new Map<KeyKind, { entry: Entry; text: string }[]>();
  for (const entry of file.entries()) {
    const { kind, parts } = partsOf(entry.key);
    const name = binaryOf(kind, parts).toLowerCase();
    if (name !== wanted && name.slice(name.indexOf("/") + 1).replace(/\.exe$/, "") !== wanted) continue;
    const group = groups.get(kind) ?? [];
    group.push({ entry, text: told(kind, parts) });
    groups.set(kind, group);
  }
  if (groups.size === 0) throw new WhatranError("usage", `the baseline knows nothing of “${binary}”`);
  for (const kind of KEY_KINDS) {
    const group = groups.get(kind);
    if (!group) continue;
    group.sort(
      (a, b) => b.entry.count.hosts.size - a.entry.count.hosts.size || b.entry.count.total - a.entry.count.total,
    );
    yield paint.bold(HEADINGS[kind]);
    for (const { entry, text } of group.slice(0, MOST_LINES)) {
      const { hosts, total, first } = entry.count;
      const facts = `${plural(hosts.size, "host")}, ${plural(total, "time")}, since ${dateOf(first)}`;
      yield `  ${clip(visible(text), Math.max(20, columns - facts.length - 5))}${text ? "  " : ""}${paint.dim(facts)}`;
    }
    if (group.length > MOST_LINES) yield paint.dim(`  and ${number(group.length - MOST_LINES)} more`);
  }
}

export interface Counted {
  /** Keys that stand in the earlier one only, and in the later one. */
  gone: number;
  fresh: number;
  /** Those of them that fewer hosts showed than are asked for. */
  untold: number;
}

/** One line for each key that stands on one side only, and that so many hosts showed; the others are counted. */
export function* differenceLines(
  [before, after]: readonly [BaselineFile, BaselineFile],
  hosts: number,
  counted: Counted,
): Generator<string> {
  for (const { key, before: left, after: right } of differences(before, after)) {
    counted[right > 0 ? "fresh" : "gone"]++;
    if (left + right < hosts) {
      counted.untold++;
      continue;
    }
    const { kind, parts } = partsOf(key);
    const seen = plural(left + right, "host");
    yield `${right > 0 ? "+" : "-"} ${kind}  ${visible([binaryOf(kind, parts), told(kind, parts)].join("  "))}  (${seen})`;
  }
}
