import type { CommandExecution, Event } from "../model/event.ts";
import { type Fragment, withText } from "./define.ts";

/** Texts that wait for further parts, parts of one text, and characters of all that wait. */
const MAX_TEXTS = 64;
const MAX_PARTS = 1024;
const MAX_CHARACTERS = 16_777_216;

interface Pending {
  readonly first: CommandExecution;
  readonly total: number;
  readonly parts: Map<number, string>;
  size: number;
}

export interface FragmentJoiner {
  /** The event itself where it is whole; else nothing until its last part has come. */
  push(event: Event): readonly Event[];
  /** What is still incomplete, joined from the parts that are there. */
  end(): readonly Event[];
}

/**
 * Joins fragments in the order of their numbers, whatever order they come in; the event stands at the record that came
 * first. Where room runs out the oldest is given out incomplete. Workers that each see a part of a log leave fragments as
 * they are; whoever reads their events in order joins them.
 */
export function createFragmentJoiner(): FragmentJoiner {
  const pending = new Map<string, Pending>();
  let characters = 0;

  const release = (key: string, { first, parts, size }: Pending): CommandExecution => {
    pending.delete(key);
    characters -= size;
    const ordered = [...parts].sort(([a], [b]) => a - b);
    return withText(first, ordered.map(([, text]) => text).join(""));
  };

  const evict = (): readonly Event[] => {
    const released: Event[] = [];
    for (const [key, entry] of pending) {
      if (pending.size <= MAX_TEXTS && characters <= MAX_CHARACTERS) break;
      released.push(release(key, entry));
    }
    return released;
  };

  const add = (event: CommandExecution, { id, number, total }: Fragment): readonly Event[] => {
    const key = `${event.host}|${id}`;
    const entry = pending.get(key) ?? { first: event, total, parts: new Map<number, string>(), size: 0 };
    pending.set(key, entry);
    if (!entry.parts.has(number)) {
      entry.parts.set(number, event.text);
      entry.size += event.text.length;
      characters += event.text.length;
    }
    return entry.parts.size >= entry.total ? [release(key, entry)] : evict();
  };

  return {
    push(event) {
      const fragment = fragmentOf(event);
      if (fragment === undefined || event.kind !== "commandExecution") return [event];
      const isSound = fragment.total <= MAX_PARTS && fragment.number >= 1 && fragment.number <= fragment.total;
      return isSound ? add(event, fragment) : [event];
    },
    end: () => [...pending].map(([key, entry]) => release(key, entry)),
  };
}

/** The fragment that an event is; undefined where its text is whole. */
export function fragmentOf(event: Event): Fragment | undefined {
  return (event as { readonly fragment?: Fragment }).fragment;
}
