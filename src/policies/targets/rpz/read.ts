import { isIP } from "node:net";
import { described, LONGEST_LINE, logicalLines } from "../../languages/lines.ts";
import type { Policy, Rule, UnknownPart } from "../../model.ts";
import { damaged } from "../../read.ts";
import { ruled } from "./names.ts";

const TYPES = "a|aaaa|caa|cname|hinfo|https|loc|mx|naptr|ns|ptr|rp|soa|spf|srv|sshfp|svcb|tlsa|txt|type\\d{1,5}";
const REST = `(?:(?:\\d[\\dsmhdw]*|in)\\s+)*(${TYPES})\\s+(.+)$`;
const RECORD = new RegExp(`^(\\S+)\\s+${REST}`, "i");
/** A record without a name is one more of the name above. */
const NAMELESS = new RegExp(`^()${REST}`, "i");
/** Triggers other than the name that is asked for. */
const OTHER = /\.rpz-(?:ip|client-ip|nsdname|nsip)$/i;
/** A comment, but for what stands in quotes. */
const COMMENT = /^((?:[^";]|"(?:[^"\\]|\\.)*")*);.*$/s;
const PASSED = /^rpz-(?:passthru|tcp-only)\.$/i;
/** Letters of a name. */
const LONGEST = 253;
/** Stands for the name of the zone, which its file need not say. */
const ZONE = "\0";

/**
 * A record within parentheses goes over lines: they become one. Behind the last closing one nothing is looked for, so that each line is
 * looked at once.
 */
function joinedIn(text: string): string {
  const end = text.lastIndexOf(")") + 1;
  const joined = text.slice(0, end).replace(/(?<![^\n])([^;\n(]*)(\([^)]*\))/g, (_, before: string, body: string) => {
    return before + body.replace(/;.*$/gm, "").replace(/\s+/g, " ");
  });
  return joined + text.slice(end);
}

const ADDRESS = /\.rpz-ip$/;
/** Which other addresses a name has no log tells: one of them may have been answered for. */
const OTHERS: Rule = {
  id: "rpz-ip",
  action: "deny",
  on: ["connect"],
  subject: [{ beyond: "which other addresses the name has is not logged" }],
  description: "other addresses of a name",
};

const lengthOf = ({ peer }: Rule) => Number(peer?.addresses?.[0]?.split("/")[1]);

/** `24.0.2.0.192` is 192.0.2.0/24, and `48.zz.1.db8.2001` is 2001:db8:1::/48. */
function prefixOf(text: string): string | undefined {
  const [length = "", ...parts] = text.split(".");
  const isFour = parts.length === 4 && parts.every((one) => /^\d{1,3}$/.test(one));
  const address = isFour
    ? parts.reverse().join(".")
    : parts
        .reverse()
        .map((one) => (one === "zz" ? "" : one))
        .join(":")
        .replace(/^:|:$/g, "::");
  if (isIP(address) === 0 || !/^\d{1,3}$/.test(length) || Number(length) > (isFour ? 32 : 128)) return undefined;
  return `${address}/${length}`;
}

class ZoneReader {
  readonly found = new Map<string, Rule>();
  readonly addresses: Rule[] = [];
  readonly unknown: UnknownPart[] = [];
  isZone = false;
  #zone: string | undefined;
  #origin = ZONE;
  #owner = "@";

  directive(name: string, value: string, line: number): void {
    if (/^ttl$/i.test(name)) return;
    if (/^origin$/i.test(name)) this.#origin = this.#whole(value.trim());
    else this.#note(`$${name}`, line);
  }

  line(plain: string, isIndented: boolean, line: number, comment: string): void {
    const record = (isIndented ? NAMELESS : RECORD).exec(plain);
    if (!record) {
      this.#note("a line", line);
      return;
    }
    const [, owner = "", type = "", data = ""] = record;
    if (owner !== "") this.#owner = this.#whole(owner);
    if (/^soa$/i.test(type)) {
      this.isZone = true;
      this.#zone ??= this.#owner;
    }
    if (/^(?:soa|ns)$/i.test(type)) return;
    const trigger = this.#trigger();
    if (trigger === undefined) this.#note("a name outside the zone", line);
    else if (trigger.length > LONGEST) this.#note("a name that is longer than names are", line);
    else if (ADDRESS.test(trigger)) this.#address(trigger, type, data, line, comment);
    else if (OTHER.test(trigger)) this.#note(`the trigger ${trigger.slice(0, 60)}`, line);
    else if (trigger !== "" && !this.found.has(trigger)) {
      const to = data.trim();
      // Before there was a word for it, the name itself as its answer said the same.
      const isPassed = /^cname$/i.test(type) && (PASSED.test(to) || to.toLowerCase() === `${trigger}.`);
      this.found.set(trigger, {
        id: trigger,
        action: isPassed ? "allow" : "deny",
        on: ["connect"],
        peer: { addresses: [`=${trigger}`] },
        ...described(comment),
      });
    }
  }

  /** An address that the answer would have held: names are asked before those, and the longer prefix before the shorter. */
  #address(trigger: string, type: string, data: string, line: number, comment: string): void {
    const prefix = prefixOf(trigger.replace(ADDRESS, ""));
    if (prefix === undefined) {
      this.#note(`the trigger ${trigger.slice(0, 60)}`, line);
      return;
    }
    const isPassed = /^cname$/i.test(type) && PASSED.test(data.trim());
    this.addresses.push({
      id: trigger,
      action: isPassed ? "allow" : "deny",
      on: ["connect"],
      peer: { addresses: [prefix] },
      ...described(comment),
    });
  }

  #note(what: string, line: number): void {
    this.unknown.push({ what, line, on: ["connect"] });
  }

  /** A name with that of the zone behind it, in small letters and without the last dot. */
  #whole(name: string): string {
    const lower = name.toLowerCase();
    if (lower === "@") return this.#origin;
    return lower.endsWith(".") ? lower.slice(0, -1) : `${lower}.${this.#origin}`;
  }

  /** What the last record is about: empty for the zone itself, undefined for a name outside it. */
  #trigger(): string | undefined {
    for (const zone of [ZONE, this.#zone ?? this.#origin]) {
      if (this.#owner === zone) return "";
      if (this.#owner.endsWith(`.${zone}`)) return this.#owner.slice(0, -zone.length - 1);
    }
    return undefined;
  }
}

const answered = (addresses: readonly Rule[]) =>
  addresses.length === 0 ? [] : [...addresses.toSorted((a, b) => lengthOf(b) - lengthOf(a)), OTHERS];

/** @throws WhatranError `policy/damaged` where there is no zone */
export function readRpz(text: string, name: string): Policy {
  const reader = new ZoneReader();
  const joined = joinedIn(text);
  const raw = joined.split(/\r?\n/);
  for (const { text: entry, line, comment } of logicalLines(joined, ";")) {
    if (entry.length > LONGEST_LINE) {
      reader.line("", false, line, comment);
      continue;
    }
    const plain = entry.replace(COMMENT, "$1").trim();
    const directive = /^\$(TTL|ORIGIN|INCLUDE|GENERATE)\b\s*(.*)$/i.exec(plain);
    if (directive) reader.directive(directive[1] ?? "", directive[2] ?? "", line);
    else if (plain !== "") reader.line(plain, /^\s/.test(raw[line - 1] ?? ""), line, comment);
  }
  const { found, addresses, unknown, isZone } = reader;
  if (!isZone && found.size + addresses.length === 0) damaged({ line: unknown[0]?.line ?? 1 }, "there is no zone");
  return {
    target: "rpz",
    name,
    mode: "enforce",
    rules: [...ruled([...found.values()]), ...answered(addresses)],
    unknown,
  };
}
