import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Act } from "../../src/policies/decide/act.ts";
import { decider } from "../../src/policies/decide/engine.ts";
import { loadPolicies } from "../../src/policies/load.ts";
import { readPolicy, targetOf } from "../../src/policies/registry.ts";
import { folder } from "../support/logs.ts";

const dir = folder();
afterAll(() => dir.remove());

/** More than a call takes as arguments. */
const MANY = 200_000;
const many = (one: (at: number) => string) => Array.from({ length: MANY }, (_, at) => one(at)).join("");

describe("a policy of very many parts is read", () => {
  it.each([
    ["apparmor", `profile x /usr/bin/x {\n${many((at) => `  deny /opt/${at} x,\n`)}}\n`],
    ["squid", `acl a dstdomain .example.com\nacl a dstdomain${many((at) => ` .a${at}.example`)}\nhttp_access deny a\n`],
    ["sudoers", `Cmnd_Alias A = /bin/a${many((at) => `, /opt/${at}`)}\nALL ALL = NOEXEC: A\n`],
    [
      "nftables",
      `table inet t {\nchain c {\ntype filter hook output priority 0;\n${many((at) => (at % 10 === 0 ? `tcp dport ${at % 65_536} drop\n` : ""))}}\n}\n`,
    ],
    ["auditd", `-w /etc${" ".repeat(MANY)}x\n-w /${"/".repeat(MANY)}x\n`],
    ["auditd", `-a always,exit -F arch=b64 -S ${many(() => "execve,")}execve -k x\n`],
    [
      "sysmon",
      `<Sysmon schemaversion="4.90"><EventFiltering><ProcessCreate onmatch="include">${many((at) => `<Image>${at}</Image>`)}</ProcessCreate></EventFiltering></Sysmon>`,
    ],
    ["squid", `acl a dstdomain .a.example\nhttp_access deny${many(() => " a")}\n`],
    [
      "squid",
      `acl x0 dstdomain .a.example\n${Array.from({ length: 60 }, (_, at) => `acl x${at + 1} any-of x${at} x${at}\n`).join("")}http_access deny x60\n`,
    ],
    [
      "sysmon",
      `<Sysmon schemaversion="4.90"><EventFiltering><ProcessCreate onmatch="include">${`<Rule groupRelation="or">${"<Image>a</Image>".repeat(64)}<ParentImage>b</ParentImage></Rule>`.repeat(40)}</ProcessCreate></EventFiltering></Sysmon>`,
    ],
    [
      "fapolicyd",
      `%p=/a${many((at) => `,/${at}`)}\ndeny perm=any all : path=%p dir=%p ftype=%p\nallow perm=any all : all\n`,
    ],
  ])("%s", (target, text) => {
    expect(targetOf(target).read(text, "x").target).toBe(target);
  });

  it("nftables, more rules than are followed, which is said once, and more statements than are read", () => {
    const ruleset = (count: number) =>
      `table inet f {\n chain o {\n  type filter hook output priority 0; policy accept;\n${"drop\n".repeat(count)} }\n}\n`;
    const { unknown } = targetOf("nftables").read(ruleset(100_010), "x.nft");
    expect(unknown).toEqual([{ what: "more rules than can be followed", line: 100_004, on: ["connect"] }]);
    expect(() => targetOf("nftables").read(ruleset(400_000), "x.nft")).toThrow(/more than the 400000 statements/);
  });

  it("nftables, a set of very many addresses over lines with comments", () => {
    const elements = many((at) => `10.${at >> 16}.${(at >> 8) & 255}.${at & 255},${at % 7 === 0 ? " # a } {\n" : " "}`);
    const set = `set bad {\n type ipv4_addr\n elements = { ${elements} 192.0.2.1 }\n}`;
    const chain = "chain out {\n type filter hook output priority 0; policy accept;\n ip daddr @bad drop\n}";
    const { rules, unknown } = targetOf("nftables").read(`table inet f {\n${set}\n${chain}\n}\n`, "x.nft");
    expect(unknown).toEqual([]);
    expect(rules).toHaveLength(1);
    expect(rules[0]!.peer?.addresses).toHaveLength(MANY + 1);
    expect(rules[0]!.peer?.addresses?.at(-1)).toBe("192.0.2.1");
    expect(rules[0]!.id).toBe(`line ${Math.ceil(MANY / 7) + 8}`);
  });

  it.each([
    ["apparmor", "profile x /usr/bin/x {\n", "  /a mr,\n", "x"],
    ["firewall", "New-NetFirewallRule -DisplayName a -Direction Outbound -Action Block\n", "# a\n", "x.ps1"],
  ])("%s, but no longer text than what is made of it fits memory", (target, head, line, name) => {
    const text = head + line.repeat(Math.ceil((16 << 20) / line.length));
    expect(() => readPolicy(text, name)).toThrow(
      `${name} is longer than the 16 MiB that are read of ${targetOf(target).title}`,
    );
  });

  it.each(["asr", "attachments", "browsers"])("%s, none of whose lines is understood", (target) => {
    const text = `Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\X]\r\n${many((at) => `x${at}\r\n`)}`;
    expect(targetOf(target).read(text, "x.reg").unknown.length).toBeGreaterThan(1);
  });
});

