import type { FilePattern } from "../../model.ts";
import { agentsBy } from "../suricata/agents.ts";
import { ALL, NEVER, ofFile, ofPeer, open, type Terms } from "./terms.ts";
import { DAV_METHODS, literal } from "./write.ts";

/** A value of a list. */
export interface Value {
  readonly text: string;
  /** Whether capital letters are as small ones in it, where it is an expression. */
  readonly isCaseless: boolean;
}

/** Words of a list as its values; what stands behind a `#` is a comment, and options are none. */
export function valuesOf(words: readonly string[]): readonly Value[] {
  const values: Value[] = [];
  let isCaseless = false;
  let isOption = true;
  for (const text of words) {
    if (text.startsWith("#")) break;
    if (/^[-+]i$/.test(text)) isCaseless = text === "-i";
    else if (isOption && text === "--") isOption = false;
    else if (!isOption || !/^-(?:n|m.*)$/.test(text)) values.push({ text, isCaseless });
  }
  return values;
}

/** A host that an expression fits, as a pattern of decide/peer.ts; undefined for one that says more than a text. */
function hostOf({ text }: Value): string | undefined {
  const [, begins, body = "", ends] = /^(\^?)((?:[\w-]|\\[.-]|\.\*?)*)(\$?)$/.exec(text) ?? [];
  if (body === "") return undefined;
  const pattern = body.replace(/\\(.)|\.(\*?)/g, (_, sign: string | undefined, many: string) => sign ?? (many || "?"));
  return `=${begins ? "" : "*"}${pattern}${ends ? "" : "*"}`;
}

/** With a dot in front a domain and all below it; a name of one part is no host to decide/peer.ts. */
const domainOf = (name: string): readonly string[] => {
  if (!name.startsWith(".")) return [`=${name}`];
  return name.includes(".", 1) ? [name.slice(1)] : [`=${name.slice(1)}`, `=*${name}`];
};

/** Names of hosts are small letters when they are compared. */
const isMet = ({ text, isCaseless }: Value) => isCaseless || text === text.toLowerCase();

function typeOf({ text, isCaseless }: Value): FilePattern | undefined {
  const extension = /^\\(\.\w{1,16})\$$/.exec(text)?.[1];
  if (extension === undefined) return undefined;
  return isCaseless ? { extension: extension.toLowerCase() } : { path: `*/*${extension}` };
}

const isDefined = <T>(values: readonly (T | undefined)[]): values is readonly T[] =>
  values.every((one) => one !== undefined);

/** What a list of a type and with these values asks for. */
export function termsOf(type: string, values: readonly Value[]): Terms {
  const texts = values.map(({ text }) => text);
  switch (type) {
    case "all":
      return ALL;
    case "src":
      return texts.some((one) => one === "all" || one === "0.0.0.0/0")
        ? ALL
        : open(`who asks (${type}) is not compared`);
    case "dst":
      return ofPeer({ addresses: texts });
    case "dstdomain":
      return texts.some((one) => /["/]/.test(one))
        ? open("a list in another file is not read")
        : ofPeer({ addresses: texts.flatMap(domainOf) });
    case "dstdom_regex": {
      const hosts = values.filter(isMet).map(hostOf);
      return isDefined(hosts) ? ofPeer({ addresses: hosts }) : open("a pattern on the name of a host is not compared");
    }
    case "port":
      return ofPeer({ ports: texts });
    case "proto":
      if (!texts.every((one) => /^https?$/i.test(one))) return open(`the protocol ${texts.join(" ")} is not compared`);
      if (!texts.some((one) => /^http$/i.test(one))) return open("which protocol is spoken within TLS is not compared");
      return texts.some((one) => /^https$/i.test(one)) ? ALL : ofPeer({ protocol: "http" });
    case "method":
      if (texts.every((one) => (DAV_METHODS as readonly string[]).includes(one))) return ofPeer({ protocol: "webdav" });
      return texts.every((one) => one === "CONNECT") ? ofPeer({ protocol: "tls" }) : open("the method is not logged");
    case "browser": {
      const programs = texts.map((one) => (one.startsWith("^") ? agentsBy(literal(one.slice(1)), true) : []));
      return programs.every(({ length }) => length > 0)
        ? ofFile({ subject: programs.flat() })
        : open("the user agent is not logged");
    }
    case "urlpath_regex": {
      const types = values.map(typeOf);
      const except = [{ protocol: "tls" }];
      // Of TLS the proxy sees no path.
      return isDefined(types)
        ? [{ object: types, peers: [], except }]
        : [{ peers: [], except, beyond: "a pattern on the path of a URL is not compared" }];
    }
  }
  return open(`what ${type} asks for is not logged`);
}

/** Lists that every Squid has, by their names in small letters. */
export const BUILT_IN: Readonly<Record<string, Terms>> = {
  all: ALL,
  localhost: open("whether the proxy itself asks is not compared"),
  to_localhost: ofPeer({ addresses: ["127.0.0.0/8", "::1"] }),
  to_linklocal: ofPeer({ addresses: ["169.254.0.0/16", "fe80::/10"] }),
  manager: NEVER,
  connect: ofPeer({ protocol: "tls" }),
};
