import type { LogRecord } from "../../model/record.ts";
import { firstOf, integer, text, time } from "../fields.ts";
import { processOf } from "../process.ts";

/** Sysmon writes `-` for what it does not know, older versions nothing or `?`. */
export const NONE = ["-", "", "?"] as const;
export const known = (name: string) => text(name, ...NONE);

/** A process that was gone before Sysmon looked. */
export const image = (name: string) => text(name, ...NONE, "<unknown process>");

export const own = { time: firstOf((record: LogRecord) => record.time, time("UtcTime")), user: known("User") };
export const process = processOf({ id: known("ProcessGuid"), pid: integer("ProcessId"), image: image("Image") });
