import type { Platform, Signature } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import type { Reader } from "../define.ts";
import { account, firstOf, integer, text, toTime } from "../fields.ts";
import { type ProcessSlots, processOf } from "../process.ts";

/** Prefixes of `device.os.type_id` names; 100 windows, 200 linux, 300 macOS. */
const PLATFORMS: readonly (readonly [RegExp, Platform])[] = [
  [/^(?:windows|100$|101$)/i, "windows"],
  [/^(?:linux|200$)/i, "linux"],
  [/^(?:macos|300$)/i, "macos"],
];

const PATHS = ["process.file.path", "actor.process.file.path", "file.path", "module.file.path", "driver.file.path"];

export function platform(record: LogRecord): Platform {
  for (const field of ["device.os.type", "device.os.type_id", "device.os.name"]) {
    const value = record.get(field);
    const found = value === undefined ? undefined : PLATFORMS.find(([pattern]) => pattern.test(value));
    if (found !== undefined) return found[1];
  }
  const paths = PATHS.map((field) => record.get(field)).filter((path) => path !== undefined);
  return paths[0]?.startsWith("/") ? "linux" : "windows";
}

/** OCSF times are milliseconds since the epoch; the `_dt` profile writes ISO 8601 beside them. */
function timeOf(name: string): Reader<number | undefined> {
  return (record) => {
    const value = record.get(name);
    if (value !== undefined && /^\d{11,14}$/.test(value)) return Number(value);
    return toTime(record.get(`${name}_dt`) ?? value);
  };
}

function slots(prefix: string): ProcessSlots {
  return {
    id: text(`${prefix}.uid`, ""),
    pid: integer(`${prefix}.pid`),
    start: timeOf(`${prefix}.created_time`),
    image: firstOf(text(`${prefix}.file.path`, ""), text(`${prefix}.file.name`, ""), text(`${prefix}.name`, "")),
  };
}

export const actor = processOf(slots("actor.process"));
export const process = processOf(slots("process"));
export const startedProcess = processOf({
  ...slots("process"),
  start: firstOf(timeOf("process.created_time"), (record) => record.time),
});

/** Of a launch: the parent is nested in the process, or else the actor. */
export function parent(record: LogRecord) {
  const nested = record.get("process.parent_process.pid") ?? record.get("process.parent_process.file.path");
  return nested === undefined ? actor(record) : nestedParent(record);
}
const nestedParent = processOf(slots("process.parent_process"));

export const user = firstOf(
  account("actor.user.domain", "actor.user.name"),
  account("actor.process.user.domain", "actor.process.user.name"),
);

/** `hashes` is a list of objects with `algorithm` and `value`; readers give list elements as JSON text. */
export function hashes(path: string): Reader<string | undefined> {
  return (record) => {
    const found = (record.list(path) ?? []).slice(0, 16).flatMap((element) => {
      const { algorithm, value } = parsed(element);
      if (typeof algorithm !== "string" || typeof value !== "string") return [];
      return [`${algorithm.replaceAll("-", "").toUpperCase()}=${value.toUpperCase()}`];
    });
    return found.length === 0 ? undefined : found.join(",");
  };
}

/** What signs a file, and whether its check went well; states from version 1.1 on. */
export function signature(file: string): Reader<Signature | undefined> {
  const at = `${file}.signature`;
  return (record) => {
    const signer = record.get(`${at}.certificate.subject`) || record.get(`${at}.developer_uid`) || undefined;
    const status = record.get(`${at}.state`) || undefined;
    return signer === undefined && status === undefined ? undefined : { signed: true, signer, status };
  };
}

function parsed(element: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(element);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
