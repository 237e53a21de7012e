import { expect, it } from "vitest";
import { hasZone, parseTime } from "./time.ts";

const NOON = Date.UTC(2024, 4, 1, 12);

it.each([
  ["2024-05-01T12:00:00Z", NOON],
  ["2024-05-01T14:00:00.5+02:00", NOON + 500],
  ["2024-05-01T06:30:00-0530", NOON],
  ["2024-05-01 12:00:00.064", NOON + 64],
  ["2024-05-01T12:00:00.1234567Z", NOON + 123.4567],
  ["2024-05-01 12:00:00 UTC", NOON],
  ["2024-05-01", Date.UTC(2024, 4, 1)],
  ["Wed May  1 12:00:00 2024 UTC", NOON],
  ["Wed May 01 12:00:00 2024", NOON],
  ["5/1/2024 12:00:00 PM", NOON],
  ["5/1/2024, 12:00:00.064 AM", NOON - 12 * 3_600_000 + 64],
  ["May 1, 2024 @ 12:00:00.064", NOON + 64],
  ["May 1, 2024 12:00:00 PM", NOON],
  ["May 1st 2024 12:00:00", NOON],
  ["May 01 2024 14:00:00 GMT+02:00", NOON],
  ["May 01 2024 12:00:00.000 UTC", NOON],
  [`/Date(${NOON})/`, NOON],
  [NOON, NOON],
  [NOON / 1000, NOON],
  [`${NOON / 1000}.064`, NOON + 64],
  [String(NOON * 1e6), NOON],
  [["2024-05-01T12:00:00Z"], NOON],
  ["2024-13-01T12:00:00Z", undefined],
  ["noon", undefined],
  ["2024-05-01T12:00:00+99:99", undefined],
  ["2024-05-01T12:00:00+14:00", NOON - 14 * 3_600_000],
  ["12", undefined],
  [null, undefined],
  [Number.NaN, undefined],
  [`${" ".repeat(100)}2024-05-01`, undefined],
])("reads %s", (written, expected) => {
  expect(parseTime(written)).toBe(expected);
});

it("tells times with a zone from those without", () => {
  expect(["2024-05-01T12:00:00Z", "2024-05-01T12:00:00+0200", 5, "2024-05-01 12:00:00"].map(hasZone)).toEqual([
    true,
    true,
    true,
    false,
  ]);
});
