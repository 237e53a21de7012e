import fc from "fast-check";
import { expect, it } from "vitest";
import { identity } from "./identity.ts";
import { View } from "./view.ts";

/** A path or an address, told by one look at the text. */
const PLACE = /^(?:[a-z]:)?[\\/]|^https?:[\\/]|::\$data$/i;

const piece = fc.constantFrom(
  "a",
  "B",
  "c:",
  "C:\\",
  "\\",
  "/",
  ".",
  "..",
  "*",
  " ",
  "http://",
  "x.Y",
  "::$DATA",
  "%te%",
);

it("settles places, and leaves all other text as it is", () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      const text = pieces.join("");
      const form = PLACE.test(text) && !text.includes("*") ? identity(text) : text;
      expect(new View(text).settled.text).toBe(form === text.toLowerCase() ? text : form);
    }),
    { numRuns: 5000 },
  );
});
