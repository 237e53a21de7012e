import { expect, it } from "vitest";
import { createUnderstander } from "../events/registry.ts";
import type { Event } from "../model/event.ts";
import { powershellTranscript } from "./powershell-transcript.ts";

const RULE = "*".repeat(22);
const HEAD = [
  "Windows PowerShell transcript start",
  "Start time: 20240502091455",
  "Username: LAB\\kim",
  "RunAs User: LAB\\kim",
  "Configuration Name: ",
  "Machine: PC7 (Microsoft Windows NT 10.0.19045.0)",
  "Host Application: powershell.exe -nop -w hidden",
  "Process ID: 4711",
  "PSVersion: 5.1.19041.1",
  "PSEdition: Desktop",
];
const FRENCH = [
  "Début de la transcription Windows PowerShell",
  "Heure de début : 20240502091455",
  "Nom d'utilisateur : LAB\\kim",
  "Utilisateur d'exécution : LAB\\kim",
  "Ordinateur : PC7 (Microsoft Windows NT 10.0.19045.0)",
  "Application hôte : powershell.exe -nop -w hidden",
  "ID de processus : 4711",
  "PSVersion: 5.1.19041.1",
];

function read(lines: readonly string[], end = "\r\n"): readonly Event[] {
  const events: Event[] = [];
  const text = Buffer.from(lines.join(end));
  expect(powershellTranscript.sniff(text, "x.txt")).toBeGreaterThan(0.9);
  const reader = powershellTranscript.open(
    { file: "x.txt" },
    {
      record: (record) => void events.push(...createUnderstander().understand(record)),
      diagnostic: () => expect.fail(),
    },
  );
  reader.push(text);
  reader.end();
  return events;
}

const session = { host: "PC7", user: "LAB\\kim", platform: "windows", process: { pid: 4711 } };

it.each([
  ["English", HEAD],
  ["French", FRENCH],
])("reads the host and what was typed, lines joined, outputs and empty prompts left out: %s", (_, head) => {
  const events = read([
    RULE,
    ...head,
    RULE,
    "Transcript started, output file is C:\\x.txt",
    "PS C:\\Users\\kim> function x {",
    ">> rundll32.exe a.dll,b",
    ">> }",
    "PS C:\\Users\\kim> whoami",
    "lab\\kim",
    "PS C:\\Users\\kim> ",
    RULE,
    "Windows PowerShell transcript end",
    "End time: 20240502091555",
    RULE,
  ]);
  expect(events).toMatchObject([
    { ...session, origin: "hostApplication", dialect: "commandLine", text: "powershell.exe -nop -w hidden" },
    { ...session, origin: "transcript", dialect: "powershell", text: "function x {\nrundll32.exe a.dll,b\n}" },
    { ...session, text: "whoami", time: Date.UTC(2024, 4, 2, 9, 14, 55) },
  ]);
});

it("takes each command's own time, and writes what was bound as a command, whatever lines its values have", () => {
  const stamped = (time: string) => [RULE, `Command start time: ${time}`, RULE];
  const events = read([
    ...[RULE, ...HEAD, RULE],
    ...stamped("20240502091500"),
    'PS>CommandInvocation(Invoke-Expression): "Invoke-Expression"',
    '>> ParameterBinding(Invoke-Expression): name="Command"; value="mshta x.hta',
    "",
    'exit"',
    ...stamped("20240502091501"),
    'PS>TerminatingError(): "System error."',
    ...[RULE, ...HEAD.with(5, "Machine: PC8 (Microsoft Windows NT 10.0.19045.0)"), RULE],
    "PS>Get-Date",
  ]);
  expect(events.slice(1)).toMatchObject([
    { ...session, text: "Invoke-Expression -Command 'mshta x.hta\n\nexit'", time: Date.UTC(2024, 4, 2, 9, 15) },
    { host: "PC8", origin: "hostApplication" },
    { host: "PC8", text: "Get-Date" },
  ]);
});
