import { createUnderstander } from "../../src/events/registry.ts";
import type { Event } from "../../src/model/event.ts";
import { type Fields, fakeRecord } from "./record.ts";

/** The events that a fresh understander makes of one record of the Windows event log. */
export function understood(provider: string, eventId: number, fields: Fields): readonly Event[] {
  return createUnderstander().understand(fakeRecord("winevent", provider, eventId, fields));
}
