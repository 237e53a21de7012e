/**
 * The one table of coded errors: code → what it means and what to do. Diagnostics (`Diagnostic.code`) and thrown
 * `WhatranError`s use these keys only; docs/errors.md and a sweep test are made from it.
 */
export const ERRORS = {
  usage: "The command line is wrong; see --help.",
  config: "A configuration file or setting is wrong.",
  "input/missing": "The path does not exist.",
  "input/unreadable": "The file or folder could not be read; check its permissions.",
  "input/unknown-format": "No reader recognises the content; `whatran formats` lists what is read.",
  "input/empty": "The file or folder is empty.",
  "input/cycle": "The folder was already visited (a link leads back to it).",
  "input/limit": "A limit was reached; what lies beyond it was not read.",
  "input/duplicate": "The same file was reached twice; it is read once.",
  "input/changed": "The file grew or shrank while it was read.",
  "input/reader-fault": "A reader failed on this input, which is a fault of whatran; the other inputs are read.",
  "audit/no-record": "A line of a Linux audit log bears no audit record; it is counted and passed over.",
  "audit/too-long":
    "A line, or all records of one audit event together, exceed the limit; what lies beyond it was not read.",
  "evtx/bad-chunk":
    "A chunk of a Windows event log is damaged, cut short or has a wrong checksum; its records were read nevertheless.",
  "evtx/bad-frame": "The frame of a record in a Windows event log is damaged; reading went on at the next record.",
  "evtx/bad-record": "A record of a Windows event log was recognised, but its content cannot be read.",
  "evtx/unknown-bytes": "A part of a Windows event log holds neither a header nor a record; it was passed over.",
  "json/syntax": "A record is no valid JSON object; it is counted, and reading goes on with the next.",
  "json/truncated": "The input ends inside a record or an array: the export was cut short.",
  "json/too-deep": "A record is nested too deeply to be an event; it is passed over.",
  "json/too-large": "A record exceeds the size limit; it is passed over.",
  "json/repaired": "Strings hold control characters that JSON does not allow; they were read as they stand.",
  "json/encoding": "Bytes that are not UTF-8 were replaced.",
  "json/unknown-shape":
    "Records have none of the fields by which events are recognised; a mapping file can name their fields.",
  "lnk/no-link": "The file is called or taken for a shell link (.lnk) and does not begin as one.",
  "lnk/damaged": "A part of a shell link does not fit where it says; that part was left out or cut.",
  "container/damaged":
    "A compressed file or archive is damaged or cut short; what came out before the damage was read.",
  "container/encrypted": "A member of an archive is encrypted and was not read.",
  "container/unsupported": "A compression that is known but not unpacked; decompress it first.",
  "container/limit": "An archive holds or unpacks to more than is allowed; the rest was not read.",
  "container/too-deep": "Archives inside archives are nested too deeply; the innermost was not read.",
  "explain/bad-line":
    "A line of explain --stdin can be neither read as a command line nor as an object; its answer says so.",
  "artefact/damaged":
    "A line or value of a file at rest (crontab, unit, registry export, history …) does not read as its kind says.",
  "allow/missing": "The allow-list cannot be opened.",
  "allow/refused": "An allow-list could hide what it must not; the message says where, and what the entry lacks.",
  "list/missing": "A list of hosts or indicators cannot be opened.",
  "list/bad-line": "A line of a list of hosts or indicators is no entry; it is passed over, and the other lines hold.",
  "list/limit": "A list of hosts or indicators is longer than is read; what lies beyond the limit does not hold.",
  "baseline/missing": "The baseline file cannot be opened.",
  "baseline/version": "The baseline was written by another version of whatran and is not read.",
  "baseline/damaged": "The baseline file is damaged or cut short; nothing was changed.",
  "feedback/unreadable": "The file of labels cannot be read.",
  "feedback/bad-line": "A line of the file of labels is none; it is passed over, and the other labels hold.",
  "feedback/limit": "The file of labels is longer than is read; labels beyond the limit do not hold.",
  "feedback/unwritable": "The file of labels cannot be written; nothing that it holds was changed.",
  "state/version": "The saved state is none of this version of whatran; remove it to begin anew.",
  "state/damaged": "The saved state is damaged or cannot be read; remove it to begin anew.",
  "syslog/no-line": "A line of a system log has no date, host and program; it is counted and passed over.",
  "strace/no-call":
    "A line of strace's output is no system call, signal or exit, or a call does not end in it; it is counted and passed over.",
  "text/bad-event": "An event in a text rendering has no event code; it is counted and passed over.",
  "xml/bad-event": "An event in XML is damaged, cut short or without an event id; it is counted and passed over.",
  "csv/bad-row": "A row of a table is damaged, or has more cells than the header has names.",
  "csv/too-large": "A row of a table exceeds the size limit; it is passed over.",
  "policy/unknown": "The file is no policy of a product that is known here.",
  "policy/xml": "A policy is no well-formed XML, or has a document type or entities, which are never read.",
  "policy/damaged": "A policy cannot be read as its product would read it; nothing was decided by it.",
} as const satisfies Record<string, string>;

export type ErrorCode = keyof typeof ERRORS;

/** An operator's mistake or our own bug; bad input is a Diagnostic instead. */
export class WhatranError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string) {
    super(message);
    this.name = "WhatranError";
    this.code = code;
  }
}
