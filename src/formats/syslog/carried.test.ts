import { describe, expect, it } from "vitest";
import { millis } from "../../../test/support/cost.ts";
import { createUnderstander } from "../../events/registry.ts";
import type { Event } from "../../model/event.ts";
import { carriedIn } from "./carried.ts";
import { syslog } from "./syslog.ts";

function eventsOf(...lines: string[]): Event[] {
  const understander = createUnderstander();
  const events: Event[] = [];
  const sink = {
    record: (record: never) => void events.push(...understander.understand(record)),
    diagnostic: () => {},
  };
  const reader = syslog.open({ file: "x" }, sink);
  reader.push(Buffer.from(lines.join("\n")));
  reader.end();
  return events;
}

const IMAGE = "C:\\Windows\\hh.exe";
const PARENT = "C:\\Windows\\explorer.exe";
const LINE = "hh.exe C:\\Users\\Public\\a b.chm";
const STARTED = [
  "A new process has been created.  Creator Subject:  Security ID: S-1-5-21-1  Account Name: kim  Account Domain: LAB  Logon ID: 0x1F",
  "Target Subject:  Security ID: S-1-0-0  Account Name: -  Account Domain: -  Logon ID: 0x0",
  `Process Information:  New Process ID: 0x9  New Process Name: ${IMAGE}  Token Elevation Type: %%1938`,
  `Mandatory Label: S-1-16-8192  Creator Process ID: 0x8  Creator Process Name: ${PARENT}  Process Command Line: ${LINE}`,
  "Token Elevation Type indicates the type of token that was assigned to the new process.  Type 1 is a full token.",
].join("  ");
const TIME = Date.UTC(2026, 1, 1, 10);

