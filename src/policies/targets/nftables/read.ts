import { entryOf } from "../../../model/entry.ts";
import type { PeerPattern, Policy, PolicyMode, Rule, UnknownPart } from "../../model.ts";
import { damaged, RuleError } from "../../read.ts";
import { readBlocks } from "./blocks.ts";
import { type Draft, draftOf, type Family, isUnconditional, joined } from "./statement.ts";
import { type Chain, type Table, Tables } from "./tables.ts";
import { otherAddresses } from "./values.ts";

/** Hooks that a host's own connections pass, and whether they come in. */
const HOOKS: Readonly<Record<string, boolean>> = { output: false, postrouting: false, input: true, prerouting: true };
/** Jumps within jumps, and rules that they may become. */
const MAX_DEPTH = 8;
const MAX_RULES = 100_000;
/** Returns of one chain under conditions: each is asked for by all rules behind it. */
const MAX_RETURNS = 64;

const WHOLE: Readonly<Record<Family, string>> = { ip: "0.0.0.0/0", ip6: "::/0" };
const PRIVATE_OF: Readonly<Record<Family, readonly string[]>> = {
  ip: [
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "169.254.0.0/16",
    "127.0.0.0/8",
    "224.0.0.0/4",
    "255.255.255.255",
  ],
  ip6: ["fc00::/7", "fe80::/10", "::1", "ff00::/8"],
};

/** A rule with the line that it stands in. */
interface Placed extends Draft {
  readonly line: number;
}

/** Rules of one chain that hangs at a hook, jumps followed. */
class ChainReader {
  readonly unknown: UnknownPart[] = [];
  readonly #table: Table;
  readonly #isInbound: boolean;
  readonly #policy: "allow" | "deny";
  #left = MAX_RULES;

  constructor(table: Table, { policy }: Chain, isInbound: boolean) {
    this.#table = table;
    this.#isInbound = isInbound;
    this.#policy = policy?.verdict === "drop" ? "deny" : "allow";
  }

