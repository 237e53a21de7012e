import type { LogRecord, Shape } from "../../src/model/record.ts";

export type Fields = Readonly<Record<string, string | readonly string[]>>;

export interface FakeRecord extends LogRecord {
  /** Names in the order in which fields were asked for. */
  readonly asked: readonly string[];
}

/** A record for tests: `provider` and `eventId` may be undefined, time and host are fixed unless given. */
export function fakeRecord(
  shape: Shape,
  provider: string | undefined,
  eventId: number | undefined,
  fields: Fields,
  overrides: Partial<LogRecord> = {},
): FakeRecord {
  const asked: string[] = [];
  const read = (name: string) => {
    asked.push(name);
    return Object.hasOwn(fields, name) ? fields[name] : undefined;
  };
  return {
    shape,
    file: "fake.log",
    index: 0,
    recordId: 7,
    provider,
    eventId,
    channel: undefined,
    host: "HOST1",
    time: Date.UTC(2024, 0, 2, 3, 4, 5, 678),
    asked,
    get: (name) => {
      const value = read(name);
      return typeof value === "string" ? value : undefined;
    },
    list: (name) => {
      const value = read(name);
      return typeof value === "string" ? undefined : value;
    },
    names: () => Object.keys(fields),
    ...overrides,
  };
}
