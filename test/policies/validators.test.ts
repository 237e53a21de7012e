import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Policy, Rule } from "../../src/policies/model.ts";
import { readPolicy, targetOf } from "../../src/policies/registry.ts";
import { leftToRoot, REMOVES } from "../../src/policies/targets/packages/write.ts";
import { AGENTS } from "../../src/policies/targets/suricata/agents.ts";
import { hostile, policyOf, writable } from "./hostile.ts";
import { parseSuricata } from "./suricata-grammar.ts";
import { apparmor } from "./tables/apparmor.ts";
import { apparmorDrawn } from "./tables/apparmor-drawn.ts";
import { auditd } from "./tables/auditd.ts";
import { auditdDrawn } from "./tables/auditd-drawn.ts";
import { nftables } from "./tables/nftables.ts";
import { nftablesDrawn } from "./tables/nftables-drawn.ts";
import { rpzDrawn } from "./tables/rpz-drawn.ts";
import { squidDrawn } from "./tables/squid-drawn.ts";
import { sudoers } from "./tables/sudoers.ts";
import { sudoersDrawn } from "./tables/sudoers-drawn.ts";
import { withMore } from "./tables/table.ts";
import { COMPILER, complaint, isThere, suricataComplaint, VALIDATORS } from "./validators.ts";

/** Enough names that every piece is in several; the seed is fixed so that a failure can be looked at. */
const names = fc.sample(hostile, { numRuns: 400, seed: 1218 });
const paths = ["/usr/bin/split", "/opt/a b/tool", ...names.map((name) => `/opt/${name}`), ...names];
const deny = (on: Rule["on"][number], rest: Partial<Rule>, at: number): Rule => ({
  id: `rule ${at}`,
  action: "deny",
  on: [on],
  description: names[at % names.length] ?? "",
  ...rest,
});

const RULES: Readonly<Record<string, readonly Rule[]>> = {
  sudoers: paths.map((path, at) => deny("execute", { subject: [{ path, startedBy: "*/sudo" }] }, at)),
  apparmor: paths.flatMap((path, at) => [
    deny("execute", { subject: [{ path }], exceptions: [{ path: "/usr/bin/gzip" }] }, at),
    deny("connect", { subject: [{ path }] }, at),
    deny("load", { subject: [{ path }], object: [{ path: "/tmp/*" }] }, at),
  ]),
  nftables: [...paths.keys()].flatMap((at) => [
    deny("connect", { scope: [`uid=${at}`], peer: { inbound: false, addresses: ["Internet"] } }, at),
    deny("connect", { scope: [`uid=${at}`], peer: { inbound: false, protocol: "tcp", ports: ["139", "445"] } }, at),
    deny("connect", { peer: { inbound: true, addresses: ["2001:db8::/32"] } }, at),
  ]),
  packages: paths.flatMap((path, at) => [
    ...leftToRoot(path, names[at] ?? ""),
    deny("execute", { id: `${REMOVES}socat`, object: [{ path }] }, at),
  ]),
  auditd: paths.map((path, at) => ({ ...deny("execute", { object: [{ path }] }, at), action: "audit" })),
  suricata: [
    ...Object.values(AGENTS)
      .flat()
      .map((path, at) =>
        deny("connect", { subject: [{ path }], peer: { protocol: "http", addresses: ["Internet"] } }, at),
      ),
    ...[".hta", ".sct", ".dll"].map((extension, at) =>
      deny("connect", { object: [{ extension }], peer: { protocol: "http" } }, at),
    ),
    ...["smb", "webdav", "tcp"].map((protocol, at) =>
      deny("connect", { peer: { protocol, addresses: ["Internet"], ports: ["445", "6000-6999"] } }, at),
    ),
    ...["a.example", "=b.example", "=*.c.example", ...names].map((host, at) =>
      deny("connect", { peer: { protocol: "tls", addresses: [host] } }, at),
    ),
  ],
  squid: [
    ...Object.values(AGENTS)
      .flat()
      .map((path, at) => deny("connect", { subject: [{ path }], peer: { protocol: "http" } }, at)),
    ...["a.example", "=b.example", ...names].map((host, at) => deny("connect", { peer: { addresses: [host] } }, at)),
    deny("connect", { object: [{ extension: ".hta" }], peer: { protocol: "http" } }, 0),
    deny("connect", { peer: { protocol: "webdav" } }, 1),
  ],
  rpz: ["a.example", "=b.example", "=*.c.example", ...names].map((host, at) =>
    deny("connect", { peer: { addresses: [host] } }, at),
  ),
};

const textOf = (target: string, mode: Policy["mode"], file = 0): string => {
  const kept = writable(target, RULES[target] ?? []);
  expect(kept.length).toBeGreaterThan(2);
  return targetOf(target).write(policyOf(target, kept, { mode }))[file]?.text ?? "";
};

