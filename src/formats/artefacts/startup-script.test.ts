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
    expect(sniff(`${FOLDER}a.js`, "x".repeat(100_000))).toBe(true);
    expect(sniff("img/etc/cron.daily/backup", "#!/bin/sh\nid\n")).toBe(true);
    expect(sniff("img/etc/cron.daily/backup", "#!/usr/bin/perl\nid\n")).toBe(false);
    expect(sniff("img/etc/rc.local", "#!/bin/sh -e\nexit 0\n")).toBe(true);
  });

  it.each([
    ["Windows/System32/GroupPolicy/Machine/Scripts/Startup/a.cmd", "x"],
    ["Windows/Setup/Scripts/SetupComplete.cmd", "x"],
    ["Users/kim/Documents/WindowsPowerShell/Microsoft.PowerShell_profile.ps1", "x"],
    ["Windows/System32/WindowsPowerShell/v1.0/profile.ps1", "x"],
    [`${FOLDER}a.hta`, "<script>x</script>"],
    ["img/etc/init.d/x", "#!/bin/sh\nx"],
    ["img/etc/profile.d/x.sh", "x"],
    ["img/etc/update-motd.d/00-x", "#!/usr/bin/env bash\nx"],
    ["img/usr/lib/systemd/system-generators/x", "#!/bin/sh\nx"],
    ["img/var/lib/dpkg/info/x.postinst", "#!/bin/sh\nx"],
    ["img/var/spool/cron/atjobs/a0000101b2c3d4", "#!/bin/sh\nx"],
    ["img/srv/r/.git/hooks/post-checkout", "#!/bin/sh\nx"],
    ["img/home/kim/.bashrc", "x"],
    ["img/home/kim/.config/fish/config.fish", "x"],
    ["img/home/kim/.config/plasma-workspace/env/a.sh", "x"],
    ["img/home/kim/.config/openbox/autostart", "x"],
    ["img/etc/networkd-dispatcher/routable.d/a", "#!/bin/sh\nx"],
  ])("stand in %s", (name, text) => {
    expect(startupScript.sniff(Buffer.from(text), name)).toBeGreaterThan(0);
  });

  it.each([
    ["img/srv/r/.git/hooks/pre-push.sample", "#!/bin/sh\nx"],
    ["img/etc/init.d/README", "x"],
    ["img/home/kim/bashrc", "x"],
    ["Users/kim/profile.ps1", "x"],
  ])("do not stand in %s", (name, text) => {
    expect(startupScript.sniff(Buffer.from(text), name)).toBe(0);
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

  it("have the values that a batch file sets put in where it reads them", () => {
    const text = 'set P=C:\\a\r\nset "Q=%P%\\b"\r\nx %p%\\c %Q% %R%\r\nset Z=1&y\r\nx %Z%\r\n';
    const lines = eventsOf(`${FOLDER}go.cmd`, text).map((event) => (event as { text: string }).text);
    expect(lines).toEqual(["set P=C:\\a", 'set "Q=C:\\a\\b"', "x C:\\a\\c C:\\a\\b %R%", "set Z=1&y", "x %Z%"]);
  });

  it("do not grow beyond limits by the values put in", () => {
    const text = `set a=${"x".repeat(8000)}\r\n${"%a%".repeat(100_000)}\r\n`;
    const [, line] = eventsOf(`${FOLDER}go.cmd`, text) as { text: string }[];
    expect(line!.text.length).toBeLessThan(3 << 20);
  });

  it("give what stands between tags, by its language", () => {
    const page = '<html><script language="VBScript">a</script><script>\n<![CDATA[b]]>\n</script></html>';
    expect(eventsOf(`${FOLDER}a.hta`, page)).toMatchObject([
      { text: "a", dialect: "vbscript" },
      { text: "b", dialect: "jscript" },
    ]);
  });

  it("of packages run once only", () => {
    const [event] = eventsOf("img/var/lib/dpkg/info/x.postinst", "#!/bin/sh\nid\n");
    expect(event).toMatchObject({ origin: "packageScript" });
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
