import fc from "fast-check";
import { expect, it } from "vitest";
import { wordsOf } from "./field-words.ts";

it.each([
  ["ProcessCommandLine", "process command line"],
  ["tgtProcCmdLine", "tgt proc cmd line"],
  ["parentprocessname", "parent process name"],
  ["ppid", "p pid"],
  ["SHA256HashData", "sha256 hash data"],
  ["proc.pcmdline", "proc p cmd line"],
  ["createdAt [UTC]", "created at"],
  ["CommandLine_s", "command line"],
  ["resource", "resource"],
  ["pipeline", "pipeline"],
  ["hostname__", "host name"],
  ["", ""],
])("parts %s", (key, words) => expect(wordsOf(key).join(" ")).toBe(words));

it("never throws, and loses no letter", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 100 }), (key) => {
      const letters = key
        .replace(/(?:_[sdtgb]|\s\[UTC\])$/, "")
        .toLowerCase()
        .replace(/[^a-z0-9]/g, "");
      expect(wordsOf(key).join("")).toBe(letters);
    }),
  );
});
