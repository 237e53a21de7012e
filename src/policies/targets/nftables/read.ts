import { isInternet } from "../../decide/peer.ts";
import type { PeerPattern, Policy, PolicyMode, Rule, UnknownPart } from "../../model.ts";
import { damaged } from "../../read.ts";
import { type Block, readBlocks } from "./blocks.ts";

/** The chain at output, or at input, drops what no rule accepts. */
export const OUTPUT_DROPPED = "output:drop";
export const INPUT_DROPPED = "input:drop";

const VERDICTS: Readonly<Record<string, "deny" | "allow">> = { drop: "deny", reject: "deny", accept: "allow" };

/** Whether a set holds the private networks of a family and nothing of the internet: what is not in it is the internet. */
function isOwn(set: readonly string[], family: "ip" | "ip6"): boolean {
  const needed = family === "ip" ? ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"] : ["fc00::/7"];
  const isPrivate = (one: string) => isInternet(one.split("/", 1)[0] ?? "") === false;
  return needed.every((one) => set.includes(one)) && set.every(isPrivate);
}

class RuleError extends Error {}

interface Draft {
  scope: string[];
  peer: { -readonly [key in keyof PeerPattern]: PeerPattern[key] };
  beyond?: string;
  action?: "deny" | "allow" | "log";
  comment?: string;
  /** The rule is about connections that exist already. */
  isOld?: boolean;
}

/** The words of a rule; strings and braces are one word each. */
const WORD = /"([^"]*)"|(\{[^{}]*\})|([^\s{}"]+)/g;
const wordsOf = (text: string): string[] =>
  [...text.matchAll(WORD)].map(([whole, quoted, braces]) => quoted ?? braces?.replace(/\s+/g, " ") ?? whole);
const values = (word: string): readonly string[] =>
  word.startsWith("{")
    ? word
        .slice(1, -1)
        .split(",")
        .map((one) => one.trim())
        .filter(Boolean)
    : [word];

class StatementReader {
  readonly draft: Draft = { scope: [], peer: {} };
  readonly #words: string[];

  constructor(text: string, isInbound: boolean) {
    this.#words = wordsOf(text);
    this.draft.peer.inbound = isInbound;
  }

  read(): Draft {
    while (this.#words.length > 0 && this.draft.action !== "deny" && this.draft.action !== "allow") this.#one();
    const at = this.#words.indexOf("comment");
    if (at >= 0) this.draft.comment = this.#words[at + 1] ?? "";
    return this.draft;
  }

  #next(): string {
    return this.#words.shift() ?? "";
  }

  #beyond(what: string): void {
    this.draft.beyond ??= `${what} cannot be asked of a log`;
  }

  #one(): void {
    const word = this.#next();
    const verdict = VERDICTS[word];
    if (verdict) this.draft.action = verdict;
    else if (word === "counter") {
      if (this.#words[0] === "packets") this.#words.splice(0, 4);
    } else if (word === "log") {
      this.draft.action ??= "log";
      while (/^(?:prefix|level|flags|group|snaplen|queue-threshold)$/.test(this.#words[0] ?? ""))
        this.#words.splice(0, 2);
    } else if (word === "comment") this.draft.comment = this.#next();
    else if (word === "meta") this.#meta(this.#next());
    else if (/^(?:skuid|skgid|l4proto|iif|oif|iifname|oifname|mark)$/.test(word)) this.#meta(word);
    else if (word === "ip" || word === "ip6") this.#address(word);
    else if (word === "tcp" || word === "udp") this.#port(word);
    else if (word === "ct") this.#state();
    else if (word === "limit" || word === "quota") this.#beyond(word);
    else if (word === "return" || word === "jump" || word === "goto") throw new RuleError(word);
    else throw new RuleError(`the word ${word}`);
  }

  #meta(key: string): void {
    const word = this.#next();
    if (word === "!=") {
      this.#next();
      this.#beyond(`${key} !=`);
    } else if (key === "skuid" || key === "skgid") {
      const kind = key === "skuid" ? "uid" : "gid";
      for (const one of values(word))
        this.draft.scope.push(/^\d+$/.test(one) ? `${kind}=${one}` : kind === "uid" ? one : `group ${one}`);
    } else if (key === "l4proto" || key === "protocol") this.draft.peer.protocol = word;
    else if (/^[io]if(?:name)?$/.test(key) && word === "lo") this.draft.peer.addresses = ["127.0.0.0/8", "::1"];
    else this.#beyond(key);
  }

  #address(family: "ip" | "ip6"): void {
    const key = this.#next();
    let word = this.#next();
    const isNot = word === "!=";
    if (isNot) word = this.#next();
    const isOther = key === (this.draft.peer.inbound ? "saddr" : "daddr");
    if (key === "protocol" || key === "nexthdr") this.draft.peer.protocol = word;
    else if (!isOther || word.startsWith("@")) this.#beyond(`${family} ${key}`);
    else if (!isNot) this.draft.peer.addresses = values(word);
    else if (isOwn(values(word), family)) this.draft.peer.addresses = ["Internet"];
    else this.#beyond(`${family} ${key} !=`);
  }

  #port(protocol: "tcp" | "udp"): void {
    const key = this.#next();
    const word = this.#next();
    this.draft.peer.protocol = protocol;
    if (key === "dport" && word !== "!=" && !/[a-z]/i.test(word)) this.draft.peer.ports = values(word);
    else {
      if (word === "!=") this.#next();
      this.#beyond(`${protocol} ${key}`);
    }
  }

  #state(): void {
    const key = this.#next();
    const word = this.#next();
    if (key !== "state") this.#beyond(`ct ${key}`);
    // Logs tell of connections that begin.
    else if (
      !values(word)
        .flatMap((one) => one.split(","))
        .includes("new")
    )
      this.draft.isOld = true;
  }
}

