import { describe, expect, it } from "vitest";
import { millis } from "../../../test/support/cost.ts";
import { withCalls } from "./startup.ts";

/** What is put behind a text. */
const behind = (text: string) => withCalls(text).text.slice(text.length).trim().split("\n").filter(Boolean);

describe("a text that a shell reads when it starts", () => {
  it.each([
    ["sudo() { /srv/a; }", ["sudo"]],
    ["function su {\n  /srv/a\n}", ["su"]],
    ["function gs ()\n{\n git status\n}", ["gs"]],
    ["alias ssh=/srv/ssh; alias -g l='ls -l'", ["ssh", "l"]],
    ["export PROMPT_COMMAND='/srv/a'", ['eval "$PROMPT_COMMAND"']],
  ])("is followed by what its user and the shell call: %s", (text, calls) => {
    expect(behind(text)).toEqual(calls);
  });

  it.each(["alias ls='ls --color'", 'alias sudo="sudo "', "PROMPT_COMMAND=", "PROMPT_COMMAND=''", "echo f(); ls"])(
    "is left alone where it changes no command: %s",
    (text) => {
      expect(withCalls(text).text).toBe(text);
    },
  );

  it("tells calls from what is called", () => {
    const { isCall } = withCalls("f() { g; }\nPROMPT_COMMAND=h");
    expect(["f", "g", "eval h"].map(isCall)).toEqual([true, false, true]);
  });
});

it.each(["f", "f()", "function f", "function f ()", "alias", "alias -g "])(
  "reads %s with many blanks in linear time",
  (start) => {
    const read = (blanks: number) => millis(() => withCalls(`${start}${" ".repeat(blanks)}x`), 5);
    expect(read(1 << 18)).toBeLessThan(12 * 8 * Math.max(1, read(1 << 14)));
  },
);
