import { expect, it } from "vitest";
import { Unmatched } from "./unmatched.ts";

function told(...objects: readonly Record<string, unknown>[]): string | undefined {
  const unmatched = new Unmatched();
  for (const object of objects) unmatched.note(object);
  return unmatched.message;
}

it("says what the first has, and what the shape lacks that it comes nearest to, and no more", () => {
  expect(told()).toBeUndefined();
  expect(told({ colour: "red", size: 3 })).toBe(
    "1 record is no event of a known shape: it has colour, size, and lacks such as EventID, ActionType, class_uid, event.category or CommandLine",
  );
  expect(told({ process_guid: "G", x: 1 }, { y: 1 })).toBe(
    "2 records are no events of a known shape: the first has process_guid, x, and beside process_guid lacks device_name",
  );
  expect(told({})).toMatch(/^1 record is no event of a known shape: it has no fields, and lacks such as EventID/);
});

it("says what speaks against one that names a command line, or says what was done", () => {
  expect(told({ cmdline: "a b" })).toMatch(/names a command line, but neither a program's file nor/);
  expect(told({ event_type: "file_created", path: "/a/b" })).toMatch(/says what was done, but not by which process$/);
});

it("stays short whatever the names are", () => {
  const wide = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`${"k".repeat(500)}${at}`, at]));
  expect(told(wide)!.length).toBeLessThan(400);
});
