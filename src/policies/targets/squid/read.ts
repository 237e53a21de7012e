import { described, logicalLines } from "../../languages/lines.ts";
import type { FilePattern, PeerPattern, Policy, Rule, UnknownPart } from "../../model.ts";
import { damaged } from "../../read.ts";
import { programsOf } from "../suricata/agents.ts";
import { DAV_METHODS, literal } from "./write.ts";

/** What no line fits is denied. */
export const DENIED = "default:deny";

/** What a list means in the model's words; a text says what no log answers. */
type Meaning = Pick<Rule, "subject" | "object"> & { readonly peer?: PeerPattern; readonly never?: boolean };

function meaningOf(type: string, values: readonly string[]): Meaning | string {
  switch (type) {
    case "all":
      return {};
    case "src":
      return values.some((one) => one === "all" || one === "0.0.0.0/0") ? {} : `who asks (${type}) is not compared`;
    case "dst":
      return { peer: { addresses: values } };
    case "dstdomain":
      return values.some((one) => /["/]/.test(one))
        ? "a list in another file is not read"
        : { peer: { addresses: values.map((one) => (one.startsWith(".") ? one.slice(1) : `=${one}`)) } };
    case "port":
      return { peer: { ports: values } };
    case "proto":
      return values.every((one) => /^https?$/i.test(one)) && values.some((one) => /^http$/i.test(one))
        ? values.some((one) => /^https$/i.test(one))
          ? {}
          : { peer: { protocol: "http" } }
        : `the protocol ${values.join(" ")} is not compared`;
    case "method":
      if (values.every((one) => (DAV_METHODS as readonly string[]).includes(one)))
        return { peer: { protocol: "webdav" } };
      return values.every((one) => one === "CONNECT") ? { peer: { protocol: "tls" } } : "the method is not logged";
    case "browser": {
      const programs = values.map((one) => (one.startsWith("^") ? programsOf(literal(one.slice(1))) : undefined));
      return programs.every((one) => one !== undefined)
        ? { subject: programs.flat().map((path): FilePattern => ({ path: path as string })) }
        : "the user agent is not logged";
    }
    case "urlpath_regex": {
      const types = values.map((one) => /^\\(\.\w{1,16})\$$/.exec(one)?.[1]?.toLowerCase());
      return types.every((one) => one !== undefined)
        ? { object: types.map((extension) => ({ extension: extension as string })) }
        : "a pattern on the path of a URL is not compared";
    }
    default:
      return `what ${type} asks for is not logged`;
  }
}

/** Lists that every Squid has. */
const BUILT_IN: Readonly<Record<string, Meaning | string>> = {
  all: {},
  localhost: "whether the proxy itself asks is not compared",
  to_localhost: { peer: { addresses: ["127.0.0.0/8", "::1"] } },
  to_linklocal: { peer: { addresses: ["169.254.0.0/16", "fe80::/10"] } },
  manager: { never: true },
  CONNECT: { peer: { protocol: "tls" } },
};

class SquidReader {
  readonly rules: Rule[] = [];
  readonly unknown: UnknownPart[] = [];
  readonly #lists = new Map<string, { type: string; values: string[] }>();
  last: "allow" | "deny" | undefined;

  list([name = "", type = "", ...rest]: readonly string[]): void {
    const values = rest.filter((word) => !/^-[in+]$/.test(word));
    const known = this.#lists.get(name);
    if (known) for (const value of values) known.values.push(value);
    else this.#lists.set(name, { type, values });
  }

  access([verdict = "", ...names]: readonly string[], line: number, comment: string): void {
    if (verdict !== "allow" && verdict !== "deny") {
      this.unknown.push({ what: `the access ${verdict}`, line, on: ["connect"] });
      return;
    }
    this.last = verdict;
    let rule: Rule = { id: `line ${line}`, action: verdict, on: ["connect"], ...described(comment) };
    let beyond: string | undefined;
    for (const raw of names) {
      if (raw.startsWith("#")) break;
      const not = raw.startsWith("!");
      const meaning = this.#meaning(raw.replace(/^!/, ""));
      if (meaning === undefined) {
        this.unknown.push({ what: `the list ${raw}`, line, on: ["connect"] });
        return;
      }
      if (typeof meaning === "string") beyond ??= meaning;
      else if (meaning.never) {
        if (!not) return;
      } else if (not) {
        if (Object.keys(meaning).length === 0) return;
        // The usual one: !Safe_ports, !SSL_ports; what is asked about goes to the ports of the web.
        if (meaning.peer?.ports?.some((one) => one === "80" || one === "443")) return;
        beyond ??= "what a list leaves out is not compared";
      } else {
        const peer = rule.peer || meaning.peer ? { peer: { ...rule.peer, ...meaning.peer } } : {};
        rule = { ...rule, ...meaning, ...peer };
      }
    }
    const subject = beyond === undefined ? rule.subject : (rule.subject ?? [{}]).map((one) => ({ ...one, beyond }));
    this.rules.push({ ...rule, ...(subject && { subject }) });
  }

  #meaning(name: string): Meaning | string | undefined {
    const list = this.#lists.get(name);
    return list ? meaningOf(list.type, list.values) : BUILT_IN[name];
  }
}

/** Reads lists and `http_access` lines; other settings change nothing of who may reach what. @throws WhatranError `policy/damaged` */
export function readSquid(text: string, name: string): Policy {
  const reader = new SquidReader();
  let seen = 0;
  for (const { text: entry, line, comment } of logicalLines(text)) {
    const [word = "", ...rest] = entry.split(/\s+/);
    if (word === "acl") reader.list(rest);
    else if (word === "http_access") reader.access(rest, line, comment);
    else if (word === "include") reader.unknown.push({ what: "what another file adds", line, on: ["connect"] });
    else if (!/^[a-z][a-z0-9_]{1,60}$/.test(word)) damaged({ line }, `“${word.slice(0, 40)}” is no setting`);
    if (word === "acl" || word === "http_access") seen++;
  }
  if (seen === 0) damaged({ line: 1 }, "there is no list and no access line");
  const { rules, unknown, last } = reader;
  // What no line fits gets the opposite of the last line.
  const options = last === "allow" ? { options: [DENIED] } : {};
  return { target: "squid", name, mode: "enforce", rules, unknown, ...options };
}
