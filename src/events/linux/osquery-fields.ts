import type { Platform } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import type { Reader } from "../define.ts";
import { toInteger } from "../fields.ts";
import { processOf } from "../process.ts";

/** The first of these columns that has a value. */
export function column(...names: readonly string[]): Reader<string | undefined> {
  return (record) => {
    for (const name of names) {
      const value = record.get(`columns.${name}`);
      if (value !== undefined && value !== "") return value;
    }
    return undefined;
  };
}

export const columnNumber =
  (...names: readonly string[]): Reader<number | undefined> =>
  (record) =>
    toInteger(column(...names)(record));

/** Rows bear their own time, in seconds; that of the log is when the query ran. */
export function rowTime(record: LogRecord): number | undefined {
  const seconds = columnNumber("time")(record);
  return seconds !== undefined && seconds > 0 && seconds < 1e11 ? seconds * 1000 : record.time;
}

/** Columns that only one platform's tables have, else the form of the path. */
export function platformOf(record: LogRecord): Platform {
  if (column("signing_id", "team_id", "cdhash", "codesigning_flags")(record) !== undefined) return "macos";
  return /^(?:[A-Za-z]:\\|\\\\|\\Device\\)/.test(column("path", "cmdline")(record) ?? "") ? "windows" : "linux";
}

export const ROW = {
  time: rowTime,
  platform: platformOf,
  user: column("username", "uid"),
  process: processOf({ pid: columnNumber("pid"), image: column("path") }),
} as const;
