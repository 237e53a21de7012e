import type { CatalogEntry } from "../../catalog/types.ts";
import { type Payload, resolvedOf } from "../../model/payload.ts";
import { fetcherOf } from "../behaviours.ts";
import { agentOf } from "../targets/suricata/agents.ts";
import { type CureSubject, type Form, placeOf, rule } from "./forms.ts";

/** Scheme and host of an address that is fetched over the network. */
export const URL = /^(https?|ftp):\/\/([^/:?#@\s]{1,255})/i;

/** The address that is fetched or run over the network, the first of several. */
export function addressOf({ runs, fetches }: Pick<CureSubject, "runs" | "fetches">): string | undefined {
  const isAddress = (payload: Payload) => payload.where === "web" && URL.test(resolvedOf(payload));
  const found = runs.find(isAddress) ?? fetches.find(isAddress);
  return found && resolvedOf(found);
}

/** What the firewall of the host and appliances at the edge have against what is fetched. */
export function* networkForms(subject: CureSubject, entry: CatalogEntry): Generator<Form> {
  const url = addressOf(subject);
  if (url === undefined) return;
  const [, scheme = "", host = ""] = URL.exec(url) ?? [];
  const isAddress = /^\d+(?:\.\d+){3}$/.test(host);
  const { platform } = entry;
  const path = placeOf(subject.binary, entry);
  const peer = {
    host,
    ...(isAddress && { address: host }),
    port: /^https$/i.test(scheme) ? 443 : 80,
    protocol: "tcp",
    inbound: false,
  };
  const act = { on: "connect", subject: { path }, object: { path: url }, peer, platform } as const;
  const { path: own = path, service } = fetcherOf(act);
  if (platform === "windows" && /^[a-z]:\\/i.test(own))
    yield {
      target: "firewall",
      act,
      rule: rule("M1037", "connect", {
        subject: [{ path: own, ...(service !== undefined && { service }) }],
        peer: { inbound: false },
      }),
      text: `block what ${service === undefined ? entry.name : `the service ${service}`} sends out`,
    };
  if (platform === "linux" && path.startsWith("/"))
    yield {
      target: "apparmor",
      act,
      rule: rule("M1037", "connect", { subject: [{ path }], peer: { inbound: false } }),
      text: `a profile for ${path} without the network, where nobody needs it to fetch`,
    };
  const agent = platform === "windows" ? `*\\${entry.name}` : `*/${entry.name}`;
  if (agentOf(agent) !== undefined && /^http$/i.test(scheme))
    yield {
      target: "suricata",
      act,
      rule: rule("M1037", "connect", { subject: [{ path: agent }], peer: { inbound: false, protocol: "http" } }),
      text: `drop plain HTTP with the user agent “${agentOf(agent)}”`,
    };
  if (!isAddress)
    yield {
      target: "rpz",
      act,
      rule: rule("M1021", "connect", { peer: { addresses: [host.toLowerCase()] } }),
      text: `answer that ${host} is not there`,
    };
}
