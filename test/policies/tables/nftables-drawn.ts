import { reach } from "./linux.ts";
import type { More } from "./table.ts";

const text = (content: string) => ({ file: "a.nft", text: content });
const table = (head: string, ...chains: readonly string[]) => text(`table ${head} {\n${chains.join("\n")}\n}\n`);
const chain = (name: string, base: string, ...rules: readonly string[]) =>
  `chain ${name} {\n${base === "" ? "" : `type filter hook ${base}\n`}${rules.map((rule) => `${rule}\n`).join("")}}`;
const OUT = "output priority 0; policy accept;";
const SHUT = "output priority 0; policy drop;";
const out = (...rules: readonly string[]) => table("inet t", chain("c", OUT, ...rules));
const shut = (...rules: readonly string[]) => table("inet t", chain("c", SHUT, ...rules));
const WEB = "198.51.100.7";
const SIX = "2001:db8::1";
const CURL = "/usr/bin/curl";
const web = (port = 443, address = WEB) => reach(CURL, address, { port }, "33");

/** Drawn from the manual's statements after the other cases, when the reader was held against it again. */
export const nftablesDrawn: More = {
  policies: {
    four: table("ip t", chain("c", SHUT)),
    six: table("ip6 t", chain("c", OUT, "meta skuid 33 drop")),
    plainTable: table("t", chain("c", OUT, "drop")),
    twoChains: table("inet t", chain("a", OUT, "meta skuid 33 accept"), chain("b", OUT, "tcp dport 443 drop")),
    twoTables: text(
      `table inet a { chain c { type filter hook output priority 10; policy accept; meta skuid 33 drop; }; }\ntable inet b { chain c { type filter hook output priority 0; policy accept; accept; }; }\n`,
    ),
    policyOfOther: table("inet t", chain("a", SHUT, "tcp dport 443 accept"), chain("b", OUT)),
    dormant: table("inet t", "flags dormant;", chain("c", SHUT)),
    jump: table("inet t", chain("c", OUT, "jump more"), chain("more", "", "tcp dport 443 drop")),
    jumpReturn: table(
      "inet t",
      chain("c", SHUT, "jump more", "tcp dport 443 accept"),
      chain("more", "", "return", "drop"),
    ),
    leaves: table(
      "inet t",
      chain("c", OUT, "jump more"),
      chain("more", "", "ip daddr 10.0.0.0/8 return", "tcp dport { 22, 80 } return", "drop"),
    ),
    leavesToRules: table(
      "inet t",
      chain("c", OUT, "jump more", "tcp dport 443 drop"),
      chain("more", "", "ip daddr 10.0.0.0/8 return", "accept"),
    ),
    leavesWithin: table(
      "inet t",
      chain("c", OUT, "jump more"),
      chain("more", "", "ip daddr 10.0.0.0/8 return", "jump most"),
      chain("most", "", "drop"),
    ),
    leavesAsUser: table("inet t", chain("c", OUT, "jump more"), chain("more", "", "meta skuid 33 return", "drop")),
    jumpEmpty: table("inet t", chain("c", SHUT, "jump more", "tcp dport 443 accept"), chain("more", "")),
    goto: table("inet t", chain("c", OUT, "goto more", "drop"), chain("more", "", "tcp dport 443 accept")),
    set: table(
      "inet t",
      `set bad { type ipv4_addr; flags interval; elements = { 198.51.100.0/24, 203.0.113.9 } }`,
      chain("c", OUT, "ip daddr @bad drop"),
    ),
    grows: table("inet t", `set bad { type ipv4_addr; flags dynamic,timeout; }`, chain("c", OUT, "ip daddr @bad drop")),
    protocols: out("meta l4proto { tcp, udp } drop"),
    notTcp: out("ip protocol != tcp drop"),
    icmp: shut(
      "icmp type echo-request accept",
      "icmpv6 type { nd-neighbor-solicit, nd-router-advert } accept",
      "tcp dport 443 accept",
    ),
    ping: shut("ip protocol icmp accept", "meta l4proto ipv6-icmp accept"),
    both: out("meta skuid 33 meta skgid 34 drop"),
    notPort: out("tcp dport != 443 drop"),
    service: out("tcp dport https drop"),
    services: out("tcp dport { ssh, https } drop"),
    limit: out("limit rate over 10/second burst 5 packets drop"),
    limited: shut("tcp dport 443 limit rate 10/second accept"),
    vmap: shut("ct state vmap { established : accept, related : accept, invalid : drop }", "tcp dport 443 accept"),
    vmapNew: out("ct state vmap { established : accept, new : drop }"),
    spaced: shut("ct state established, related accept", "tcp dport 443 accept"),
    notNew: out("ct state != new drop"),
    cgroup: out('socket cgroupv2 level 2 "system.slice/a.service" drop'),
    cgroupRest: out('socket cgroupv2 level 2 "system.slice/a.service" accept', "meta skuid 1000 drop"),
    family: out("meta nfproto ipv6 drop"),
    post: table("inet t", chain("c", "postrouting priority 0; policy accept;", "meta skuid 33 drop")),
    forward: table("inet t", chain("c", "forward priority 0; policy drop;"), chain("o", OUT)),
    script: text(
      "add table inet t\nadd chain inet t c { type filter hook output priority 0 ; policy accept ; }\nadd rule inet t c meta skuid 33 drop\n",
    ),
    inserted: text(
      "add table inet t\nadd chain inet t c { type filter hook output priority 0 ; policy accept ; }\nadd rule inet t c accept\ninsert rule inet t c meta skuid 33 drop\n",
    ),
    again: text(
      "flush ruleset\ntable inet t { chain c { type filter hook output priority 0; policy accept; tcp dport 443 accept; }; }\ntable inet t { chain c { drop; }; }\n",
    ),
    range: out("ip daddr 198.51.100.0-198.51.100.9 drop"),
    reset: out("tcp dport 443 reject with tcp reset"),
    logDrop: out('tcp dport 443 log prefix "x " level info drop'),
    handles: out("meta skuid 33 counter packets 3 bytes 180 drop # handle 4"),
    loop: shut('oif "lo" accept', "ip daddr 10.0.0.0/8 accept"),
    mark: out("meta mark 7 accept", "drop"),
    defined: text(
      "define BAD = { 198.51.100.0/24 }\ntable inet t { chain c { type filter hook output priority 0; policy accept; ip daddr $BAD drop; }; }\n",
    ),
    nat: table(
      "inet t",
      "chain n {\ntype nat hook output priority -100; policy accept;\ntcp dport 443 redirect to :8080\n}",
      chain("c", OUT),
    ),
  },
  cases: [
    ["a table of IPv4 sees no IPv6", "manual", "four", web(443, SIX), "none"],
    ["and drops IPv4", "manual", "four", web(), "block"],
    ["a table of IPv6 sees no IPv4", "manual", "six", web(), "none"],
    ["and drops IPv6", "manual", "six", web(443, SIX), "block"],
    ["without a family a table is of IPv4", "manual", "plainTable", web(443, SIX), "none"],
    ["accepted in one chain, dropped in the next", "verdicts", "twoChains", web(), "block"],
    ["in another table, too", "verdicts", "twoTables", web(), "block"],
    ["a chain's policy holds whatever others say", "verdicts", "policyOfOther", web(80), "block"],
    ["and what it accepts passes the other", "verdicts", "policyOfOther", web(), "allow"],
    ["a dormant table is not asked", "manual", "dormant", web(), "none"],
    ["a jump to a chain that drops", "manual", "jump", web(), "block"],
    ["and comes back from it", "manual", "jump", web(80), "none"],
    ["a return under a condition: what it is about goes on", "manual", "leaves", web(443, "10.1.1.1"), "none"],
    ["by a port", "manual", "leaves", web(80), "none"],
    ["and the rest is dropped", "manual", "leaves", web(), "block"],
    ["what goes back meets the rules there", "manual", "leavesToRules", web(443, "10.1.1.1"), "block"],
    ["what does not has its verdict", "manual", "leavesToRules", web(), "allow"],
    ["a chain below it is left as well", "manual", "leavesWithin", web(443, "10.1.1.1"), "none"],
    ["and reached by others", "manual", "leavesWithin", web(), "block"],
    ["a return for users is not followed", "manual", "leavesAsUser", web(), "undecided"],
    ["return ends the chain that was jumped to", "manual", "jumpReturn", web(), "allow"],
    ["a jump to an empty chain changes nothing", "manual", "jumpEmpty", web(80), "block"],
    ["goto does not come back", "manual", "goto", web(80), "allow"],
    ["a named set with its elements", "manual", "set", web(), "block"],
    ["and what is not in it", "manual", "set", web(443, "192.0.2.1"), "none"],
    ["a set that grows by itself", "manual", "grows", web(), "undecided"],
    ["two protocols", "manual", "protocols", web(), "block"],
    ["any protocol but one", "manual", "notTcp", web(), "none"],
    ["messages of ICMP are no connections", "manual", "icmp", web(80), "block"],
    ["… and pass by the rest", "manual", "icmp", web(), "allow"],
    ["ICMP by its protocol", "manual", "ping", web(), "block"],
    ["a user and a group at once", "manual", "both", web(), "undecided"],
    ["any port but one: another", "manual", "notPort", web(80), "block"],
    ["any port but one: the one", "manual", "notPort", web(), "none"],
    ["a port by name", "manual", "service", web(), "block"],
    ["several by name", "manual", "services", web(22), "block"],
    ["a limit cannot be asked of a log", "manual", "limit", web(), "undecided"],
    ["nor when it accepts", "manual", "limited", web(), "undecided"],
    ["a map of states says nothing of what is new", "manual", "vmap", web(), "allow"],
    ["unless it names it", "manual", "vmapNew", web(), "block"],
    ["states with a blank between", "manual", "spaced", web(), "allow"],
    ["all but new ones", "manual", "notNew", web(), "none"],
    ["a control group is not logged", "manual", "cgroup", web(), "undecided"],
    ["and leaves other rules as they are", "manual", "cgroupRest", reach(CURL, WEB, {}, "33"), "none"],
    ["a family inside a table of both", "manual", "family", web(), "none"],
    ["what leaves passes postrouting", "manual", "post", web(), "block"],
    ["what is forwarded is others'", "manual", "forward", web(), "none"],
    ["commands of a script", "manual", "script", web(), "block"],
    ["insert puts a rule in front", "manual", "inserted", web(), "block"],
    ["a chain that is named twice goes on", "manual", "again", web(80), "block"],
    ["a range of addresses", "manual", "range", web(), "block"],
    ["reject with a reset", "manual", "reset", web(), "block"],
    ["log and drop", "manual", "logDrop", web(), "block"],
    ["counts and handles as nft lists them", "manual", "handles", web(), "block"],
    ["the loopback interface by number", "manual", "loop", web(443, "127.0.0.1"), "allow"],
    ["a mark is not logged", "manual", "mark", web(), "undecided"],
    ["a variable", "manual", "defined", web(), "block"],
    ["a chain of NAT drops nothing", "manual", "nat", web(), "none"],
  ],
};
