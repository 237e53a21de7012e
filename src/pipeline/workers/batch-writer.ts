import { fragmentOf } from "../../events/fragment.ts";
import { EventStore } from "../../events/store.ts";
import type { Event, EventKind } from "../../model/event.ts";
import { isPresent } from "../clock.ts";
import type { Batch, Told } from "./protocol.ts";

/** A batch is sent when its events take so many bytes, or so much was said. */
const FULL = 512 * 1024;
const MAX_TOLD = 1024;

/** Gathers what a task yields, and sends it in portions. */
export class BatchWriter {
  readonly #send: (batch: Batch) => void;
  #task = 0;
  #store = new EventStore();
  #others: Partial<Record<EventKind, number>> = {};
  #lastTime = 0;
  #records = 0;
  #told: Told[] = [];

  constructor(send: (batch: Batch) => void) {
    this.#send = send;
  }

  begin(task: number): void {
    this.#task = task;
  }

  record(): void {
    this.#records++;
    if (this.#store.size > FULL) this.#flush();
  }

  /** An event that matters is kept; any other is counted. */
  event(event: Event, matters: boolean): void {
    if (matters || fragmentOf(event)) this.#store.add(event);
    else {
      const { kind, time } = event;
      this.#others[kind] = (this.#others[kind] ?? 0) + 1;
      if (isPresent(time) && time > this.#lastTime) this.#lastTime = time;
    }
  }

  tell(told: Told): void {
    this.#told.push(told);
    if (this.#told.length > MAX_TOLD) this.#flush();
  }

  end(end: NonNullable<Batch["end"]>): void {
    this.#flush(end);
  }

  #flush(end?: Batch["end"]): void {
    this.#send({
      task: this.#task,
      events: this.#store.pack(),
      others: this.#others,
      lastTime: this.#lastTime,
      records: this.#records,
      told: this.#told,
      ...(end && { end }),
    });
    this.#store = new EventStore();
    this.#others = {};
    this.#lastTime = 0;
    this.#records = 0;
    this.#told = [];
  }
}