/** Target, validator, file of the target. */
const CHECKS = [
  ["sudoers", "visudo", 0],
  ["nftables", "nft", 0],
  ["apparmor", "apparmor", 0],
  ["auditd", "auditctl", 0],
  ["packages", "dash", 0],
  ["packages", "dash", 1],
  ["packages", "bash", 0],
  ["packages", "bash", 1],
  ["rpz", "zone", 0],
  ["squid", "squid", 0],
  ["suricata", "suricata", 0],
] as const;

describe.each(CHECKS)("%s is taken by %s (file %i)", (target, name, file) => {
  const validator = VALIDATORS[name]!;
  const needed = name === "squid" ? "squid" : validator.command;
  const isHere = isThere(needed) && (name !== "auditctl" || isThere(COMPILER));

  it.skipIf(!isHere).each(["enforce", "audit"] as const)(`in mode %s (or skipped: no ${needed} here)`, (mode) => {
    expect(complaint(validator, textOf(target, mode, file))).toBe("");
  });

  it.skipIf(!isHere)(`and what is wrong is not (or skipped: no ${needed} here)`, () => {
    expect(complaint(validator, `${textOf(target, "enforce", file)}\n}} this is ( no policy "\n`)).not.toBe("");
  });
});

/** Policies of the tables that the product itself does not take, with the reason. */
const NOT_TAKEN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  visudo: { "drawn hash": "the file that it includes is not here", "drawn relative": "a command without a path" },
  nft: {
    named: "no such set",
    unknown: "no such control group",
    "drawn cgroup": "no such control group",
    "drawn cgroupRest": "no such control group",
    jump: "no such chain",
  },
  auditctl: {
    unknown: "no such option",
    "drawn trailing": "a comment behind a rule",
    "drawn stops": "a relative path",
    "drawn goesOn": "a relative path, which is told at the end",
    "drawn entry": "a list of old versions",
  },
  apparmor: {
    variable: "a variable that an installation may define",
    included: "a file whose variables are not given",
    all: "a rule of later versions",
    unknown: "no such rule",
    "drawn priority": "a qualifier of later versions",
    "drawn priorityDenied": "a qualifier of later versions",
  },
  squid: { types: "a list of two types", everyone: "a warning that “all” takes nothing more" },
};

describe.each([
  ["visudo", withMore(sudoers, sudoersDrawn)],
  ["nft", withMore(nftables, nftablesDrawn)],
  ["auditctl", withMore(auditd, auditdDrawn)],
  ["apparmor", withMore(apparmor, apparmorDrawn)],
  ["squid", squidDrawn],
  ["zone", rpzDrawn],
] as const)("what the tables ask of is taken by %s", (name, { policies }) => {
  const validator = VALIDATORS[name]!;
  const isHere = isThere(name === "squid" ? "squid" : validator.command) && (name !== "auditctl" || isThere(COMPILER));

  it.skipIf(!isHere).each(Object.entries(policies))("%s", (policy, { text }) => {
    const isTaken = complaint(validator, text) === "";
    expect(isTaken, complaint(validator, text)).toBe(NOT_TAKEN[name]?.[policy] === undefined);
  });
});

describe("the documentation’s grammar of Suricata", () => {
  it.each(["enforce", "audit"] as const)("takes what is written in mode %s", (mode) => {
    expect(suricataComplaint(textOf("suricata", mode))).toBe("");
  });

  it("takes the documentation’s own kind of rule", () => {
    expect(
      parseSuricata(
        'alert http $HOME_NET any -> $EXTERNAL_NET any (msg:"A request with a word in it"; flow:established,to_server; http.method; content:"GET"; http.uri; content:"word"; sid:123; rev:1;)\n',
      ),
    ).toBe(1);
  });

  const good = 'drop http $HOME_NET any -> any any (msg:"a"; http.uri; content:".hta"; endswith; sid:1; rev:1;)';
  it.each([
    ["no action", good.replace("drop ", "")],
    ["another action", good.replace("drop", "block")],
    ["another protocol", good.replace("http ", "gopher ")],
    ["no direction", good.replace("->", "-")],
    ["an address that is none", good.replace("-> any", "-> 300.1.1.1")],
    ["a prefix that is none", good.replace("-> any", "-> 10.0.0.0/33")],
    ["a variable that is none", good.replace("$HOME_NET", "$NOWHERE")],
    ["a port that is none", good.replace("any (", "70000 (")],
    ["a range the wrong way", good.replace("any (", "90:80 (")],
    ["no message", good.replace('msg:"a"; ', "")],
    ["two messages", good.replace('msg:"a"; ', 'msg:"a"; msg:"b"; ')],
    ["a message without quotes", good.replace('msg:"a"', "msg:a")],
    ["a message with a semicolon", good.replace('msg:"a"', 'msg:"a;b"')],
    ["a message with a quote", good.replace('msg:"a"', 'msg:"a"b"')],
    ["no number", good.replace("sid:1; ", "")],
    ["a number that is none", good.replace("sid:1", "sid:x")],
    ["a number twice", `${good}\n${good}`],
    ["no revision", good.replace(" rev:1;", "")],
    ["a content without a buffer", good.replace("http.uri; ", "")],
    ["a buffer without a content", good.replace('content:".hta"; endswith; ', "")],
    ["a buffer of another protocol", good.replace("http.uri", "tls.sni")],
    ["an empty content", good.replace('".hta"', '""')],
    ["bars that do not pair", good.replace('".hta"', '"|2e hta"')],
    ["bytes that are none", good.replace('".hta"', '"|2g|hta"')],
    ["a keyword that is none", good.replace("endswith", "endwith")],
    ["a modifier without a content", good.replace('content:".hta"; ', "")],
    ["an option without its end", good.replace("rev:1;)", "rev:1)")],
    ["a bracket that is missing", good.replace(/\)$/, "")],
    ["nothing", "# nothing"],
  ])("refuses %s", (_, text) => {
    expect(suricataComplaint(text)).not.toBe("");
  });
});

