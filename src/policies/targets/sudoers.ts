import type { Semantics } from "../decide/engine.ts";
import { sudoers as escaped, oneLine } from "../languages/escape.ts";
import type { Policy, Rule } from "../model.ts";
import type { PolicyFile, Target } from "../target.ts";
import { GRANTS, readSudoers, SUDO } from "./sudoers/read.ts";

/**
 * The last entry that fits decides. `noexec` keeps a program that sudo started from starting others; who may start what by sudo at all
 * is asked of files that grant something.
 * @see https://www.sudo.ws/docs/man/sudoers.man/
 */
const semantics: Semantics = {
  platforms: ["linux", "macos"],
  order: "firstMatch",
  variables: {},
  reach(policy, { on, subject }) {
    if (on !== "execute") return undefined;
    const bySudo = /(?:^|\/)sudo$/;
    if (bySudo.test(subject.path ?? ""))
      return { mode: policy.mode, otherwise: policy.options?.includes(GRANTS) ? "block" : undefined };
    const isOthers = subject.startedBy !== undefined && !bySudo.test(subject.startedBy);
    return isOthers ? undefined : { mode: policy.mode, otherwise: undefined };
  },
};

const aliasOf = (id: string, at: number) => {
  const plain = id
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, "_")
    .replace(/^[^A-Z]+/, "");
  return plain === "" ? `T1218_${at + 1}` : plain;
};

/** A drop-in that grants nothing: aliases of commands, and the default that these start no others. */
function write(policy: Policy): readonly PolicyFile[] {
  const names = new Set<string>();
  const entries = policy.rules.map((rule, at) => {
    const commands = (rule.subject ?? []).map(({ path = "" }) => escaped(path) ?? "");
    const first = aliasOf(rule.id, at);
    const alias = names.has(first) ? `${first}_${at + 1}` : first;
    names.add(alias);
    const comment = rule.description === undefined ? "" : `# ${oneLine(rule.description)}\n`;
    return `${comment}Cmnd_Alias ${alias} = ${commands.join(", ")}\nDefaults!${alias} noexec\n`;
  });
  // Later entries win in sudoers, the first rule in the model.
  return [{ name: "t1218-noexec", text: `${entries.reverse().join("\n")}` }];
}

export const sudoers: Target = {
  id: "sudoers",
  title: "sudo (NOEXEC)",
  actsAtOnce: true,
  cannot: [
    "noexec holds for what sudo starts: the same program started without it, or by another way to root, is not held.",
    "It works on dynamically linked programs: a static one, or one that makes the system call itself, is not stopped unless sudo was built with seccomp.",
    "It has no audit mode: try it on a test host, and read what sudo and the programs complain of.",
  ],
  semantics,
  sniff: (head, name) =>
    /^(?:Cmnd_Alias\s+[A-Z]\w*\s*=|Defaults[!@:>]?\S*\s|(?:%?[\w.-]+|ALL)\s+[\w.-]+\s*=\s*(?:\(|[A-Z]+:|\/|ALL))/m.test(
      head,
    )
      ? /sudoers|^t1218-noexec$/.test(name)
        ? 1
        : 0.7
      : 0,
  read: readSudoers,
  write,
  refuses(rule: Rule) {
    if (rule.action !== "deny" || !rule.on.every((on) => on === "execute"))
      return "only noexec is written: that a program starts no others";
    if (rule.object || rule.exceptions || rule.scope || rule.peer) return "noexec knows no exceptions";
    const paths = rule.subject ?? [];
    const isSaid =
      paths.length > 0 &&
      paths.every(
        ({ path, startedBy, ...rest }) =>
          startedBy === SUDO &&
          path !== undefined &&
          !/[*?]/.test(path) &&
          escaped(path) !== undefined &&
          Object.keys(rest).length === 0,
      );
    return isSaid ? undefined : "sudo names programs that it starts by their whole path";
  },
};
