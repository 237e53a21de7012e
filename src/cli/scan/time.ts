import { WhatranError } from "../../errors.ts";

const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;

const UNITS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
  M: 30 * 86_400_000,
  y: 365 * 86_400_000,
};

/** Milliseconds since the epoch of `2024-05-02`, `2024-05-02 09:14`, `2024-05-02T09:14:55+02:00`; UTC unless it says otherwise. */
export function parseTime(text: string, flag: string): number {
  const match = DATE.exec(text.trim());
  const zone = (match?.[8] ?? "Z").replace(/^([+-]\d{2}):?(\d{2})$/, "$1:$2");
  const [, year, month, day, hour = "00", minute = "00", second = "00"] = match ?? [];
  const time = match ? Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`) : Number.NaN;
  if (Number.isNaN(time)) throw new WhatranError("usage", `${flag}: “${text}” is no time such as 2024-05-02 09:14:55`);
  return time;
}

/** Milliseconds of `30d`, `12h`, `90m`, `2w`, `3M`, `1y`. */
export function parseOffset(text: string): number {
  const match = /^(\d{1,6})([smhdwMy])$/.exec(text.trim());
  if (!match) throw new WhatranError("usage", `--time-offset: “${text}” is no period such as 30d, 12h, 90m or 1y`);
  return Number(match[1]) * (UNITS[match[2] as string] as number);
}