describe("Windows events that forwarders write as names and values", () => {
  it.each([
    [
      "WinCollect",
      `<13>Feb 01 10:00:00 relay AgentDevice=WindowsLog\tAgentLogFile=Security\tSource=Microsoft-Windows-Security-Auditing\tComputer=pc\tEventID=4688\tTimeGenerated=${TIME / 1000}\tMessage=${STARTED}`,
    ],
    [
      "Snare",
      `<14>Feb 01 10:00:00 relay MSWinEventLog\t1\tSecurity\t77\tSun Feb 01 10:00:00 2026\t4688\tMicrosoft-Windows-Security-Auditing\tkim\tN/A\tSuccess Audit\tpc\tProcess Creation\t\t${STARTED}\t5`,
    ],
    ["Eventlog-to-Syslog", `<29>Feb  1 10:00:00 pc Security-Auditing: 4688: AUDIT_SUCCESS ${STARTED}`],
    [
      "NXLog's structured data",
      `<14>1 2026-02-01T10:00:00.000000+00:00 pc Microsoft-Windows-Security-Auditing 4 - [NXLOG@14506 EventID="4688" Channel="Security" NewProcessId="0x9" NewProcessName="C:\\\\Windows\\\\hh.exe" ProcessId="0x8" ParentProcessName="C:\\\\Windows\\\\explorer.exe" SubjectUserName="kim" SubjectDomainName="LAB" CommandLine="hh.exe C:\\\\Users\\\\Public\\\\a b.chm"] A new process`,
    ],
    [
      "ArcSight's CEF",
      `Feb  1 10:00:00 relay CEF:0|Microsoft|Microsoft Windows||Microsoft-Windows-Security-Auditing:4688|A new process has been created.|Low|externalId=4688 rt=${TIME} dvchost=pc duser=kim dntdom=LAB dproc=C:\\\\Windows\\\\hh.exe sproc=C:\\\\Windows\\\\explorer.exe cs3=0x9 cs3Label=New Process ID cs4=hh.exe C:\\\\Users\\\\Public\\\\a b.chm cs4Label=Process Command Line cs5=0x8 cs5Label=Creator Process ID`,
    ],
    [
      "CEF without a prefix",
      `CEF:0|Some|Agent|1|7|Process started|3|rt=${TIME} dhost=pc suser=LAB\\\\kim dproc=C:\\\\Windows\\\\hh.exe dpid=9 sproc=C:\\\\Windows\\\\explorer.exe spid=8 cs1Label=CommandLine cs1=hh.exe C:\\\\Users\\\\Public\\\\a b.chm`,
    ],
    [
      "LEEF",
      `<14>Feb  1 10:00:00 relay LEEF:1.0|CB|CB|5.1|ingress.event.procstart|type=ingress.event.procstart\tcomputer_name=pc\ttimestamp=${TIME / 1000}\tusername=LAB\\\\kim\tpath=C:\\\\Windows\\\\hh.exe\tpid=9\tparent_path=C:\\\\Windows\\\\explorer.exe\tparent_pid=8\tcommand_line=hh.exe C:\\\\Users\\\\Public\\\\a b.chm`,
    ],
    [
      "LEEF 2 with a delimiter of its own",
      `LEEF:2.0|Some|Agent|1|start|^|eventName=process start^hostname=pc^time=${TIME}^user=LAB\\kim^image=${IMAGE}^pid=9^parentimage=${PARENT}^ppid=8^cmdline=${LINE}`,
    ],
  ])("%s", (_, line) => {
    expect(eventsOf(line)).toMatchObject([
      {
        ...{ kind: "processCreation", host: "pc", user: "LAB\\kim", image: IMAGE, commandLine: LINE },
        ...{ process: { pid: 9 }, parent: { pid: 8, image: PARENT } },
      },
    ]);
  });

  it("Sysmon's message in one line: each field once", () => {
    const message = `Process Create: RuleName: - UtcTime: 2026-02-01 10:00:00.000 ProcessId: 9 Image: ${IMAGE} CommandLine: hh.exe User: x Image: y CurrentDirectory: C:\\ User: LAB\\kim ParentProcessId: 8 ParentImage: ${PARENT}`;
    const line = `<14>Feb  1 10:00:00 relay AgentDevice=WindowsLog\tSource=Microsoft-Windows-Sysmon\tComputer=pc\tEventID=1\tMessage=${message}`;
    expect(eventsOf(line)).toMatchObject([{ host: "pc", image: IMAGE, time: TIME, parent: { image: PARENT } }]);
  });

  it("keeps equals signs and bars that are escaped, and what a label does not name", () => {
    const message = "CEF:0|a\\|b|p|1|s|n|3|cs1=x\\=1 y\\|z cs2=w cs1Label=One msg=m n";
    const line = { time: undefined, host: undefined, program: "", pid: undefined, message };
    expect(carriedIn(line)).toMatchObject({ vendor: "a\\|b", One: "x=1 y|z", cs2: "w", msg: "m n" });
  });

  it("is nothing of other messages, and of those cut short", () => {
    for (const message of ["", "CEF:0|a|b", "LEEF:1.0|x", "MSWinEventLog\t1", "4688: x", "a=b"])
      expect(carriedIn({ time: 0, host: "h", program: "p", pid: 1, message })).toBeUndefined();
  });

  it.each(["a=", " a", "\\|", "  ", '="', "|", "cs1=x "])("takes linear time (%s)", (piece) => {
    const message = `CEF:0|a|b|c|d|e|f|${piece.repeat(300_000)}`;
    expect(millis(() => void carriedIn({ time: 0, host: "h", program: "p", pid: 1, message }), 800)).toBeLessThan(800);
  });
});

