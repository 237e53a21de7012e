import { Held } from "../json/held.ts";

export interface XmlPlace {
  /** Byte offset in the input (in its UTF-8 form). */
  readonly offset: number;
}

export interface XmlEvents {
  /** The bytes of one `<Event>` element; they last for the call. */
  event(bytes: Buffer, place: XmlPlace): void;
  damaged(message: string, place: XmlPlace): void;
}

const OPEN = Buffer.from("<Event");
const CLOSE = Buffer.from("</Event>");
/** An event that opens inside another shows that the one before was cut short. */
const STARTS = /<Event(?:\s[^<>]*)?>\s*<System[\s>]/g;
/** One event may take 64 MiB. */
const LARGEST = 64 * 1024 * 1024;

/** Finds the `<Event>` elements in bytes, whatever stands around them. Memory is bounded by one event. */
export class XmlEventSplitter {
  private readonly events: XmlEvents;
  private readonly held = new Held();
  /** Offset in the input of the first byte held, and how many of them hold no mark that is looked for. */
  private offset = 0;
  private searched = 0;
  private inEvent = false;
  private dropped = false;

  constructor(events: XmlEvents) {
    this.events = events;
  }

  push(block: Uint8Array): void {
    this.held.append(block);
    const bytes = this.held.view();
    let at = 0;
    for (;;) {
      const found = this.inEvent ? bytes.indexOf(CLOSE, this.searched) : this.opening(bytes, this.searched);
      if (found < 0) break;
      if (this.inEvent) this.finish(bytes.subarray(at, found + CLOSE.length), at);
      at = this.inEvent ? found + CLOSE.length : found;
      this.searched = this.inEvent ? at : at + OPEN.length;
      this.inEvent = !this.inEvent;
    }
    this.keep(bytes, at);
  }

  end(): void {
    if (this.inEvent && !this.dropped) this.events.damaged("the input ends inside an event", { offset: this.offset });
    this.held.clear();
    this.inEvent = false;
  }

  /** `<Event` and not `<Events` or `<EventData`; one at the very end waits for the byte behind it. */
  private opening(bytes: Buffer, from: number): number {
    for (let at = bytes.indexOf(OPEN, from); at >= 0; at = bytes.indexOf(OPEN, at + 1)) {
      const next = bytes[at + OPEN.length];
      if (next === undefined) return -1;
      if (next === 0x3e || next === 0x20 || (next >= 0x09 && next <= 0x0d)) return at;
    }
    return -1;
  }

  private finish(bytes: Buffer, at: number): void {
    if (this.dropped) {
      this.dropped = false;
      return;
    }
    const starts = [...bytes.toString("latin1").matchAll(STARTS)].map((match) => match.index);
    for (const start of starts.slice(0, -1)) {
      this.events.damaged("an event that is not closed", { offset: this.offset + at + start });
    }
    const start = starts.at(-1) ?? 0;
    this.events.event(bytes.subarray(start), { offset: this.offset + at + start });
  }

  /** Keeps what may still become part of an event. */
  private keep(bytes: Buffer, at: number): void {
    // Outside of an event only a mark that is cut by the end of the block matters.
    const from = this.inEvent ? at : Math.max(at, bytes.length - OPEN.length);
    if (this.inEvent && bytes.length - from > LARGEST && !this.dropped) {
      this.events.damaged(`an event larger than ${LARGEST} bytes`, { offset: this.offset + from });
      this.dropped = true;
    }
    const start = this.dropped ? Math.max(from, bytes.length - CLOSE.length) : from;
    this.held.discard(start);
    this.offset += start;
    this.searched = Math.max(0, this.held.length - CLOSE.length);
  }
}
