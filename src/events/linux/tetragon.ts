import { defineEvent, type Reader } from "../define.ts";
import { time } from "../fields.ts";
import { processOf } from "../process.ts";
import type { LogSource } from "../source.ts";
import { hookEvent } from "./tetragon-hooks.ts";
import { base, slots } from "./tetragon-process.ts";

/** What an export without the enclosing time still says of a start. */
const startTime = time("process_exec.process.start_time");

/** Program and arguments, which Tetragon joins with blanks, in quotes where they hold one. */
const commandLine =
  (path: string): Reader<string | undefined> =>
  (record) => {
    const binary = record.get(`${path}.binary`);
    const args = record.get(`${path}.arguments`);
    return binary === undefined || !args ? binary : `${binary} ${args}`;
  };

const processCreation = defineEvent("processCreation", {
  ...base("process_exec"),
  time: (record) => record.time ?? startTime(record),
  image: "process_exec.process.binary",
  commandLine: commandLine("process_exec.process"),
  currentDirectory: "process_exec.process.cwd",
  parent: processOf({
    ...slots("process_exec.parent"),
    id: (record) => record.get("process_exec.parent.exec_id") ?? record.get("process_exec.process.parent_exec_id"),
  }),
  parentCommandLine: commandLine("process_exec.parent"),
});

const processTermination = defineEvent("processTermination", base("process_exit"));
const loaded = defineEvent("moduleLoad", { ...base("process_loader"), module: "process_loader.path" });

/** Tetragon's events: process starts and exits, and hooked kernel functions that a tracing policy reports. */
export const tetragon: LogSource = {
  id: "linux/tetragon",
  shape: "tetragon",
  kinds: ["processCreation", "processTermination", "networkConnection", "fileCreation", "moduleLoad", "osApiExecution"],
  understand(record) {
    if (record.get("process_exec.process.binary") !== undefined) return processCreation(record);
    if (["binary", "pid"].some((name) => record.get(`process_exit.process.${name}`) !== undefined))
      return processTermination(record);
    return record.get("process_loader.path") === undefined ? hookEvent(record) : loaded(record);
  },
};
