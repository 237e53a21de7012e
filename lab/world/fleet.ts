import type { Random } from "../random.ts";
import { person } from "./names.ts";

export type WindowsRole = "office" | "developer" | "admin" | "server" | "kiosk";
export type LinuxRole = "linuxServer" | "linuxDev";
export type Role = WindowsRole | LinuxRole;

export interface Account {
  readonly name: string;
  readonly domain: string;
  readonly sid: string;
}

/** How a host's records are written; see lab/output.ts. */
export type LogFormat = "evtx" | "winlogbeat" | "flat" | "evtx_dump" | "audit" | "ecs";

/**
 * Whether process starts come from Sysmon, from the Security log, or from both, each with its own record; `bare` is the Security log
 * as it is by default, without command lines.
 */
export const SENSORS = ["sysmon", "security", "both", "bare"] as const;
export type Sensor = (typeof SENSORS)[number];

export interface Host {
  readonly name: string;
  readonly role: Role;
  readonly address: string;
  readonly user: Account;
  readonly sensor: Sensor;
  readonly format: LogFormat;
  /** Hours of the day (UTC) between which its user works. */
  readonly hours: readonly [number, number];
}

export const DOMAIN = "LINDENHOF";
const DNS_DOMAIN = "lindenhof.example";
const DOMAIN_SID = "S-1-5-21-2118403755-1620471912-308775142";

/** Shares of the roles in a fleet. */
const MIX: readonly (readonly [Role, number, string])[] = [
  ["office", 0.5, "WS"],
  ["developer", 0.14, "DEV"],
  ["admin", 0.06, "ADM"],
  ["server", 0.1, "SRV"],
  ["kiosk", 0.05, "KSK"],
  ["linuxServer", 0.1, "lx-srv"],
  ["linuxDev", 0.05, "lx-dev"],
];

export function isLinux(role: Role): role is LinuxRole {
  return role === "linuxServer" || role === "linuxDev";
}

/** Every role once, in falling order of its share, then by share: small fleets still show every kind of host. */
function roleOf(i: number, count: number): (typeof MIX)[number] {
  if (i < MIX.length) return MIX[i] as (typeof MIX)[number];
  const at = (i - MIX.length + 0.5) / Math.max(1, count - MIX.length);
  const upTo = (n: number) => MIX.slice(0, n + 1).reduce((sum, [, part]) => sum + part, 0);
  return MIX.find((_, n) => at < upTo(n)) ?? (MIX[0] as (typeof MIX)[number]);
}

const SYSTEM_ACCOUNTS: readonly Account[] = [
  { name: "SYSTEM", domain: "NT AUTHORITY", sid: "S-1-5-18" },
  { name: "NETWORK SERVICE", domain: "NT AUTHORITY", sid: "S-1-5-20" },
];
export const SYSTEM = SYSTEM_ACCOUNTS[0] as Account;
export const NETWORK_SERVICE = SYSTEM_ACCOUNTS[1] as Account;

function sensorOf(role: Role, random: Random): Sensor {
  if (role === "server") return random.chance(0.5) ? "security" : "sysmon";
  return random.chance(0.2) ? "both" : "sysmon";
}

export interface FleetOptions {
  readonly hosts: number;
  readonly windowsFormats: readonly LogFormat[];
  readonly linuxFormats: readonly LogFormat[];
  readonly sensor: Sensor | undefined;
}

export function createFleet(random: Random, options: FleetOptions): Host[] {
  return Array.from({ length: options.hosts }, (_, i) => {
    const own = random.derive("host", i);
    const [role, , prefix] = roleOf(i, options.hosts);
    const linux = isLinux(role);
    const number = String(i + 11).padStart(3, "0");
    const formats = linux ? options.linuxFormats : options.windowsFormats;
    const start = own.int(6, 9);
    return {
      name: linux ? `${prefix}-${number}` : `${prefix}-${number}.${DNS_DOMAIN}`,
      role,
      address: `10.20.${Math.floor(i / 200) + 1}.${(i % 200) + 20}`,
      user: { name: person(own), domain: DOMAIN, sid: `${DOMAIN_SID}-${1104 + i}` },
      sensor: options.sensor ?? sensorOf(role, own),
      format: formats[i % formats.length] as LogFormat,
      hours: [start, start + 9],
    };
  });
}
