import { resolve } from "node:path";
import { WhatranError } from "../../errors.ts";
import { propertiesOf } from "../../events/define.ts";
import { MAPPED_KINDS } from "../../events/mapped.ts";
import { type Mapping, readMapping } from "../../formats/mapping.ts";
import { reasonOf } from "../../model/reason.ts";
import { readConfig } from "./files.ts";

/** Properties of a process, in events that name one. */
const PROCESS = ["id", "pid", "start", "image"];

/** Not from a column of the event: time and host are the record's, the others are not read. */
const ELSEWHERE = ["time", "host", "signature", "env", "action", "startup", "oddities"];

/** Properties that a mapping file may name for a kind of event: those of the event, a process by its parts. */
function mappable(kind: (typeof MAPPED_KINDS)[number]): readonly string[] {
  const processes = new Set(["process", "parent", "target"]);
  return propertiesOf(kind)
    .filter((name) => !ELSEWHERE.includes(name))
    .flatMap((name) => (processes.has(name) ? PROCESS.map((part) => `${name}.${part}`) : [name]));
}

function wrong(file: string, message: string): never {
  throw new WhatranError("config", `${file}: ${message}`);
}

function mappingOf(value: unknown, file: string): Mapping {
  try {
    return readMapping(value);
  } catch (error) {
    if (error instanceof WhatranError) wrong(file, error.message);
    throw error;
  }
}

/**
 * The mapping in a YAML file.
 * @throws WhatranError where it cannot be read, or names a kind or a property that there is not: a slip would map nothing, silently
 */
export async function readMappingFile(file: string, cwd: string): Promise<Mapping> {
  let value: unknown;
  try {
    value = await readConfig(resolve(cwd, file));
  } catch (error) {
    if (error instanceof WhatranError) throw error;
    wrong(file, `cannot be read: ${reasonOf(error)}`);
  }
  const mapping = mappingOf(value, file);
  for (const { kind, fields, values } of mapping.events) {
    const known = MAPPED_KINDS.find((name) => name === kind);
    if (!known) wrong(file, `“${kind}” is no kind of event that can be mapped; there are ${MAPPED_KINDS.join(", ")}`);
    const names = mappable(known);
    for (const name of [...fields.keys(), ...values.keys()])
      if (!names.includes(name)) wrong(file, `“${kind}” has no property “${name}”; it has ${names.join(", ")}`);
  }
  return mapping;
}
