import type { Semantics } from "../decide/engine.ts";
import { oneLine } from "../languages/escape.ts";
import type { Operation, Policy, Rule } from "../model.ts";
import type { PolicyFile, Target } from "../target.ts";
import { readAuditd } from "./auditd/read.ts";

/**
 * Audit stops nothing: what a rule asks for is recorded. The first rule of the list that fits decides.
 * @see https://man7.org/linux/man-pages/man8/auditctl.8.html
 */
const semantics: Semantics = {
  platforms: ["linux"],
  order: "firstMatch",
  variables: {},
  reach: (policy, { on }) =>
    ["execute", "connect", "write"].includes(on) ? { mode: policy.mode, otherwise: undefined } : undefined,
};

/** A value that stays one word: rules have neither quotes nor escapes. */
const PLAIN = /^(?=.{2,4095}$)(?:\/[\w.+@%:~-]{1,255})+$/;
const CALLS: Readonly<Partial<Record<Operation, string>>> = {
  execute: "-S execve -S execveat",
  connect: "-S connect",
};

const filesOf = ({ on, object, subject }: Rule) => (on[0] === "connect" ? subject : object) ?? [];

function linesOf(rule: Rule): readonly string[] {
  const list = rule.action === "allow" ? "never,exit" : "always,exit";
  return filesOf(rule).flatMap(({ path = "" }) => {
    // `-w` would mean all that lies below, where the path is a folder.
    if (rule.on[0] === "write") return [`-a always,exit -F path=${path} -F perm=wa -k t1218`];
    // A program of 32 bits makes the call by another number.
    return ["b64", "b32"].map(
      (arch) => `-a ${list} -F arch=${arch} ${CALLS[rule.on[0] ?? "execute"]} -F exe=${path} -k t1218`,
    );
  });
}

/** What one host does not have must not keep the rules behind it out. */
const HEAD = "# Go on behind a rule whose folder is not here, or that is there already.\n-c\n\n";

/** A file for rules.d; augenrules puts it together with the others. */
function write(policy: Policy): readonly PolicyFile[] {
  const blocks = policy.rules.map((rule) => {
    const comment = rule.description === undefined ? "" : `# ${oneLine(rule.description)}\n`;
    return `${comment}${linesOf(rule).join("\n")}\n`;
  });
  return [{ name: "t1218-audit.rules", text: HEAD + blocks.join("\n") }];
}

export const auditd: Target = {
  id: "auditd",
  title: "Linux audit rules",
  cannot: [
    "Audit records and stops nothing.",
    "It names programs by path: a copy elsewhere is another program; each rule costs a comparison at every call that it names.",
    "A path that is a link fits nothing: name the file that it leads to (awk and vi are such links on many hosts).",
  ],
  semantics,
  sniff: (head, name) =>
    /^ *(?:-[aA] +(?:always|never|exit|exclude|user|task)\b\S*(?: +-|$)|-w +\/\S+ +-[pk] )/m.test(head)
      ? /audit|\.rules$/.test(name)
        ? 1
        : 0.8
      : 0,
  read: readAuditd,
  write,
  refuses(rule) {
    if (rule.action === "deny") return "audit records, it does not deny";
    if (rule.on.length !== 1 || !["execute", "connect", "write"].includes(rule.on[0] ?? ""))
      return "audit is told one kind of act a rule: starts, connections or changes of files";
    if (rule.scope || rule.exceptions || rule.peer || (rule.on[0] !== "connect" && rule.subject))
      return "such a condition is not written in audit rules";
    if (rule.action === "allow" && rule.on[0] === "write") return "a watch has no exceptions";
    const files = filesOf(rule);
    return files.length > 0 && files.every((file) => Object.keys(file).length === 1 && PLAIN.test(file.path ?? ""))
      ? undefined
      : "audit names files by their whole path, without blanks";
  },
};
