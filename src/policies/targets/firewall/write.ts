import { entryOf } from "../../../model/entry.ts";
import { cmdWord, oneLine, powershell, reg } from "../../languages/escape.ts";
import { regText } from "../../languages/reg.ts";
import type { Policy, Rule } from "../../model.ts";
import type { PolicyFile } from "../../target.ts";
import { INTERNET_RANGES, KEYWORDS, OUTBOUND_BLOCKED } from "./fields.ts";

const KEY = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall";
const PROTOCOLS: Readonly<Record<string, string>> = { tcp: "6", udp: "17", icmpv4: "1", icmpv6: "58" };
/** The lowest version whose strings have all that is written here: Windows 8. A client passes over what is above its own. */
const VERSION = "v2.20";
/** Keywords that hold for both versions of IP. */
const KEYWORD = /^(?:LocalSubnet|DNS|DHCP|WINS|DefaultGateway)$/i;

interface Line {
  readonly id: string;
  readonly title: string;
  readonly block: boolean;
  readonly inbound: boolean;
  readonly program: string | undefined;
  readonly service: string | undefined;
  readonly protocol: string | undefined;
  readonly addresses: readonly string[];
  readonly ports: readonly string[];
}

/** A firewall rule has one program: a rule of the model that names several becomes several. */
function linesOf(rule: Rule): readonly Line[] {
  return (rule.subject ?? [{}]).map(({ path: program, service }, at) => ({
    id: at === 0 ? rule.id : `${rule.id} (${at + 1})`,
    title: rule.description ?? rule.id,
    block: rule.action === "deny",
    inbound: rule.peer?.inbound ?? false,
    program,
    service,
    protocol: rule.peer?.protocol,
    addresses: rule.peer?.addresses ?? [],
    ports: rule.peer?.ports ?? [],
  }));
}

function powershellLine(line: Line): string {
  const list = (values: readonly string[]) => values.map(powershell).join(",");
  return [
    `New-NetFirewallRule -Name ${powershell(line.id)} -DisplayName ${powershell(line.title)}`,
    `-Direction ${line.inbound ? "Inbound" : "Outbound"} -Action ${line.block ? "Block" : "Allow"}`,
    ...(line.program === undefined ? [] : [`-Program ${powershell(line.program)}`]),
    ...(line.service === undefined ? [] : [`-Service ${powershell(line.service)}`]),
    ...(line.protocol === undefined ? [] : [`-Protocol ${powershell(line.protocol)}`]),
    ...(line.addresses.length === 0 ? [] : [`-RemoteAddress ${list(line.addresses)}`]),
    ...(line.ports.length === 0 ? [] : [`-RemotePort ${list(line.ports)}`]),
  ].join(" ");
}

/** A reason in place of the line where netsh has no word for an address, or cmd would act on a character of a name. */
function netshLine(line: Line): { readonly text: string } | { readonly reason: string } {
  const { id, program, service, protocol, ports } = line;
  const addresses = line.addresses.flatMap((one) => (/^internet$/i.test(one) ? INTERNET_RANGES : [one]));
  const unknown = addresses.find((one) => keywordOf(one) !== undefined);
  if (unknown !== undefined) return { reason: "netsh has no word for its addresses" };
  const words: readonly (readonly [string, string | undefined])[] = [
    ["name", id],
    ["program", program && windowsVariables(program)],
    ["service", service],
    ["protocol", protocol],
    ["remoteip", addresses.length > 0 ? addresses.join(",") : undefined],
    ["remoteport", ports.length > 0 ? ports.join(",") : undefined],
  ];
  const written: string[] = [];
  for (const [key, value] of words) {
    if (value === undefined) continue;
    const word = cmdWord(value);
    if (word === undefined) return { reason: "cmd would act on a character of its name" };
    written.push(`${key}=${word}`);
  }
  const fixed = `dir=${line.inbound ? "in" : "out"} action=${line.block ? "block" : "allow"} enable=yes`;
  return { text: `netsh advfirewall firewall add rule ${written.join(" ")} ${fixed}` };
}

/** cmd expands variables itself, and `%` is what it must not get from a name. */
const windowsVariables = (path: string) => path.replace(/^%(?:SystemRoot|windir)%/i, "C:\\Windows");

const keywordOf = (address: string) =>
  KEYWORDS.find(([powershell]) => powershell.toLowerCase() === address.toLowerCase())?.[1];

/** @see https://learn.microsoft.com/openspecs/windows_protocols/ms-gpfas/2efe0b76-7b4a-41ff-9050-1023f8196d16 */
function addressFields(address: string): readonly string[] {
  const keyword = keywordOf(address);
  if (keyword !== undefined) return [`RA42=${keyword}`, `RA62=${keyword}`];
  if (KEYWORD.test(address)) return [`RA4=${address}`, `RA6=${address}`];
  return [`${address.includes(":") ? "RA6" : "RA4"}=${address}`];
}

/** undefined where a name has the sign that parts the fields. */
function policyLine(line: Line): string | undefined {
  const parts = [
    VERSION,
    `Action=${line.block ? "Block" : "Allow"}`,
    "Active=TRUE",
    `Dir=${line.inbound ? "In" : "Out"}`,
    ...(line.protocol === undefined
      ? []
      : [`Protocol=${entryOf(PROTOCOLS, line.protocol.toLowerCase()) ?? line.protocol}`]),
    ...line.ports.map((port) => `${port.includes("-") ? "RPort2_10" : "RPort"}=${port}`),
    ...line.addresses.flatMap(addressFields),
    ...(line.program === undefined ? [] : [`App=${line.program}`]),
    ...(line.service === undefined ? [] : [`Svc=${line.service}`]),
    `Name=${line.title}`,
  ];
  return parts.some((part) => part.includes("|")) ? undefined : `${parts.join("|")}|`;
}

/** The same rules for PowerShell, netsh and group policy. */
export function writeFirewall(policy: Policy): readonly PolicyFile[] {
  const lines = policy.rules.flatMap(linesOf);
  const isBlocked = policy.options?.includes(OUTBOUND_BLOCKED);
  const netsh = lines.map((line) => {
    const written = netshLine(line);
    if ("text" in written) return written.text;
    return `rem left out, as ${written.reason}: ${oneLine(line.id).replace(/["%!^&|<>]/g, "_")}`;
  });
  const values = lines.flatMap((line) => {
    const text = policyLine(line);
    return text === undefined ? [] : [`${reg(line.id)}=${reg(text)}`];
  });
  const profiles = ["DomainProfile", "PrivateProfile", "PublicProfile"].map((profile) => ({
    key: `${KEY}\\${profile}`,
    lines: [`${reg("DefaultOutboundAction")}=dword:00000001`],
  }));
  return [
    {
      name: "firewall.ps1",
      text: [
        ...(isBlocked ? ["Set-NetFirewallProfile -All -DefaultOutboundAction Block"] : []),
        ...lines.map(powershellLine),
        "",
      ].join("\n"),
    },
    {
      name: "firewall.cmd",
      text: [
        "@echo off",
        ...(isBlocked ? ["netsh advfirewall set allprofiles firewallpolicy blockinbound,blockoutbound"] : []),
        ...netsh,
        "",
      ].join("\r\n"),
    },
    {
      name: "firewall.reg",
      text: regText([...(isBlocked ? profiles : []), { key: `${KEY}\\FirewallRules`, lines: values }]),
    },
  ];
}
