import { isObject, type JsonObject } from "../../../decode/json/parse.ts";
import type { Shape } from "../../../model/record.ts";
import { firstText, has, integer, lookup, own, propertiesOf, text } from "../fields.ts";
import { type JsonShape, PathRecord } from "../object-record.ts";
import { parseTime } from "../time.ts";

/** The object has a child object of this name. */
function hasChild(object: JsonObject, name: string): boolean {
  return isObject(own(object, name));
}

function shapeOf(
  shape: Shape,
  marks: readonly string[],
  fits: (object: JsonObject) => boolean,
  hosts: readonly string[],
  pickedBy?: string,
): JsonShape {
  return {
    marks,
    recognise(object, at) {
      if (!fits(object)) return undefined;
      const head = {
        provider: shape,
        host: firstText(object, hosts),
        time: timeOf(object),
        pickedBy,
      };
      return new PathRecord(shape, at, head, object);
    },
  };
}

/** Where these sensors write the time; Falco's fields are nanoseconds, and there where its rule asked for them. */
const TIMES = ["time", "unixTime", "calendarTime"].concat([
  "output_fields.evt.rawtime",
  "output_fields.evt.time",
  "evt.rawtime",
  "evt.outputtime",
  "evt.time",
]);

function timeOf(object: JsonObject): number | undefined {
  for (const path of TIMES) {
    const time = parseTime(lookup(object, path));
    if (time !== undefined) return time;
  }
  return undefined;
}

/** What Sysdig prints as JSON: the same fields as Falco's, of every event and beside one another. */
export const sysdig = shapeOf(
  "falco",
  ["evt.type", "proc.name"],
  (object) => has(object, "evt.type") && has(object, "proc.name"),
  ["evt.hostname"],
);

/** Falco with `json_output`. */
export const falco = shapeOf(
  "falco",
  ["rule", "output_fields"],
  (object) => hasChild(object, "output_fields") && has(object, "rule"),
  ["hostname"],
  "Falco",
);

const TETRAGON = ["exec", "exit", "kprobe", "tracepoint", "lsm", "loader", "uprobe", "usdt"];

const SNAKES = TETRAGON.map((kind) => `process_${kind}`);
const CAMELS = TETRAGON.map((kind) => `process${kind.charAt(0).toUpperCase()}${kind.slice(1)}`);

/** Tetragon's export: one child names the kind of event. */
const exported = shapeOf(
  "tetragon",
  ["process_exec", "node_name"],
  (object) => SNAKES.some((name) => hasChild(object, name)),
  ["node_name"],
);

/** Tetragon's export, and what clients of its gRPC write: the same with names in camel case (`processExec`, `execId`). */
export const tetragon: JsonShape = {
  marks: exported.marks,
  recognise(object, at) {
    return exported.recognise(CAMELS.some((name) => hasChild(object, name)) ? snakeCased(object) : object, at);
  },
};

/** The object and those in it with their names in snake case. */
function snakeCased(object: JsonObject): JsonObject {
  const snake = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(snake);
    return isObject(value) ? snakeCased(value) : value;
  };
  return Object.fromEntries(
    Object.entries(propertiesOf(object)).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      snake(value),
    ]),
  );
}

/** One row of a result of osquery's scheduled queries. */
export const osquery = shapeOf(
  "osquery",
  ["columns", "hostIdentifier"],
  (object) => hasChild(object, "columns") && (has(object, "hostIdentifier") || has(object, "action")),
  ["hostIdentifier"],
);

const AUDIT_ID = /^(?:audit\()?(\d{1,11}\.\d{1,3}):(\d{1,19})\)?$/;

/** Laurel: one audit event with all its records, `EXECVE.ARGV` being the whole argument vector. Named like auditd's own. */
export const laurel: JsonShape = {
  marks: ["ID", "SYSCALL"],
  recognise(object, at) {
    const id = AUDIT_ID.exec(text(own(object, "ID")) ?? "");
    if (!id) return undefined;
    const head = {
      recordId: integer(id[2]),
      host: text(own(object, "NODE")),
      time: Number(id[1]) * 1000,
    };
    return new LaurelRecord("audit", at, head, object);
  },
};

class LaurelRecord extends PathRecord {
  override get(name: string): string | undefined {
    const found = super.get(name);
    const argument = found === undefined ? /^EXECVE\.a(\d{1,5})$/.exec(name) : null;
    return argument ? this.list("EXECVE.ARGV")?.[Number(argument[1])] : found;
  }

  /** `EXECVE.args` and `PROCTITLE.args`, as the reader of auditd's own log calls them. */
  override list(name: string): readonly string[] | undefined {
    return super.list(/^(?:EXECVE|PROCTITLE)\.args$/.test(name) ? name.replace("args", "ARGV") : name);
  }
}

/** The rows of what osquery writes as one object: a snapshot, or the differences of a batch. */
export function osqueryRows(object: JsonObject): readonly JsonObject[] | undefined {
  const rows = own(object, "snapshot");
  if (Array.isArray(rows)) return rows.filter(isObject).map((columns) => ({ ...object, snapshot: null, columns }));
  const added = lookup(object, "diffResults.added");
  if (!Array.isArray(added)) return undefined;
  return added.filter(isObject).map((columns) => ({ ...object, diffResults: null, action: "added", columns }));
}
