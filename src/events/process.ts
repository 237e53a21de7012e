import type { ProcessRef } from "../model/event.ts";
import type { LogRecord } from "../model/record.ts";
import { processKey } from "./join.ts";

/** Where a record names a process. `id` is a GUID or entity id; `start` is in milliseconds since the epoch. */
export interface ProcessSlots {
  readonly id?: (record: LogRecord) => string | undefined;
  readonly pid?: (record: LogRecord) => number | undefined;
  readonly start?: (record: LogRecord) => number | undefined;
  readonly image?: (record: LogRecord) => string | undefined;
}

/** The reference of an event that names no process. */
export const NO_PROCESS: ProcessRef = Object.freeze({ key: undefined, pid: undefined, image: undefined });

const UNREAD = Symbol("unread");

/** Reads its fields when asked, as events do. */
class ProcessView implements ProcessRef {
  readonly #record: LogRecord;
  readonly #slots: ProcessSlots;
  #key: string | undefined | typeof UNREAD = UNREAD;
  #pid: number | undefined | typeof UNREAD = UNREAD;
  #image: string | undefined | typeof UNREAD = UNREAD;

  constructor(record: LogRecord, slots: ProcessSlots) {
    this.#record = record;
    this.#slots = slots;
  }

  get pid(): number | undefined {
    if (this.#pid === UNREAD) this.#pid = this.#slots.pid?.(this.#record);
    return this.#pid;
  }

  get image(): string | undefined {
    if (this.#image === UNREAD) this.#image = this.#slots.image?.(this.#record);
    return this.#image;
  }

  get key(): string | undefined {
    if (this.#key === UNREAD) {
      const id = this.#slots.id?.(this.#record);
      const { start } = this.#slots;
      this.#key = processKey(this.#record.host, id, start && this.pid, start?.(this.#record));
    }
    return this.#key;
  }
}

/** A slot for a property that names a process. */
export function processOf(slots: ProcessSlots): (record: LogRecord) => ProcessRef {
  return (record) => new ProcessView(record, slots);
}
