import { oneLine } from "../../languages/escape.ts";
import type { FilePattern, Policy, Rule } from "../../model.ts";
import type { PolicyFile } from "../../target.ts";
import { agentOf } from "../suricata/agents.ts";
import { EXTENSION, HOST } from "../suricata/write.ts";

/** Methods that only WebDAV has. */
export const DAV_METHODS = ["PROPFIND", "PROPPATCH", "MKCOL", "LOCK", "UNLOCK"] as const;
const only = (file: FilePattern, key: keyof FilePattern) => Object.keys(file).length === 1 && file[key] !== undefined;

/** Why a rule cannot be written; undefined where it can. */
export function refusesSquid({
  action,
  on,
  subject = [],
  object = [],
  exceptions,
  scope,
  peer = {},
  peers,
  exceptPeers,
}: Rule): string | undefined {
  if (!on.every((one) => one === "connect")) return "a proxy rules on connections only";
  if (action === "audit") return "Squid has no audit mode";
  if (peers || exceptPeers) return "what a list leaves out is not written";
  if (exceptions || scope) return "who uses a proxy is known to its authentication only";
  const { protocol, addresses = [], ports = [], inbound } = peer;
  if (inbound === true || ports.length > 0) return "a proxy serves what goes out to the ports of the web";
  if (protocol !== undefined && protocol !== "http" && protocol !== "webdav") return "a proxy speaks HTTP";
  if (subject.some((file) => !only(file, "path") || agentOf(file.path) === undefined))
    return "a program is known by a user agent that it is known to send";
  if (object.some((file) => !only(file, "extension") || !EXTENSION.test(file.extension ?? "")))
    return "a file is known by its extension";
  if (subject.length + object.length > 0 && protocol !== "http") return "agents and types are seen in plain HTTP only";
  if (addresses.some((one) => !HOST.test(one)) || addresses.some((one) => one.startsWith("=*")))
    return "the other end is a host, with or without all below it";
  return subject.length + object.length + addresses.length > 0 || protocol === "webdav"
    ? undefined
    : "it would rule on everything";
}

/** A blank would end the value. */
const BLANK = "[[:space:]]";
const regex = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&").replaceAll(" ", BLANK);
/** The text that such an expression fits. */
export const literal = (expression: string) => expression.replaceAll(BLANK, " ").replace(/\\(.)/g, "$1");

interface List {
  readonly type: string;
  readonly values: readonly string[];
}

function listsOf({ subject, object, peer = {} }: Rule): readonly List[] {
  const agents = subject?.map(({ path }) => `^${regex(agentOf(path) ?? "")}`) ?? [];
  const types = object?.map(({ extension = "" }) => `${regex(extension)}$`) ?? [];
  const hosts = peer.addresses?.map((one) => (one.startsWith("=") ? one.slice(1) : `.${one}`)) ?? [];
  return [
    ...(agents.length > 0 ? [{ type: "browser", values: [...new Set(agents)] }] : []),
    ...(types.length > 0 ? [{ type: "urlpath_regex -i", values: types }] : []),
    ...(hosts.length > 0 ? [{ type: "dstdomain", values: hosts }] : []),
    ...(peer.protocol === "webdav" ? [{ type: "method", values: DAV_METHODS }] : []),
    ...(peer.protocol === "http" ? [{ type: "proto", values: ["HTTP"] }] : []),
  ];
}

/** Lists and the lines that use them, for an `include` above the first `http_access` of squid.conf. */
export function writeSquid(policy: Policy): readonly PolicyFile[] {
  const blocks = policy.rules.map((rule, at) => {
    const lists = listsOf(rule).map((list, n) => ({ ...list, name: `t1218_${at + 1}_${n + 1}` }));
    const comment = rule.description === undefined ? "" : `# ${oneLine(rule.description)}\n`;
    const lines = lists.map(({ name, type, values }) => `acl ${name} ${type} ${values.join(" ")}\n`);
    const access = rule.action === "deny" ? "deny" : "allow";
    return `${lines.join("")}${comment}http_access ${access} ${lists.map(({ name }) => name).join(" ")}\n`;
  });
  return [{ name: "t1218-squid.conf", text: blocks.join("\n") }];
}
