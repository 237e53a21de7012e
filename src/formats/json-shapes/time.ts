const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?$/i;
const US =
  /^(\d{1,2})\/(\d{1,2})\/(\d{4}),? (\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?: ?(AM|PM))?(?: ?(Z|UTC))?$/i;
/** Kibana's `May 1, 2024 @ 12:00:00.000`, the Defender portal's `May 1, 2024 12:00:00 PM`, Cortex' `May 1st 2024 12:00:00`, CEF's `May 01 2024 12:00:00 GMT+00:00`. */
const MONTH_NAME =
  /^([A-Z][a-z]{2}) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?: @)? (\d{1,2}):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?: ?(AM|PM))?(?: (?:GMT|UTC)?([+-]\d\d:?\d\d)?)?$/;
/** `02-May-2024 12:00:00`, as databases and some products write it. */
const DAY_MONTH =
  /^(\d{1,2})[-/ ]([A-Z][a-z]{2})[-/ ](\d{4})[ :](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?: ?(Z|UTC|[+-]\d{4}))?$/;
/** Day, month and year between points, as languages of Europe write them; none puts the month first there. */
const POINTS = /^(\d{1,2})\.(\d{1,2})\.(\d{4}),? (\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?: ?(Z|UTC))?$/;
/** C's asctime, as osquery writes it: `Thu Aug 29 03:01:37 2019 UTC`. */
const ASCTIME = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4})(?: UTC)?$/;
/** DMTF's, as WMI writes it: `20240501140000.000000+120`, the zone in minutes. */
const DMTF = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\.(\d{1,6})([+-]\d{3})$/;
const DOTNET = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/;
const NUMBER = /^\d{9,19}(?:\.\d{1,9})?$/;
/** Months as logs in English abbreviate them. */
export const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** No zone lies further from UTC (ISO 8601 of XML Schema); what does is no zone. */
const MAX_OFFSET = 14 * 3_600_000;

/** Whether a time says which zone it is in, so that it may be trusted before one that does not. */
export function hasZone(value: unknown): boolean {
  if (typeof value === "number") return true;
  return (
    typeof value === "string" && (/(?:Z|UTC|[+-]\d\d:?\d\d)$/i.test(value) || NUMBER.test(value) || DOTNET.test(value))
  );
}

/**
 * Milliseconds since the epoch, UTC, of the ways in which exporters write times: ISO 8601 (without a zone: UTC), epoch in
 * seconds to nanoseconds (told by size), `/Date(ms)/`, month/day/year, month names, asctime, WMI's. undefined where it is none of them.
 */
export function parseTime(value: unknown): number | undefined {
  if (typeof value === "number") return fromEpoch(value);
  if (Array.isArray(value) && value.length === 1) return parseTime(value[0]);
  if (typeof value !== "string" || value.length > 64) return undefined;
  const written = value.trim();
  const iso = ISO.exec(written);
  if (iso) {
    const [, year, month, day, hour, minute, second, fraction, zone] = iso;
    return utc([year, month, day, hour, minute, second], fraction, zone);
  }
  if (NUMBER.test(written)) return fromEpoch(Number(written));
  const dotnet = DOTNET.exec(written);
  return dotnet ? Number(dotnet[1]) : american(written);
}

function american(written: string): number | undefined {
  const us = US.exec(written);
  if (us) {
    const [, month, day, year, hour, minute, second, fraction, half] = us;
    return utc([year, month, day, hourOf(hour!, half), minute, second], fraction, undefined);
  }
  const points = POINTS.exec(written);
  if (points) {
    const [, day, month, year, hour, minute, second, fraction] = points;
    return utc([year, month, day, hour, minute, second], fraction, undefined);
  }
  const asctime = ASCTIME.exec(written);
  if (asctime) {
    const [, month, day, hour, minute, second, year] = asctime;
    return utc([year, String(MONTHS.indexOf(month!) + 1), day, hour, minute, second], undefined, undefined);
  }
  const dayMonth = DAY_MONTH.exec(written);
  if (dayMonth) {
    const [, day, month, year, hour, minute, second, fraction, zone] = dayMonth;
    return utc([year, String(MONTHS.indexOf(month!) + 1), day, hour, minute, second], fraction, zone);
  }
  const dmtf = DMTF.exec(written);
  if (dmtf) {
    const local = utc(dmtf.slice(1, 7), dmtf[7], undefined);
    return local === undefined ? undefined : local - Number(dmtf[8]) * 60_000;
  }
  const named = MONTH_NAME.exec(written);
  if (!named) return undefined;
  const [, month, day, year, hour, minute, second, fraction, half, zone] = named;
  const number = String(MONTHS.indexOf(month!) + 1);
  return utc([year, number, day, hourOf(hour!, half), minute, second], fraction, zone);
}

function hourOf(hour: string, half: string | undefined): string {
  return half === undefined ? hour : String((Number(hour) % 12) + (half.toUpperCase() === "PM" ? 12 : 0));
}

/** Seconds, milliseconds, microseconds or nanoseconds since the epoch, told apart by size (right from 1973 to 5138). */
function fromEpoch(value: number): number | undefined {
  const size = Math.abs(value);
  if (!(size > 0 && size < 1e20)) return undefined;
  if (size < 1e11) return value * 1000;
  if (size < 1e14) return value;
  return size < 1e17 ? value / 1e3 : value / 1e6;
}

function utc(
  parts: (string | undefined)[],
  fraction: string | undefined,
  zone: string | undefined,
): number | undefined {
  const part = (index: number): number => Number(parts[index] ?? 0);
  const [year, month, day, hour, minute, second] = [part(0), part(1), part(2), part(3), part(4), part(5)];
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 60) return undefined;
  const offset = offsetOf(zone);
  if (Math.abs(offset) > MAX_OFFSET) return undefined;
  const whole = Date.UTC(year, month - 1, day, hour, minute, second) - offset;
  return fraction === undefined
    ? whole
    : whole + Number(`${fraction.padEnd(3, "0").slice(0, 3)}.${fraction.slice(3) || 0}`);
}

/** Milliseconds east of UTC. */
function offsetOf(zone: string | undefined): number {
  if (!zone || !/^[+-]/.test(zone)) return 0;
  const digits = zone.replace(":", "").padEnd(5, "0");
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return (zone.startsWith("-") ? -minutes : minutes) * 60_000;
}
