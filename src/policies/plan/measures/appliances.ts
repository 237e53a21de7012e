import type { Catalog } from "../../../catalog/catalog.ts";
import { baseName } from "../../../invocations/glob.ts";
import { plural } from "../../../outputs/counts.ts";
import { isInternet } from "../../decide/peer.ts";
import { plainId } from "../../ids.ts";
import type { Rule } from "../../model.ts";
import { AGENTS } from "../../targets/suricata/agents.ts";
import { type Evidence, peersOf } from "../evidence.ts";
import type { Measure } from "../measure.ts";

/** Connections that must have been logged before a program that has none counts as one that needs none. */
const MIN_CONNECTIONS = 200;
/** Names of hosts that must have been logged before one that is not among them counts as one that nobody needs. */
const MIN_NAMES = 100;
/** Types that programs of T1218 run and nobody fetches by plain HTTP in ordinary work. */
const TYPES = [".hta", ".sct", ".wsc", ".vbs", ".vbe", ".jse", ".wsf", ".chm", ".cpl", ".msc", ".xll"];
/**
 * Hosts where anybody can leave a file, or a way into his own machine, without giving a name; attackers do.
 * @see https://lots-project.com/
 */
const ANYBODYS =
  "pastebin.com paste.ee transfer.sh file.io gofile.io temp.sh 0x0.st termbin.com hastebin.com rentry.co webhook.site ngrok.io ngrok-free.app trycloudflare.com serveo.net localtunnel.me anonfiles.com bashupload.com oshi.at catbox.moe".split(
    " ",
  );

const outward = (
  protocol: string,
  rest: Partial<Rule> = {},
  addresses: readonly string[] = ["Internet"],
): Omit<Rule, "id"> => ({
  action: "deny",
  on: ["connect"],
  peer: { inbound: false, protocol, addresses },
  measure: "M1037",
  ...rest,
});

/** Whether an address or name of the history is one of the internet. */
function isOutside(
  peer: { readonly address?: string | undefined; readonly host?: string | undefined } | undefined,
): boolean {
  return peer?.address === undefined ? (peer?.host?.includes(".") ?? false) : (isInternet(peer.address) ?? false);
}

function shares(evidence: Evidence): readonly Measure[] {
  const connects = [...evidence.all("connect")].filter(({ act }) => act.peer?.inbound !== true && isOutside(act.peer));
  // A name alone does not say that a share lies outside, and one’s own mostly do not.
  const isSmb = connects.some(
    ({ act: { peer } }) => peer?.address !== undefined && (peer.port === 445 || peer.port === 139),
  );
  const isDav = connects.some(({ act }) => act.peer?.port !== 445 && act.object.path?.startsWith("\\\\"));
  const seen = `${plural(evidence.seen.connect, "connection")} were logged`;
  const smb: Measure = {
    id: "smb-egress",
    mitigation: "M1037",
    title: "Let no SMB out to the internet",
    why: "Libraries, scripts and packages are run from shares by rundll32, regsvr32, msiexec and others; shares of one’s own are not on the internet, and such a connection gives away the user’s credentials, too.",
    evidence: [`None went to an address of the internet (${seen}).`],
    stops: ["payloads that proxies are given as \\\\host\\share\\file (T1218.007, T1218.010, T1218.011, T1187)"],
    blind: ["SMB over QUIC (UDP 443), and WebDAV, to which Windows turns where SMB fails."],
    mode: "enforce",
    rules: {
      suricata: [{ id: "smb_egress", ...outward("smb", { description: "SMB to the internet" }) }],
      firewall: [
        {
          id: "smb_egress",
          action: "deny",
          on: ["connect"],
          peer: { inbound: false, protocol: "TCP", addresses: ["Internet"], ports: ["139", "445"] },
          description: "SMB to the internet",
          measure: "M1037",
        },
      ],
      nftables: [
        {
          id: "smb_egress",
          action: "deny",
          on: ["connect"],
          peer: { inbound: false, protocol: "tcp", addresses: ["Internet"], ports: ["139", "445"] },
          description: "SMB to the internet",
          measure: "M1037",
        },
      ],
    },
  };
  const dav: Measure = {
    id: "webdav-egress",
    mitigation: "M1037",
    title: "Let no WebDAV out to the internet",
    why: "Windows opens \\\\host@port\\share by WebDAV wherever the web is reached, so that a payload runs as if it lay on a share (rundll32 davclnt.dll,DavSetCookie is its trace).",
    evidence: ["Nobody opened a share of the internet by WebDAV in the history."],
    stops: ["payloads that proxies are given as \\\\host@SSL\\share\\file or \\\\host\\DavWWWRoot\\file (T1218.011)"],
    blind: [
      "In TLS neither Suricata nor a proxy sees the method: switch the WebClient service off where nobody needs it.",
    ],
    mode: "enforce",
    rules: {
      suricata: [{ id: "webdav_egress", ...outward("webdav", { description: "WebDAV to the internet" }) }],
      squid: [
        {
          id: "webdav_egress",
          action: "deny",
          on: ["connect"],
          peer: { protocol: "webdav" },
          description: "WebDAV through the proxy",
          measure: "M1037",
        },
      ],
    },
  };
  return [...(isSmb ? [] : [smb]), ...(isDav ? [] : [dav])];
}

