import { connect, exec, lines, type Table } from "./table.ts";

const DOCS = "https://learn.microsoft.com/windows/security/operating-system-security/network-security/windows-firewall";
const MSHTA = "C:\\Windows\\System32\\mshta.exe";
const MSHTA32 = "C:\\Windows\\SysWOW64\\mshta.exe";
const SVCHOST = "C:\\Windows\\System32\\svchost.exe";
const APP = "C:\\Program Files\\a\\a.exe";
const OUT = "-Direction Outbound -Program '%SystemRoot%\\System32\\mshta.exe' -Action";

const shell = lines("f.ps1");
const netsh = (...lines: readonly string[]) => ({ file: "f.cmd", text: `@echo off\r\n${lines.join("\r\n")}\r\n` });
const group = (...values: readonly string[]) => ({
  file: "f.reg",
  text: `Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall\\FirewallRules]\r\n${values
    .map((value, at) => `"r${at}"="${value.replaceAll("\\", "\\\\")}"`)
    .join("\r\n")}\r\n`,
});

export const firewall: Table = {
  target: "firewall",
  sources: {
    rules: `${DOCS}/rules`,
    shell: "https://learn.microsoft.com/powershell/module/netsecurity/new-netfirewallrule",
    profile: "https://learn.microsoft.com/powershell/module/netsecurity/set-netfirewallprofile",
    netsh:
      "https://learn.microsoft.com/troubleshoot/windows-server/networking/netsh-advfirewall-firewall-control-firewall-behavior",
    group: "https://learn.microsoft.com/openspecs/windows_protocols/ms-gpfas/2efe0b76-7b4a-41ff-9050-1023f8196d16",
  },
  policies: {
    shell: shell(`New-NetFirewallRule -Name m -DisplayName 'no mshta' ${OUT} Block`),
    both: shell(
      `New-NetFirewallRule -Name a -DisplayName a ${OUT} Allow`,
      `New-NetFirewallRule -Name b -DisplayName b ${OUT} Block`,
    ),
    allow: shell(
      "Set-NetFirewallProfile -All -DefaultOutboundAction Block",
      `New-NetFirewallRule -DisplayName a -Direction Outbound -Program '${APP}' -Action Allow`,
    ),
    internet: shell(`New-NetFirewallRule -Name m -DisplayName m ${OUT} Block -RemoteAddress Internet`),
    range: shell(
      `New-NetFirewallRule -Name m -DisplayName m ${OUT} Block -RemoteAddress 10.0.0.0/8,192.168.1.1-192.168.1.9,2001:db8::/32`,
    ),
    ports: shell(`New-NetFirewallRule -Name m -DisplayName m ${OUT} Block -Protocol TCP -RemotePort 80,8000-8080`),
    disabled: shell(`New-NetFirewallRule -Name m -DisplayName m ${OUT} Block -Enabled False`),
    inbound: shell(`New-NetFirewallRule -Name m -DisplayName m -Direction Inbound -Program '${APP}' -Action Block`),
    profile: shell(`New-NetFirewallRule -Name m -DisplayName m ${OUT} Block -Profile Public`),
    service: shell(
      "New-NetFirewallRule -Name m -DisplayName m -Direction Outbound -Program '%SystemRoot%\\System32\\svchost.exe' -Service BITS -Action Block",
    ),
    loop: shell(
      `New-NetFirewallRule -Name m -DisplayName m ${OUT} Block`,
      "foreach ($p in $list) { New-NetFirewallRule -Program $p }",
    ),
    netsh: netsh(
      `netsh advfirewall firewall add rule name="no mshta" dir=out program="${MSHTA}" action=block enable=yes`,
    ),
    netshIp: netsh(
      `netsh advfirewall firewall add rule name="x" dir=out program="${MSHTA}" remoteip=10.0.0.0/255.0.0.0,LocalSubnet action=block`,
    ),
    netshOut: netsh("netsh advfirewall set allprofiles firewallpolicy blockinbound,blockoutbound"),
    group: group(`v2.31|Action=Block|Active=TRUE|Dir=Out|App=%SystemRoot%\\System32\\mshta.exe|Name=no mshta|`),
    inactive: group(`v2.31|Action=Block|Active=FALSE|Dir=Out|App=${MSHTA}|Name=x|`),
    groupMore: group(
      `v2.31|Action=Block|Active=TRUE|Dir=Out|Protocol=6|RPort=443|RA4=LocalSubnet|App=${MSHTA}|Name=x|`,
      `v2.31|Action=Block|Active=TRUE|Dir=Out|LUAuth=O:LSD:|App=${APP}|Name=y|`,
    ),
  },
  cases: [
    ["a blocked program connects to nobody", "shell", "shell", connect(MSHTA, "203.0.113.1"), "block"],
    ["by IPv6 neither", "shell", "shell", connect(MSHTA, "2001:db8::1"), "block"],
    ["its 32-bit twin is another program", "rules", "shell", connect(MSHTA32, "203.0.113.1"), "none"],
    ["a copy is another program", "rules", "shell", connect("C:\\Users\\a\\mshta.exe", "203.0.113.1"), "none"],
    ["other programs pass", "rules", "shell", connect(APP, "203.0.113.1"), "none"],
    ["inbound is another direction", "shell", "shell", connect(MSHTA, "203.0.113.1", { inbound: true }), "none"],
    [
      "a direction that is not logged decides nothing",
      "shell",
      "shell",
      connect(MSHTA, "203.0.113.1", { inbound: undefined }),
      "undecided",
    ],
    ["a program that is not logged decides nothing", "shell", "shell", connect(undefined, "203.0.113.1"), "undecided"],
    ["starting is none of its business", "rules", "shell", exec(MSHTA), "none"],
    ["block stands above allow", "rules", "both", connect(MSHTA, "203.0.113.1"), "block"],
    ["a profile may block what no rule allows", "profile", "allow", connect(MSHTA, "203.0.113.1"), "block"],
    ["and lets pass what one allows", "profile", "allow", connect(APP, "203.0.113.1"), "allow"],
    ["outbound only", "profile", "allow", connect(MSHTA, "203.0.113.1", { inbound: true }), "none"],
    ["Internet is not the own network", "shell", "internet", connect(MSHTA, "10.1.2.3"), "none"],
    ["Internet is everything else", "shell", "internet", connect(MSHTA, "8.8.8.8"), "block"],
    ["without an address that is open", "shell", "internet", connect(MSHTA, undefined), "undecided"],
    ["a prefix", "shell", "range", connect(MSHTA, "10.9.8.7"), "block"],
    ["a range", "shell", "range", connect(MSHTA, "192.168.1.5"), "block"],
    ["beyond the range", "shell", "range", connect(MSHTA, "192.168.1.10"), "none"],
    ["a prefix of IPv6", "shell", "range", connect(MSHTA, "2001:db8:1::2"), "block"],
    ["another prefix of IPv6", "shell", "range", connect(MSHTA, "2001:db9::2"), "none"],
    ["a port of the list", "shell", "ports", connect(MSHTA, "203.0.113.1", { port: 80 }), "block"],
    ["a port of the range", "shell", "ports", connect(MSHTA, "203.0.113.1", { port: 8042 }), "block"],
    ["another port", "shell", "ports", connect(MSHTA, "203.0.113.1", { port: 443 }), "none"],
    ["another protocol", "shell", "ports", connect(MSHTA, "203.0.113.1", { port: 80, protocol: "udp" }), "none"],
    ["a rule that is off", "shell", "disabled", connect(MSHTA, "203.0.113.1"), "none"],
    ["an inbound rule", "shell", "inbound", connect(APP, "203.0.113.1", { inbound: true }), "block"],
    ["an inbound rule rules on nothing outbound", "shell", "inbound", connect(APP, "203.0.113.1"), "none"],
    ["which profile was active is not logged", "shell", "profile", connect(MSHTA, "203.0.113.1"), "undecided"],
    ["which service acts is not logged", "shell", "service", connect(SVCHOST, "203.0.113.1"), "undecided"],
    [
      "which service acts may stand on its command line",
      "shell",
      "service",
      { ...connect(SVCHOST, "203.0.113.1"), subject: { path: SVCHOST, service: "bits" } },
      "block",
    ],
    [
      "another service",
      "shell",
      "service",
      { ...connect(SVCHOST, "203.0.113.1"), subject: { path: SVCHOST, service: "wuauserv" } },
      "none",
    ],
    ["no service of another program", "shell", "service", connect(MSHTA, "203.0.113.1"), "none"],
    ["a loop is not understood", "shell", "loop", connect(APP, "203.0.113.1"), "undecided"],
    ["but a block stays a block", "rules", "loop", connect(MSHTA, "203.0.113.1"), "block"],
    ["netsh’s form", "netsh", "netsh", connect(MSHTA, "203.0.113.1"), "block"],
    ["netsh with a mask", "netsh", "netshIp", connect(MSHTA, "10.1.1.1"), "block"],
    ["which the local subnet is, is not known", "netsh", "netshIp", connect(MSHTA, "203.0.113.1"), "undecided"],
    ["netsh blocks outbound as a whole", "netsh", "netshOut", connect(APP, "203.0.113.1"), "block"],
    ["group policy’s form", "group", "group", connect(MSHTA, "203.0.113.1"), "block"],
    ["group policy’s form, not active", "group", "inactive", connect(MSHTA, "203.0.113.1"), "none"],
    ["another port of group policy’s form", "group", "groupMore", connect(MSHTA, "203.0.113.1", { port: 80 }), "none"],
    ["a condition on users is not logged", "group", "groupMore", connect(APP, "203.0.113.1"), "undecided"],
  ],
};
