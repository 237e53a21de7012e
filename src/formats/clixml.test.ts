import { expect, it } from "vitest";
import { createUnderstander } from "../events/registry.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Event } from "../model/event.ts";
import { clixml } from "./clixml.ts";

function read(...objects: string[]) {
  const understander = createUnderstander();
  const events: Event[] = [];
  const diagnostics: Diagnostic[] = [];
  const reader = clixml.open(
    { file: "x" },
    {
      record: (record) => void events.push(...understander.understand(record)),
      diagnostic: (diagnostic) => void diagnostics.push(diagnostic),
    },
  );
  reader.push(Buffer.from(`<Objs Version="1.1.0.1">\n${objects.join("\n")}\n</Objs>\n`));
  reader.end();
  return { events, diagnostics };
}

const object = (props: string, more = "") =>
  `  <Obj RefId="0">\n    <Props>\n${props}\n    </Props>\n    <MS>\n${more}\n    </MS>\n  </Obj>`;

it("reads events by their rendered message", () => {
  const props =
    '<I32 N="Id">1</I32><S N="ProviderName">Microsoft-Windows-Sysmon</S><S N="MachineName">pc</S>' +
    '<S N="LogName">Microsoft-Windows-Sysmon/Operational</S><DT N="TimeCreated">2026-02-01T11:00:00.5+01:00</DT>' +
    '<Obj N="UserId" RefId="1"><ToString>S-1-5-18</ToString></Obj><Nil N="Qualifiers" />';
  const message =
    '<S N="Message">Process Create:_x000D__x000A_Image: C:\\a.exe_x000D__x000A_CommandLine: a &quot;b&quot;</S>';
  expect(read(object(props, message)).events).toMatchObject([
    {
      ...{ kind: "processCreation", host: "pc", image: "C:\\a.exe", commandLine: 'a "b"' },
      time: Date.UTC(2026, 1, 1, 10) + 500,
    },
  ]);
});

it("reads other objects by the names of their properties, and says how many mean nothing", () => {
  const process = object('<U32 N="ProcessId">7</U32><S N="Name">a.exe</S><S N="CommandLine">a x</S>');
  const { events, diagnostics } = read(process, object('<S N="Colour">red</S>'), process);
  expect(events).toMatchObject([{ commandLine: "a x", process: { pid: 7 } }, { commandLine: "a x" }]);
  expect(diagnostics.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^1 record is no event of a known shape: it has /),
  ]);
});

it("goes on behind an object that is not closed", () => {
  const process = object('<U32 N="ProcessId">7</U32><S N="CommandLine">a x</S>');
  const { events, diagnostics } = read(process.slice(0, 60), process, process.slice(0, 60));
  expect(events).toHaveLength(1);
  expect(diagnostics.map(({ code }) => code)).toEqual(["xml/bad-event", "xml/bad-event"]);
});
