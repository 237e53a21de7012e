import { createHash } from "node:crypto";
import { oneLine, suricata, suricataContent } from "../../languages/escape.ts";
import type { FilePattern, Policy, Rule } from "../../model.ts";
import type { PolicyFile } from "../../target.ts";
import { agentOf } from "./agents.ts";

const PROTOCOLS = new Set(["http", "tls", "smb", "webdav", "ftp", "ssh", "tcp", "udp"]);
/** A file is known by its ending, and an end by a name: `example.com` is it and all below, `=…` that alone, `=*.…` all below. */
export const EXTENSION = /^\.[a-z0-9]{1,16}$/;
export const HOST = /^=?(?:\*\.)?[a-z0-9](?:[\w-]*\.)+[a-z]{2,63}$/i;
const PORT = /^\d{1,5}(?:-\d{1,5})?$/;
/** Numbers that the public lists leave to local rules: 1000000–1999999. */
const FIRST_SID = 1_218_000;

const isAgent = (file: FilePattern) => Object.keys(file).length === 1 && agentOf(file.path) !== undefined;
const isType = (file: FilePattern) => Object.keys(file).length === 1 && EXTENSION.test(file.extension ?? "");
const isHosts = (addresses: readonly string[]) => addresses.length > 0 && addresses.every((one) => HOST.test(one));

/** Why a rule cannot be written; undefined where it can. */
export function refusesSuricata({
  action,
  on,
  subject = [],
  object = [],
  exceptions,
  scope,
  peer = {},
}: Rule): string | undefined {
  if (!on.every((one) => one === "connect")) return "Suricata sees connections only";
  if (exceptions || scope) return "Suricata knows no users";
  const { protocol = "tcp", addresses = [], ports = [] } = peer;
  if (!PROTOCOLS.has(protocol)) return "that protocol is not written here";
  if (peer.inbound === true) return "rules are written for what goes out";
  if (subject.length > 0 && (protocol !== "http" || !subject.every(isAgent)))
    return "a program is known by a user agent in plain HTTP, and this one sends none that is known";
  if (object.length > 0 && (protocol !== "http" || !object.every(isType)))
    return "a file is known by its extension in plain HTTP";
  const isOutside = addresses.length === 1 && addresses[0] === "Internet";
  if (addresses.length > 0 && !isOutside && !(isHosts(addresses) && (protocol === "http" || protocol === "tls")))
    return "the other end is the internet, or a host in HTTP or TLS";
  if (action === "audit") return "what is only noted is written by the mode of the policy";
  return ports.every((port) => PORT.test(port)) ? undefined : "a port is a number or a range";
}

/** A number that stays the same while the rule does. */
function sidOf(text: string, taken: Set<number>): number {
  let sid = FIRST_SID + (Number.parseInt(createHash("sha256").update(text).digest("hex").slice(0, 8), 16) % 700_000);
  while (taken.has(sid)) sid++;
  taken.add(sid);
  return sid;
}

/** Options that name an end by host. */
function hostOptions(host: string, protocol: string): string {
  const buffer = protocol === "tls" ? "tls.sni" : "http.host";
  if (host.startsWith("=*.")) return `${buffer}; content:${suricataContent(host.slice(2).toLowerCase())}; endswith;`;
  if (host.startsWith("="))
    return `${buffer}; content:${suricataContent(host.slice(1).toLowerCase())}; startswith; endswith;`;
  return `${buffer}; dotprefix; content:${suricataContent(`.${host.toLowerCase()}`)}; endswith;`;
}

/** Each combination of agent, type and host is a rule of its own. */
function linesOf(rule: Rule, isAudit: boolean, taken: Set<number>): readonly string[] {
  const { protocol = "tcp", addresses = [], ports = [] } = rule.peer ?? {};
  const isOutside = addresses[0] === "Internet";
  const hosts = addresses.length > 0 && !isOutside ? addresses : [undefined];
  const agents = rule.subject?.map(({ path }) => agentOf(path)) ?? [undefined];
  const types = rule.object?.map(({ extension }) => extension) ?? [undefined];
  const action = rule.action === "allow" ? "pass" : isAudit ? "alert" : "drop";
  const port = ports.length === 0 ? "any" : `[${ports.map((one) => one.replace("-", ":")).join(",")}]`;
  const head = `${action} ${protocol === "webdav" ? "http" : protocol} $HOME_NET any -> ${isOutside ? "$EXTERNAL_NET" : "any"} ${port}`;
  const message = `T1218 ${oneLine(rule.description ?? rule.id)}`;
  return hosts.flatMap((host) =>
    [...new Set(agents)].flatMap((agent) =>
      types.map((type) => {
        const options = [
          `msg:${suricata(message)};`,
          protocol === "udp" ? "" : "flow:established,to_server;",
          protocol === "webdav" ? 'http.method; content:"PROPFIND"; startswith; endswith;' : "",
          host === undefined ? "" : hostOptions(host, protocol),
          agent === undefined ? "" : `http.user_agent; content:${suricataContent(agent)}; startswith;`,
          type === undefined ? "" : `http.uri; content:${suricataContent(type)}; nocase; endswith;`,
        ].filter((option) => option !== "");
        const sid = sidOf(`${head}${options.slice(1).join(" ")}`, taken);
        const technique = rule.measure === undefined ? "" : ` metadata:mitre_mitigation ${rule.measure};`;
        return `${head} (${options.join(" ")}${technique} sid:${sid}; rev:1;)`;
      }),
    ),
  );
}

/** Rules for a file of `rule-files`: alerts in audit mode, drops (which need a sensor in line) else. */
export function writeSuricata(policy: Policy): readonly PolicyFile[] {
  const taken = new Set<number>();
  const lines = policy.rules.flatMap((rule) => linesOf(rule, policy.mode === "audit", taken));
  return [{ name: "t1218-suricata.rules", text: `${lines.join("\n")}\n` }];
}
