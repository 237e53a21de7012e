import { apparmor, oneLine } from "../../languages/escape.ts";
import type { FilePattern, Operation, Policy, Rule } from "../../model.ts";
import type { PolicyFile } from "../../target.ts";

/** What a profile says of each kind of act on files. */
const LETTERS: Readonly<Partial<Record<Operation, string>>> = { execute: "x", load: "m", write: "w" };

/** A path or, with `*` at its end, what lies below a folder; undefined for any other pattern. */
function pathOf({ path, ...rest }: FilePattern): string | undefined {
  if (path === undefined || Object.keys(rest).length > 0) return undefined;
  const folder = /^(\/(?:.*\/)?)\*$/.exec(path)?.[1];
  if (folder === undefined) return /[*?]/.test(path) ? undefined : apparmor(path);
  return /[*?]/.test(folder) ? undefined : apparmor(folder)?.replace(/"$/, '**"');
}

const isWhole = (file: FilePattern) => pathOf(file) !== undefined && !/[*?]/.test(file.path ?? "");

/** Why a rule cannot be written; undefined where it can. */
export function refusesApparmor(rule: Rule): string | undefined {
  const { action, on, subject = [], object, exceptions, scope, peer } = rule;
  if (action !== "deny" || on.length !== 1) return "a profile is written from denials of one kind of act";
  if (scope) return "AppArmor knows no users but the owner of a file";
  if (subject.length === 0 || !subject.every(isWhole)) return "a profile is for a program at a whole path";
  if (on[0] === "connect")
    return object ||
      exceptions ||
      (peer && Object.keys(peer).some((key) => key !== "inbound")) ||
      peer?.inbound === true
      ? "AppArmor cuts a program off the network, or does not"
      : undefined;
  if (LETTERS[on[0] ?? "open"] === undefined || peer) return "AppArmor rules on files, programs and sockets";
  if (object && exceptions) return "a folder that is denied has no exceptions";
  if (!object && on[0] !== "execute") return "a program without any library or file does not run";
  return [...(object ?? []), ...(exceptions ?? [])].every((file) => pathOf(file) !== undefined)
    ? undefined
    : "AppArmor names files by path, or all below a folder";
}

function profile(path: string, rules: readonly Rule[], isAudit: boolean, at: number): string {
  const of = (on: Operation) => rules.filter((rule) => rule.on[0] === on);
  const starts = of("execute").filter(({ object }) => !object);
  const lines: string[] = ["capability,", "signal,", "ptrace,", "unix,", "dbus,", "mount,", "umount,", "pivot_root,"];
  lines.push(of("connect").length > 0 ? "network unix,\n  network netlink," : "network,");
  // Two stars fit no folder by itself, and the root is one that programs list.
  lines.push("/ r,", starts.length > 0 ? "/** rwmlk," : "/** rwmlkpux,");
  // Children go their own way: a profile of their own or none, so that only what was seen of this program is held.
  // What every one of several rules excepts may start.
  const first = starts[0]?.exceptions ?? [];
  const kept = first.filter(({ path: one }) =>
    starts.every(({ exceptions = [] }) => exceptions.some((other) => other.path === one)),
  );
  for (const file of kept) lines.push(`${pathOf(file)} pux,`);
  for (const rule of rules)
    for (const file of rule.object ?? [])
      lines.push(
        `${isAudit ? "audit" : "deny"} ${pathOf(file)} ${isAudit && rule.on[0] === "execute" ? "pux" : LETTERS[rule.on[0] ?? "load"]},`,
      );
  const comments = rules.flatMap(({ description }) =>
    description === undefined ? [] : [`# ${oneLine(description)}\n`],
  );
  const name = (path.split("/").at(-1) ?? "").replace(/[^\w.-]/g, "_");
  const flags = `flags=(attach_disconnected${isAudit ? ", complain" : ""})`;
  return `${[...new Set(comments)].join("")}profile t1218-${at + 1}-${name} ${apparmor(path)} ${flags} {\n  ${lines.join("\n  ")}\n}\n`;
}

/** One file with a profile for each program. In audit mode nothing is denied explicitly, as that would be enforced. */
export function writeApparmor(policy: Policy): readonly PolicyFile[] {
  const programs = new Map<string, Rule[]>();
  for (const rule of policy.rules)
    for (const { path = "" } of rule.subject ?? []) programs.set(path, [...(programs.get(path) ?? []), rule]);
  const profiles = [...programs].map(([path, rules], at) => profile(path, rules, policy.mode === "audit", at));
  return [{ name: "t1218-apparmor", text: `abi <abi/3.0>,\n\n${profiles.join("\n")}` }];
}
