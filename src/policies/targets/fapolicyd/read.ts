import { entryOf } from "../../../model/entry.ts";
import type { FilePattern, Operation, Policy, Rule, UnknownPart } from "../../model.ts";
import { damaged, RuleError } from "../../read.ts";

const DECISION = /^(allow|deny)(?:_audit|_syslog|_log)?$/;
const PERMISSIONS: Readonly<Record<string, readonly Operation[]>> = {
  open: ["load", "script"],
  execute: ["execute"],
  any: ["execute", "load", "script"],
};
/** Directories that keywords stand for. */
const EXECUTABLE = ["/usr/", "/bin/", "/sbin/", "/lib/", "/lib64/", "/usr/libexec/"];
const KEYWORDS: Readonly<Record<string, readonly string[]>> = {
  execdirs: EXECUTABLE,
  systemdirs: [...EXECUTABLE, "/etc/"],
};

/** What one side of a rule names; a part may be several files. */
interface Side {
  readonly patterns: readonly FilePattern[] | undefined;
  readonly scope: readonly string[];
}

const LOADER = "pattern=ld_so";

const SUBJECT = new Set("auid uid gid sessionid pid ppid trust comm exe dir ftype device pattern".split(" "));
const OBJECT = new Set("path dir device ftype trust sha256hash filehash".split(" "));
const NUMBERS = new Set("auid uid gid sessionid pid ppid".split(" "));
const PATTERNS = new Set(["normal", "ld_so", "static", "ld_preload"]);
/** Pairs of values that are worked out. */
const MOST = 1 << 16;
/** Who acts: logs tell the first. */
const WHO: readonly string[] = ["uid", "gid", "auid"];
/** The one set that may be added to. */
const GROWS = "languages";
/** The kernel keeps as many letters of a command’s name. */
const COMMAND = 15;

class FapolicydReader {
  readonly #sets = new Map<string, readonly string[]>();

  set(text: string): void {
    const [, name = "", plus, list = ""] = /^%\s*(\w+)\s*(\+?)=(.*)$/.exec(text) ?? [];
    const known = this.#sets.get(name);
    const isAdded = plus === "+";
    if (name === "") throw new RuleError("a set without a name");
    if (isAdded ? !known || name !== GROWS : known)
      throw new RuleError(`the set %${name}, which is there already or is not,`);
    const values = list.split(",").map((value) => value.trim());
    this.#sets.set(name, [...(known ?? []), ...values]);
  }

  rule(text: string): Omit<Rule, "id"> {
    const colon = / : | :$/.exec(text);
    if (!colon) throw new RuleError("a rule without “:”");
    const [decision = "", ...left] = text.slice(0, colon.index).split(/\s+/);
    const action = DECISION.exec(decision)?.[1];
    if (action !== "allow" && action !== "deny") throw new RuleError(`the decision ${decision}`);
    // The permission stands in front of the subject or nowhere.
    const permission = left[0]?.startsWith("perm=") ? left[0].slice(5) : undefined;
    const on = entryOf(PERMISSIONS, permission ?? "open");
    if (!on) throw new RuleError(`the permission ${permission}`);
    const whose = permission === undefined ? left : left.slice(1);
    const what = text
      .slice(colon.index + 3)
      .trim()
      .split(/\s+/)
      .filter(Boolean);
    if (whose.length === 0 || what.length === 0) throw new RuleError("a rule without subject or object");
    // Who is started through the loader is told by the loader’s own start.
    const isLoader = whose.includes(LOADER) && what.every((word) => word === "all");
    const subject = this.#side(isLoader ? whose.filter((word) => word !== LOADER) : whose, true);
    const object = isLoader ? { patterns: [{ path: "*/ld-*.so*" }] } : this.#side(what, false);
    return {
      action,
      on,
      ...(subject.patterns && { subject: subject.patterns }),
      ...(object.patterns && { object: object.patterns }),
      ...(subject.scope.length > 0 && { scope: subject.scope }),
    };
  }

