import { entryOf } from "../../../model/entry.ts";
import type { FilePattern, PeerPattern } from "../../model.ts";
import { agentsBy } from "./agents.ts";
import type { Option } from "./rule.ts";

/** Options that say nothing of which packets are meant, or that every start of a connection meets. */
const SILENT = new Set(
  "msg sid rev gid classtype priority reference metadata flow target fast_pattern nocase startswith endswith noalert alert requires".split(
    " ",
  ),
);
type Buffer = "agent" | "uri" | "host" | "method" | "name";
const BUFFERS: Readonly<Record<string, Buffer>> = {
  "http.method": "method",
  http_method: "method",
  "http.user_agent": "agent",
  http_user_agent: "agent",
  "http.uri": "uri",
  http_uri: "uri",
  "http.uri.raw": "uri",
  "http.host": "host",
  "tls.sni": "host",
  tls_sni: "host",
  "dns.query": "name",
  dns_query: "name",
};
const DAV_METHODS = new Set("PROPFIND PROPPATCH MKCOL LOCK UNLOCK".split(" "));
const DAV_AGENT = "Microsoft-WebDAV-MiniRedir";
/** What belongs to the content before it, and which ends it. */
const ENDS = /^!1,\s*relative$/;

/** What contents of buffers ask for, in the model's words; the rest is beyond what logs hold. */
export interface Contents {
  subject?: readonly FilePattern[];
  object?: readonly FilePattern[];
  /** Other ends by their names, of which all must fit, and such as must not. */
  readonly hosts: string[];
  readonly except: PeerPattern[];
  /** The names are those that are asked of name servers. */
  isQuery?: boolean;
  /** The method that only WebDAV has. */
  webdav?: boolean;
  beyond?: string;
}

interface Content {
  readonly buffer: Buffer;
  readonly text: string;
  readonly isNot: boolean;
  readonly starts: boolean;
  readonly ends: boolean;
  readonly isDotted: boolean;
}

const bufferOf = ({ name }: Option) => entryOf(BUFFERS, name);

export function contentsOf(options: readonly Option[]): Contents {
  const found: Contents = { hosts: [], except: [] };
  let buffer: Buffer | undefined;
  let isDotted = false;
  const used = new Set<Option>();
  for (const [at, option] of options.entries()) {
    const { name, value = "" } = option;
    const own = bufferOf(option);
    if (own) {
      buffer = own;
      isDotted = false;
    } else if (name === "dotprefix") isDotted = true;
    else if (name === "content" && buffer !== undefined) {
      const next = options.slice(at + 1);
      const end = next.findIndex((one) => one.name === "content" || bufferOf(one) !== undefined);
      const own = end < 0 ? next : next.slice(0, end);
      const isNot = value.startsWith("!");
      const text = isNot ? value.slice(1) : value;
      const size = own.find((one) => one.name === "bsize" && one.value?.trim() === `${text.length}`);
      const last = own.find((one) => one.name === "isdataat" && ENDS.test(one.value?.trim() ?? ""));
      for (const one of [size, last]) if (one) used.add(one);
      const has = (word: string) => own.some((one) => one.name === word);
      content(found, {
        buffer,
        text,
        isNot,
        starts: has("startswith") || size !== undefined,
        ends: has("endswith") || size !== undefined || last !== undefined,
        isDotted,
      });
    } else if (
      !used.has(option) &&
      !SILENT.has(name) &&
      !(name === "flowbits" && /^(?:set|unset|toggle|noalert)\b/.test(value))
    )
      found.beyond ??= `what the packets hold (${name}) is not logged`;
  }
  return found;
}

function content(found: Contents, one: Content): void {
  const { buffer, text, isNot, ends } = one;
  const agents = buffer === "agent" && !isNot && !found.subject ? agentsBy(text, one.starts) : [];
  if (buffer === "host" || buffer === "name") hostOf(found, one);
  else if (isNot) found.beyond ??= "what the packets hold (content) is not logged";
  else if (buffer === "method" && DAV_METHODS.has(text)) found.webdav = true;
  else if (buffer === "agent" && text.startsWith(DAV_AGENT)) found.webdav = true;
  else if (agents.length > 0) found.subject = agents;
  else if (buffer === "uri" && ends && /^\.\w{1,16}$/.test(text) && !found.object)
    found.object = [{ extension: text.toLowerCase() }];
  else found.beyond ??= "what the packets hold is not logged";
}

function hostOf(found: Contents, { buffer, text, isNot, starts, ends, isDotted }: Content): void {
  // A dot is put before the name, so that what begins with one fits the name itself, too.
  const isDomain = isDotted && ends && !starts && /^\.[^.]/.test(text);
  if ((isDotted && !isDomain) || /[*?]/.test(text) || text === "") {
    found.beyond ??= "what the packets hold is not logged";
    return;
  }
  const host = isDomain ? text.slice(1) : `=${starts ? "" : "*"}${text}${ends ? "" : "*"}`;
  if (isNot) found.except.push({ addresses: [host] });
  else found.hosts.push(host);
  found.isQuery ||= buffer === "name";
}