describe("logs that bear no host and program", () => {
  it("Santa's: what was started and written, not what was denied", () => {
    const line = (fields: string) => `[2026-02-01T10:00:00.250Z] I santad: ${fields}|pid=9|ppid=1|uid=501|user=kim`;
    const exec = "path=/tmp/a|args=a <pipe> b";
    expect(
      eventsOf(
        `${line(`action=EXEC|decision=ALLOW|sha256=${"a".repeat(64)}`)}|${exec}`,
        `${line("action=EXEC|decision=DENY")}|${exec}`,
        line("action=RENAME|path=/tmp/a|newpath=/tmp/b|process=mv|processpath=/bin/mv"),
        line("action=DISKAPPEAR|mount=/Volumes/a"),
      ),
    ).toMatchObject([
      {
        kind: "processCreation",
        ...{ platform: "macos", time: TIME + 250, user: "kim", image: "/tmp/a", commandLine: "a | b" },
        ...{ process: { pid: 9 }, parent: { pid: 1 }, hashes: `SHA256=${"a".repeat(64)}` },
      },
      { kind: "fileCreation", path: "/tmp/b", process: { pid: 9, image: "/bin/mv" } },
    ]);
  });

  it("ausearch's sentences: who, as whom, did what by which program", () => {
    expect(
      eventsOf(
        "At 10:00:00 02/01/26 kim, acting as root, successfully executed /usr/bin/id ",
        "On web1 at 10:00:00 02/01/2026 root successfully connected-to 192.0.2.1 to 443 using /usr/bin/curl",
        "At 10:00:00 02/01/26 kim, acting as root, unsuccessfully executed /usr/bin/id",
        "At 10:00:00 02/01/26 system, acting as root, successfully opened-file /etc/passwd using /usr/sbin/useradd",
      ),
    ).toMatchObject([
      { kind: "processCreation", time: TIME, user: "root", image: "/usr/bin/id", host: undefined },
      { kind: "networkConnection", host: "web1", destinationIp: "192.0.2.1", process: { image: "/usr/bin/curl" } },
    ]);
  });
});

describe("Falco's lines of text", () => {
  const OLD = "Warning Sensitive file opened (user=root command=cat /etc/shadow file=/etc/shadow)";
  const NEW =
    "Notice A shell was spawned | evt_type=execve user=kim user_uid=1000 process=find proc_exepath=/usr/bin/find parent=sh command=find . -name user=x -exec sh terminal=0 ; terminal=34816 exe_flags=<NA> container_id=abc";
  const started = {
    kind: "processCreation",
    image: "/usr/bin/find",
    user: "kim",
    commandLine: "find . -name user=x -exec sh terminal=0 ;",
  };

  it.each([
    ["printed", `09:14:55.123456789: ${NEW}`, undefined],
    ["printed with the whole time", `2024-05-02T09:14:55.123456789+0000: ${NEW}`, undefined],
    ["in syslog", `May  2 09:14:55 web1 falco[7]: ${NEW}`, "web1"],
    ["in syslog with a time", `May  2 09:14:55 web1 falco: 09:14:55.123456789: ${NEW}`, "web1"],
    ["of a container", `2024-05-02T09:14:55.1Z stdout F 09:14:55.123456789: ${NEW}`, undefined],
  ])("%s", (_, line, host) => {
    expect(eventsOf(line)).toMatchObject([{ ...started, host }]);
  });

  it("in brackets, with what it says of itself before", () => {
    expect(
      eventsOf("Thu May  2 09:14:50 2024: Falco version: 0.37.0 (x86_64)", `09:14:55.123456789: ${OLD}`),
    ).toMatchObject([{ kind: "commandExecution", text: "cat /etc/shadow", user: "root" }]);
  });

  it("in a time that grows with the line", () => {
    for (const piece of ["a=", " command=", " terminal=", "| ", "(", " x=1"])
      expect(millis(() => eventsOf(`09:14:55.123456789: Notice ${piece.repeat(60_000)}`), 1000)).toBeLessThan(1000);
  });
});

