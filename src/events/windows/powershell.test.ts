import { expect, it } from "vitest";
import { fakeRecord } from "../../../test/support/record.ts";
import { understood } from "../../../test/support/understood.ts";
import { createUnderstander } from "../registry.ts";
import { commandOf } from "./powershell-binding.ts";

const POWERSHELL = "Microsoft-Windows-PowerShell";

const CONTEXT = [
  "\tProviderName=Registry",
  "\tUserId=LAB\\eve",
  "\tHostApplication=powershell.exe -c rundll32",
  "  a.dll,Go",
  "\tEngineVersion=5.1",
  "\tScriptName=C:\\s.ps1",
  "\tCommandLine=",
].join("\r\n");

it("400 and 600: the host's command line, which may have several lines; one 600 of all its providers", () => {
  const expected = {
    text: "powershell.exe -c rundll32\r\n  a.dll,Go",
    dialect: "commandLine",
    origin: "hostApplication",
  };
  expect(understood("PowerShell", 400, { Data: "Available", Data2: "None", Data3: CONTEXT })[0]).toMatchObject(
    expected,
  );
  expect(understood("PowerShell", 400, { Data: ["Available", "None", CONTEXT] })[0]).toMatchObject(expected);
  expect(understood("PowerShell", 400, { Message: `Engine state is changed.\r\n${CONTEXT}` })[0]).toMatchObject(
    expected,
  );
  expect(understood("PowerShell", 600, { Data: "Registry", Data2: "Started", Data3: CONTEXT })).toHaveLength(1);
  const other = CONTEXT.replace("=Registry", "=Alias");
  expect(understood("PowerShell", 600, { Data: "Alias", Data2: "Started", Data3: other })).toEqual([]);
  expect(understood("PowerShell", 400, { Data3: "\tHostApplication=\r\n\tEngineVersion=" })).toEqual([]);
});

it("800: the pipeline's source line, or what was bound where it is empty", () => {
  const [event] = understood("PowerShell", 800, { Data: "iex $x", Data2: CONTEXT, Data3: "" });
  expect(event).toMatchObject({ text: "iex $x", dialect: "powershell", user: "LAB\\eve", name: "C:\\s.ps1" });
  const details = 'CommandInvocation(Start-Process): "Start-Process"';
  expect(understood("PowerShell", 800, { Data: "", Data2: CONTEXT, Data3: details })[0]).toMatchObject({
    text: "Start-Process",
  });
});

it("4103: the command with the values that were bound, quoted as literals", () => {
  const Payload = [
    'CommandInvocation(Start-Process): "Start-Process"',
    'ParameterBinding(Start-Process): name="FilePath"; value="rundll32.exe"',
    'ParameterBinding(Start-Process): name="ArgumentList"; value="it\'s',
    'two lines"',
    'CommandInvocation(Out-Null): "Out-Null"',
    "",
  ].join("\r\n");
  const ContextInfo = "        Script Name = C:\\s.ps1\r\n        User = LAB\\eve\r\n        Shell ID = x\r\n";
  const [event] = understood(POWERSHELL, 4103, { Payload, ContextInfo, "System.ProcessID": "77" });
  expect(event).toMatchObject({
    text: "Start-Process -FilePath 'rundll32.exe' -ArgumentList 'it''s\r\ntwo lines' | Out-Null",
    user: "LAB\\eve",
    name: "C:\\s.ps1",
    process: { pid: 77 },
  });
  expect(commandOf("Error Message = no")).toBeUndefined();
  expect(understood(POWERSHELL, 4103, { Payload: "" })).toEqual([]);
});

const part = (number: number, total: number, text: string, index: number, id = "b1") =>
  fakeRecord(
    "winevent",
    POWERSHELL,
    4104,
    { MessageNumber: `${number}`, MessageTotal: `${total}`, ScriptBlockText: text, ScriptBlockId: id },
    { index },
  );

it("4104: parts are joined by number, whatever order they come in", () => {
  const { understand, end } = createUnderstander();
  expect(understand(part(3, 3, "c", 0))).toEqual([]);
  expect(understand(part(1, 3, "a", 1))).toEqual([]);
  expect(understand(part(1, 3, "a", 2))).toEqual([]);
  const [whole] = understand(part(2, 3, "b", 3));
  expect(whole).toMatchObject({ text: "abc", dialect: "powershell", origin: "scriptBlock", name: undefined });
  expect(whole?.record.index).toBe(0);
  expect(end()).toEqual([]);
});

it("4104: what stays incomplete comes at the end; a whole block and a senseless number at once", () => {
  const { understand, end } = createUnderstander();
  expect(understand(part(1, 1, "whole", 0))).toHaveLength(1);
  expect(understand(part(9, 3, "odd", 1))).toHaveLength(1);
  expect(understand(part(2, 3, "b", 2))).toEqual([]);
  expect(end()).toMatchObject([{ text: "b" }]);
});

it("4104: PowerShell 7 writes under its own name", () => {
  expect(understood("PowerShellCore", 4104, { ScriptBlockText: "ls", Path: "C:\\s.ps1" })[0]).toMatchObject({
    text: "ls",
    name: "C:\\s.ps1",
  });
  expect(understood("PowerShellCore", 4104, { ScriptBlockText: "" })).toEqual([]);
});

it("4103 in the language of the system: commands, what was bound, and the user", () => {
  const french = [
    "CommandInvocation (Add-Type)\u00a0: «\u00a0Add-Type\u00a0»",
    "Liaison de paramètre (Add-Type)\u00a0: nom = «\u00a0Path\u00a0»\u00a0; valeur = «\u00a0D:\\a",
    "b.dll\u00a0»",
    "CommandInvocation (Out-Null) : « Out-Null »",
  ].join("\n");
  expect(commandOf(french)).toBe("Add-Type -Path 'D:\\a\nb.dll' | Out-Null");
  const german =
    'Befehlsaufruf(Start-Process): "Start-Process"\nParameterbindung(Start-Process): Name="FilePath"; Wert="calc"';
  expect(commandOf(german)).toBe("Start-Process -FilePath 'calc'");
  const ends = [
    "Numéro de séquence = 21",
    "Utilisateur = LAB\\eve",
    "Utilisateur connecté = ",
    "ID = Microsoft.PowerShell",
  ];
  const ContextInfo = ["Gravité = Informational", ...ends].map((line) => `        ${line}`).join("\n");
  expect(understood(POWERSHELL, 4103, { ContextInfo, Payload: french })[0]).toMatchObject({ user: "LAB\\eve" });
});
