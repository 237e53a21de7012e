import { isObject, type JsonObject } from "../../../decode/json/parse.ts";
import { integer, keysOf, lookup, own, text } from "../fields.ts";
import { type JsonShape, PathRecord } from "../object-record.ts";
import { parseTime } from "../time.ts";

/** Paths of which a record in the Elastic Common Schema has at least one. */
const MARKS = [
  "event.category",
  "event.action",
  "event.kind",
  "event.code",
  "process.executable",
  "process.name",
  "process.command_line",
  "ecs.version",
];

/** Without such a key there is none of them, which is seen faster. */
const ROOTS = /^(?:event|process|ecs)(?:\.|$)/;

/** What a document speaks of, where it speaks of anything that has a meaning here; a product's own fields stand beside these names. */
const SUBJECTS =
  /^(?:process|file|dll|registry|network|source|destination|dns|url|Target|winlog|auditd)(?:\.|$)|^event\.category$/;

/** What others call a process too is a document of ECS only where it says so, or has the names of ECS below it. */
const PROCESS = /^process(?:\.|$)/;
const SAYS = /^(?:event|ecs)(?:\.|$)/;
const OF_PROCESS = [
  "process.executable",
  "process.command_line",
  "process.args",
  "process.entity_id",
  "process.parent",
];

/** What others say by a single word is an object here, or a path into one. */
const isHolder = (object: JsonObject, key: string): boolean => key.includes(".") || isObject(own(object, key));

function hasSubject(object: JsonObject): boolean {
  const keys = keysOf(object);
  const subjects = keys.filter((key) => SUBJECTS.test(key));
  if (subjects.length === 0) return present(lookup(object, "event.category"));
  if (subjects.some((key) => !PROCESS.test(key)) || keys.some((key) => SAYS.test(key) && isHolder(object, key)))
    return true;
  return OF_PROCESS.some((path) => lookup(object, path) !== undefined);
}

/** Elastic Common Schema (Elastic Agent and Endpoint, Auditbeat, Filebeat modules), nested, dotted or mixed. */
export const ecs = schema(hasSubject);

/** The same where the event itself stands under names that a product made, or nowhere. */
export const ecsOfNothing = schema(() => true);

function schema(fits: (object: JsonObject) => boolean): JsonShape {
  return {
    marks: MARKS,
    recognise(object, at) {
      if (!keysOf(object).some((key) => ROOTS.test(key))) return undefined;
      if (!MARKS.some((path) => present(lookup(object, path))) || !fits(object)) return undefined;
      const head = {
        recordId: integer(lookup(object, "winlog.record_id")),
        provider: text(lookup(object, "event.provider")) ?? text(lookup(object, "event.module")),
        eventId: integer(lookup(object, "winlog.event_id") ?? lookup(object, "event.code")),
        channel: text(lookup(object, "winlog.channel")),
        host: text(lookup(object, "host.name")) ?? text(lookup(object, "host.hostname")),
        time: parseTime(own(object, "@timestamp")) ?? parseTime(lookup(object, "event.created")),
        // Alerts of detection rules hold a copy of the event.
        pickedBy: /^(?:signal|alert)$/.test(text(lookup(object, "event.kind")) ?? "") ? "Elastic" : undefined,
      };
      return new PathRecord("ecs", at, head, object);
    },
  };
}

function present(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number" || Array.isArray(value);
}
