import { oneLine } from "../../languages/escape.ts";
import type { FilePattern, Operation, Policy, Rule } from "../../model.ts";
import type { PolicyFile } from "../../target.ts";

/** A value that stays one word and one value: the rules have no quotes. */
const PLAIN = /^[^\s,:%#=*?"'\\\0]+$/;

function permissionOf(on: readonly Operation[]): string | undefined {
  const opens = on.some((one) => one === "load" || one === "script");
  const runs = on.includes("execute");
  if (on.some((one) => !["execute", "load", "script"].includes(one))) return undefined;
  return opens && runs ? "any" : runs ? "execute" : opens ? "open" : undefined;
}

/** One pattern as words; undefined where the rules cannot say it. */
function wordsOf(pattern: FilePattern, isSubject: boolean): string | undefined {
  const { path, trusted, fileType, hash, ...rest } = pattern;
  if (Object.keys(rest).length > 0) return undefined;
  const words: string[] = [];
  if (path !== undefined) {
    const folder = /^(\/.*\/)\*$/.exec(path)?.[1];
    // The kernel keeps 15 letters of a command’s name: no longer one is ever met, and so many are those of longer ones, too.
    const name = isSubject ? /^\*\/([^/]{1,14})$/.exec(path)?.[1] : undefined;
    const value = folder ?? name ?? path;
    if (!PLAIN.test(value) || (name === undefined && !value.startsWith("/"))) return undefined;
    words.push(`${folder ? "dir" : name ? "comm" : isSubject ? "exe" : "path"}=${value}`);
  }
  if (trusted !== undefined) words.push(`trust=${trusted ? 1 : 0}`);
  if (fileType !== undefined) {
    if (!PLAIN.test(fileType)) return undefined;
    words.push(`ftype=${fileType}`);
  }
  if (hash !== undefined) words.push(`sha256hash=${hash}`);
  return words.length === 0 ? "all" : words.join(" ");
}

function sides(patterns: readonly FilePattern[] | undefined, isSubject: boolean): readonly (string | undefined)[] {
  return patterns?.map((pattern) => wordsOf(pattern, isSubject)) ?? ["all"];
}

/** Why a rule cannot be written; undefined where it can. */
export function writable(rule: Rule): string | undefined {
  if (rule.action === "audit" || rule.exceptions || rule.peer) return "fapolicyd allows or denies, without exceptions";
  if (permissionOf(rule.on) === undefined) return "fapolicyd rules on opened and executed files only";
  if (rule.scope?.some((one) => !/^(?:uid|gid|auid)=\d+$/.test(one)))
    return "fapolicyd takes users and groups by number";
  const all = [...sides(rule.subject, true), ...sides(rule.object, false)];
  return all.includes(undefined)
    ? "fapolicyd has no such condition, or a name cannot be written in its rules"
    : undefined;
}

/** A file for rules.d. Rules that name several files become several. */
export function writeFapolicyd(policy: Policy): readonly PolicyFile[] {
  const lines = policy.rules.flatMap((rule) => {
    const scope = rule.scope ?? [];
    const scopes = scope.length > 0 ? scope.map((one) => ` ${one}`) : [""];
    return sides(rule.subject, true).flatMap((subject) =>
      sides(rule.object, false).flatMap((object) =>
        scopes.map((who) => {
          const actor = subject === "all" && who !== "" ? who.trim() : `${subject ?? "all"}${who}`;
          const comment = rule.description === undefined ? "" : `# ${oneLine(rule.description)}\n`;
          const decision = rule.action === "deny" ? "deny_audit" : "allow";
          return `${comment}${decision} perm=${permissionOf(rule.on) ?? "any"} ${actor} : ${object ?? "all"}\n`;
        }),
      ),
    );
  });
  return [{ name: "10-t1218.rules", text: lines.join("") }];
}
