import { aareFault } from "../../decide/aare.ts";
import type { FilePattern } from "../../model.ts";
import type { Statement } from "./profiles.ts";

/**
 * Variables that every installation brings. Of homes a site may name more in a file of its own, so that what lies in none of these
 * may lie in one all the same.
 * @see https://manpages.ubuntu.com/manpages/noble/man5/apparmor.d.5.html
 */
const SHIPPED: readonly (readonly [name: string, ...values: readonly string[]])[] = [
  ["HOMEDIRS", "/home/"],
  ["HOME", "@{HOMEDIRS}/*/", "/root/"],
  ["PROC", "/proc/"],
  ["sys", "/sys/"],
  ["run", "/run/", "/var/run/"],
  ["multiarch", "*-linux-gnu*"],
  ["etc_ro", "/etc/", "/usr/etc/"],
  ["etc_rw", "/etc/"],
];
const SITES: ReadonlySet<string> = new Set(["HOME", "HOMEDIRS"]);
const TUNABLES = /^#?include\s+(?:if exists\s+)?<tunables\//;
const VARIABLE = /@\{(\w{1,64})\}/;
const ASSIGNMENT = /^@\{(\w{1,64})\}\s*(\+?=)\s*(.*)$/;
const ALIAS = /^alias\s+("[^"]*"|\S+)\s+->\s+("[^"]*"|\S+)$/;
/** Text that variables may become, and how often one may stand in another. */
const LONGEST = 16_384;
const MAX_ROUNDS = 64;

const unquoted = (text: string) => text.replace(/^"(.*)"$/, "$1");

/** What patterns of one file stand for: its variables and aliases. */
export class Patterns {
  readonly #variables = new Map<string, string[]>();
  readonly #aliases: (readonly [from: string, to: string])[] = [];
  #hasTunables = false;

  constructor(preamble: readonly Statement[]) {
    for (const { text } of preamble) {
      if (TUNABLES.test(text)) this.#ship();
      const [, name = "", sign = "", values = ""] = ASSIGNMENT.exec(text) ?? [];
      if (name !== "") {
        const all = (values.match(/"[^"]*"|\S+/g) ?? []).map(unquoted);
        this.#variables.set(name, sign === "+=" ? [...(this.#variables.get(name) ?? []), ...all] : all);
      }
      const [, from, to] = ALIAS.exec(text) ?? [];
      if (from !== undefined && to !== undefined) this.#aliases.push([unquoted(from), unquoted(to)]);
    }
  }

  #ship(): void {
    if (this.#hasTunables) return;
    this.#hasTunables = true;
    for (const [name, ...values] of SHIPPED) this.#variables.set(name, [...values]);
  }

  /** The files that a pattern means, any of which: several where a site may have added to it, or names a path twice. */
  of(raw: string): readonly FilePattern[] {
    const text = unquoted(raw);
    const whole = this.#put(text);
    if (whole === undefined) return [{ beyond: `what ${text.slice(0, 60)} stands for is not worked out` }];
    const aliases = this.#aliases.flatMap(([from, to]) =>
      whole.startsWith(from) ? [to + whole.slice(from.length)] : [],
    );
    const site = this.#hasTunables ? SITES_IN.exec(text)?.[0] : undefined;
    const others =
      site === undefined
        ? []
        : [
            {
              ...patternOf(this.#put(text.replace(SITES_IN, "/**/"))?.replace(/\/{2,}/g, "/") ?? "/**"),
              beyond: `what a site adds to ${site} is not known`,
            },
          ];
    return [whole, ...aliases].map((one): FilePattern => patternOf(one)).concat(others);
  }

  /** A pattern with what its variables stand for; undefined where one is not known. */
  #put(text: string): string | undefined {
    let whole = text;
    for (let round = 0; whole.length <= LONGEST; round++) {
      const found = VARIABLE.exec(whole);
      if (!found) return whole.replace(/\/{2,}/g, "/");
      const values = this.#variables.get(found[1] ?? "");
      if (!values || values.length === 0 || round === MAX_ROUNDS) return undefined;
      const after = whole.slice(found.index + found[0].length);
      // A folder ends in a slash, as does what stands before it in a path.
      const all = after.startsWith("/") ? values.map((one) => one.replace(/\/$/, "")) : values;
      whole = whole.slice(0, found.index) + (all.length === 1 ? all[0] : `{${all.join(",")}}`) + after;
    }
    return undefined;
  }
}

const SITES_IN = new RegExp(`@\\{(?:${[...SITES].join("|")})\\}`);

/** A letter, a pair of stars, or what a backslash has mean itself. */
const SIGN = /\\.?|\*\*|./gs;

/** A pattern of AppArmor in the model's words, of which plain ones are those of all products. */
function patternOf(text: string): FilePattern {
  let path = "";
  let single = false;
  let double = false;
  for (const sign of text.match(SIGN) ?? []) {
    if (sign.length === 1 && /[{}[\]]/.test(sign)) return shaped(text);
    if (sign === "\\*" || sign === "\\?") return shaped(text);
    double ||= sign === "**";
    single ||= sign === "*" || sign === "?";
    path += sign === "**" ? "*" : sign.replace(/^\\/, "");
  }
  if (single && double) return shaped(text);
  return single ? { path, inFolder: true } : { path };
}

function shaped(aare: string): FilePattern {
  const fault = aareFault(aare);
  return fault === undefined ? { aare } : { beyond: `what ${aare.slice(0, 60)} stands for is not known: ${fault}` };
}
