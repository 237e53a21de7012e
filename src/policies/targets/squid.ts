import type { Act } from "../decide/act.ts";
import type { Semantics } from "../decide/engine.ts";
import { portOf } from "../decide/peer.ts";
import type { Target } from "../target.ts";
import { DENIED, readSquid } from "./squid/read.ts";
import { refusesSquid, writeSquid } from "./squid/write.ts";

/** A URL says its port where the log does not. */
function seen(act: Act): Act {
  const { object, peer } = act;
  const [, scheme = "", said] = /^([a-z]+):\/\/[^/:]*(?::(\d{1,5}))?/i.exec(object.path ?? "") ?? [];
  const port = portOf(scheme, said);
  return peer?.port === undefined && port !== undefined ? { ...act, peer: { ...peer, port } } : act;
}

/**
 * The first `http_access` line of which all lists fit decides; where none fits, the opposite of the last line. The proxy is asked
 * only about what goes through it.
 * @see https://www.squid-cache.org/Doc/config/http_access/
 */
const semantics: Semantics = {
  seen,
  platforms: ["windows", "linux", "macos"],
  order: "firstMatch",
  variables: {},
  reach(policy, { on, peer, object }) {
    const isShare = object.path?.startsWith("\\\\") === true && peer?.port === 445;
    if (on !== "connect" || peer?.inbound === true || isShare) return undefined;
    const isProxied = peer?.port === undefined || [80, 443, 8080, 8443, 21].includes(peer.port);
    return isProxied
      ? { mode: policy.mode, otherwise: policy.options?.includes(DENIED) ? "block" : undefined }
      : undefined;
  },
};

export const squid: Target = {
  id: "squid",
  title: "Squid (proxy lists)",
  actsAtOnce: true,
  cannot: [
    "The proxy sees only what is sent to it: what goes out beside it must be closed at the firewall.",
    "Of TLS it sees the name of the host and no more, unless it breaks TLS open: user agents, types and methods hold in plain HTTP.",
    "It has no audit mode: read access.log for what the lists would have met before they deny.",
  ],
  semantics,
  sniff: (head, name) =>
    /^[ \t]*(?:http_access\s+(?:allow|deny)\s|acl\s+[\w-]+\s+(?:src|dst|dstdomain|browser|method|port|urlpath_regex|url_regex)\s)/m.test(
      head,
    )
      ? /squid|\.conf$/.test(name)
        ? 1
        : 0.9
      : 0,
  read: readSquid,
  write: writeSquid,
  refuses: refusesSquid,
};
