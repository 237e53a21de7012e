import { describe, expect, it } from "vitest";
import { anEvent } from "../../test/support/events.ts";
import { findingsOf } from "../../test/support/findings.ts";
import type { Event } from "../model/event.ts";

const S32 = "C:\\Windows\\System32\\";

describe("events that name their process by pid alone", () => {
  const provider = { provider: "Microsoft-Windows-Security-Auditing" };
  const image = `${S32}regsvr32.exe`;
  const line = "regsvr32 /s C:\\ProgramData\\a.dll";
  const startOn = (host: string) =>
    anEvent(
      "processCreation",
      0,
      { host, image, commandLine: line, process: { key: `pid:${host}|65|0`, pid: 65, image } },
      { ...provider, eventId: 4688 },
    );
  const start = startOn("pc1");
  const connection = (at: number, by: string | undefined, host = "pc1") =>
    anEvent(
      "networkConnection",
      at,
      { host, process: { pid: 65, image: by }, initiated: true, destinationIp: "203.0.113.7" },
      { ...provider, eventId: 5156 },
    );
  const isJoined = (...events: Event[]) =>
    findingsOf(events).some(({ evidence }) => evidence.some(({ id }) => id === "external-connection"));

  it.each([undefined, image, "\\device\\harddiskvolume3\\windows\\system32\\regsvr32.exe"])(
    "belong to the latest start of that pid, as %s",
    (by) => expect(isJoined(start, connection(5, by))).toBe(true),
  );

  it("do not belong to a process of another image, nor to one that starts later", () => {
    expect(isJoined(start, connection(5, `${S32}svchost.exe`))).toBe(false);
    expect(isJoined(connection(-5, image), start)).toBe(false);
  });

  it("do not belong to a process of a host whose address begins alike", () => {
    const joined = connection(5, undefined, "10.0.0.5");
    expect(isJoined(startOn("10.0.0.5"), joined)).toBe(true);
    expect(isJoined(startOn("10.0.0.6"), joined)).toBe(false);
  });

  it("do not belong to a process that gave its pid on to another", () => {
    const other = `${S32}whoami.exe`;
    const later = anEvent("processCreation", 3, {
      image: other,
      commandLine: other,
      process: { pid: 65, image: other },
    });
    expect(isJoined(start, later, connection(5, undefined))).toBe(false);
  });
});
