import type { XmlElement } from "../../languages/xml.ts";
import type { FilePattern } from "../../model.ts";
import { both, type Clause } from "./clauses.ts";
import type { Field, SysmonEvent } from "./events.ts";

/** No wildcards are known here, and no name has these signs. */
const literal = (text: string) => text.replace(/[*?]/g, "?");

const pathPattern = (path: string): FilePattern =>
  /^\*\.\w{1,16}$/.test(path) ? { extension: path.slice(1).toLowerCase() } : { path };

const within = (text: string) => `*${text}*`;

/**
 * “excludes any” is met where one of the values is missing and “excludes all” where none is there, says the documentation; the source
 * has it the other way round. Where all are there or none is, both say the same.
 */
function withoutSome(parts: readonly FilePattern[]): readonly FilePattern[] {
  if (parts.length === 1) return [{ none: parts }];
  return [
    { none: parts },
    { none: [parts.reduce(both)], beyond: "documentation and source differ on values of which only some are there" },
  ];
}

/** What a condition asks of a file; undefined for one that the model cannot say. Values are taken with their blanks. */
function patternsOf({ by }: Field, condition: string, value: string): readonly FilePattern[] | undefined {
  const text = literal(value);
  const values = text.split(";");
  const make = (...texts: readonly string[]): readonly FilePattern[] =>
    texts.map((one) => (by === "path" ? pathPattern(one) : { originalName: one }));
  switch (condition) {
    case "is":
      return make(text);
    case "is not":
      return [{ none: make(text) }];
    case "end with":
      return make(`*${text}`);
    case "not end with":
      return [{ none: make(`*${text}`) }];
    case "begin with":
      return make(`${text}*`);
    case "not begin with":
      return [{ none: make(`${text}*`) }];
    case "contains":
      return make(within(text));
    case "excludes":
      return [{ none: make(within(text)) }];
    case "is any":
      return make(...values);
    case "contains any":
      return make(...values.map(within));
    case "contains all":
      return [make(...values.map(within)).reduce(both)];
    case "excludes any":
    case "excludes all":
      return withoutSome(make(...values.map(within)));
    case "image":
      // The file name alone, unless there is more than one.
      return by === "path" && !text.includes("\\") ? make(text, `*\\${text}`) : make(text);
  }
  return undefined;
}

/** The condition that an element of a filter sets on a field of the event. */
export function clauseOf(event: SysmonEvent, element: XmlElement): Clause {
  const subject = event.subject.find(({ name }) => name === element.name);
  const field = subject ?? event.object.find(({ name }) => name === element.name);
  const patterns = (field && patternsOf(field, element.attributes.get("condition") ?? "is", element.text)) ?? [
    { beyond: `${element.name} of the event is not asked here` },
  ];
  return subject ? { subject: patterns } : { object: patterns };
}