it.each([
  [
    "auditd",
    "-a never,exclude -F msgtype=constructor\n-a always,exit -F arch=b64 -S constructor -F path=/opt/x -k a\n-w /opt/x -p x\n",
  ],
  ["fapolicyd", "deny perm=constructor all : all\ndeny perm=any all : dir=constructor\nallow perm=any all : all\n"],
  [
    "nftables",
    "table inet a {\n chain b {\n type filter hook output priority 0; policy accept;\n tcp dport constructor drop\n constructor\n ct state vmap { new : constructor }\n }\n chain c {\n type filter hook constructor priority 0;\n }\n}\n",
  ],
  ["squid", "http_access deny constructor\nhttp_access allow all\n"],
  [
    "asr",
    "Add-MpPreference -AttackSurfaceReductionRules_Ids constructor -AttackSurfaceReductionRules_Actions toString\n",
  ],
])("names that every object has are no words of %s", (target, text) => {
  expect(targetOf(target).read(text, "x").target).toBe(target);
});

it.each([
  ["firewall", "New-NetFirewallRule -Name a -Direction Outbound -Protocol constructor -Action Block\n"],
  [
    "nftables",
    "table inet a {\n chain b {\n type filter hook output priority 0;\n meta l4proto constructor drop\n }\n}\n",
  ],
  ["suricata", 'drop constructor any any -> any any (msg:"a"; http.user_agent; content:"constructor"; sid:1;)\n'],
])("a protocol of that name in %s is spoken by nobody", (target, text) => {
  const { read, semantics } = targetOf(target);
  const peer = { address: "198.51.100.7", port: 443, protocol: "tcp", inbound: false };
  const act: Act = { on: "connect", subject: { path: "/usr/bin/a" }, object: {}, user: "ann", peer };
  expect(decider(read(text, "x"), semantics).decide(act)?.decision ?? "none").not.toBe("block");
});

it("an element of a thousand attributes is refused, with its place", () => {
  const text = `<SiPolicy>\n<FileRules><Deny ${Array.from({ length: 1001 }, (_, at) => `a${at}="x"`).join(" ")} /></FileRules></SiPolicy>`;
  expect(() => targetOf("appcontrol").read(text, "x.xml")).toThrow(/line 2, column \d+: more than 1000 attributes/);
});

it("a link in a folder of policies that leads nowhere is named", () => {
  dir.write("a.rules", "deny perm=execute all : path=/opt/x\n");
  const link = join(dir.path, "gone.xml");
  symlinkSync("nowhere", link);
  expect(() => loadPolicies(dir.path)).toThrow(`${link} cannot be read: ENOENT`);
});

it("a profile lets its program list the root, which two stars do not fit", () => {
  const rule = { id: "x", action: "deny", on: ["execute"], subject: [{ path: "/usr/bin/find" }] } as const;
  const policy = { target: "apparmor", name: "x", mode: "enforce", rules: [rule], unknown: [] } as const;
  const [file] = targetOf("apparmor").write(policy);
  expect(file?.text).toMatch(/^ {2}\/ r,$/m);
});
