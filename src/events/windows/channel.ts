import { entryOf } from "../../model/entry.ts";
import type { LogRecord } from "../../model/record.ts";

/** Channels whose provider does not follow from their name. */
const PROVIDERS: Readonly<Record<string, string>> = {
  security: "Microsoft-Windows-Security-Auditing",
  "windows powershell": "PowerShell",
};

/** Of the shared channels: the provider that the event id points to. */
const BY_ID: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  system: {
    7045: "Service Control Manager",
    10000: "Microsoft-Windows-DistributedCOM",
    10001: "Microsoft-Windows-DistributedCOM",
  },
  application: { 1040: "MsiInstaller", 1042: "MsiInstaller" },
};

/**
 * The provider of a Windows record. Some flat exports leave it out; then the channel tells: `Microsoft-Windows-Sysmon/
 * Operational` belongs to the provider before the stroke.
 */
export function providerOf(record: LogRecord): string {
  const { provider } = record;
  if (provider !== undefined && provider !== "") return provider;
  const { channel } = record;
  if (channel === undefined) return "";
  const name = channel.toLowerCase();
  const known = entryOf(PROVIDERS, name) ?? entryOf(BY_ID, name)?.[record.eventId ?? 0];
  if (known !== undefined) return known;
  const stroke = channel.indexOf("/");
  return stroke < 0 ? channel : channel.slice(0, stroke);
}