  drafts({ rules }: Chain, depth = 0): Placed[] {
    const found: Placed[] = [];
    const left: PeerPattern[] = [];
    let unsure: string | undefined;
    const add = (one: Placed) => {
      const except = left.length === 0 ? one.except : [...(one.except ?? []), ...left];
      const beyond = one.beyond ?? unsure;
      found.push({ ...one, ...(except && { except }), ...(beyond !== undefined && { beyond }) });
    };
    for (const { text, line } of rules) {
      if (--this.#left < 0) {
        this.unknown.push({ what: "more rules than can be followed", line, on: ["connect"] });
        break;
      }
      try {
        const draft = draftOf(text, this.#isInbound, (name) => this.#table.sets.get(name));
        const { action } = draft;
        if (draft.isOld || action === undefined) continue;
        if (action === "jump" || action === "goto") for (const one of this.#jump({ ...draft, line }, depth)) add(one);
        else if (action === "return" && depth > 0 && !isUnconditional(draft)) {
          const gone = this.#leaving(draft);
          if (gone && left.length < MAX_RETURNS) left.push(...gone);
          else unsure ??= `whether the return of line ${line} is taken is not worked out`;
        } else if (action === "return" && depth === 0) add({ ...draft, action: this.#policy, line });
        else if (action !== "return") add({ ...draft, line });
        if (isUnconditional(draft) && (action === "return" || action === "goto")) break;
      } catch (error) {
        if (!(error instanceof RuleError)) throw error;
        this.unknown.push({ what: error.message, line, on: ["connect"] });
      }
    }
    return found;
  }

  /** What goes back to the chain that jumped here, by its other ends; undefined where more is asked for than those. */
  #leaving(draft: Draft): readonly PeerPattern[] | undefined {
    if (draft.scope ?? draft.beyond) return undefined;
    const family = familyOf(draft, this.#table);
    return family === "none" ? [] : peersOf(draft, family, this.#isInbound);
  }

  #jump(draft: Placed, depth: number): Placed[] {
    const target = this.#table.chains.get(draft.to ?? "");
    if (!target) throw new RuleError(`the chain ${draft.to}`);
    if (depth >= MAX_DEPTH) throw new RuleError("jumps nested too deep");
    const { action: _, to: __, comment: ___, line, ...outer } = draft;
    const inner = this.drafts(target, depth + 1).map((one) => ({ ...joined(outer, one), line: one.line }));
    if (draft.action === "jump") return inner;
    if (depth > 0) throw new RuleError("goto behind a jump");
    return [...inner, { ...outer, action: this.#policy, line }];
  }
}

/** The families of a table that a rule is for; undefined for both. */
function familyOf(draft: Draft, table: Table): Family | "none" | undefined {
  const own = table.family === "ip" || table.family === "ip6" ? table.family : undefined;
  if (own !== undefined && draft.family !== undefined && draft.family !== own) return "none";
  return draft.family ?? own;
}

/** The other ends that a rule is for, any of which. */
function peersOf(draft: Draft, family: Family | undefined, isInbound: boolean): readonly PeerPattern[] {
  const { protocols = [undefined], ports } = draft;
  const addresses = draft.addresses ?? (family && [WHOLE[family]]);
  return protocols.map((protocol) => ({
    inbound: isInbound,
    ...(addresses && { addresses }),
    ...(protocol !== undefined && { protocol }),
    ...(ports && { ports }),
  }));
}

function rulesOf(draft: Placed, table: Table, list: string | undefined, isInbound: boolean): readonly Rule[] {
  const family = familyOf(draft, table);
  if (family === "none") return [];
  const { line, scope, comment, beyond, except, action } = draft;
  return peersOf(draft, family, isInbound).map((peer): Rule => {
    return {
      id: `line ${line}`,
      action: action === "allow" ? "allow" : "deny",
      on: ["connect"],
      ...(list !== undefined && { list }),
      ...(beyond !== undefined && { subject: [{ beyond }] }),
      peer,
      ...(except && { exceptPeers: except }),
      ...(scope && { scope }),
      ...(comment !== undefined && { description: comment }),
    };
  });
}

/** Rules for the two families of addresses, and for users and groups, are one where all else is the same. */
function isTwin(a: Rule | undefined, b: Rule): boolean {
  const rest = ({ id: _, ...one }: Rule) => JSON.stringify(one);
  return a !== undefined && rest(a) === rest(b);
}

/** Rules with the family of each; the internet of one family alone is written out. */
class Collector {
  readonly #all: { rule: Rule; families: Set<Family | undefined> }[] = [];

  add(rule: Rule, family: Family | undefined): void {
    const last = this.#all.at(-1);
    if (last && isTwin(last.rule, rule)) last.families.add(family);
    else this.#all.push({ rule, families: new Set([family]) });
  }

  get rules(): readonly Rule[] {
    return this.#all.map(({ rule, families }) => {
      const [family] = families;
      if (family === undefined || families.size > 1 || rule.peer?.addresses?.[0] !== "Internet") return rule;
      const addresses = otherAddresses(PRIVATE_OF[family], family === "ip" ? 4 : 6) ?? [];
      return { ...rule, peer: { ...rule.peer, addresses } };
    });
  }
}

/** Chains of a table at hooks that a host's own connections pass. */
function basesOf(table: Table) {
  if (/^(?:arp|bridge|netdev)$/.test(table.family)) return [];
  return [...table.chains].flatMap(([called, chain]) => {
    const isInbound = entryOf(HOOKS, chain.hook ?? "");
    return isInbound === undefined ? [] : [{ table, called, chain, isInbound }];
  });
}

/** Reads tables as `nft -f` takes them. @throws WhatranError `policy/damaged` with the line where braces do not close, or no chain has a hook */
export function readNftables(text: string, name: string): Policy {
  const tables = new Tables();
  tables.take(readBlocks(text));
  const unknown: UnknownPart[] = [...tables.unknown];
  const verdicts = new Collector();
  const logged = new Collector();
  const bases = [...tables.all.values()].flatMap(basesOf);
  if (bases.length === 0) damaged({ line: 1 }, "no chain hangs at output or input");
  const active = bases.filter(({ table }) => !table.isDormant);
  // One chain for each direction is a list of rules; of more each decides for itself.
  const hasLists = [true, false].some((way) => active.filter(({ isInbound }) => isInbound === way).length > 1);
  for (const { table, called, chain, isInbound } of active) {
    const list = hasLists ? `${table.family} ${table.name} ${called}` : undefined;
    const reader = new ChainReader(table, chain, isInbound);
    const drafts = reader.drafts(chain);
    if (chain.policy?.verdict === "drop")
      drafts.push({ action: "deny", line: chain.policy.line, comment: `policy drop of ${called}` });
    for (const part of reader.unknown) unknown.push(part);
    for (const draft of drafts)
      for (const rule of rulesOf(draft, table, list, isInbound))
        (draft.action === "log" ? logged : verdicts).add(rule, familyOf(draft, table) as Family | undefined);
  }
  // A file that only logs is one in audit mode; beside verdicts, what is logged decides nothing.
  const mode: PolicyMode = verdicts.rules.length === 0 && logged.rules.length > 0 ? "audit" : "enforce";
  return { target: "nftables", name, mode, rules: mode === "audit" ? logged.rules : verdicts.rules, unknown };
}
