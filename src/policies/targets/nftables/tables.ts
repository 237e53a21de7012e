import type { UnknownPart } from "../../model.ts";
import { damaged } from "../../read.ts";
import type { Block } from "./blocks.ts";
import { values } from "./values.ts";

interface Statement {
  readonly text: string;
  readonly line: number;
}

export interface Chain {
  readonly line: number;
  /** The hook that it hangs at and the policy of a chain of type filter; undefined for one that is jumped to, or of another type. */
  hook?: string;
  policy?: Statement & { readonly verdict: string };
  readonly rules: Statement[];
}

export interface Table {
  readonly family: string;
  readonly name: string;
  isDormant: boolean;
  readonly chains: Map<string, Chain>;
  /** Elements of sets; undefined for one that changes by itself. */
  readonly sets: Map<string, readonly string[] | undefined>;
}

const FAMILIES = new Set(["ip", "ip6", "inet", "arp", "bridge", "netdev"]);
/** Most that a statement becomes by its variables. */
const LONGEST = 65_536;

/** Tables as nft makes them of blocks and of commands, whichever come first. */
export class Tables {
  readonly all = new Map<string, Table>();
  readonly unknown: UnknownPart[] = [];
  readonly #variables = new Map<string, string>();

  take(root: Block): void {
    const parts = [...root.statements, ...root.blocks].sort((a, b) => a.line - b.line);
    for (const part of parts) {
      if ("head" in part) this.#block(part);
      else this.#command(part);
    }
  }

  #cannot(what: string, line: number): void {
    this.unknown.push({ what, line, on: ["connect"] });
  }

  #table(words: readonly string[]): Table {
    const [family = "ip", name = ""] = FAMILIES.has(words[0] ?? "") ? words : ["ip", ...words];
    const key = `${family} ${name}`;
    const table = this.all.get(key) ?? { family, name, isDormant: false, chains: new Map(), sets: new Map() };
    this.all.set(key, table);
    return table;
  }

  #chain(table: Table, name: string, line: number): Chain {
    const chain = table.chains.get(name) ?? { line, rules: [] };
    table.chains.set(name, chain);
    return chain;
  }

  #block(block: Block): void {
    const words = block.head.replace(/^(?:add|create)\s/, "").split(" ");
    const [kind = "", ...rest] = words;
    if (kind === "table") this.#whole(this.#table(rest), block);
    else if (kind === "chain" && rest.length > 1) {
      this.#statements(this.#chain(this.#table(rest), rest.at(-1) ?? "", block.line), block);
    } else if (kind === "set" && rest.length > 1) this.#set(this.#table(rest), rest.at(-1) ?? "", block);
    else if (rest.length < 2) damaged({ line: block.line }, `“${block.head.slice(0, 40)}” is no table`);
  }

  #whole(table: Table, block: Block): void {
    for (const one of block.blocks) {
      const [kind = "", name = ""] = one.head.split(" ");
      if (kind === "chain") this.#statements(this.#chain(table, name, one.line), one);
      else if (kind === "set") this.#set(table, name, one);
    }
    for (const { text, line } of block.statements) {
      if (/^flags\b.*\bdormant\b/.test(text)) table.isDormant = true;
      else if (!/^(?:comment|flags)\b/.test(text)) this.#cannot("a statement", line);
    }
  }

  #set(table: Table, name: string, { statements }: Block): void {
    const changes = statements.some(({ text }) => /^flags\b.*\b(?:dynamic|timeout)\b|^timeout\b/.test(text));
    const elements = statements.find(({ text }) => /^elements\s*=/.test(text))?.text.replace(/^elements\s*=\s*/, "");
    const members = values(this.#expanded(elements ?? "{}")).map((one) => one.split(" ", 1)[0] ?? "");
    table.sets.set(name, changes ? undefined : members);
  }

  #statements(chain: Chain, { statements }: Block): void {
    for (const { text, line } of statements) {
      const [, hook] = /^type\s+filter\s+hook\s+(\w+)/.exec(text) ?? [];
      const [, verdict] = /^policy\s+(accept|drop)$/.exec(text) ?? [];
      if (hook !== undefined) chain.hook = hook;
      else if (verdict !== undefined) chain.policy = { text, line, verdict };
      else if (!/^(?:type|comment|devices?)\b/.test(text)) chain.rules.push({ text: this.#expanded(text), line });
    }
  }

  /** What stands outside of blocks. */
  #command({ text, line }: Statement): void {
    const [verb = "", kind = "", ...rest] = text.split(" ");
    if (/^(?:flush|delete|destroy)$/.test(verb)) {
      if (kind === "ruleset") this.all.clear();
      else if (kind === "table") this.all.delete(`${this.#table(rest).family} ${this.#table(rest).name}`);
      return;
    }
    if (verb === "include") this.#cannot("include", line);
    else if (verb === "define") this.#define(text);
    else if ((verb === "add" || verb === "create") && kind === "table") this.#table(rest);
    else if ((verb === "add" || verb === "insert") && kind === "rule") this.#rule(verb, rest, line);
    else if ((verb === "add" || verb === "create") && kind === "chain")
      this.#chain(this.#table(rest), rest[FAMILIES.has(rest[0] ?? "") ? 2 : 1] ?? "", line);
    else if (verb === "add" && /^(?:set|map|element|counter|quota|limit)$/.test(kind))
      this.#cannot(`${verb} ${kind}`, line);
    else damaged({ line }, "no table and no command");
  }

  #rule(verb: string, words: readonly string[], line: number): void {
    const at = FAMILIES.has(words[0] ?? "") ? 3 : 2;
    const chain = this.#chain(this.#table(words), words[at - 1] ?? "", line);
    const rule = { text: this.#expanded(words.slice(at).join(" ")), line };
    if (/^(?:handle|position|index)\b/.test(rule.text)) this.#cannot("the place of a rule", line);
    else if (verb === "insert") chain.rules.unshift(rule);
    else chain.rules.push(rule);
  }

  #define(text: string): void {
    const [, name = "", value = ""] = /^define\s+(\w+)\s*=\s*(.+)$/.exec(text) ?? [];
    this.#variables.set(name, this.#expanded(value));
  }

  /** Variables are put in as they stand; a set within a set is one. What becomes too long keeps them, and is not understood. */
  #expanded(text: string): string {
    if (!text.includes("$")) return text;
    let size = 0;
    const whole = text.replace(/\$(\w+)/g, (found, name: string) => {
      const value = this.#variables.get(name);
      size += value?.length ?? 0;
      return value === undefined || size > LONGEST ? found : value;
    });
    return whole.replace(/\{[^{}]*(?:\{[^{}]*\}[^{}]*)+\}/g, (set) => `{ ${set.replace(/[{}]/g, " ").trim()} }`);
  }
}
