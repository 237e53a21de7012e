import { expect, it } from "vitest";
import { type EvtxEvent, encodeEvtx } from "../../lab/writers/evtx.ts";
import { writeLnk } from "../../lab/writers/lnk.ts";
import { FORMATS } from "../../src/formats/registry.ts";
import { encodeHive, wide } from "../support/hive.ts";
import { type FormatSample, formatContract } from "./format-contract.ts";

const EVENT: EvtxEvent = {
  provider: "Microsoft-Windows-Sysmon",
  eventId: 5,
  version: 3,
  level: 4,
  task: 5,
  opcode: 0,
  keywords: 0n,
  time: Date.UTC(2026, 2, 3),
  processId: 1,
  threadId: 2,
  channel: "Microsoft-Windows-Sysmon/Operational",
  computer: "pc",
  data: [{ name: "Image", type: "string", value: "C:\\Windows\\notepad.exe" }],
};

const AUDIT = `type=SYSCALL msg=audit(1700000000.123:41): arch=c000003e syscall=59 success=yes pid=9 ppid=1 comm="id" exe="/usr/bin/id"
type=EXECVE msg=audit(1700000000.123:41): argc=2 a0="id" a1="-u"
type=EOE msg=audit(1700000000.123:41):
type=SYSCALL msg=audit(1700000001.500:42): arch=c000003e syscall=59 success=yes pid=10 ppid=1 comm="ls" exe="/usr/bin/ls"
type=EOE msg=audit(1700000001.500:42):
`;

const TASK = `<?xml version="1.0"?>
<Task xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"><Actions><Exec><Command>x.exe</Command></Exec></Actions></Task>`;

const CLIXML = `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">
${["a x", "b"].map((line) => `  <Obj RefId="0">\n    <Props>\n      <I32 N="ProcessId">7</I32>\n      <S N="CommandLine">${line}</S>\n    </Props>\n  </Obj>`).join("\n")}
</Objs>
`;

const TRANSCRIPT = `**********************
Windows PowerShell transcript start
Start time: 20240502091455
Username: LAB\\kim
RunAs User: LAB\\kim
Machine: PC7 (Microsoft Windows NT 10.0.19045.0)
Host Application: powershell.exe -nop
Process ID: 4711
PSVersion: 5.1.19041.1
**********************
PS C:\\> whoami
lab\\kim
`;

/** A text of one of the small files; one structure a file unless it says otherwise. */
const text = (content: string, records: number, more: Partial<FormatSample> = {}): FormatSample => ({
  bytes: Buffer.from(content),
  records,
  ...more,
});

/** One valid input of each format. */
const SAMPLES: Readonly<Record<string, FormatSample>> = {
  evtx: { bytes: encodeEvtx([EVENT, { ...EVENT, eventId: 1 }, EVENT]), records: 3 },
  shortcut: {
    bytes: writeLnk({ idList: "C:\\Windows\\explorer.exe", arguments: "x" }),
    records: 1,
    file: "a.lnk",
    wholeFile: true,
  },
  // A serial that comes again is the same event.
  audit: text(AUDIT, 2, { next: Buffer.from(AUDIT.replaceAll(":4", ":5")) }),
  reg: text('Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\X]\r\n"a"="b"\r\n"c"="d"\r\n', 2),
  hive: {
    bytes: encodeHive({ name: "r", keys: [{ name: "k", values: [["a", 1, wide("b")]] }] }),
    records: 1,
    file: "NTUSER.DAT",
    wholeFile: true,
  },
  task: text(TASK, 1),
  url: text("[InternetShortcut]\nURL=https://example.com/\n", 1, { file: "a.url", wholeFile: true }),
  desktop: text("[Desktop Entry]\nType=Application\nExec=xterm\n", 1, { file: "a.desktop", wholeFile: true }),
  systemd: text("[Unit]\nDescription=x\n[Service]\nExecStart=/bin/true\n", 1, {
    file: "a.service",
    wholeFile: true,
  }),
  crontab: text("SHELL=/bin/sh\n17 * * * * root run-parts /etc/cron.hourly\n@reboot root /up\n", 2, {
    file: "/etc/crontab",
  }),
  history: text("ls -l\nid -u\n", 2, { file: "home/kim/.bash_history" }),
  // Rules come out at the end, when all aliases are known.
  sudoers: text("Cmnd_Alias A = /bin/a\nkim ALL=(root) NOPASSWD: /usr/bin/find, A\n", 2, { file: "etc/sudoers" }),
  "startup-script": text("@echo off\r\nstart /b a.exe ^\r\n/x\r\nrem x\r\ncall b.bat\r\n", 2, {
    file: "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Startup/a.cmd",
  }),
  hook: text("install usb /bin/x -a\nremove usb /bin/y\n", 2, { file: "etc/modprobe.d/a.conf" }),
  "firewall-log": text(
    "#Version: 1.5\n#Software: Microsoft Windows Firewall\n#Fields: date time action protocol src-ip dst-ip\n" +
      "2024-05-02 09:14:55 ALLOW TCP 192.0.2.7 192.0.2.8\n2024-05-02 09:14:56 DROP TCP 192.0.2.7 192.0.2.8\n",
    2,
  ),
  pca: text("C:\\Users\\kim\\Downloads\\a.exe|2024-05-02 09:14:55.123\r\nD:\\b.scr|2024-05-02 09:15:02.000\r\n", 2),
  "winevent-text": text(
    "05/02/2024 09:14:55 AM\nLogName=Security\nEventCode=4624\nMessage=An account was logged on.\n\nLogonType: 3\n" +
      "05/02/2024 09:14:56 AM\nLogName=Security\nEventCode=4634\nMessage=x\n",
    2,
  ),
  transcript: text(TRANSCRIPT, 2),
  "process-columns": text(
    "PCOMM            PID     PPID    RET ARGS\nid               811     640       0 /usr/bin/id -u\nls               812     811       0 /usr/bin/ls\n",
    2,
  ),
  "property-list": text(
    "\r\n\r\nProcessId   : 7\r\nCommandLine : a.exe x\r\n\r\nProcessId   : 8\r\nCommandLine : b.exe\r\n              y\r\n\r\n",
    2,
  ),
  strace: text(
    '811   execve("/usr/bin/id", ["id", "-u"], 0x7ffe5e0 /* 24 vars */) = 0\n811   +++ exited with 0 +++\n' +
      '812   execve("/usr/bin/ls", ["ls"], 0x7ffe5e0 /* 24 vars */) = -1 ENOENT (No such file or directory)\n',
    2,
  ),
  syslog: text(
    "May  2 09:14:55 web1 sudo[812]: kim : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/id\n" +
      "2024-05-02T09:15:02Z web1 sshd[9]: Accepted publickey for kim\n",
    2,
  ),
  clixml: text(CLIXML, 2),
  "journal-export": text(
    "__CURSOR=a\n__REALTIME_TIMESTAMP=1769940000000000\n_HOSTNAME=pc\nMESSAGE=x\n\n__CURSOR=b\nMESSAGE=y\n\n",
    2,
  ),
  "event-xml": text('<Event><System><Provider Name="x"/><EventID>1</EventID></System></Event>', 1),
  json: text('{"EventID":1,"Channel":"x"}\n{"EventID":2,"Channel":"x"}\n', 2),
  csv: text("EventID,Channel\n1,x\n2,y\n", 2),
};

it("has a sample of every format", () => {
  expect(Object.keys(SAMPLES).sort()).toEqual(FORMATS.map((format) => format.name).sort());
});

for (const format of FORMATS) {
  const sample = SAMPLES[format.name];
  if (sample) formatContract(format, sample);
}
