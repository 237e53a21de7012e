import type { JsonObject } from "../../decode/json/parse.ts";
import type { LogRecord } from "../../model/record.ts";
import { actorLackOf } from "./by-name/effect.ts";
import { lackOf } from "./by-name/process.ts";
import { lookup } from "./fields.ts";
import { ObjectRecord } from "./object-record.ts";
import { MARKS } from "./shapes.ts";

/** Fields of a record that are named, and characters of them. */
const NAMED = 8;
const LONGEST = 200;

/** What most logs have, for records that come near to none. */
const COMMON = "lacks such as EventID, ActionType, class_uid, event.category or CommandLine";

/** Counts the objects of no known shape, and those of one that lack what it is about, and tells of the first what it has, and what the nearest shape has besides. */
export class Unmatched {
  private count = 0;
  private first = "";

  note(object: JsonObject): void {
    this.tell(object, () => lackOf(object) ?? actorLackOf(object) ?? nearestLack(object) ?? COMMON);
  }

  /** Counts a record of a known shape, too, where it lacks something; says whether it does. */
  look(record: LogRecord, object: JsonObject): boolean {
    const lack = record instanceof ObjectRecord ? record.lack : undefined;
    if (lack !== undefined) this.tell(object, () => lack);
    return lack !== undefined;
  }

  private tell(object: JsonObject, lack: () => string): void {
    this.count += 1;
    if (this.count > 1) return;
    const has = Object.keys(object).slice(0, NAMED).join(", ").slice(0, LONGEST);
    this.first = `has ${has || "no fields"}, and ${lack()}`;
  }

  /** Undefined where there were none. */
  get message(): string | undefined {
    if (this.count === 0) return undefined;
    const [what, which] =
      this.count === 1 ? ["1 record is no event", "it"] : [`${this.count} records are no events`, "the first"];
    return `${what} of a known shape: ${which} ${this.first}`;
  }
}

/** What the shape that a record comes nearest to has besides; undefined where it has no mark of any, or lacks none. */
function nearestLack(object: JsonObject): string | undefined {
  let best: { readonly has: readonly string[]; readonly lacks: readonly string[] } | undefined;
  for (const marks of MARKS) {
    const has = marks.filter((mark) => lookup(object, mark) !== undefined);
    const lacks = marks.filter((mark) => !has.includes(mark));
    if (has.length === 0 || lacks.length === 0) continue;
    if (!best || has.length > best.has.length || (has.length === best.has.length && lacks.length < best.lacks.length))
      best = { has, lacks };
  }
  return best && `beside ${best.has.slice(0, NAMED).join(", ")} lacks ${best.lacks.slice(0, NAMED).join(", ")}`;
}