describe("what other programs say of a start in syslog", () => {
  const start = { kind: "processCreation", image: IMAGE, commandLine: LINE };

  it.each([
    [
      ";",
      `Message Type: Event;Device Name: pc;Process Name: hh.exe;Process Path: ${IMAGE};Severity: High;Users: LAB\\kim;Command Line: ${LINE};Hash: AB`,
    ],
    [
      ", ",
      `Event Type: X, Event Name: a, b and c, Device Name: pc, Severity: High, Target Process Name: hh.exe, Target Process Image File Path: ${IMAGE}, Target Process Command Line: ${LINE}`,
    ],
  ])("labels and values parted by “%s”", (_, message) => {
    expect(eventsOf(`May  2 09:14:55 relay agent: ${message}`)).toMatchObject([{ ...start, host: "pc" }]);
  });

  it("Snoopy, in the order that its configuration has", () => {
    const [first, second] = eventsOf(
      "May  2 09:14:55 web1 snoopy[812]: [uid:0 sid:811 tty:/dev/pts/0 cwd:/root filename:/usr/bin/find]: find . -exec sh ;",
      "May  2 09:14:56 web1 snoopy[813]: [login:kim ssh:((undefined)) sid:811 tty:(none) ((none)/(none)) uid:root(0)]: id -u",
    );
    expect(first).toMatchObject({
      kind: "processCreation",
      platform: "linux",
      host: "web1",
      image: "/usr/bin/find",
      commandLine: "find . -exec sh ;",
      currentDirectory: "/root",
      process: { pid: 812 },
    });
    expect(second).toMatchObject({
      kind: "processCreation",
      commandLine: "id -u",
      user: "root",
      process: { pid: 813 },
    });
  });

  it("in a time that grows with the line", () => {
    for (const piece of ["Process: ", "A: b;", ", A: b", "[a", "uid:", "Process Command "])
      for (const program of ["snoopy[1]", "agent"])
        expect(millis(() => eventsOf(`May  2 09:14:55 web1 ${program}: ${piece.repeat(60_000)}`), 1000)).toBeLessThan(
          1000,
        );
  });
});

it("OSSEC's Windows events, as its agent sends them and as its archive keeps them", () => {
  const event =
    "WinEvtLog: Microsoft-Windows-Sysmon/Operational: INFORMATION(1): Microsoft-Windows-Sysmon: SYSTEM: NT AUTHORITY: PC7: " +
    `Process Create:  UtcTime: 3/1/2026 10:00 AM  ProcessId: 9  Image: ${IMAGE}  CommandLine: ${LINE}  User: LAB\\kim  ParentImage: ${PARENT}`;
  const start = { kind: "processCreation", image: IMAGE, commandLine: LINE, user: "LAB\\kim", host: "PC7" };
  for (const prefix of ["", "2026 Mar 01 10:00:01 (pc7) 192.0.2.7->WinEvtLog "])
    expect(eventsOf(`${prefix}2026 Mar 01 10:00:00 ${event}`)).toMatchObject([
      { ...start, process: { pid: 9 }, parent: { image: PARENT } },
    ]);
});

it("CEF: who acts is the process itself where it has a parent of its own", () => {
  const line = (more: string) =>
    eventsOf(`CEF:0|V|P|1|1|New Incident|6|dvchost=pc7 sproc=C:\\\\b.exe spid=2 ${more} start=2026-03-01T10:00:00Z`);
  const own = "VParentPath=C:\\\\a.exe VParentPid=1 VProcessCommandLine=b x";
  expect(line(own)).toMatchObject([
    {
      kind: "processCreation",
      image: "C:\\b.exe",
      commandLine: "b x",
      process: { pid: 2 },
      parent: { image: "C:\\a.exe", pid: 1 },
      time: Date.UTC(2026, 2, 1, 10),
    },
  ]);
  expect(line("dproc=C:\\\\c.exe dpid=3 cmdLine=c y")).toMatchObject([
    { image: "C:\\c.exe", parent: { image: "C:\\b.exe", pid: 2 } },
  ]);
});
