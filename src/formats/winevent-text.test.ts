import { expect, it } from "vitest";
import { toPlain } from "../events/plain.ts";
import { createUnderstander } from "../events/registry.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { wineventText } from "./winevent-text.ts";

const event = (
  time: string,
  code: number,
  message: string,
  rest = "LogName=Security\nSourceName=Microsoft Windows security auditing.",
) => `${time}\n${rest}\nEventCode=${code}\nComputerName=pc7.example\nRecordNumber=${code}1\nMessage=${message}\n`;

const START = `A new process has been created.

Creator Subject:
\tSecurity ID:\t\tS-1-5-21-1
\tAccount Name:\t\tkim
\tAccount Domain:\t\tORCHARD

Target Subject:
\tAccount Name:\t\t-
\tAccount Domain:\t\t-

Process Information:
\tNew Process ID:\t\t0x1a4
\tNew Process Name:\tC:\\Windows\\System32\\mshta.exe
\tCreator Process ID:\t0x3e8
\tProcess Command Line:\tmshta.exe C:\\drop\\a.hta

01/01/2020 00:00:00
is a line of the message.`;
const FLOW = `The Windows Filtering Platform has permitted a connection.

Application Information:
\tProcess ID:\t\t420
\tApplication Name:\t\\device\\harddiskvolume3\\windows\\system32\\mshta.exe

Network Information:
\tDirection:\t\tOutbound
\tSource Address:\t\t192.0.2.7
\tSource Port:\t\t50123
\tDestination Address:\t203.0.113.9
\tDestination Port:\t\t443
\tProtocol:\t\t6`;

function read(text: string | Buffer, size = text.length) {
  const events: object[] = [];
  let count = 0;
  const diagnostics: Diagnostic[] = [];
  const understander = createUnderstander();
  const reader = wineventText.open(
    { file: "windows-security.log" },
    {
      record(record) {
        count += 1;
        for (const one of understander.understand(record))
          events.push({ kind: one.kind, time: one.time, host: one.host, index: record.index, ...toPlain(one).values });
      },
      diagnostic: (diagnostic) => void diagnostics.push(diagnostic),
    },
  );
  for (let at = 0; at < text.length; at += size) reader.push(Buffer.from(text.slice(at, at + size)));
  reader.end();
  return { events, diagnostics, count };
}

const LOG = event("05/02/2024 09:14:55 AM", 4688, START) + event("05/02/2024 09:14:56 AM", 5156, FLOW);

it.each([LOG.length, 7])("reads events over many lines, in blocks of %i", (size) => {
  const { events, diagnostics } = read(LOG, size);
  expect(diagnostics).toEqual([]);
  expect(events).toMatchObject([
    {
      kind: "processCreation",
      time: Date.UTC(2024, 4, 2, 9, 14, 55),
      host: "pc7.example",
      index: 0,
      user: "ORCHARD\\kim",
      image: "C:\\Windows\\System32\\mshta.exe",
      commandLine: "mshta.exe C:\\drop\\a.hta",
      process: { pid: 420 },
      parent: { pid: 1000 },
    },
    {
      kind: "networkConnection",
      index: 1,
      initiated: true,
      destinationIp: "203.0.113.9",
      destinationPort: 443,
      protocol: "tcp",
      process: { pid: 420 },
    },
  ]);
});

it("reads Sysmon's message, whose fields are its own", () => {
  const message =
    "Process Create:\nUtcTime: 2024-05-02 09:14:55.120\nProcessId: 9\nImage: C:\\a.exe\nCommandLine: a.exe x: y";
  const log = "LogName=Microsoft-Windows-Sysmon/Operational\nSourceName=Microsoft-Windows-Sysmon";
  const { events } = read(event("05/02/2024 11:14:55 AM", 1, message, log));
  expect(events).toMatchObject([{ kind: "processCreation", image: "C:\\a.exe", commandLine: "a.exe x: y" }]);
});

it("counts an event without a code, and reads on behind it", () => {
  const { events, diagnostics } = read(`05/02/2024 09:14:54 AM\nLogName=Security\nMessage=x\n${LOG}`);
  expect(diagnostics).toMatchObject([{ code: "text/bad-event", line: 2, index: 0, offset: 0 }]);
  expect(events).toMatchObject([{ index: 1 }, { index: 2 }]);
});

it("cuts an event that is longer than any real one, and says so", () => {
  const { events, diagnostics } = read(event("05/02/2024 09:14:55 AM", 4688, `${START}\n${"x\n".repeat(600_000)}`));
  expect(diagnostics).toMatchObject([{ code: "input/limit", index: 0 }]);
  expect(events).toHaveLength(1);
});

const PRINTED = (number: number, id: number, message: string, mark = ":") => `Event[${number}]${mark}
  Log Name: Security
  Source: Microsoft-Windows-Security-Auditing
  Date: 2024-03-05T10:20:37.460
  Event ID: ${id}
  Task: x
  User: N/A
  Computer: pc7.example
  Description: 
${message}

`;

it("reads what wevtutil prints, in UTF-16 too", () => {
  const text = PRINTED(0, 4688, START) + PRINTED(1, 4798, "x\nLogName=y");
  for (const bytes of [Buffer.from(text.replaceAll("\n", "\r\n")), Buffer.from(`\ufeff${text}`, "utf16le")]) {
    expect(wineventText.sniff(bytes, "x")).toBeGreaterThan(0.5);
    expect(read(bytes)).toMatchObject({
      events: [
        {
          kind: "processCreation",
          host: "pc7.example",
          time: Date.UTC(2024, 2, 5, 10, 20, 37, 460),
          commandLine: "mshta.exe C:\\drop\\a.hta",
          process: { pid: 0x1a4 },
        },
      ],
      count: 2,
    });
  }
  const other = "Event[2]\n  Log Name: x\n  Description:\nEvent[1] is a word";
  expect(read(Buffer.from(other))).toMatchObject({ count: 0, diagnostics: [{ code: "text/bad-event" }] });
});
