import type { Semantics } from "../decide/engine.ts";
import { oneLine } from "../languages/escape.ts";
import type { Policy } from "../model.ts";
import type { PolicyFile, Target } from "../target.ts";
import { readRpz } from "./rpz/read.ts";

/** A host with all below it, that host alone (`=`), or all below it (`=*.`), as decide/peer.ts has them. */
const HOST = /^=?(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.){1,20}[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;
/** The name of a trigger of this zone may have 255 letters with the zone's own. */
const LONGEST = 200;

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
 * Zones are asked in the order in which the resolver's configuration names them, which they do not hold. The resolver answers that a name is not there, or as it says; an exact name stands above a wildcard, which does not hold for the
 * name that it hangs below, nor below another name of the zone.
 * @see https://bind9.readthedocs.io/en/stable/reference.html#response-policy-zone-rpz-rewriting
 */
const semantics: Semantics = {
  platforms: ["windows", "linux", "macos"],
  order: "firstMatch",
  inTurn: true,
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
  read: readRpz,
  write,
  refuses({ action, on, subject, object, exceptions, scope, peer, peers, exceptPeers }) {
    if (!on.every((one) => one === "connect") || subject || object || exceptions || scope)
      return "a resolver knows names, not who asks for what";
    if (action === "audit") return "a zone has no audit mode of its own";
    if (peers || exceptPeers) return "a zone has one name in each of its rules";
    const { addresses = [], inbound, ...rest } = peer ?? {};
    if (addresses.length === 0 || inbound === true || Object.keys(rest).length > 0)
      return "a resolver rules on names of hosts only";
    return addresses.every((host) => HOST.test(host) && host.length <= LONGEST)
      ? undefined
      : "that is no name of a host";
  },
};
