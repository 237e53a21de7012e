import type { Event } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import { commandsOf, isAutostart } from "../windows/registry-path.ts";
import { artefact } from "./artefact.ts";

const autostart = defineEvent("runKey", {
  platform: "windows",
  user: "user",
  path: "path",
  name: "name",
  dialect: "commandLine",
});

const modification = defineEvent("registryKeyModification", {
  platform: "windows",
  path: "path",
  action: (record) => {
    const type = record.get("type");
    if (type === "deleteKey") return "deleteKey";
    return type === "delete" ? "deleteValue" : "setValue";
  },
  value: "value",
});

/** Values of registry exports: what importing them would set, and what of it Windows would start. */
export const registryExport = artefact(
  "registry-export",
  ["registryKeyModification", "runKey"],
  (record): readonly Event[] => {
    if (record.get("path") === undefined) return [];
    return [modification(record), ...autostartsIn(record)];
  },
);

/** What Windows would start by a value of the registry. */
export function autostartsIn(record: LogRecord): readonly Event[] {
  if (!startsSomething(record)) return [];
  const commands = commandsOf(record.get("path") ?? "", record.get("value") ?? "");
  return commands.map((commandLine) => autostart(record, { commandLine }));
}

/** Drivers start through the same ImagePath as services, without a command line. */
function startsSomething(record: LogRecord): boolean {
  const value = record.get("value");
  const isText = /^(?:expand_|multi_)?sz$/.test(record.get("type") ?? "");
  return (
    isText &&
    value !== undefined &&
    value !== "" &&
    !/\.sys$/i.test(value.trimEnd()) &&
    isAutostart(record.get("path") ?? "")
  );
}
