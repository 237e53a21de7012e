import { describe, expect, it } from "vitest";
import { eventsIn } from "../../../../test/support/read-events.ts";

/** A message by the values that it shows; headings and labels are in no language. */
const message = (...parts: readonly (readonly string[])[]) =>
  `Satz.\r\n${parts.map((values) => `\r\nKopf:\r\n${values.map((value, at) => `\tWort ${at}:\t\t${value}`).join("\r\n")}`).join("\r\n")}\r\n\r\nWas das ist: nichts.`;

const SUBJECT = ["S-1-5-21-1", "kim", "LAB", "0x3e7"];
const NOBODY = ["S-1-0-0", "-", "-", "0x0"];
const event = (provider: string, id: number, text: string) =>
  eventsIn(JSON.stringify({ ProviderName: provider, Id: id, LogName: "x", MachineName: "pc", Message: text }));
const security = (id: number, text: string) => event("Microsoft-Windows-Security-Auditing", id, text);

describe("a message in another language", () => {
  const started = ["0x1400", "C:\\Windows\\System32\\mshta.exe", "%%1938"];
  it("of a start shows its fields in their places", () => {
    const all = [...started, "S-1-16-8192", "0x7fc", "C:\\Windows\\explorer.exe", "mshta a:b"];
    expect(security(4688, message(SUBJECT, NOBODY, all))).toMatchObject([
      { kind: "processCreation", commandLine: "mshta a:b", user: "LAB\\kim", process: { pid: 5120 } },
    ]);
    expect(security(4688, message(SUBJECT, [...started, "0x7fc", "mshta x"]))).toMatchObject([
      { image: "C:\\Windows\\System32\\mshta.exe", commandLine: "mshta x", parent: { pid: 2044 } },
    ]);
    expect(security(4688, message(SUBJECT, ["x", "y", "z"]))).toMatchObject([{ commandLine: undefined }]);
  });

  it("of a service does too, and of a script block", () => {
    const service =
      "Ein Dienst wurde installiert.\r\n\r\nName:  s\r\nDatei:  cmd /c x\r\nTyp:  a\r\nStart:  b\r\nKonto:  c";
    expect(event("Service Control Manager", 7045, service)).toMatchObject([{ text: "cmd /c x" }]);
    const block =
      "Scriptblock-Text wird erstellt (1 von 1):\r\niex x\r\n\r\nScriptBlock-ID: 11111111-2222-3333-4444-555555555555\r\nPfad: ";
    expect(event("Microsoft-Windows-PowerShell", 4104, block)).toMatchObject([{ text: "iex x" }]);
  });
});

describe("a table of Event Viewer's", () => {
  const sysmon = '"Process Create:\r\nProcessId: 7\r\nImage: C:\\a.exe\r\nCommandLine: a x"';
  const table = (header: string, time: string) =>
    eventsIn(`${header}\r\nx,${time},Microsoft-Windows-Sysmon,1,y,${sysmon}\r\n`);
  it.each([
    ["Ebene,Datum und Uhrzeit,Quelle,Ereignis-ID,Aufgabenkategorie", "04.03.2026 09:10:11"],
    ["Niveau,Date et heure,Source,ID de l’événement,Catégorie de la tâche", "04/03/2026 09:10:11"],
    ["级别,日期和时间,来源,事件 ID,任务类别", "2026/3/4 9:10:11"],
    ["Niveau,Datum en tijd,Bron,Gebeurtenis-id,Taakcategorie", "4-3-2026 09:10:11"],
    ["Level,Date and Time,Source,Event ID,Task Category", "3/4/2026 9:10:11 AM"],
    ["Level,Date and Time,Source,Event ID,Task Category", "04/03/2026 09:10:11"],
  ])("is read by the places of its columns: %s", (header, time) => {
    expect(table(header, time)).toMatchObject([{ commandLine: "a x", time: Date.UTC(2026, 2, 4, 9, 10, 11) }]);
  });

  it("is none where the cells of the first row do not fit", () => {
    expect(eventsIn("a,b,c,d,e\r\n1,2,3,4,5,6\r\n")).toEqual([]);
  });
});

it("reads what wevtutil prints in another language", () => {
  const headings = "Protokoll,Quelle,Datum,Nummer,Aufgabe,Ebene,Opcode,Wort,Benutzer,Benutzername,Rechner,Text".split(
    ",",
  );
  const values = [
    "x/y",
    "Microsoft-Windows-Sysmon",
    "2026-03-04T09:10:11.000",
    "1",
    "a",
    "b",
    "c",
    "d",
    "e",
    "f",
    "pc",
    "",
  ];
  const lines = headings.map((heading, at) => `  ${heading}: ${values[at]}`);
  const event = `Ereignis[0]:\r\n${lines.join("\r\n")}\r\nProcess Create:\r\nImage: C:\\a.exe\r\nCommandLine: a x\r\n\r\n`;
  expect(eventsIn(event + event)).toMatchObject([{ commandLine: "a x", host: "pc" }, { commandLine: "a x" }]);
});

it("reads a table of Wazuh's documents", () => {
  const names = "system.eventID system.providerName system.computer eventdata.image eventdata.commandLine".split(" ");
  const header = ["_source.@timestamp", ...names.map((name) => `_source.data.win.${name}`)].join(",");
  const row = '"Mar 4, 2026 @ 09:10:11.000",1,Microsoft-Windows-Sysmon,pc,C:\\a.exe,a x';
  expect(eventsIn(`${header}\n${row}\n`)).toMatchObject([
    { commandLine: "a x", host: "pc", time: Date.UTC(2026, 2, 4, 9, 10, 11) },
  ]);
});
