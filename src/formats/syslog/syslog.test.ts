import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAll } from "../../../test/contracts/format-contract.ts";
import { createUnderstander } from "../../events/registry.ts";
import type { Event } from "../../model/event.ts";
import { parseSyslog } from "./prefix.ts";
import { syslog } from "./syslog.ts";

const NOW = Date.UTC(2024, 4, 2, 12);
const LINES = [
  "May  2 09:14:55 web1 sudo[812]:      kim : TTY=pts/0 ; PWD=/home/kim ; USER=root ; COMMAND=/usr/bin/find /srv -exec id ;",
  "May  2 09:15:01 web1 CRON[813]: (root) CMD (cd / && run-parts /etc/cron.hourly)",
  "May  2 09:15:02 web1 sshd[9]: Accepted publickey for kim",
];

function eventsOf(...lines: string[]): Event[] {
  const understander = createUnderstander();
  const events: Event[] = [];
  const reader = syslog.open(
    { file: "x" },
    { record: (record) => void events.push(...understander.understand(record)), diagnostic: () => {} },
  );
  reader.push(Buffer.from(lines.join("\n")));
  reader.end();
  return events;
}

describe("parseSyslog", () => {
  it.each([
    ["May  2 09:14:55 web1 sudo[812]: x", "2024-05-02T09:14:55.000Z", "sudo", 812],
    ["May  3 11:00:00 web1 sudo: x", "2024-05-03T11:00:00.000Z", "sudo", undefined],
    ["Dec 31 23:59:59 web1 sudo: x", "2023-12-31T23:59:59.000Z", "sudo", undefined],
    ["<85>May  2 09:14:55 web1 sudo: x", "2024-05-02T09:14:55.000Z", "sudo", undefined],
    ["2024-05-02T11:14:55.125+02:00 web1 sudo: x", "2024-05-02T09:14:55.125Z", "sudo", undefined],
    ["2024-05-02T11:14:55+0200 web1 sudo[1]: x", "2024-05-02T09:14:55.000Z", "sudo", 1],
    ["Thu 2024-05-02 09:14:55 UTC web1 sudo[1]: x", "2024-05-02T09:14:55.000Z", "sudo", 1],
    ["1714641295.125000 web1 sudo[1]: x", "2024-05-02T09:14:55.125Z", "sudo", 1],
    ['<85>1 2024-05-02T09:14:55Z web1 sudo 12 ID1 [a@1 b="]\\""][c] \ufeffx', "2024-05-02T09:14:55.000Z", "sudo", 12],
    ["<85>1 2024-05-02T09:14:55Z web1 sudo - - - x", "2024-05-02T09:14:55.000Z", "sudo", undefined],
  ])("%s", (line, time, program, pid) => {
    const read = parseSyslog(line, NOW);
    expect(read && new Date(read.time ?? 0).toISOString()).toBe(time);
    expect(read).toMatchObject({ host: "web1", program, message: "x", pid });
  });

  it("takes nothing else for a line of a system log", () => {
    for (const line of ["", "hello", "May the force", "2024-05-02 x", "{}", "Foo  2 09:14:55 web1"])
      expect(parseSyslog(line, NOW)).toBeUndefined();
  });

  it("bears any text", () => {
    const word = fc.constantFrom(
      "<1>",
      "1 ",
      "May  2 09:14:55 ",
      "2024-05-02T09:14:55Z ",
      "a ",
      "b[1]: ",
      '[x y="',
      "]",
      "-",
    );
    fc.assert(fc.property(fc.array(fc.oneof(word, fc.string())), (words) => void parseSyslog(words.join(""), NOW)));
  });
});

