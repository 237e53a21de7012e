import { connect, lines, type More } from "./table.ts";

const MSHTA = "C:\\Windows\\System32\\mshta.exe";
const APP = "C:\\Program Files\\a\\a.exe";
const WEB = "203.0.113.1";
const shell = lines("f.ps1");
const netsh = (...all: readonly string[]) => ({ file: "f.cmd", text: `@echo off\r\n${all.join("\r\n")}\r\n` });
const KEY = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall";
const group = (...values: readonly string[]) => ({
  file: "f.reg",
  text: `Windows Registry Editor Version 5.00\r\n\r\n[${KEY}\\FirewallRules]\r\n${values
    .map((value, at) => `"r${at}"="${value.replaceAll("\\", "\\\\")}"`)
    .join("\r\n")}\r\n`,
});
const profiles = (...all: readonly (readonly [string, ...(readonly string[])])[]) => ({
  file: "f.reg",
  text: `Windows Registry Editor Version 5.00\r\n\r\n${all.map(([name, ...values]) => `[${KEY}\\${name}]\r\n${values.join("\r\n")}\r\n\r\n`).join("")}[${KEY}\\FirewallRules]\r\n"r"="v2.20|Action=Block|Active=TRUE|Dir=Out|App=${MSHTA.replaceAll("\\", "\\\\")}|Name=m|"\r\n`,
});
const rule = (more: string) =>
  `New-NetFirewallRule -Name m -DisplayName m -Direction Outbound -Program '${MSHTA}' -Action Block${more}`;
const netshRule = (more: string, action = "block") =>
  `netsh advfirewall firewall add rule name="m" dir=out action=${action} program="${MSHTA}"${more}`;
const out = (fields: string) => `v2.20|Action=Block|Active=TRUE|Dir=Out|${fields}Name=m|`;
const BLOCKED = '"DefaultOutboundAction"=dword:00000001';
const OFF = '"EnableFirewall"=dword:00000000';