  #side(words: readonly string[], isSubject: boolean): Side {
    let patterns: readonly FilePattern[] = [{}];
    const who = new Map<string, readonly string[]>();
    for (const word of words) {
      if (word === "all") continue;
      const at = word.indexOf("=");
      if (at < 1) throw new RuleError(`the word ${word}`);
      const name = word.slice(0, at);
      if (!(isSubject ? SUBJECT : OBJECT).has(name)) throw new RuleError(`${name}=`);
      const values = this.#values(name, word.slice(at + 1));
      if (WHO.includes(name))
        who.set(
          name,
          values.map((value) => `${name}=${value}`),
        );
      else
        patterns = both(
          patterns,
          values.flatMap((value) => patternsOf(name, value, isSubject)),
        );
    }
    // All of them must be: the one that logs tell is compared, the others are open.
    const [scope = [], ...open] = WHO.flatMap((name) => (who.has(name) ? [who.get(name)!] : []));
    if (open.length > 0) patterns = both(patterns, [{ beyond: `${open.flat().join(", ")} cannot be asked of a log` }]);
    const isAll = patterns.length === 1 && Object.keys(patterns[0] ?? {}).length === 0;
    return { patterns: isAll ? undefined : patterns, scope };
  }

  #values(name: string, text: string): readonly string[] {
    if (name === "trust" ? !/^[01]$/.test(text) : name === "pattern" && !PATTERNS.has(text))
      throw new RuleError(`${name}=${text}`);
    if (!text.startsWith("%")) return text.split(",").filter(Boolean);
    const known = this.#sets.get(text.slice(1));
    if (!known) throw new RuleError(`the set ${text}`);
    if (NUMBERS.has(name) !== known.every((value) => /^-?\d+$/.test(value)))
      throw new RuleError(`the set ${text} for ${name}=`);
    return known;
  }
}

/** All must hold: each of the ones with each of the others. */
function both(ones: readonly FilePattern[], others: readonly FilePattern[]): readonly FilePattern[] {
  if (ones.length > 1 && others.length > 1 && ones.length * others.length > MOST)
    throw new RuleError("a rule with so many values");
  return ones.flatMap((one) => others.map((other) => ({ ...one, ...other })));
}

/** Stars and question marks are letters in paths, and no file that is logged has them: such a path fits none. */
const plain = (pattern: FilePattern, text: string): readonly FilePattern[] => (/[*?]/.test(text) ? [] : [pattern]);

function commandOf(value: string): readonly FilePattern[] {
  if (value.length > COMMAND) return [];
  return plain({ path: value.length === COMMAND ? `*/${value}*` : `*/${value}` }, value);
}

function patternsOf(name: string, value: string, isSubject: boolean): readonly FilePattern[] {
  switch (name) {
    case "exe":
      return value === "untrusted" ? [{ trusted: false }] : plain({ path: value }, value);
    case "path":
      // The manual has this word for paths, too; the source does not ask for it.
      if (value === "untrusted") return [{ trusted: false, beyond: "path=untrusted is not asked in all versions" }];
      return plain({ path: value }, value);
    case "dir":
      if (value === "untrusted") return [{ trusted: false }];
      // Compared as a beginning: without a slash at its end it is that of other folders, too.
      return (entryOf(KEYWORDS, value) ?? [value]).flatMap((folder) => plain({ path: `${folder}*` }, folder));
    case "comm":
      return commandOf(value);
    case "trust":
      return [{ trusted: value === "1" }];
    case "ftype":
      return value === "any" && !isSubject ? [{}] : [{ fileType: value }];
    case "sha256hash":
    case "filehash":
      return [{ hash: value.toLowerCase() }];
  }
  return [{ beyond: `${name}=${value} cannot be asked of a log` }];
}

/** Reads rules as they stand in rules.d or compiled.rules. @throws WhatranError `policy/damaged` where no line is a rule */
export function readFapolicyd(text: string, name: string): Policy {
  const reader = new FapolicydReader();
  const rules: Rule[] = [];
  const unknown: UnknownPart[] = [];
  let comment = "";
  for (const [at, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim().replace(/^\d+\.\s+|^->\s+/, "");
    if (line.startsWith("#")) {
      comment = line.slice(1).trim();
      continue;
    }
    if (line !== "") {
      try {
        const description = comment === "" ? {} : { description: comment };
        if (line.startsWith("%")) reader.set(line);
        else rules.push({ id: `rule ${rules.length + 1}`, ...reader.rule(line), ...description });
      } catch (error) {
        if (!(error instanceof RuleError)) throw error;
        unknown.push({ what: error.message, line: at + 1 });
      }
    }
    comment = "";
  }
  if (rules.length === 0) damaged({ line: unknown[0]?.line ?? 1 }, "there is no rule");
  return { target: "fapolicyd", name, mode: "enforce", rules, unknown };
}
