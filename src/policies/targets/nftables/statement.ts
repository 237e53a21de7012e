import { entryOf } from "../../../model/entry.ts";
import { isInternet } from "../../decide/peer.ts";
import type { PeerPattern } from "../../model.ts";
import { RuleError } from "../../read.ts";
import { otherAddresses, otherPorts, portsOf, values } from "./values.ts";

export type Family = "ip" | "ip6";

/** A rule of a chain as it is read; conditions that are absent always hold. */
export interface Draft {
  scope?: readonly string[];
  family?: Family;
  protocols?: readonly string[];
  ports?: readonly string[];
  /** `Internet` stands for that of the family alone. */
  addresses?: readonly string[];
  /** Connections that have left the chain before. */
  except?: readonly PeerPattern[];
  /** What no log answers. */
  beyond?: string;
  /** It is about connections that exist already, or about none. */
  isOld?: boolean;
  action?: "deny" | "allow" | "log" | "jump" | "goto" | "return";
  /** The chain that it goes to. */
  to?: string;
  comment?: string;
}

const CONDITIONS = ["scope", "family", "protocols", "ports", "addresses"] as const;

export const isUnconditional = (draft: Draft): boolean =>
  draft.beyond === undefined && !draft.isOld && CONDITIONS.every((key) => draft[key] === undefined);

/** The rule of a chain for what a jump to it is about. @throws RuleError where both ask for the same in other words */
export function joined(outer: Draft, inner: Draft): Draft {
  const both: Draft = { ...inner };
  for (const key of CONDITIONS) {
    if (outer[key] === undefined) continue;
    if (inner[key] !== undefined && `${inner[key]}` !== `${outer[key]}`)
      throw new RuleError("a jump with two conditions");
    Object.assign(both, { [key]: outer[key] });
  }
  const beyond = outer.beyond ?? inner.beyond;
  return { ...both, ...(beyond !== undefined && { beyond }), ...((outer.isOld || inner.isOld) && { isOld: true }) };
}

const VERDICTS: Readonly<Record<string, "deny" | "allow">> = { drop: "deny", reject: "deny", accept: "allow" };
const LOOPBACK = ["127.0.0.0/8", "::1"];

/** Whether a set holds the private networks of a family and nothing of the internet: what is not in it is the internet. */
function isOwn(set: readonly string[], family: Family): boolean {
  const needed = family === "ip" ? ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"] : ["fc00::/7"];
  const isPrivate = (one: string) => isInternet(one.split("/", 1)[0] ?? "") === false;
  return needed.every((one) => set.includes(one)) && set.every(isPrivate);
}

/** The words of a rule; strings and braces are one word each, and so are values with commas between. */
const WORD = /"([^"]*)"|(\{[^{}]*\})|([^\s{}"]+)/g;
const wordsOf = (text: string): string[] => {
  const close = text.replace(/"[^"]*"|\{[^{}]*\}|,\s+/g, (found) => (found.startsWith(",") ? "," : found));
  return [...close.matchAll(WORD)].map(([whole, quoted, braces]) => quoted ?? braces?.replace(/\s+/g, " ") ?? whole);
};

/** Elements of a named set; undefined where they are not in the file, or change by themselves. */
type Sets = (name: string) => readonly string[] | undefined;

class StatementReader {
  readonly draft: Draft = {};
  readonly #words: string[];
  readonly #isInbound: boolean;
  readonly #sets: Sets;

  constructor(text: string, isInbound: boolean, sets: Sets) {
    this.#words = wordsOf(text);
    this.#isInbound = isInbound;
    this.#sets = sets;
  }

  read(): Draft {
    while (this.#words.length > 0 && (this.draft.action === undefined || this.draft.action === "log")) this.#one();
    const at = this.#words.indexOf("comment");
    if (at >= 0) this.draft.comment = this.#words[at + 1] ?? "";
    return this.draft;
  }

  #next(): string {
    return this.#words.shift() ?? "";
  }

  #skip(...words: readonly string[]): void {
    if (words.includes(this.#words[0] ?? "")) this.#words.shift();
  }

  #beyond(what: string): void {
    this.draft.beyond ??= `${what} cannot be asked of a log`;
  }