/** Drawn from Microsoft’s pages on rules, their cmdlets, netsh and group policy’s form, when the reader was held against them again. */
export const firewallDrawn: More = {
  policies: {
    allProfiles: shell(rule(" -Profile Domain,Private,Public")),
    twoProfiles: shell(rule(" -Profile Domain,Private")),
    netshProfiles: netsh(netshRule(" profile=domain,private,public")),
    groupProfiles: group(out(`Profile=Domain|Profile=Private|Profile=Public|App=${MSHTA}|`)),
    groupProfile: group(out(`Profile=Domain|App=${MSHTA}|`)),
    off: shell("Set-NetFirewallProfile -All -Enabled False", rule("")),
    offPublic: shell("Set-NetFirewallProfile -Profile Public -Enabled False", rule("")),
    on: shell("Set-NetFirewallProfile -All -Enabled True", rule("")),
    netshOff: netsh("netsh advfirewall set allprofiles state off", netshRule("")),
    netshOn: netsh("netsh advfirewall set allprofiles state on", netshRule("")),
    groupOff: profiles(["DomainProfile", OFF], ["PrivateProfile", OFF], ["PublicProfile", OFF]),
    groupOffDomain: profiles(["DomainProfile", OFF]),
    blockedPublic: shell("Set-NetFirewallProfile -Profile Public -DefaultOutboundAction Block"),
    blockedThree: shell("Set-NetFirewallProfile -Profile Domain,Public,Private -DefaultOutboundAction Block"),
    allowedAgain: shell(
      "Set-NetFirewallProfile -All -DefaultOutboundAction Block",
      "Set-NetFirewallProfile -All -DefaultOutboundAction Allow",
      rule(""),
    ),
    netshBlockedPublic: netsh("netsh advfirewall set publicprofile firewallpolicy blockinbound,blockoutbound"),
    groupBlockedDomain: profiles(["DomainProfile", BLOCKED]),
    groupBlocked: profiles(["DomainProfile", BLOCKED], ["PrivateProfile", BLOCKED], ["PublicProfile", BLOCKED]),
    bypass: shell(
      rule(""),
      `New-NetFirewallRule -Name b -DisplayName b -Direction Outbound -Program '${MSHTA}' -Action Allow -Authentication Required -OverrideBlockRules True`,
    ),
    bypassOther: shell(
      rule(""),
      `New-NetFirewallRule -Name b -DisplayName b -Direction Outbound -Program '${APP}' -Action Allow -Authentication Required -OverrideBlockRules True`,
    ),
    bypassIn: shell(
      rule(""),
      `New-NetFirewallRule -Name b -DisplayName b -Direction Inbound -Program '${MSHTA}' -Action Allow -Authentication Required -OverrideBlockRules True`,
    ),
    netshBypass: netsh(netshRule(""), netshRule(" security=authenticate", "bypass")),
    groupBypass: group(
      out(`App=${MSHTA}|`),
      `v2.20|Action=ByPass|Active=TRUE|Dir=Out|App=${MSHTA}|Name=b|Security=Authenticate|`,
    ),
    removed: shell(rule(""), "Remove-NetFirewallRule -Name m"),
    removedFirst: shell("Remove-NetFirewallRule -Name m", rule("")),
    removedByTitle: shell(rule(""), "Remove-NetFirewallRule -DisplayName m"),
    netshDeleted: netsh(netshRule(""), 'netsh advfirewall firewall delete rule name="m"'),
    netshDeletedFirst: netsh('netsh advfirewall firewall delete rule name="m"', netshRule("")),
    disabled: shell(rule(""), "Disable-NetFirewallRule -Name m"),
    edge: shell(rule(" -EdgeTraversalPolicy Block")),
    interfaceType: shell(rule(" -InterfaceType Wireless")),
    interfaceAny: shell(rule(" -InterfaceType Any")),
    localPort: shell(rule(" -Protocol TCP -LocalPort 5000")),
    localAny: shell(rule(" -Protocol TCP -LocalPort Any -LocalAddress Any")),
    localAddress: shell(rule(" -LocalAddress 10.0.0.5")),
    user: shell(rule(" -LocalUser 'D:(A;;CC;;;S-1-5-21-1)'")),
    keyword: shell(rule(" -Protocol TCP -RemotePort IPHTTPSOut")),
    mask: shell(rule(" -RemoteAddress 10.1.0.0/255.255.0.0")),
    dns: shell(rule(" -RemoteAddress DNS")),
    intranet: shell(rule(" -RemoteAddress Intranet")),
    icmp: shell(rule(" -Protocol ICMPv4")),
    number: shell(rule(" -Protocol 17")),
    store: shell(rule(" -PolicyStore PersistentStore")),
    drive: shell(
      "New-NetFirewallRule -Name m -DisplayName m -Direction Outbound -Program '%ProgramFiles%\\a\\a.exe' -Action Block",
    ),
    drive32: shell(
      "New-NetFirewallRule -Name m -DisplayName m -Direction Outbound -Program '%ProgramFiles% (x86)\\a\\a.exe' -Action Block",
    ),
    system: shell(
      "New-NetFirewallRule -Name m -DisplayName m -Direction Outbound -Program System -Protocol TCP -RemotePort 445 -Action Block",
    ),
    any: shell("New-NetFirewallRule -Name m -DisplayName m -Direction Outbound -Action Block"),
    group: group(out(`Protocol=6|RPort=80|RPort=443|App=${MSHTA}|`)),
    groupRange: group(out(`Protocol=6|RPort2_10=8000-8080|App=${MSHTA}|`)),
    groupSubnet: group(out(`RA4=10.0.0.0/255.0.0.0|App=${MSHTA}|`)),
    groupRange4: group(out(`RA4=10.0.0.1-10.0.0.9|App=${MSHTA}|`)),
    groupIcon: group(out(`App=${MSHTA}|Desc=x|EmbedCtxt=y|Edge=FALSE|`)),
  },
  cases: [
    ["all three profiles are every profile", "shell", "allProfiles", connect(MSHTA, WEB), "block"],
    ["two are not", "shell", "twoProfiles", connect(MSHTA, WEB), "undecided"],
    ["all three for netsh", "netsh", "netshProfiles", connect(MSHTA, WEB), "block"],
    ["all three in group policy", "group", "groupProfiles", connect(MSHTA, WEB), "block"],
    ["one in group policy", "group", "groupProfile", connect(MSHTA, WEB), "undecided"],
    ["a firewall that is off blocks nothing", "profile", "off", connect(MSHTA, WEB), "none"],
    ["off in one profile: which was active is not logged", "profile", "offPublic", connect(MSHTA, WEB), "undecided"],
    ["a firewall that is on", "profile", "on", connect(MSHTA, WEB), "block"],
    ["off by netsh", "netsh", "netshOff", connect(MSHTA, WEB), "none"],
    ["on by netsh", "netsh", "netshOn", connect(MSHTA, WEB), "block"],
    ["off by group policy", "group", "groupOff", connect(MSHTA, WEB), "none"],
    ["off by group policy in one profile", "group", "groupOffDomain", connect(MSHTA, WEB), "undecided"],
    ["outbound blocked in one profile", "profile", "blockedPublic", connect(APP, WEB), "undecided"],
    ["in three by their names", "profile", "blockedThree", connect(APP, WEB), "block"],
    ["the last setting of a profile holds", "profile", "allowedAgain", connect(APP, WEB), "none"],
    ["and rules go on", "profile", "allowedAgain", connect(MSHTA, WEB), "block"],
    ["in one profile by netsh", "netsh", "netshBlockedPublic", connect(APP, WEB), "undecided"],
    ["in one profile by group policy", "group", "groupBlockedDomain", connect(APP, WEB), "undecided"],
    ["in all of them by group policy", "group", "groupBlocked", connect(APP, WEB), "block"],
    ["authenticated traffic may bypass a block", "shell", "bypass", connect(MSHTA, WEB), "undecided"],
    ["that of another program may not", "shell", "bypassOther", connect(MSHTA, WEB), "block"],
    ["nor what comes in go out", "shell", "bypassIn", connect(MSHTA, WEB), "block"],
    ["bypassing as netsh says it", "netsh", "netshBypass", connect(MSHTA, WEB), "undecided"],
    ["bypassing as group policy says it", "group", "groupBypass", connect(MSHTA, WEB), "undecided"],
    ["a rule that is removed afterwards", "shell", "removed", connect(MSHTA, WEB), "none"],
    ["or before it is made", "shell", "removedFirst", connect(MSHTA, WEB), "block"],
    ["removed by its title", "shell", "removedByTitle", connect(MSHTA, WEB), "none"],
    ["deleted by netsh", "netsh", "netshDeleted", connect(MSHTA, WEB), "none"],
    ["deleted by netsh before it is made", "netsh", "netshDeletedFirst", connect(MSHTA, WEB), "block"],
    ["what else is done to rules is not followed", "shell", "disabled", connect(APP, WEB), "undecided"],
    ["edge traversal is of what comes in", "shell", "edge", connect(MSHTA, WEB), "block"],
    ["by which interface is not logged", "shell", "interfaceType", connect(MSHTA, WEB), "undecided"],
    ["any interface", "shell", "interfaceAny", connect(MSHTA, WEB), "block"],
    ["from which port is not logged", "shell", "localPort", connect(MSHTA, WEB), "undecided"],
    ["any port and address of one’s own", "shell", "localAny", connect(MSHTA, WEB), "block"],
    ["from which address is not logged", "shell", "localAddress", connect(MSHTA, WEB), "undecided"],
    ["for which users is not logged", "shell", "user", connect(MSHTA, WEB), "undecided"],
    ["a keyword for a port", "shell", "keyword", connect(MSHTA, WEB), "undecided"],
    ["a mask", "shell", "mask", connect(MSHTA, "10.1.9.9"), "block"],
    ["beyond the mask", "shell", "mask", connect(MSHTA, "10.2.9.9"), "none"],
    ["which the name servers are is not known", "shell", "dns", connect(MSHTA, "10.0.0.53"), "undecided"],
    ["the intranet", "shell", "intranet", connect(MSHTA, "10.0.0.53"), "block"],
    ["and what is outside of it", "shell", "intranet", connect(MSHTA, WEB), "none"],
    ["echo is no connection", "shell", "icmp", connect(MSHTA, WEB), "none"],
    ["a protocol by its number", "shell", "number", connect(MSHTA, WEB, { protocol: "udp", port: 53 }), "block"],
    ["and no other", "shell", "number", connect(MSHTA, WEB), "none"],
    ["the store that is in force by itself", "shell", "store", connect(MSHTA, WEB), "block"],
    ["a path by a variable", "rules", "drive", connect(APP, WEB), "block"],
    [
      "the folder for 32 bits behind it",
      "rules",
      "drive32",
      connect("C:\\Program Files (x86)\\a\\a.exe", WEB),
      "block",
    ],
    [
      "the system’s own traffic",
      "rules",
      "system",
      { ...connect("C:\\a.exe", WEB, { port: 445 }), object: { path: `\\\\${WEB}\\s\\x` } },
      "block",
    ],
    ["and no program’s", "rules", "system", connect("C:\\a.exe", WEB, { port: 445 }), "none"],
    ["no program named: every one", "shell", "any", connect(APP, WEB), "block"],
    ["several ports in group policy", "group", "group", connect(MSHTA, WEB), "block"],
    ["and no other", "group", "group", connect(MSHTA, WEB, { port: 8080 }), "none"],
    ["a range of ports in group policy", "group", "groupRange", connect(MSHTA, WEB, { port: 8042 }), "block"],
    ["a mask in group policy", "group", "groupSubnet", connect(MSHTA, "10.9.9.9"), "block"],
    ["a range in group policy", "group", "groupRange4", connect(MSHTA, "10.0.0.5"), "block"],
    ["what only describes a rule", "group", "groupIcon", connect(MSHTA, WEB), "block"],
  ],
};
