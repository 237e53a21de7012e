import type { Semantics } from "../decide/engine.ts";
import { oneLine } from "../languages/escape.ts";
import { described, logicalLines } from "../languages/lines.ts";
import type { Policy, Rule, UnknownPart } from "../model.ts";
import { damaged } from "../read.ts";
import type { PolicyFile, Target } from "../target.ts";

/** A host with all below it, that host alone (`=`), or all below it (`=*.`), as decide/peer.ts has them. */
const HOST = /^=?(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.){1,20}[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;
/** The name of a trigger of this zone may have 255 letters with the zone's own. */
const LONGEST = 200;

const RECORD = /^(\S+)\s+(?:(?:\d+[smhdw]?|in)\s+)*(cname|a|aaaa|txt|soa|ns|mx|srv)\s+(.+)$/i;
/** Triggers other than the name that is asked for. */
const OTHER = /\.rpz-(?:ip|client-ip|nsdname|nsip)$/i;

/**
 * A record within parentheses goes over lines: they become one. A record without a name, such as the one of the name server, belongs to
 * the zone and is no trigger. Behind the last closing one nothing is looked for, so that each line is looked at once.
 */
function joinedIn(text: string): string {
  const end = text.lastIndexOf(")") + 1;
  const joined = text.slice(0, end).replace(/(?<![^\n])([^;\n(]*)(\([^)]*\))/g, (_, before: string, body: string) => {
    return before + body.replace(/;.*$/gm, "").replace(/\s+/g, " ");
  });
  return joined + text.slice(end);
}

function read(text: string, name: string): Policy {
  const found = new Map<string, Rule>();
  const unknown: UnknownPart[] = [];
  let origin = "";
  let isZone = false;
  for (const { text: entry, line, comment } of logicalLines(joinedIn(text), ";")) {
    const plain = entry.replace(/\s;.*$/s, "");
    const directive = /^\$(TTL|ORIGIN|INCLUDE|GENERATE)\b\s*(.*)$/i.exec(plain);
    if (directive) {
      if (/^origin$/i.test(directive[1] ?? "")) origin = (directive[2] ?? "").replace(/\.$/, "").toLowerCase();
      else if (!/^ttl$/i.test(directive[1] ?? "")) unknown.push({ what: `$${directive[1]}`, line, on: ["connect"] });
      continue;
    }
    const record = RECORD.exec(plain);
    if (!record) {
      if (/^(?:in\s+)?ns\s/i.test(plain)) continue;
      unknown.push({ what: "a line", line, on: ["connect"] });
      continue;
    }
    const [, owner = "", type = "", data = ""] = record;
    if (/^(?:soa|ns)$/i.test(type)) {
      isZone ||= /^soa$/i.test(type);
      continue;
    }
    const trigger = triggerOf(owner, origin);
    if (trigger === undefined) unknown.push({ what: "a name outside the zone", line, on: ["connect"] });
    else if (OTHER.test(trigger)) unknown.push({ what: `the trigger ${trigger.slice(0, 60)}`, line, on: ["connect"] });
    else {
      const isPassed = /^cname$/i.test(type) && /^(?:rpz-passthru|rpz-tcp-only)\.$|^$/i.test(data.trim());
      const rule: Rule = {
        id: trigger,
        action: isPassed ? "allow" : "deny",
        on: ["connect"],
        peer: { addresses: [`=${trigger}`] },
        ...described(comment),
      };
      if (!found.has(trigger)) found.set(trigger, rule);
    }
  }
  if (!isZone && found.size === 0) damaged({ line: unknown[0]?.line ?? 1 }, "there is no zone");
  return { target: "rpz", name, mode: "enforce", rules: merged([...found.values()]), unknown };
}

/** The name that a record is about; undefined for one outside the zone. */
function triggerOf(owner: string, origin: string): string | undefined {
  const name = owner.toLowerCase();
  if (!name.endsWith(".")) return name;
  const whole = name.slice(0, -1);
  return origin !== "" && whole.endsWith(`.${origin}`) ? whole.slice(0, -origin.length - 1) : undefined;
}

/** A name and all below it, treated alike, are one rule. The most specific name decides: longer ones stand in front. */
function merged(rules: readonly Rule[]): readonly Rule[] {
  const by = new Map(rules.map((rule) => [rule.id, rule]));
  const whole = rules.flatMap((rule): readonly Rule[] => {
    if (rule.id.startsWith("*.")) return by.get(rule.id.slice(2))?.action === rule.action ? [] : [rule];
    const below = by.get(`*.${rule.id}`);
    return [below?.action === rule.action ? { ...rule, peer: { addresses: [rule.id] } } : rule];
  });
  const labels = ({ id }: Rule) => id.split(".").length - (id.startsWith("*.") ? 0.5 : 0);
  return whole.toSorted((a, b) => labels(b) - labels(a));
}

function write(policy: Policy): readonly PolicyFile[] {
  const lines = policy.rules.flatMap(({ action, peer, description }) => {
    const data = action === "deny" ? "." : "rpz-passthru.";
    const comment = description === undefined ? [] : [`; ${oneLine(description)}`];
    return (peer?.addresses ?? []).flatMap((host) => {
      const name = host.replace(/^=/, "").toLowerCase();
      const names = host.startsWith("=") ? [name] : [name, `*.${name}`];
      return [...comment, ...names.map((one) => `${one}\tCNAME\t${data}`)];
    });
  });
  const head = ["$TTL 1h", "@\tSOA\tlocalhost. hostmaster.localhost. (1 1h 15m 30d 1h)", "@\tNS\tlocalhost."];
  return [{ name: "t1218.rpz", text: `${[...head, ...lines].join("\n")}\n` }];
}

/**
 * The resolver answers that a name is not there, or as it says; an exact name stands above a wildcard, which does not hold for the
 * name that it hangs below.
 * @see https://bind9.readthedocs.io/en/stable/reference.html#response-policy-zone-rpz-rewriting
 */
const semantics: Semantics = {
  platforms: ["windows", "linux", "macos"],
  order: "firstMatch",
  variables: {},
  reach(policy, { on, peer }) {
    const isNamed = peer?.host === undefined ? peer?.address === undefined : peer.host !== peer.address;
    return on === "connect" && peer?.inbound !== true && isNamed
      ? { mode: policy.mode, otherwise: undefined }
      : undefined;
  },
};

export const rpz: Target = {
  id: "rpz",
  title: "DNS response policy zone",
  actsAtOnce: true,
  cannot: [
    "It rules on names that are asked of this resolver: an address, a file of hosts, or DNS over HTTPS to another resolver pass it by.",
    "It knows no programs and no paths: a name is there for everybody or for nobody.",
    "Audit is said where the zone is used (response-policy { zone … policy disabled; log yes; }), not in the zone.",
  ],
  semantics,
  sniff: (head, name) => {
    if (!/\bSOA\b/i.test(head)) return 0;
    return /\bCNAME\s+(?:\.|\*\.|rpz-\w)/i.test(head) || /rpz/.test(name) ? 0.95 : 0;
  },
  read,
  write,
  refuses({ action, on, subject, object, exceptions, scope, peer }) {
    if (!on.every((one) => one === "connect") || subject || object || exceptions || scope)
      return "a resolver knows names, not who asks for what";
    if (action === "audit") return "a zone has no audit mode of its own";
    const { addresses = [], inbound, ...rest } = peer ?? {};
    if (addresses.length === 0 || inbound === true || Object.keys(rest).length > 0)
      return "a resolver rules on names of hosts only";
    return addresses.every((host) => HOST.test(host) && host.length <= LONGEST)
      ? undefined
      : "that is no name of a host";
  },
};
