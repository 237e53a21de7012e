import { resolve } from "node:path";
import { propertiesOf } from "../../events/define.ts";
import { MAPPED_KINDS } from "../../events/mapped.ts";
import { type Mapping, MappingError, readMapping } from "../../formats/mapping.ts";
import { didYouMean } from "../../model/nearest.ts";
import { type ConfigFile, readConfig } from "./files.ts";

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

function mappingOf({ data, fault }: ConfigFile): Mapping {
  try {
    return readMapping(data);
  } catch (error) {
    throw error instanceof MappingError ? fault(error.path, error.message, error.isName) : error;
  }
}

/**
 * The mapping in a YAML file.
 * @throws WhatranError where it cannot be read, or names a kind or a property that there is not: a slip would map nothing, silently
 */
export async function readMappingFile(file: string, cwd: string): Promise<Mapping> {
  const config = await readConfig(resolve(cwd, file));
  const mapping = mappingOf(config);
  const kinds: readonly string[] = MAPPED_KINDS;
  for (const { kind, fields, values } of mapping.events) {
    const known = MAPPED_KINDS.find((name) => name === kind);
    if (!known)
      throw config.fault(
        ["events", kind],
        `“${kind}” is no kind of event that can be mapped; there are ${kinds.join(", ")}${didYouMean(kind, kinds)}`,
        true,
      );
    const names = mappable(known);
    for (const [part, map] of Object.entries({ fields, values }))
      for (const name of map.keys())
        if (!names.includes(name))
          throw config.fault(
            ["events", kind, part, name],
            `“${kind}” has no property “${name}”; it has ${names.join(", ")}${didYouMean(name, names)}`,
            true,
          );
  }
  return mapping;
}
