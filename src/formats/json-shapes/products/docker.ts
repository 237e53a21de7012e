import type { JsonObject } from "../../../decode/json/parse.ts";
import { firstTime, own, text } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { type Meaning, pathText, productRecord } from "../properties.ts";

/** `exec_create` only prepares what `exec_start` starts. */
const STARTED = /^exec_start: (.+)$/s;

/** `docker exec`: a process that the daemon started in a container; the words of its command are parted by blanks, without quotes. */
const EXEC: Meaning = [
  "processCreation",
  {
    platform: () => "linux",
    "process.id": ["Actor.Attributes.execID"],
    image: (event) => /^\S+/.exec(commandOf(event) ?? "")?.[0],
    commandLine: commandOf,
  },
];

const ID = /^[0-9a-f]{64}$/;

/** Events of Docker's daemon (`docker events --format json`, the API's `/events`). A container is its own host. */
export const docker: JsonShape = {
  marks: ["Action", "Actor"],
  recognise(object, at) {
    const type = text(own(object, "Type"));
    const container = pathText(object, ["Actor.ID", "id"]);
    if (type === undefined || container === undefined || pathText(object, ["Action", "status"]) === undefined)
      return undefined;
    if (own(object, "scope") === undefined && own(object, "timeNano") === undefined) return undefined;
    // Without a name of its own it calls itself by the first twelve digits of its id.
    const host =
      pathText(object, ["Actor.Attributes.name"]) ?? (ID.test(container) ? container.slice(0, 12) : container);
    const head = {
      provider: "docker",
      host: type === "container" ? host : undefined,
      time: firstTime(object, ["timeNano", "time"]),
    };
    return productRecord(at, head, commandOf(object) === undefined ? undefined : EXEC, object);
  },
};

function commandOf(event: JsonObject): string | undefined {
  return STARTED.exec(pathText(event, ["Action", "status"]) ?? "")?.[1]?.trim();
}

/** Behind what happened stand an id, of digits in most cases, and attributes in brackets. */
const BY_DIGITS = / ([0-9a-f]{12,64}) \(/;
const BY_BRACKET = / (\S{1,256}) \(/;
const MOST_ATTRIBUTES = 256;

/**
 * The same event as `docker events` prints it, behind the time: `container exec_start: id -u 4f2a… (execID=…, image=…, name=web)`. undefined
 * where it is none. What names no attribute belongs to the value before it.
 */
export function dockerEvent(printed: string): JsonObject | undefined {
  const type = /^[a-z]+ /.exec(printed)?.[0];
  const id = BY_DIGITS.exec(printed) ?? BY_BRACKET.exec(printed);
  if (!type || !id || id.index < type.length || !printed.endsWith(")")) return undefined;
  const attributes: [string, string][] = [];
  for (const part of printed.slice(id.index + id[0].length, -1).split(", ", MOST_ATTRIBUTES)) {
    const equals = part.indexOf("=");
    const last = attributes.at(-1);
    if (equals > 0) attributes.push([part.slice(0, equals), part.slice(equals + 1)]);
    else if (last) last[1] += `, ${part}`;
  }
  const action = printed.slice(type.length, id.index);
  return {
    Type: type.trim(),
    Action: action,
    Actor: { ID: id[1], Attributes: Object.fromEntries(attributes) },
    scope: "local",
  };
}
