import { isIP } from "node:net";
import { PRIVATE } from "../../decide/peer.ts";
import { nftables } from "../../languages/escape.ts";
import type { PeerPattern, Policy, Rule } from "../../model.ts";
import type { PolicyFile } from "../../target.ts";

/** The set of a family's addresses that are no internet; nft writes a single address without its length. */
function privateSet(version: 4 | 6): string {
  const ranges = PRIVATE.filter((range) => isIP(range.split("/", 1)[0] ?? "") === version);
  const written = ranges.map((range) => range.replace(version === 4 ? /\/32$/ : /\/128$/, ""));
  return `{ ${written.sort().join(", ")} }`;
}

const isAddress = (text: string) => {
  const [address = "", prefix, ...rest] = text.split("/");
  const most = isIP(address) === 6 ? 128 : 32;
  return (
    isIP(address) > 0 &&
    rest.length === 0 &&
    (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= most))
  );
};
const isPort = (text: string) => {
  const [low = "", high = low, ...rest] = text.split("-");
  const number = (one: string) => /^\d{1,5}$/.test(one) && Number(one) <= 65_535;
  return rest.length === 0 && number(low) && number(high) && Number(low) <= Number(high);
};

/** Why a rule cannot be written; undefined where it can. */
export function refusesNftables({ action, on, subject, object, exceptions, scope, peer }: Rule): string | undefined {
  if (!on.every((one) => one === "connect")) return "nftables rules on connections only";
  if (action === "audit") return "what is only noted is written by the mode of the policy";
  if (subject || object || exceptions) return "nftables knows no programs and no files";
  if (scope?.some((one) => !/^[ug]id=\d{1,10}$/.test(one))) return "nftables takes users and groups by number";
  if (new Set(scope?.map((one) => one.charAt(0))).size > 1) return "users and groups are rules of their own";
  const { addresses = [], ports = [], protocol } = peer ?? {};
  if (protocol !== undefined && !/^(?:tcp|udp)$/.test(protocol)) return "protocols are tcp or udp here";
  if (ports.length > 0 && protocol === undefined) return "ports belong to a protocol";
  if (addresses.includes("Internet") && addresses.length > 1) return "the internet stands alone, or addresses do";
  const families = new Set(addresses.map((one) => isIP(one.split("/", 1)[0] ?? "")));
  if (!addresses.every((one) => one === "Internet" || isAddress(one)) || families.size > 1)
    return "nftables takes addresses of one family a rule";
  return ports.every(isPort) ? undefined : "a port is a number or a range";
}

const list = (values: readonly string[]) => (values.length === 1 ? values[0] : `{ ${values.join(", ")} }`);

/** Matches on the other end, one a family. */
function endsOf({ addresses = [] }: PeerPattern): readonly string[] {
  const [first] = addresses;
  if (first === undefined) return [""];
  if (first === "Internet") return [`ip daddr != ${privateSet(4)} `, `ip6 daddr != ${privateSet(6)} `];
  return [`${isIP(first.split("/", 1)[0] ?? "") === 6 ? "ip6" : "ip"} daddr ${list(addresses)} `];
}

function linesOf(rule: Rule, isAudit: boolean): readonly string[] {
  const { peer = {}, scope = [], action, description } = rule;
  const whom = (kind: "uid" | "gid") => {
    const ids = scope.flatMap((one) => (one.startsWith(kind) ? [one.slice(4)] : []));
    return ids.length === 0 ? [] : [`meta sk${kind} ${list(ids)} `];
  };
  const whoms = [...whom("uid"), ...whom("gid")];
  const ports = peer.ports?.length ? `${peer.protocol} dport ${list(peer.ports)} ` : "";
  const protocol = peer.protocol !== undefined && ports === "" ? `meta l4proto ${peer.protocol} ` : "";
  const denied = isAudit ? 'log prefix "t1218 " counter' : "counter reject";
  const verdict = action === "deny" ? denied : "counter accept";
  const comment = description === undefined ? "" : ` comment ${nftables(description)}`;
  return (whoms.length > 0 ? whoms : [""]).flatMap((who) =>
    endsOf(peer).map((end) => `\t\t${who}${end}${protocol}${ports}${verdict}${comment}`),
  );
}

const HEAD = "# nft -c -f FILE checks it, nft -f FILE loads it, nft delete table inet t1218 takes it back.\n";

/** A table of its own with one chain at output and, where a rule is for it, one at input; loaded by `nft -f`. */
export function writeNftables(policy: Policy): readonly PolicyFile[] {
  const chain = (name: string, hook: string, isInbound: boolean) => {
    const rules = policy.rules.filter(({ peer }) => (peer?.inbound ?? false) === isInbound);
    if (rules.length === 0) return "";
    const lines = rules.flatMap((rule) => linesOf(rule, policy.mode === "audit"));
    return `\tchain ${name} {\n\t\ttype filter hook ${hook} priority filter; policy accept;\n${lines.join("\n")}\n\t}\n`;
  };
  const body = chain("egress", "output", false) + chain("ingress", "input", true);
  return [{ name: "t1218.nft", text: `${HEAD}table inet t1218 {\n${body}}\n` }];
}
