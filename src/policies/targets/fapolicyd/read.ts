import type { FilePattern, Operation, Policy, Rule, UnknownPart } from "../../model.ts";
import { damaged } from "../../read.ts";

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

class RuleError extends Error {}

class FapolicydReader {
  readonly #sets = new Map<string, readonly string[]>();

  set(text: string): void {
    const at = text.indexOf("=");
    const values = text.slice(at + 1).split(",");
    this.#sets.set(
      text.slice(1, at),
      values.map((value) => value.trim()),
    );
  }

  rule(text: string): Omit<Rule, "id"> {
    const colon = / : | :$/.exec(text);
    if (!colon) throw new RuleError("a rule without “:”");
    const left = text.slice(0, colon.index).split(/\s+/);
    const action = DECISION.exec(left[0] ?? "")?.[1];
    if (action !== "allow" && action !== "deny") throw new RuleError(`the decision ${left[0] ?? ""}`);
    const permission = left.find((word) => word.startsWith("perm="))?.slice(5) ?? "open";
    const on = PERMISSIONS[permission];
    if (!on) throw new RuleError(`the permission ${permission}`);
    const whose = left.slice(1).filter((word) => !word.startsWith("perm="));
    const what = text
      .slice(colon.index + 3)
      .trim()
      .split(/\s+/)
      .filter(Boolean);
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
    const scope: string[] = [];
    for (const word of words) {
      if (word === "all") continue;
      const at = word.indexOf("=");
      if (at < 1) throw new RuleError(`the word ${word}`);
      const name = word.slice(0, at);
      const values = this.#values(word.slice(at + 1));
      if (isSubject && /^(?:uid|gid|auid)$/.test(name)) scope.push(...values.map((value) => `${name}=${value}`));
      else
        patterns = both(
          patterns,
          values.flatMap((value) => patternsOf(name, value, isSubject)),
        );
    }
    const isAll = patterns.length === 1 && Object.keys(patterns[0] ?? {}).length === 0;
    return { patterns: isAll ? undefined : patterns, scope };
  }

  #values(text: string): readonly string[] {
    if (text.startsWith("%")) {
      const known = this.#sets.get(text.slice(1));
      if (!known) throw new RuleError(`the set ${text}`);
      return known;
    }
    return text.split(",");
  }
}

/** All must hold: each of the ones with each of the others. */
function both(ones: readonly FilePattern[], others: readonly FilePattern[]): readonly FilePattern[] {
  return ones.flatMap((one) => others.map((other) => ({ ...one, ...other })));
}

function patternsOf(name: string, value: string, isSubject: boolean): readonly FilePattern[] {
  switch (name) {
    case "exe":
      if (isSubject) return [{ path: value }];
      break;
    case "path":
      if (!isSubject) return [{ path: value }];
      break;
    case "dir":
      if (value === "untrusted") return [{ trusted: false }];
      return (KEYWORDS[value] ?? [value]).map((folder) => ({ path: `${folder.replace(/\/?$/, "/")}*` }));
    case "comm":
      if (isSubject) return [{ path: `*/${value}` }];
      break;
    case "trust":
      return [{ trusted: value === "1" }];
    case "ftype":
      return value === "any" ? [{}] : [{ fileType: value }];
    case "sha256hash":
    case "filehash":
      return [{ hash: value.toLowerCase() }];
    case "device":
    case "pattern":
    case "sessionid":
    case "pid":
    case "ppid":
    case "mode":
      return [{ beyond: `${name}=${value} cannot be asked of a log` }];
  }
  throw new RuleError(`${name}=`);
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
    if (line.startsWith("%")) reader.set(line);
    else if (line !== "") {
      try {
        const description = comment === "" ? {} : { description: comment };
        rules.push({ id: `rule ${rules.length + 1}`, ...reader.rule(line), ...description });
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
