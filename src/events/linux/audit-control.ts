import type { Event } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import { processOf } from "../process.ts";
import { decimal, field, titleOf } from "./audit-fields.ts";
import { shellQuote } from "./quote.ts";

/** How the number of nobody's login is written (-1), and what `ausearch -i` calls it. */
const NOBODY: ReadonlySet<string | undefined> = new Set([undefined, "4294967295", "-1", "unset"]);
const FAILED: ReadonlySet<string | undefined> = new Set(["0", "no", "failed"]);

/** A change that tells nothing of who made it stands for the command that makes the same. */
function made(type: "CONFIG_CHANGE" | "DAEMON_END", command: string) {
  return defineEvent("commandExecution", {
    platform: "linux",
    user: field("SYSCALL.UID", "SYSCALL.uid", `${type}.AUID`, `${type}.auid`),
    process: processOf({ pid: decimal("SYSCALL.pid", `${type}.pid`), image: field("SYSCALL.exe") }),
    text: (record) => controlled(record) ?? command,
    dialect: "sh",
    built: (record) => controlled(record) === undefined || undefined,
    origin: () => "audit",
  });
}

const off = made("CONFIG_CHANGE", "auditctl -e 0");
const ended = made("DAEMON_END", "pkill -TERM auditd");

/** The line of auditctl that made the change, where the kernel has put its title beside it. */
function controlled(record: LogRecord): string | undefined {
  const title = titleOf(record);
  return title && /(?:^|\/)auditctl$/.test(title[0] ?? "") ? shellQuote(title) : undefined;
}

/**
 * Audit that was switched off, or its daemon ended. Units that start and stop do the same without a login, journald among them. Rules
 * that are removed are told one by one, also where they are loaded anew, and tell nothing.
 */
export function auditControl(record: LogRecord): Event | undefined {
  const isOff = record.get("CONFIG_CHANGE.audit_enabled") === "0" && record.get("CONFIG_CHANGE.old") !== "0";
  if (isOff && !FAILED.has(record.get("CONFIG_CHANGE.res"))) {
    return isSomebody(record, "CONFIG_CHANGE") || controlled(record) !== undefined ? off(record) : undefined;
  }
  const isEnd = record.get("DAEMON_END.op") === "terminate" && !FAILED.has(record.get("DAEMON_END.res"));
  return isEnd && record.get("DAEMON_END.pid") !== "1" && isSomebody(record, "DAEMON_END") ? ended(record) : undefined;
}

function isSomebody(record: LogRecord, type: string): boolean {
  return !NOBODY.has(record.get(`${type}.AUID`) ?? record.get(`${type}.auid`));
}