/** Rules for the two families of addresses, and for users and groups, are one where all else is the same. */
function isTwin(a: Rule | undefined, b: Rule): boolean {
  const rest = ({ id: _, ...one }: Rule) => JSON.stringify(one);
  return a !== undefined && rest(a) === rest(b);
}

class NftablesReader {
  readonly rules: Rule[] = [];
  readonly logged: Rule[] = [];
  readonly unknown: UnknownPart[] = [];
  readonly options: string[] = [];
  chains = 0;

  table(block: Block): void {
    for (const one of block.blocks) {
      if (/^chain\b/.test(one.head)) this.#chain(one);
      else if (!/^(?:set|map|counter|flowtable|ct)\b/.test(one.head))
        this.#cannot(`“${one.head.slice(0, 40)}”`, one.line);
    }
    for (const { text, line } of block.statements)
      if (!/^(?:comment|flags)\b/.test(text)) this.#cannot("a statement", line);
  }

  #cannot(what: string, line: number): void {
    this.unknown.push({ what, line, on: ["connect"] });
  }

  #chain({ statements }: Block): void {
    const hooked = statements.find(({ text }) => /^type\s/.test(text))?.text;
    // Chains without a hook are reached by jumps, which are not followed.
    const hook = /^type\s+filter\s+hook\s+(output|input)\b/.exec(hooked ?? "")?.[1];
    if (hook === undefined) return;
    this.chains++;
    for (const { text, line } of statements) {
      if (/^type\s/.test(text)) continue;
      const policy = /^policy\s+(accept|drop)$/.exec(text)?.[1];
      if (policy === "drop") this.options.push(hook === "output" ? OUTPUT_DROPPED : INPUT_DROPPED);
      if (policy === undefined) this.#rule(text, line, hook === "input");
    }
  }

  #rule(text: string, line: number, isInbound: boolean): void {
    try {
      const { scope, peer, beyond, action, comment, isOld } = new StatementReader(text, isInbound).read();
      if (isOld || action === undefined) return;
      const rule: Rule = {
        id: `line ${line}`,
        action: action === "allow" ? "allow" : "deny",
        on: ["connect"],
        ...(beyond !== undefined && { subject: [{ beyond }] }),
        peer,
        ...(scope.length > 0 && { scope }),
        ...(comment !== undefined && { description: comment }),
      };
      const into = action === "log" ? this.logged : this.rules;
      if (!isTwin(into.at(-1), rule)) into.push(rule);
    } catch (error) {
      if (!(error instanceof RuleError)) throw error;
      this.#cannot(error.message, line);
    }
  }
}

/** Reads tables as `nft -f` takes them. @throws WhatranError `policy/damaged` with the line where braces do not close, or no chain has a hook */
export function readNftables(text: string, name: string): Policy {
  const root = readBlocks(text);
  const reader = new NftablesReader();
  for (const { text: statement, line } of root.statements)
    if (!/^(?:flush|delete|destroy)\s|^include\b|^define\b/.test(statement))
      damaged({ line }, "no table and no command");
    else if (/^include\b|^define\b/.test(statement))
      reader.unknown.push({ what: statement.split(/\s/, 1)[0] ?? "", line, on: ["connect"] });
  for (const block of root.blocks) {
    if (/^(?:add\s+)?table\b/.test(block.head)) reader.table(block);
    else damaged({ line: block.line }, `“${block.head.slice(0, 40)}” is no table`);
  }
  if (reader.chains === 0) damaged({ line: 1 }, "no chain hangs at output or input");
  const { rules, logged, unknown, options } = reader;
  // A file that only logs is one in audit mode; beside verdicts, what is logged decides nothing.
  const mode: PolicyMode = rules.length === 0 && logged.length > 0 ? "audit" : "enforce";
  return {
    target: "nftables",
    name,
    mode,
    rules: mode === "audit" ? logged : rules,
    unknown,
    ...(options.length > 0 && { options }),
  };
}
