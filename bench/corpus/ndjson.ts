import { closeSync, existsSync, openSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";

const MIB = 1 << 20;
const SYSMON = "Microsoft-Windows-Sysmon";
const DAY = Date.UTC(2026, 2, 9);

type Fields = Readonly<Record<string, string | number>>;

/** How lines are written: flat as NXLog does, or nested as Winlogbeat does. */
export type LineShape = "flat" | "winlogbeat";

const guid = (n: number) => `{5770385f-c22a-43e0-bf4c-${(0x6f56_0000_0000 + n).toString(16).padStart(12, "0")}}`;
const utc = (n: number) => new Date(DAY + n * 37).toISOString().replace("T", " ").slice(0, -1);
const PROGRAMS = ["svchost.exe", "explorer.exe", "notepad.exe", "taskhostw.exe", "conhost.exe", "SearchHost.exe"];
const image = (n: number) => `C:\\Windows\\System32\\${PROGRAMS[n % PROGRAMS.length]}`;

/** A start of a process: what a scan looks at. */
function start(n: number): Fields {
  return {
    RuleName: "-",
    UtcTime: utc(n),
    ProcessGuid: guid(n),
    ProcessId: 1000 + (n % 9000),
    Image: image(n),
    FileVersion: "10.0.19041.1 (WinBuild.160101.0800)",
    Description: "Host Process for Windows Services",
    Product: "Microsoft® Windows® Operating System",
    Company: "Microsoft Corporation",
    OriginalFileName: PROGRAMS[n % PROGRAMS.length]!,
    CommandLine: `${image(n)} -k netsvcs -p -s Schedule${n % 500}`,
    CurrentDirectory: "C:\\Windows\\system32\\",
    User: "NT AUTHORITY\\SYSTEM",
    LogonGuid: guid(1),
    LogonId: "0x3e7",
    TerminalSessionId: 0,
    IntegrityLevel: "System",
    Hashes: `SHA256=${(n * 7919).toString(16).padStart(64, "A")}`,
    ParentProcessGuid: guid(n >> 4),
    ParentProcessId: 640,
    ParentImage: "C:\\Windows\\System32\\services.exe",
    ParentCommandLine: "C:\\Windows\\system32\\services.exe",
    ParentUser: "NT AUTHORITY\\SYSTEM",
  };
}

/** A pipe that is opened: nobody looks at it. */
function pipe(n: number): Fields {
  return {
    RuleName: "-",
    EventType: "ConnectPipe",
    UtcTime: utc(n),
    ProcessGuid: guid(n),
    ProcessId: 1000 + (n % 9000),
    PipeName: `\\Winsock2\\CatalogChangeListener-${(n % 4096).toString(16)}-0`,
    Image: image(n),
    User: "NT AUTHORITY\\SYSTEM",
    Detail: `${image(n + 1)} +9d4b4|${image(n + 2)} +2b7fe|${image(n + 3)} +10e93|${image(n + 4)} +76953|${image(n + 5)} +da036`,
    Origin: `${image(n + 6)} +f9d6|${image(n + 7)} +7d0b|${image(n + 8)} +58dcb|${image(n + 9)} +9a2c1`,
  };
}

function lineOf(shape: LineShape, eventId: number, n: number, data: Fields): string {
  const time = new Date(DAY + n * 37).toISOString();
  if (shape === "flat") {
    return JSON.stringify({
      "@timestamp": time,
      EventID: eventId,
      SourceName: SYSMON,
      Channel: `${SYSMON}/Operational`,
      Hostname: "WS-014.example.net",
      EventRecordID: n,
      ProviderGuid: "{5770385F-C22A-43E0-BF4C-06F5698FFBD9}",
      Version: 5,
      Task: eventId,
      OpcodeValue: 0,
      Keywords: -9223372036854776000,
      SeverityValue: 2,
      Severity: "INFO",
      ThreadID: 4444,
      Domain: "NT AUTHORITY",
      AccountName: "SYSTEM",
      ...data,
      EventReceivedTime: time,
      SourceModuleName: "eventlog",
      SourceModuleType: "im_msvistalog",
    });
  }
  return JSON.stringify({
    "@timestamp": time,
    "@metadata": { beat: "winlogbeat", type: "_doc", version: "8.12.2" },
    winlog: {
      event_id: String(eventId),
      provider_name: SYSMON,
      channel: `${SYSMON}/Operational`,
      computer_name: "WS-014.example.net",
      record_id: n,
      process: { pid: 3220, thread: { id: 4444 } },
      event_data: data,
    },
    event: { kind: "event", code: String(eventId), provider: SYSMON, created: time },
    host: { name: "WS-014.example.net" },
    log: { level: "information" },
    ecs: { version: "8.0.0" },
    agent: { type: "winlogbeat", name: "WS-014", version: "8.12.2", id: guid(2), ephemeral_id: guid(3) },
  });
}

/** A file of Sysmon's events, one a line, of which every `1 / share`th is a start of a process. */
export function ndjsonCorpus(shape: LineShape, share: number, mebibytes: number, folder: string): string {
  const path = join(folder, `${shape}-${share * 100}-${mebibytes}.ndjson`);
  if (existsSync(path) && statSync(path).size >= mebibytes * MIB) return path;
  const file = openSync(path, "w");
  let size = 0;
  for (let n = 0; size < mebibytes * MIB; ) {
    let text = "";
    for (let left = 1000; left > 0; left--, n++) {
      const isStart = Math.floor((n + 1) * share) > Math.floor(n * share);
      text += `${lineOf(shape, isStart ? 1 : 17, n, isStart ? start(n) : pipe(n))}\n`;
    }
    size += writeSync(file, text);
  }
  closeSync(file);
  return path;
}