/** Programs that tell who they are, and that never reached the internet. */
function agents(catalog: Catalog, evidence: Evidence): Measure | undefined {
  const silent = Object.values(AGENTS)
    .flat()
    .filter((path) => {
      const platform = path.includes("\\") ? "windows" : "linux";
      const { connect, execute } = evidence.watched(platform);
      return execute > 0 && connect >= MIN_CONNECTIONS && peersOf(evidence, [baseName(path)]).internet === 0;
    });
  if (silent.length === 0) return undefined;
  const names = silent.map(baseName);
  const rules = silent.map(
    (path): Rule => ({
      id: plainId(`agent_${baseName(path)}`),
      ...outward("http", { subject: [{ path }], description: `${baseName(path)} fetches from the internet` }),
    }),
  );
  return {
    id: "user-agents",
    mitigation: "M1037",
    title: `Stop ${names.join(", ")} at the edge by the user agent`,
    why: "In plain HTTP they say who they are, and none of them reached the internet here.",
    evidence: [`None of ${evidence.seen.connect} logged connections of theirs left the own network.`],
    stops: names.flatMap((name) =>
      (catalog.byName(name)?.behaviours ?? [])
        .filter(({ category }) => category === "download")
        .map(({ title, techniques }) => `${name}: ${title} (${techniques.join(", ")})`),
    ),
    blind: [
      "A program that is told to send another user agent, or speaks TLS, passes: cut it off by the host’s firewall as well.",
    ],
    mode: "enforce",
    rules: {
      suricata: rules,
      squid: rules.map((rule) => ({ ...rule, peer: { protocol: "http" } })),
    },
  };
}

function types(evidence: Evidence): Measure | undefined {
  const fetched = [...evidence.all("connect")].map(({ act }) => act.object.path?.toLowerCase() ?? "");
  const free = TYPES.filter(
    (extension) => !fetched.some((url) => url.startsWith("http://") && url.endsWith(extension)),
  );
  if (free.length === 0) return undefined;
  const object = free.map((extension) => ({ extension }));
  const description = "Scripts and consoles fetched by plain HTTP";
  return {
    id: "file-types-edge",
    mitigation: "M1021",
    title: "Let no script types in by plain HTTP",
    why: "mshta, regsvr32, wscript and others run files of these types from the web; no command line of the history fetched one.",
    evidence: [
      `Not fetched in the history: ${free.join(" ")}. URLs stand on command lines only: look at the proxy’s own log before it denies.`,
    ],
    stops: [
      "remote HTML applications, scriptlets, help files and control panel items in plain HTTP (T1218.001, T1218.002, T1218.005, T1218.010)",
    ],
    blind: ["TLS, other endings of names, and files inside archives."],
    mode: "enforce",
    rules: {
      suricata: [{ id: "types_edge", ...outward("http", { object, description }) }],
      squid: [
        {
          id: "types_edge",
          action: "deny",
          on: ["connect"],
          object,
          peer: { protocol: "http" },
          description,
          measure: "M1021",
        },
      ],
    },
  };
}

function names(evidence: Evidence): Measure | undefined {
  const known = evidence.names();
  if (known.size < MIN_NAMES) return undefined;
  const free = ANYBODYS.filter((host) => ![...known].some((name) => name === host || name.endsWith(`.${host}`)));
  if (free.length === 0) return undefined;
  const rule = (host: string): Rule => ({
    id: plainId(`host_${host}`),
    action: "deny",
    on: ["connect"],
    peer: { addresses: [host] },
    description: `${host} was not asked for`,
    measure: "M1021",
  });
  return {
    id: "anybodys-hosts",
    mitigation: "M1021",
    title: `Answer for ${plural(free.length, "host")} where anybody can leave a file that they are not there`,
    why: "Payloads are fetched from paste sites, anonymous file stores and tunnels; nobody here asked for one of these.",
    evidence: [`${known.size} names of hosts are in the history, none of these among them: ${free.join(" ")}.`],
    stops: ["downloads by proxies from such hosts, in plain HTTP and TLS alike"],
    blind: ["Other hosts of the kind, addresses without a name, DNS over HTTPS to a resolver outside."],
    mode: "enforce",
    rules: { rpz: free.map(rule), squid: free.map(rule) },
  };
}

/** What appliances at the edge of the network can stop (M1037, M1021). */
export function applianceMeasures(catalog: Catalog, evidence: Evidence): readonly Measure[] {
  return [...shares(evidence), agents(catalog, evidence), types(evidence), names(evidence)].filter(
    (measure) => measure !== undefined,
  );
}
