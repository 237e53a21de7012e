import type { Platform, Signature } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import type { Reader } from "../define.ts";
import { account, firstOf, flag, integer, text, time } from "../fields.ts";
import { type ProcessSlots, processOf } from "../process.ts";

const PLATFORMS: readonly (readonly [RegExp, Platform])[] = [
  [/^win/i, "windows"],
  [/^(?:macos|darwin|mac os)/i, "macos"],
  [/^(?:linux|ubuntu|debian|redhat|rhel|centos|fedora|suse|amazon|amzn|alpine|arch|rocky|alma)/i, "linux"],
];

/** The operating system that the document names; else what the paths look like. */
export function platform(record: LogRecord): Platform {
  for (const field of ["host.os.type", "host.os.family", "host.os.platform", "host.os.name"]) {
    const name = record.get(field);
    const found = name === undefined ? undefined : PLATFORMS.find(([pattern]) => pattern.test(name));
    if (found !== undefined) return found[1];
  }
  const path = record.get("process.executable") ?? record.get("file.path") ?? record.get("dll.path");
  return path?.startsWith("/") ? "linux" : "windows";
}

/** No field of categories has more. */
const MOST_WORDS = 16;

/** The values of a field that may be written as one text or as a list, in lower case; tables join lists by commas. */
export function words(record: LogRecord, field: string): readonly string[] {
  const all = record.list(field) ?? (record.get(field) || undefined)?.split(/, ?/, MOST_WORDS);
  return all?.map((word) => word.toLowerCase()) ?? [];
}

/** A text, or the first of a list. */
export function first(field: string): Reader<string | undefined> {
  return (record) => record.get(field) || record.list(field)?.[0] || undefined;
}

export const user = firstOf(
  account("user.domain", "user.name"),
  text("process.user.name", ""),
  first("user.effective.name"),
  text("user.id", ""),
  text("process.user.id", ""),
  // Jamf Protect's telemetry names the effective one alone.
  first("user.effective.id"),
);

/** A process start's own time is its start time where the document does not repeat it. */
function slots(prefix: string): ProcessSlots {
  return {
    id: text(`${prefix}.entity_id`, "", "-"),
    pid: integer(`${prefix}.pid`),
    start: time(`${prefix}.start`),
    // A dash is how Kibana writes an absent field into a table.
    image: firstOf(text(`${prefix}.executable`, "", "-"), text(`${prefix}.name`, "", "-")),
  };
}

export const process = processOf(slots("process"));
export const startedProcess = processOf({
  ...slots("process"),
  start: firstOf(time("process.start"), (record) => record.time),
});
export const parent = processOf(slots("process.parent"));
export const targetProcess = processOf(slots("Target.process"));

const HASHES = ["md5", "sha1", "sha256", "sha512", "imphash"] as const;

/** The hashes below `prefix`, in the form of Sysmon: `SHA256=…,IMPHASH=…`. */
export function hashes(prefix: string): Reader<string | undefined> {
  return (record) => {
    const parts: string[] = [];
    for (const name of HASHES) {
      const value = record.get(`${prefix}.hash.${name}`) ?? (name === "imphash" && record.get(`${prefix}.pe.imphash`));
      if (value) parts.push(`${name.toUpperCase()}=${value.toUpperCase()}`);
    }
    return parts.length === 0 ? undefined : parts.join(",");
  };
}

/** `exists` is the signature's presence; `trusted` and `status` are what its check said. */
export function signature(prefix: string): Reader<Signature | undefined> {
  const exists = flag(`${prefix}.code_signature.exists`);
  const trusted = flag(`${prefix}.code_signature.trusted`);
  return (record) => {
    const signer = record.get(`${prefix}.code_signature.subject_name`) || undefined;
    const status = record.get(`${prefix}.code_signature.status`) || undefined;
    const verdict = trusted(record);
    const signed = exists(record) ?? (signer !== undefined || verdict === true ? true : undefined);
    if (signed === undefined && status === undefined) return undefined;
    return {
      signed,
      signer,
      status: status ?? (verdict === undefined ? undefined : verdict ? "trusted" : "untrusted"),
    };
  };
}

/** `process.env_vars`, a list of `NAME=value`. */
export function environment(record: LogRecord): Readonly<Record<string, string>> | undefined {
  const list = record.list("process.env_vars");
  if (list === undefined) return undefined;
  const env: Record<string, string> = Object.create(null);
  for (const entry of list) {
    const equals = entry.indexOf("=");
    if (equals > 0) env[entry.slice(0, equals)] = entry.slice(equals + 1);
  }
  return env;
}