/** Texts that no product would take: refused with their place, or read with that part open. */
const BAD: readonly (readonly [string, string, string])[] = [
  ["sudoers", "nothing", "# only a comment\n"],
  ["sudoers", "a line that is none", "Defaults!/usr/bin/vim noexec\n(((\n"],
  ["sudoers", "an entry without hosts", "Defaults!/usr/bin/vim noexec\nann /usr/bin/vim\n"],
  ["sudoers", "a command without a path", "Cmnd_Alias A = vim\nDefaults!A noexec\n"],
  ["apparmor", "a profile that is not closed", "profile a /usr/bin/a {\n  file,\n"],
  ["apparmor", "a brace too many", "profile a /usr/bin/a {\n  file,\n}\n}\n"],
  ["apparmor", "a string that is not closed", 'profile a "/usr/bin/a {\n}\n'],
  ["apparmor", "no profile", "abi <abi/3.0>,\ninclude <tunables/global>\n"],
  ["apparmor", "a rule that is none", "profile a /usr/bin/a {\n  file file file,\n}\n"],
  ["nftables", "a table that is not closed", "table inet a {\n"],
  ["nftables", "a brace too many", "table inet a {\n}\n}\n"],
  ["nftables", "a string that is not closed", 'table inet a {\n  comment "x\n}\n'],
  ["nftables", "no chain with a hook", "table inet a {\n  chain b {\n    drop\n  }\n}\n"],
  ["nftables", "a command that is none", "table inet a {\n}\nfrobnicate\n"],
  ["packages", "nothing to do", "# t1218 packages 1\nset -eu\n"],
  ["packages", "a pipe", "apt-get remove gdb\ncurl x | sh\n"],
  ["auditd", "a rule that is none", "-a always,exit -S\n-a sometimes,exit -S execve\n"],
  ["auditd", "a watch that is none", "-w relative/path -p x\n"],
  ["suricata", "a rule without a number", 'drop smb any any -> any any (msg:"a";)\ndrop sid:1\n'],
  ["suricata", "an option that does not end", 'drop smb any any -> any any (msg:"a"; sid:1)\n'],
  ["squid", "no list", "http_port 3128\n"],
  ["squid", "a setting that is none", "acl a dstdomain .b.example\n{{{\n"],
  ["squid", "an access that is none", "acl a dstdomain .b.example\nhttp_access maybe a\nhttp_access deny a\n"],
  ["rpz", "no zone", "hello\n"],
  ["rpz", "a record that is none", "@ SOA a. b. (1 1 1 1 1)\nbad.example FROB x\n"],
];

describe("texts that no product would take", () => {
  it.each(BAD)("%s: %s", (target, _, text) => {
    let parts: unknown;
    try {
      parts = targetOf(target)
        .read(text, "x")
        .unknown.map(({ line }) => line);
    } catch (error) {
      expect((error as { code?: string }).code).toBe("policy/damaged");
      expect((error as Error).message).toMatch(/^line \d+/);
      return;
    }
    expect(parts).toContainEqual(expect.any(Number));
  });

  it("are told by their content, and not taken for another product’s", () => {
    for (const target of Object.keys(RULES)) {
      const [file] = targetOf(target).write(policyOf(target, writable(target, RULES[target] ?? [])));
      expect(readPolicy(file?.text ?? "", file?.name ?? "").target).toBe(target);
      expect(readPolicy(file?.text ?? "", "renamed.txt").target).toBe(target);
    }
  });
});
