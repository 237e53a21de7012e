import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCode } from "../code.ts";

const runs = (language: string, text: string) =>
  readCode(language, text)
    .filter(({ role }) => role === "runs")
    .map(({ value, args }) => (args ? [value, ...args].join(" ") : value));

describe("little languages", () => {
  it.each([
    ["lessopen", "|/usr/bin/pipe %s", ["/usr/bin/pipe %s"]],
    ["lessopen", "||-/usr/bin/pipe %s", ["/usr/bin/pipe %s"]],
    ["dbus", "unixexec:path=/opt/a,argv1=-c,argv2=x%20y", ["/opt/a -c x y"]],
    ["dbus", "unix:path=/run/bus;unixexec:path=/opt/b", ["/opt/b"]],
    ["crontab", "# none\nMAILTO=root\n*/5 * * * * /opt/a -q%text\n@reboot /opt/b", ["/opt/a -q", "/opt/b"]],
    ["fzf", "enter:execute(/opt/a $(tty)),ctrl-r:reload:/opt/b -x", ["/opt/a $(tty)", "/opt/b -x"]],
    ["fzf", "f1:execute-silent~/opt/a~+abort", ["/opt/a"]],
  ])("reads %s: %s", (language, text, expected) => {
    expect(runs(language, text)).toEqual(expected);
  });

  it("never throws, whatever stands there", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("lessopen", "dbus", "crontab", "fzf"),
        fc.string({ maxLength: 300 }),
        (language, text) => {
          expect(() => readCode(language, text)).not.toThrow();
        },
      ),
    );
  });
});
