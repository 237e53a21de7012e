import type { RunKey } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import { type LogSource, winevent } from "../source.ts";
import { hivePath, isAutostart, valueName } from "./registry-path.ts";
import { undoublePercent, unescapeMarkup } from "./repair.ts";
import { SECURITY, own as securityOwn } from "./security-fields.ts";
import { process, own as sysmonOwn } from "./sysmon-fields.ts";

/** Sysmon prints numbers and opaque data so; neither is a command line. */
const NO_COMMAND = /^(?:(?:DWORD|QWORD) \(0x|Binary Data$)/;

const fromSysmon = defineEvent("runKey", {
  ...sysmonOwn,
  platform: "windows",
  process,
  path: "TargetObject",
  name: (record) => valueName(record.get("TargetObject") ?? ""),
  commandLine: (record) => undoublePercent(unescapeMarkup(record.get("Details") ?? "")),
  dialect: "commandLine",
});

const fromSecurity = defineEvent("runKey", {
  ...securityOwn,
  path: (record) => `${hivePath(record.get("ObjectName") ?? "")}\\${record.get("ObjectValueName") ?? ""}`,
  name: "ObjectValueName",
  commandLine: "NewValue",
  dialect: "commandLine",
});

/** Drivers start through the same ImagePath as services, without a command line. */
function isDriver(command: string): boolean {
  return command.trimEnd().toLowerCase().endsWith(".sys");
}

function sysmon(record: LogRecord): RunKey | undefined {
  const path = record.get("TargetObject");
  if (path === undefined || !isAutostart(path)) return undefined;
  const data = record.get("Details");
  return !data || data === "(Empty)" || NO_COMMAND.test(data) || isDriver(data) ? undefined : fromSysmon(record);
}

function security(record: LogRecord): RunKey | undefined {
  const command = record.get("NewValue");
  const key = record.get("ObjectName");
  if (!command || command === "-" || key === undefined || isDriver(command)) return undefined;
  return isAutostart(`${key}\\${record.get("ObjectValueName") ?? ""}`) ? fromSecurity(record) : undefined;
}

/** Registry writes that put a command line where Windows will run it; the write itself is an event of its own. */
export const sources: readonly LogSource[] = [
  winevent("sysmon/13/autostart", "Microsoft-Windows-Sysmon", [13], ["runKey"], sysmon),
  winevent("security/4657/autostart", SECURITY, [4657], ["runKey"], security),
];
