import type { Semantics } from "../decide/engine.ts";
import type { Target } from "../target.ts";
import { readNftables } from "./nftables/read.ts";
import { refusesNftables, writeNftables } from "./nftables/write.ts";

/**
 * The rules of a chain are asked in order; a verdict ends it, and what none fits meets the chain's policy, which is its last rule here.
 * Only chains at hooks that a host's own connections pass are read; what one of them accepts, another may still drop.
 * @see https://wiki.nftables.org/wiki-nftables/index.php/Quick_reference-nftables_in_10_minutes
 */
const semantics: Semantics = {
  platforms: ["linux"],
  order: "firstMatch",
  variables: {},
  reach: (policy, { on }) => (on === "connect" ? { mode: policy.mode, otherwise: undefined } : undefined),
};

export const nftables: Target = {
  id: "nftables",
  title: "nftables (egress per user)",
  cannot: [
    "nftables knows users, addresses and ports, not programs: all that a user runs is ruled on alike.",
    "What a user has another do for it (a proxy, a resolver, sudo) is the other's traffic.",
    "Users are numbers there; a number that another host gives to somebody else rules on somebody else.",
  ],
  semantics,
  sniff: (head, name) =>
    /^[ \t]*(?:add\s+)?(?:table|chain)\s+(?:inet|ip6?|arp|bridge|netdev)\s+[\w-]+/m.test(head)
      ? /\.nft$|nftables/.test(name)
        ? 1
        : 0.9
      : 0,
  read: readNftables,
  write: writeNftables,
  refuses: refusesNftables,
};