  /** A condition that is there already must hold as well. */
  #set<K extends (typeof CONDITIONS)[number]>(key: K, value: NonNullable<Draft[K]>): void {
    if (this.draft[key] === undefined) Object.assign(this.draft, { [key]: value });
    else if (`${this.draft[key]}` !== `${value}`) this.#beyond(`two conditions on ${key}`);
  }

  /** What a key is compared with: whether it must not be it, and the members; undefined for a set that is not known. */
  #operand(): readonly [boolean, readonly string[] | undefined] {
    const isNot = this.#words[0] === "!=";
    this.#skip("!=", "==");
    const word = this.#next();
    return [isNot, word.startsWith("@") ? this.#sets(word.slice(1)) : values(word)];
  }

  #one(): void {
    const word = this.#next();
    const verdict = entryOf(VERDICTS, word);
    if (verdict) this.draft.action = verdict;
    else if (word === "counter") {
      if (this.#words[0] === "packets") this.#words.splice(0, 4);
      else if (this.#words[0] === "name") this.#words.splice(0, 2);
    } else if (word === "log") {
      this.draft.action ??= "log";
      while (/^(?:prefix|level|flags|group|snaplen|queue-threshold)$/.test(this.#words[0] ?? ""))
        this.#words.splice(0, 2);
    } else if (word === "comment") this.draft.comment = this.#next();
    else if (word === "meta") this.#meta(this.#next());
    else if (/^(?:skuid|skgid|l4proto|nfproto|iif|oif|iifname|oifname|mark)$/.test(word)) this.#meta(word);
    else if (word === "ip" || word === "ip6") this.#address(word);
    else if (word === "tcp" || word === "udp" || word === "th") this.#port(word);
    else if (word === "icmp" || word === "icmpv6" || word === "igmp") {
      this.#set("protocols", [word]);
      this.#next();
      this.#operand();
    } else if (word === "ct") this.#state();
    else if (word === "limit" || word === "quota") this.#amount(word);
    else if (word === "socket") this.#socket();
    else if (word === "return") this.draft.action = word;
    else if (word === "jump" || word === "goto") [this.draft.action, this.draft.to] = [word, this.#next()];
    else throw new RuleError(`the word ${word}`);
  }

  #meta(key: string): void {
    const [isNot, members] = this.#operand();
    if (!members || (isNot && key !== "l4proto")) this.#beyond(isNot ? `${key} !=` : key);
    else if (key === "skuid" || key === "skgid") {
      const kind = key === "skuid" ? "uid" : "gid";
      const who = (one: string) => (/^\d+$/.test(one) ? `${kind}=${one}` : kind === "uid" ? one : `group ${one}`);
      this.#set("scope", members.map(who));
    } else if (key === "l4proto" || key === "protocol") this.#protocol(isNot, members);
    else if (key === "nfproto") this.#set("family", members[0] === "ipv6" ? "ip6" : "ip");
    else if (/^[io]if(?:name)?$/.test(key) && members[0] === "lo") this.#set("addresses", LOOPBACK);
    else this.#beyond(key);
  }

  #protocol(isNot: boolean, members: readonly string[]): void {
    const others = ["tcp", "udp", "icmp"].filter((one) => !members.includes(one));
    this.#set("protocols", isNot ? others : members);
  }

  #address(family: Family): void {
    const key = this.#next();
    const [isNot, members] = this.#operand();
    this.#set("family", family);
    const isOther = key === (this.#isInbound ? "saddr" : "daddr");
    if ((key === "protocol" || key === "nexthdr") && members) this.#protocol(isNot, members);
    else if (!isOther || !members) this.#beyond(`${family} ${key}`);
    else if (!isNot) this.#set("addresses", members);
    else if (isOwn(members, family)) this.#set("addresses", ["Internet"]);
    else {
      const others = otherAddresses(members, family === "ip" ? 4 : 6);
      if (others) this.#set("addresses", others);
      else this.#beyond(`${family} ${key} !=`);
    }
  }

  #port(protocol: "tcp" | "udp" | "th"): void {
    const key = this.#next();
    const [isNot, members] = this.#operand();
    if (protocol !== "th") this.#set("protocols", [protocol]);
    const ports = key === "dport" ? members && portsOf(members) : undefined;
    if (ports) this.#set("ports", isNot ? otherPorts(ports) : ports);
    else this.#beyond(`${protocol} ${key}`);
  }

  #amount(word: string): void {
    this.#beyond(word);
    this.#skip("rate", "name");
    this.#skip("over", "until");
    this.#next();
    if (word === "quota") this.#next();
    if (this.#words[0] === "burst") this.#words.splice(0, 3);
  }

  #socket(): void {
    const key = this.#next();
    this.#beyond(`socket ${key}`);
    if (this.#words[0] === "level") this.#words.splice(0, 2);
    this.#next();
  }

  /** Logs tell of connections that begin. */
  #state(): void {
    const key = this.#next();
    if (key === "state" && this.#words[0] === "vmap") {
      this.#words.shift();
      const [, verdict = ""] = /(?:^|[{,]\s*)new\s*:\s*(\w+)/.exec(this.#next()) ?? [];
      const action = entryOf(VERDICTS, verdict);
      if (verdict === "" || verdict === "continue") this.draft.isOld = true;
      else if (action) this.draft.action = action;
      else throw new RuleError("a map of states");
      return;
    }
    const [isNot, members = []] = this.#operand();
    if (key !== "state") this.#beyond(`ct ${key}`);
    else if (members.flatMap((one) => one.split(",")).includes("new") === isNot) this.draft.isOld = true;
  }
}

/** Reads a rule. @throws RuleError */
export function draftOf(text: string, isInbound: boolean, sets: Sets): Draft {
  return new StatementReader(text, isInbound, sets).read();
}
