import type { Event } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import { commandsOf } from "../windows/registry-path.ts";
import { artefact } from "./artefact.ts";
import { autostart, startsSomething } from "./registry-export.ts";

/** Values of the registry at rest: what of it Windows would start. Nobody is seen to write them. */
export const registryHive = artefact("registry-hive", ["runKey"], (record: LogRecord): readonly Event[] => {
  if (!startsSomething(record)) return [];
  const commands = commandsOf(record.get("path") ?? "", record.get("value") ?? "");
  return commands.map((commandLine) => autostart(record, { commandLine }));
});
