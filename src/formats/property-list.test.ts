import { describe, expect, it } from "vitest";
import { eventsIn } from "../../test/support/read-events.ts";

describe("objects as lists of their properties", () => {
  it("are those of Format-List, over several lines and paragraphs", () => {
    const message = ["Process Create:", "Image: C:\\a.exe", "", "CommandLine: a.exe x : y", "User: LAB\\kim"];
    for (const blank of ["              ", ""]) {
      const rest = message.slice(1).map((line) => (line === "" ? blank : `              ${line}`));
      const text = `\r\n\r\nTimeCreated : 3/4/2026 9:10:11 AM\r\nProviderName: Microsoft-Windows-Sysmon\r\nId          : 1\r\n`;
      const event = `${text.replace("ProviderName:", "ProviderName:")}Message     : ${message[0]}\r\n${rest.join("\r\n")}\r\n\r\n\r\n`;
      expect(eventsIn(event + event)).toMatchObject([
        { commandLine: "a.exe x : y", user: "LAB\\kim", time: Date.UTC(2026, 2, 4, 9, 10, 11) },
        { commandLine: "a.exe x : y" },
      ]);
    }
  });

  it("are those of wmic", () => {
    const text =
      "\r\r\n\r\r\nCommandLine=a.exe k=v\r\r\nProcessId=7\r\r\n\r\r\n\r\r\nCommandLine=b.exe\r\r\nProcessId=8\r\r\n";
    expect(eventsIn(text)).toMatchObject([{ commandLine: "a.exe k=v", process: { pid: 7 } }, { commandLine: "b.exe" }]);
  });

  it("are no other lists of words and values", () => {
    for (const text of [
      "Name : x\nVersion : 1\nState : ok\n",
      "PATH=/bin\nHOME=/root\nSHELL=/bin/sh\n",
      "a: b\n- c: d\n",
    ])
      expect(eventsIn(text)).toEqual([]);
  });
});
