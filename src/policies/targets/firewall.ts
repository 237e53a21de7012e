import { fetcherOf } from "../behaviours.ts";
import type { Semantics } from "../decide/engine.ts";
import { ENVIRONMENT_VARIABLES } from "../decide/paths.ts";
import { isReg } from "../languages/reg.ts";
import type { Policy } from "../model.ts";
import type { Target } from "../target.ts";
import { isJson, isListing, isTable } from "./firewall/exports.ts";
import { OFF, OUTBOUND_BLOCKED, OUTBOUND_PARTLY, PARTLY_OFF, WHICH_PROFILE } from "./firewall/fields.ts";
import { readFirewall } from "./firewall/read.ts";
import { writeFirewall } from "./firewall/write.ts";

/**
 * A rule that blocks stands above one that allows; what no rule fits passes outbound unless the profile blocks, and inbound is not
 * decided here. What is authenticated may pass a block where a rule says so. Rules name one path: System32 and SysWOW64 are two programs.
 * @see https://learn.microsoft.com/windows/security/operating-system-security/network-security/windows-firewall/rules
 */
const semantics: Semantics = {
  platforms: ["windows"],
  order: "denyFirst",
  variables: ENVIRONMENT_VARIABLES,
  seen: (act) => (act.on === "connect" ? { ...act, subject: fetcherOf(act) } : act),
  reach(policy: Policy, act) {
    if (act.on !== "connect" || policy.options?.includes(OFF)) return undefined;
    const isPartly = policy.options?.includes(OUTBOUND_PARTLY);
    const isBlocked = (isPartly || policy.options?.includes(OUTBOUND_BLOCKED)) && act.peer?.inbound === false;
    return {
      mode: policy.mode,
      otherwise: isBlocked ? "block" : undefined,
      ...(isPartly && { unlisted: WHICH_PROFILE }),
      ...(policy.options?.includes(PARTLY_OFF) && { doubt: WHICH_PROFILE }),
    };
  },
};

export const firewall: Target = {
  id: "firewall",
  title: "Windows Firewall",
  longest: 16 << 20,
  triesNoRule: true,
  actsAtOnce: true,
  cannot: [
    "It names programs by path: a renamed or copied program is another program, and what a program does through a service (BITS, WebClient) is the service's traffic, for which a service needs a rule of its own.",
    "It sees addresses and ports, not URLs: an allowed proxy lets everything through.",
    "It has no audit mode; a rule can be tried out with logging and on a few machines only.",
  ],
  semantics,
  sniff: (head, name) =>
    /\.wfw$/.test(name) ||
    /New-NetFirewallRule|advfirewall|\|Action=(?:Block|Allow)\|/i.test(head) ||
    isListing(head) ||
    isTable(head) ||
    isJson(head) ||
    (isReg(head) && /\\FirewallRules\]/i.test(head))
      ? 1
      : 0,
  read: readFirewall,
  write: writeFirewall,
  refuses(rule) {
    if (!rule.on.every((on) => on === "connect")) return "a firewall rules on connections only";
    if (rule.action === "audit") return "Windows Firewall has no audit mode";
    if (rule.scope ?? rule.exceptions) return "such a rule needs IPsec, or is none of a firewall's";
    if (
      rule.subject?.some(({ service }) => service !== undefined && !/^(?!(?:any|all)$)[\w.$-]{1,256}$/i.test(service))
    )
      return "Windows Firewall names services by their short name";
    if (rule.subject?.some((file) => file.path === undefined || /[*?]|^(?:any|all)?$/i.test(file.path)))
      return "Windows Firewall names programs by their whole path";
    const { protocol = "any", ports = [] } = rule.peer ?? {};
    if (!/^(?:any|tcp|udp|icmpv[46]|\d{1,3})$/i.test(protocol)) return "Windows Firewall knows no such protocol";
    return ports.length > 0 && !/^(?:tcp|udp|6|17)$/i.test(protocol) ? "ports belong to TCP or UDP" : undefined;
  },
};
