import { describe, expect, it } from "vitest";
import { addressMet, isInternet } from "../../src/policies/decide/peer.ts";
import type { PeerPattern, Rule } from "../../src/policies/model.ts";
import { targetOf } from "../../src/policies/registry.ts";
import { INTERNET_RANGES } from "../../src/policies/targets/firewall/fields.ts";
import { policyOf, readBack } from "./hostile.ts";

const FILES = ["firewall.ps1", "firewall.cmd", "firewall.reg"] as const;
const ruleOf = (peer: PeerPattern): Rule => ({
  id: "r",
  action: "deny",
  on: ["connect"],
  subject: [{ path: "C:\\Windows\\System32\\mshta.exe" }],
  peer: { inbound: false, ...peer },
});
const textOf = (peer: PeerPattern, name: (typeof FILES)[number]) =>
  targetOf("firewall")
    .write(policyOf("firewall", [ruleOf(peer)]))
    .find((file) => file.name === name)?.text ?? "";

describe("what each notation of Windows Firewall has a word for", () => {
  it("is said in that word where it is the internet", () => {
    expect(textOf({ addresses: ["Internet"] }, "firewall.ps1")).toContain("-RemoteAddress 'Internet'");
    // These strings have a field and a spelling of their own for it, for each version of IP.
    expect(textOf({ addresses: ["Internet"] }, "firewall.reg")).toContain("|RA42=IntErnet|RA62=IntErnet|");
    expect(textOf({ addresses: ["Internet"] }, "firewall.cmd")).toContain('remoteip="1.0.0.0-9.255.255.255,');
    expect(textOf({ addresses: ["Internet"] }, "firewall.cmd")).not.toMatch(/remoteip="?internet/i);
  });

  it("holds for both versions of IP where it is a keyword, and is left out by netsh, which has none", () => {
    expect(textOf({ addresses: ["LocalSubnet"] }, "firewall.reg")).toContain("|RA4=LocalSubnet|RA6=LocalSubnet|");
    expect(textOf({ addresses: ["Intranet"] }, "firewall.reg")).toContain("|RA42=IntrAnet|RA62=IntrAnet|");
    expect(textOf({ addresses: ["Intranet"] }, "firewall.cmd")).toContain("rem left out, as netsh has no word");
  });

  it("is a field of its own where it is a range of ports, and a number where it is a protocol", () => {
    const text = textOf({ protocol: "tcp", ports: ["445", "8000-8080"] }, "firewall.reg");
    expect(text).toContain("|Protocol=6|RPort=445|RPort2_10=8000-8080|");
    expect(textOf({ protocol: "ICMPv6" }, "firewall.reg")).toContain("|Protocol=58|");
  });

  it.each(FILES)("comes back from %s", (name) => {
    const peers: readonly PeerPattern[] = [
      { addresses: ["Internet"] },
      { addresses: ["LocalSubnet", "10.0.0.0/8", "2001:db8::/32"] },
      { protocol: name === "firewall.reg" ? "6" : "tcp", ports: ["445", "8000-8080"], addresses: ["Internet"] },
    ];
    for (const peer of peers) {
      const read = readBack(policyOf("firewall", [ruleOf(peer)]), name);
      expect(read.unknown).toEqual([]);
      expect(read.rules.map((rule) => rule.peer)).toEqual([{ inbound: false, ...peer }]);
    }
  });

  it.each([
    ["group policy", "v2.31|Action=Block|Active=TRUE|Dir=In|Protocol=6|LPort=4444|Name=a|"],
    ["group policy, as services' own rules are written", "V2.31|Action=Block|Dir=In|Protocol=6|LPort2_10=1-66|Name=a|"],
    ["netsh", 'netsh advfirewall firewall add rule name="a" dir=in action=block protocol=tcp localport=4444'],
    ["PowerShell", "New-NetFirewallRule -Name a -Direction Inbound -Action Block -Protocol TCP -LocalPort 4444"],
    ["a listing", "Rule Name: a\nEnabled: Yes\nDirection: In\nProtocol: TCP\nLocalPort: 4444\nAction: Block\n"],
  ])("of %s, a port of its own end is a condition that is not asked", (_, text) => {
    const { rules } = targetOf("firewall").read(text, "a.txt");
    expect(rules).toMatchObject([{ action: "deny", subject: [{ beyond: expect.any(String) }] }]);
  });

  it.each([
    'netsh advfirewall firewall add rule name="a" dir=in action=block localport=any security=notrequired edge=no',
    "v2.31|Action=Block|Active=TRUE|Dir=In|Name=a|Desc=b|EmbedCtxt=c|",
  ])("asks nothing more where it says nothing: %s", (text) => {
    expect(targetOf("firewall").read(text, "a.txt").rules).toMatchObject([{ action: "deny" }]);
    expect(targetOf("firewall").read(text, "a.txt").rules[0]?.subject).toBeUndefined();
  });

  it("is refused where no notation has it", () => {
    const { refuses } = targetOf("firewall");
    expect(refuses(ruleOf({ protocol: "smb" }))).toBeDefined();
    expect(refuses(ruleOf({ ports: ["445"] }))).toBeDefined();
    expect(refuses(ruleOf({ protocol: "icmpv4", ports: ["445"] }))).toBeDefined();
    expect(refuses(ruleOf({ protocol: "TCP", ports: ["445"] }))).toBeUndefined();
  });
});

describe("the ranges that stand for the internet", () => {
  it.each([
    ...["1.1.1.1", "8.8.8.8", "126.255.255.255", "128.0.0.1", "169.253.255.255", "172.15.0.1", "172.32.0.0"],
    ...["192.167.255.255", "192.169.0.0", "223.255.255.255", "2606:4700::1"],
    ...["10.1.2.3", "127.0.0.1", "169.254.1.1", "172.16.0.1", "172.31.255.255", "192.168.0.1", "224.0.0.1"],
    ...["255.255.255.255", "fe80::1", "fc00::1", "ff02::1", "::1"],
  ])("have %s where the decision takes it for one of the internet", (address) => {
    expect(INTERNET_RANGES.some((range) => addressMet(range, address) === true)).toBe(isInternet(address));
  });
});

describe("other products", () => {
  it("ASR switches on the setting to which a list of exclusions belongs", () => {
    const rules = ["d4f940ab-401b-4efc-aadc-ad5f3c50688a", "26190899-1602-49e8-8b27-eb1d0a1ce869"].map(
      (id): Rule => ({ id, action: "deny", on: [], exceptions: [{ path: "C:\\Tools\\*" }] }),
    );
    const reg = (of: readonly Rule[]) => targetOf("asr").write(policyOf("asr", of))[0]?.text ?? "";
    expect(reg(rules)).toMatch(/"ExploitGuard_ASR_ASROnlyExclusions"=dword:00000001[\s\S]*\\ASROnlyExclusions\]/);
    expect(reg(rules.map(({ exceptions: _, ...rule }) => rule))).not.toContain("ASROnlyExclusions");
  });

  it("fapolicyd is given no name of a command of which the kernel keeps no more than a beginning", () => {
    const named = (name: string): Rule => ({
      id: "a",
      action: "deny",
      on: ["execute"],
      subject: [{ path: `*/${name}` }],
    });
    expect(targetOf("fapolicyd").refuses(named("a".repeat(14)))).toBeUndefined();
    expect(targetOf("fapolicyd").refuses(named("a".repeat(15)))).toBeDefined();
  });
});
