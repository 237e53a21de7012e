import type { LogRecord } from "../model/record.ts";
import type { Reader } from "./define.ts";

/** The field as text; each of `none` is what this source writes there for "no value". */
export function text(name: string, ...none: readonly string[]): Reader<string | undefined> {
  return (record) => {
    const value = record.get(name);
    return value === undefined || none.includes(value) ? undefined : value;
  };
}

/** What `reader` reads, with a repair applied to it. */
export function repaired(reader: Reader<string | undefined>, repair: (text: string) => string) {
  return (record: LogRecord): string | undefined => {
    const value = reader(record);
    return value === undefined ? undefined : repair(value);
  };
}

/** The first reader that has a value. */
export function firstOf<T>(...readers: readonly Reader<T | undefined>[]): Reader<T | undefined> {
  return (record) => {
    for (const reader of readers) {
      const value = reader(record);
      if (value !== undefined) return value;
    }
    return undefined;
  };
}

/** A whole number, decimal or `0x` hexadecimal, perhaps padded; undefined for other text and what is too large to be exact. */
export function toInteger(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const plain = digitsOf(value);
  if (plain >= 0) return plain;
  if (!/^ {0,16}(?:\d{1,16}|0[xX][0-9a-fA-F]{1,14})$/.test(value)) return undefined;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** A number of one to nine digits, as nearly all are: the pattern takes ten times as long. -1 for any other text. */
function digitsOf(text: string): number {
  const { length } = text;
  if (length === 0 || length > 9) return -1;
  let number = 0;
  for (let i = 0; i < length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

export function integer(name: string): Reader<number | undefined> {
  return (record) => toInteger(record.get(name));
}

/** `true`/`false` in any case, or `1`/`0`. */
export function flag(name: string): Reader<boolean | undefined> {
  return (record) => {
    const value = record.get(name)?.toLowerCase();
    if (value === "true" || value === "1") return true;
    return value === "false" || value === "0" ? false : undefined;
  };
}

/** A TCP or UDP port; 0 is what logs write for "none". */
export function port(name: string): Reader<number | undefined> {
  return (record) => {
    const value = toInteger(record.get(name));
    return value === undefined || value === 0 || value > 65535 ? undefined : value;
  };
}

const ISO = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d{1,9})?\s?(Z|[+-]\d\d:?\d\d)?$/;

/** Milliseconds since the epoch of an ISO 8601 date and time; one without a zone is UTC, as all sources here write it. */
export function toTime(value: string | undefined): number | undefined {
  const match = value === undefined ? null : ISO.exec(value);
  if (match === null) return undefined;
  const milliseconds = Date.parse(`${match[1]}T${match[2]}${match[3]?.slice(0, 4) ?? ""}${match[4] ?? "Z"}`);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

/** Between 1601, where FILETIME starts, and 1970, in milliseconds. */
const FILETIME_EPOCH = 11_644_473_600_000;

/** Milliseconds since the epoch of a FILETIME as a number (100 ns since 1601), or of an ISO 8601 text. */
export function fileTime(name: string): Reader<number | undefined> {
  return (record) => {
    const value = record.get(name);
    const ticks = value !== undefined && /^\d{17,18}$/.test(value) ? Number(value) : undefined;
    return ticks === undefined ? toTime(value) : ticks / 10_000 - FILETIME_EPOCH;
  };
}

export function time(name: string): Reader<number | undefined> {
  return (record) => toTime(record.get(name));
}

/** `DOMAIN\name`, or the name alone where there is no domain. */
export function account(domain: string, name: string): Reader<string | undefined> {
  return (record: LogRecord) => {
    const user = record.get(name);
    if (user === undefined || user === "" || user === "-") return undefined;
    const realm = record.get(domain);
    return realm === undefined || realm === "" || realm === "-" ? user : `${realm}\\${user}`;
  };
}

/**
 * The `position`th (from 1) of the `<Data>` elements that a classic provider writes without names. Readers call them
 * `Data`, `Data2` …, or keep them as a list; some exporters call them `param1` ….
 */
export function unnamed(record: LogRecord, position: number): string | undefined {
  return (
    record.list("Data")?.[position - 1] ??
    record.get(position === 1 ? "Data" : `Data${position}`) ??
    record.get(`param${position}`)
  );
}
