import type { RawField } from "./fields.ts";

/** Records of one field, which goes to their end. */
const ONE_FIELD: readonly string[] = ["PROCTITLE", "CWD"];
const MAX_ARGS = 65_536;

/**
 * Fields of a record as `ausearch -i` prints it: numbers made words, nothing quoted and nothing in hex, so that a value goes
 * up to the next word that looks like a key.
 */
export function parseInterpreted(type: string, body: string): Map<string, RawField> {
  const text = opened(type, body);
  if (type === "EXECVE") return args(text);
  const fields = new Map<string, RawField>();
  const add = (key: string, value: string) => {
    if (key !== "" && !fields.has(key)) fields.set(key, { text: value.trim(), quoted: true });
  };
  for (let at = 0; at < text.length; ) {
    const equals = text.indexOf("=", at);
    if (equals < 0) break;
    const key = text.slice(text.lastIndexOf(" ", equals) + 1, equals);
    const end = ONE_FIELD.includes(type) ? text.length : endOf(key, text, equals + 1);
    add(key, text.slice(equals + 1, end));
    at = end;
  }
  return fields;
}

/** The pairs inside `msg='…'` and `saddr={ … }` beside the others. */
function opened(type: string, body: string): string {
  const text = body.trimEnd();
  if (type === "SOCKADDR") return text.replace("saddr={", "").replace(/\}$/, "").trimEnd();
  return text.endsWith("'") ? text.slice(0, -1).replace("msg='", "") : text;
}

/** A command of sudo has words with `=` itself; it ends before what always follows it. */
function endOf(key: string, text: string, from: number): number {
  if (key !== "cmd") return nextKey(text, from);
  const ends = [text.lastIndexOf(" exe="), text.lastIndexOf(" terminal=")].filter((end) => end >= from);
  return ends.length > 0 ? Math.min(...ends) : text.length;
}

/** Where ` key=` begins, or the end. */
function nextKey(text: string, from: number): number {
  const next = / [A-Za-z_][\w-]{0,40}=/g;
  next.lastIndex = from;
  return next.exec(text)?.index ?? text.length;
}

/** `argc=3 a0=sh a1=-c a2=echo a b`: an argument ends where the one of the next number begins. */
function args(text: string): Map<string, RawField> {
  const fields = new Map<string, RawField>();
  const count = Number(/(?:^| )argc=(\d{1,7})(?: |$)/.exec(text)?.[1] ?? MAX_ARGS);
  fields.set("argc", { text: String(count), quoted: true });
  const first = /(?:^| )a(\d{1,7})=/.exec(text);
  let number = Number(first?.[1]);
  for (let at = first ? first.index + first[0].length : -1; at >= 0 && fields.size <= MAX_ARGS; number += 1) {
    const label = ` a${number + 1}=`;
    const next = number + 1 < count ? text.indexOf(label, at) : -1;
    fields.set(`a${number}`, { text: text.slice(at, next < 0 ? text.trimEnd().length : next), quoted: true });
    at = next < 0 ? -1 : next + label.length;
  }
  return fields;
}

/** Dates as `ausearch -i` writes them, by locale: month/day/year, day.month.year, or year-month-day. */
const US = /^(\d\d)\/(\d\d)\/(\d{2}|\d{4})$/;
const DOTTED = /^(\d\d)\.(\d\d)\.(\d{4})$/;
const ISO = /^(\d{4})-(\d\d)-(\d\d)$/;

/** Milliseconds since the epoch of `01/15/2024 10:22:33.123`, which is local time of the machine that ran ausearch: taken as UTC. */
export function interpretedTime(date: string, time: string): number | undefined {
  const us = US.exec(date);
  const dotted = DOTTED.exec(date);
  const iso = ISO.exec(date);
  const [year, month, day] = us
    ? [us[3]!.length === 2 ? `20${us[3]}` : us[3]!, us[1]!, us[2]!]
    : dotted
      ? [dotted[3]!, dotted[2]!, dotted[1]!]
      : iso
        ? [iso[1]!, iso[2]!, iso[3]!]
        : ["", "", ""];
  const milliseconds = Date.parse(`${year}-${month}-${day}T${time}Z`);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}
