import type { AuditLine } from "../../../decode/audit/line.ts";
import type { JsonObject } from "../../../decode/json/parse.ts";
import { entryOf } from "../../../model/entry.ts";
import { firstText, firstTime, integer, own, text } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { pathText, productRecord } from "../properties.ts";
import { parseTime } from "../time.ts";

/** NXLog's module for Linux' audit, as its records name it. */
export const NXLOG_AUDIT = "im_linuxaudit";

/** Fields that are no part of the record itself. */
const ASIDE: ReadonlySet<string> = new Set(["type", "time", "seq", "Hostname", "EventReceivedTime"]);

/**
 * One record of the audit as NXLog has it: its fields beside `type`, `time` and `seq`, numbers made words and hex made text. Back to a line,
 * so that it is put together with the others of its event.
 */
export function nxlogAuditLine(object: JsonObject): AuditLine | undefined {
  if (own(object, "SourceModuleType") !== NXLOG_AUDIT) return undefined;
  const [type, time, serial] = [text(own(object, "type")), parseTime(own(object, "time")), integer(own(object, "seq"))];
  if (type === undefined || time === undefined || serial === undefined) return undefined;
  const title = type === "PROCTITLE" ? text(own(object, "proctitle")) : undefined;
  return {
    type,
    node: firstText(object, ["Hostname"]),
    stamp: `${time}:${serial}`,
    time,
    serial,
    body: title === undefined ? bodyOf(object) : `proctitle=${title}`,
    interpreted: title !== undefined,
  };
}

/** `key=value` each, the item of a path first; texts as the kernel writes what it does not trust. */
function bodyOf(object: JsonObject): string {
  const pairs: string[] = [];
  for (const [key, value] of Object.entries(object)) {
    if (ASIDE.has(key) || !/^[\w[\]]{1,32}$/.test(key)) continue;
    if (typeof value === "number") pairs[key === "item" ? "unshift" : "push"](`${key}=${value}`);
    else if (typeof value === "string") pairs.push(`${key}=${written(value)}`);
  }
  return pairs.join(" ");
}

/** In quotes, or in hex where these would end too soon. */
function written(value: string): string {
  return value.includes('"') ? Buffer.from(value).toString("hex").toUpperCase() : `"${value}"`;
}

const ACTIONS: Readonly<Record<string, string>> = {
  NEW: "create",
  CHANGE: "modify",
  RENAME: "create",
  DELETE: "delete",
};

/** Files that NXLog's integrity monitoring (`im_fim`) saw change; who did it is not known. */
export const nxlogIntegrity: JsonShape = {
  marks: ["SourceModuleType", "PrevFileName"],
  recognise(object, at) {
    if (own(object, "SourceModuleType") !== "im_fim") return undefined;
    const head = { provider: "im_fim", host: firstText(object, ["Hostname"]), time: firstTime(object, ["EventTime"]) };
    const path = firstText(object, ["FileName", "PrevFileName"]);
    const action = entryOf(ACTIONS, firstText(object, ["EventType"]) ?? "");
    if (path === undefined || action === undefined || own(object, "Object") === "DIRECTORY")
      return productRecord(at, head, undefined, object);
    return productRecord(
      at,
      head,
      [
        "fileCreation",
        {
          platform: () => (path.startsWith("/") ? "linux" : "windows"),
          path: () => path,
          action: () => action,
          hashes: digestOf,
        },
      ],
      object,
    );
  },
};

function digestOf(event: JsonObject): string | undefined {
  const [name, digest] = [pathText(event, ["DigestName"]), pathText(event, ["Digest"])];
  return name === undefined || digest === undefined ? undefined : `${name.toUpperCase()}=${digest}`;
}
