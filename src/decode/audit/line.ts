import { interpretedTime } from "./interpreted.ts";

/** Where an audit record stands in time and sequence: `audit(1606208123.456:789)`. */
export interface AuditLine {
  /** Record type as written, such as `SYSCALL`; numbers of the kernel are given their names. */
  readonly type: string;
  readonly node: string | undefined;
  /** `1606208123.456:789`: with the node, what the records of one event share. */
  readonly stamp: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly serial: number;
  /** What follows the stamp: `key=value …`, and after 0x1d the enrichment. */
  readonly body: string;
  /** True where `ausearch -i` made words of the numbers and took quotes and hex away. */
  readonly interpreted: boolean;
}

/**
 * Numbers that stand in place of names where the kernel itself printed the record (linux/audit.h, audit-userspace's
 * msg_typetab.h).
 */
const NAMES: Readonly<Record<string, string>> = {
  1006: "LOGIN",
  1112: "USER_LOGIN",
  1123: "USER_CMD",
  1124: "USER_TTY",
  1300: "SYSCALL",
  1302: "PATH",
  1305: "CONFIG_CHANGE",
  1306: "SOCKADDR",
  1307: "CWD",
  1309: "EXECVE",
  1318: "OBJ_PID",
  1319: "TTY",
  1320: "EOE",
  1321: "BPRM_FCAPS",
  1323: "MMAP",
  1326: "SECCOMP",
  1327: "PROCTITLE",
  1334: "BPF",
  1400: "AVC",
  1701: "ANOM_ABEND",
};

/** Node as auditd writes it, or the host of a syslog prefix: `Mar  4 01:02:03 host …`, `2024-03-04T01:02:03Z host …`. */
const SYSLOG_HOST =
  /^(?:<\d{1,3}>\d{0,2} ?)?(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT[^ ]{8,32}) ([^ ]{1,255}) /;

/** `1606208123.456:789`, and `01/15/2024 10:22:33.123:789` as `ausearch -i` writes it. */
const RAW = /^(\d{1,12})\.(\d{1,9}):(\d{1,20})$/;
const INTERPRETED = /^([\d./-]{8,10}) (\d\d:\d\d:\d\d\.\d{3}):(\d{1,20})$/;

function timeOf(stamp: string): { readonly time: number; readonly serial: number } | undefined {
  const raw = RAW.exec(stamp);
  if (raw) return { time: Number(raw[1]) * 1000 + Number(`0.${raw[2]}`) * 1000, serial: Number(raw[3]) };
  const words = INTERPRETED.exec(stamp);
  const time = words ? interpretedTime(words[1]!, words[2]!) : undefined;
  return words && time !== undefined ? { time, serial: Number(words[3]) } : undefined;
}

/** Reads one physical line of an audit log, whatever stands in front of it; undefined where there is no stamp. */
export function parseAuditLine(text: string): AuditLine | undefined {
  const at = text.indexOf("audit(");
  if (at < 0) return undefined;
  const close = text.indexOf(")", at);
  if (close < 0 || close - at > 64) return undefined;
  const stamp = text.slice(at + 6, close);
  const when = timeOf(stamp);
  if (!when) return undefined;
  const head = text.slice(0, at);
  const type = typeIn(head);
  if (type === undefined) return undefined;
  const body = text.slice(close + 1).trimStart();
  return {
    type,
    node: wordAfter(head, "node=") ?? SYSLOG_HOST.exec(head)?.[1],
    stamp,
    ...when,
    body: (body.startsWith(":") ? body.slice(1) : body).trimStart(),
    interpreted: stamp.includes(" "),
  };
}

function typeIn(head: string): string | undefined {
  const word = wordAfter(head, "type=");
  if (!word) return undefined;
  const number = /^(?:UNKNOWN\[)?(\d{4})\]?$/.exec(word)?.[1];
  return number === undefined ? word : (NAMES[number] ?? `UNKNOWN[${number}]`);
}

function wordAfter(head: string, key: string): string | undefined {
  const at = head.lastIndexOf(key);
  if (at < 0) return undefined;
  const end = head.indexOf(" ", at);
  return head.slice(at + key.length, end < 0 ? head.length : end) || undefined;
}