describe("syslog", () => {
  it("understands sudo and cron, and counts the rest", () => {
    expect(eventsOf(...LINES)).toMatchObject([
      {
        kind: "commandExecution",
        text: "/usr/bin/find /srv -exec id ;",
        user: "kim",
        host: "web1",
        origin: "sudo",
        platform: "linux",
        process: { pid: 812 },
      },
      {
        kind: "commandExecution",
        text: "cd / && run-parts /etc/cron.hourly",
        user: "root",
        origin: "cron",
        dialect: "sh",
      },
    ]);
  });

  it("leaves out what sudo refused or only listed", () => {
    const sudo = (message: string) => eventsOf(`May  2 09:14:55 web1 sudo: kim : ${message}`);
    expect(sudo("command not allowed ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/sh")).toEqual([]);
    expect(sudo("3 incorrect password attempts ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/sh")).toEqual([]);
    expect(sudo("TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=list")).toEqual([]);
    expect(sudo("TTY=pts/0 ; PWD=/ ; USER=root ; ENV=A=b ; COMMAND=/bin/a COMMAND=b")).toMatchObject([
      { text: "/bin/a COMMAND=b" },
    ]);
  });

  it("reads Sysmon for Linux and JSON behind the prefix", () => {
    const xml =
      '<Event><System><Provider Name="Linux-Sysmon"/><EventID>1</EventID><Computer>web2</Computer></System>' +
      '<EventData><Data Name="Image">/usr/bin/split</Data><Data Name="CommandLine">split a</Data></EventData></Event>';
    const json = JSON.stringify({ ID: "1714641295.125:7", SYSCALL: { syscall: 59, success: "yes", exe: "/bin/id" } });
    expect(eventsOf(`May  2 09:14:55 web1 sysmon[3]: ${xml}`, `May  2 09:14:56 web1 laurel: ${json}`)).toMatchObject([
      { kind: "processCreation", host: "web2", image: "/usr/bin/split", commandLine: "split a" },
      { kind: "processCreation", image: "/bin/id" },
    ]);
  });

  it("takes the host of the line for what names none, and its own where it does", () => {
    const messages = [
      { type: 1300, data: 'arch=c000003e syscall=59 success=yes pid=9 exe="/usr/bin/env"' },
      { type: 1309, data: 'argc=2 a0="env" a1="id"' },
    ];
    const json = JSON.stringify({ sequence: 7, timestamp: "1714641295.125", messages });
    const own = { rule: "r", output_fields: { "proc.cmdline": "id" }, hostname: "db1" };
    expect(
      eventsOf(`May  2 09:14:55 web1 go-audit[3]: ${json}`, `May  2 09:14:55 web1 falco: ${JSON.stringify(own)}`),
    ).toMatchObject([
      { kind: "processCreation", host: "web1", args: ["env", "id"], time: 1714641295125 },
      { kind: "processCreation", host: "db1", commandLine: "id" },
    ]);
  });

  it("reads containers' logs, and joins messages that come in parts", () => {
    const json = JSON.stringify({ process_exec: { process: { pid: 3, binary: "/bin/id" } }, node_name: "n1" });
    const at = "2026-03-15T00:06:32.475152409Z";
    expect(
      eventsOf(`${at} stdout F ${json}`, `${at} stdout P ${json.slice(0, 20)}`, `${at} stdout F ${json.slice(20)}`),
    ).toMatchObject([
      { kind: "processCreation", image: "/bin/id", host: "n1" },
      { kind: "processCreation", image: "/bin/id", host: "n1" },
    ]);
    const { records, diagnostics } = readAll(syslog, Buffer.from(`${at} stdout F x\n${at} stderr P {"a":\n`));
    expect(records).toHaveLength(1);
    expect(diagnostics).toMatchObject([{ code: "syslog/no-line", index: 1 }]);
  });

  it("joins the records of the kernel's audit between other lines", () => {
    const audit = (type: number, rest: string) =>
      `May  2 09:14:55 web1 kernel: [12.5] audit: type=${type} audit(1714641295.125:7): ${rest}`;
    expect(
      eventsOf(
        LINES[2] ?? "",
        audit(1300, 'arch=c000003e syscall=59 success=yes exit=0 pid=9 exe="/usr/bin/env"'),
        LINES[2] ?? "",
        audit(1309, 'argc=2 a0="env" a1="id"'),
        LINES[2] ?? "",
      ),
    ).toMatchObject([{ kind: "processCreation", host: "web1", args: ["env", "id"], image: "/usr/bin/env" }]);
  });

  it("counts a line that is none, with its place", () => {
    const { records, diagnostics } = readAll(
      syslog,
      Buffer.from(`${LINES[0]}\n\n-- Boot 1 --\nnonsense\n${LINES[1]}\n`),
    );
    expect(records.map((record) => JSON.parse(record).index)).toEqual([0, 2]);
    expect(diagnostics).toMatchObject([{ code: "syslog/no-line", index: 1, line: 4 }]);
  });
});

it("says where an event of Sysmon was cut short", () => {
  const cut = 'May  2 09:14:55 web1 sysmon: <Event><System><Provider Name="Linux-Sysmon"';
  const { records, diagnostics } = readAll(syslog, Buffer.from(`${LINES[2]}\n${cut}\n${LINES[2]}\n`));
  expect(records).toHaveLength(2);
  expect(diagnostics).toMatchObject([{ code: "xml/bad-event", line: 2, index: 1 }]);
});

describe("commands of others than sudo and cron", () => {
  it.each([
    ["doas[7]: kim ran command /bin/ksh -l as root from /home/kim", "/bin/ksh -l", "doas"],
    ["doas: kim ran command as root: id -u", "id -u", "doas"],
    ["crond[7]: USER kim pid  77 cmd /bin/a.sh ++group=x", "/bin/a.sh ++group=x", "cron"],
  ])("%s", (message, text, origin) => {
    expect(eventsOf(`May  2 09:14:55 box ${message}`)).toMatchObject([
      { kind: "commandExecution", text, origin, user: "kim", platform: "linux", host: "box" },
    ]);
  });

  it("takes none where none was run", () => {
    expect(eventsOf("May  2 09:14:55 box doas: failed command for kim: id")).toEqual([]);
    expect(eventsOf("May  2 09:14:55 box doas: failed auth for kim")).toEqual([]);
  });
});

describe("prefixes of others", () => {
  const SUDO = "kim : TTY=ttys1 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/id";
  const TIME = Date.UTC(2026, 2, 1, 10);

  it.each([
    ["as a syslog", `2026-03-01 11:00:00.000000+0100  localhost sudo[42]: ${SUDO}`],
    [
      "in columns",
      `2026-03-01 11:00:00.000000+0100 0x2f3c     Default     0x0                  42     0    sudo:      ${SUDO}`,
    ],
    ["with its source", `2026-03-01 11:00:00.000000+0100  localhost sudo[42]: (libsudo) [com.apple.sudo:x] ${SUDO}`],
  ])("the unified log of macOS %s", (_, line) => {
    expect(eventsOf(line)).toMatchObject([
      { text: "/usr/bin/id", user: "kim", platform: "macos", process: { pid: 42 }, time: TIME },
    ]);
  });

  it("RFC 5424 without its priority, and relayed behind a prefix of another form", () => {
    expect(eventsOf(`2026-03-01T11:00:00+01:00 vc1 sudo - - - ${SUDO}`)).toMatchObject([{ host: "vc1", time: TIME }]);
    expect(eventsOf(`Mar  1 12:00:00 relay 1 2026-03-01T10:00:00Z vc1 sudo 42 - - ${SUDO}`)).toMatchObject([
      { host: "vc1", time: TIME, process: { pid: 42 } },
    ]);
    expect(parseSyslog("2026-03-01T10:00:00Z some words - are no header", NOW)).toBeUndefined();
  });
});
