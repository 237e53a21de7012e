import { expect, it } from "vitest";
import { eventsOf } from "../../../../test/support/json-events.ts";

const entry = (processImagePath: string, eventMessage: string) =>
  eventsOf({
    timestamp: "2026-03-01 11:00:00.500000+0100",
    eventMessage,
    processImagePath,
    processID: 42,
    subsystem: "com.apple.sudo",
    eventType: "logEvent",
  });

it("commands of sudo; what else programs write tells nothing", () => {
  const message = "     kim : TTY=ttys001 ; PWD=/Users/kim ; USER=root ; COMMAND=/usr/bin/osascript a.scpt";
  expect(entry("/usr/bin/sudo", message)).toMatchObject([
    {
      kind: "commandExecution",
      origin: "sudo",
      text: "/usr/bin/osascript a.scpt",
      user: "kim",
      platform: "macos",
      process: { pid: 42 },
      time: Date.UTC(2026, 2, 1, 10, 0, 0, 500),
    },
  ]);
  expect(entry("/usr/sbin/mDNSResponder", message)).toEqual([]);
});
