import type { LogRecord } from "../../model/record.ts";
import { time, toInteger } from "../fields.ts";
import { processOf } from "../process.ts";

/** A process below this path. */
export const slots = (path: string) => ({
  id: (record: LogRecord) => record.get(`${path}.exec_id`),
  pid: (record: LogRecord) => toInteger(record.get(`${path}.pid`)),
  start: time(`${path}.start_time`),
  image: (record: LogRecord) => record.get(`${path}.binary`),
});

/** What every event below this name says of the process that it is about. */
export const base = (kind: string) =>
  ({
    platform: "linux",
    user: (record: LogRecord) =>
      record.get(`${kind}.process.process_credentials.uid`) ?? record.get(`${kind}.process.uid`),
    process: processOf(slots(`${kind}.process`)),
  }) as const;
