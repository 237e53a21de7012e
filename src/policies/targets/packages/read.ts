import { described, logicalLines } from "../../languages/lines.ts";
import type { Policy, Rule, UnknownPart } from "../../model.ts";
import { damaged } from "../../read.ts";
import { leftToRoot, REMOVES, ROOT } from "./write.ts";

const WORD = /'((?:[^']|'\\'')*)'|"([^"$`\\]*)"|((?:[^\s'"$`\\;|&<>(){}]|\\.)+)/y;

/** Words of a plain command; undefined where the shell would do more than start it. */
function wordsOf(text: string): readonly string[] | undefined {
  const words: string[] = [];
  for (let at = 0; at < text.length; ) {
    if (/\s/.test(text.charAt(at))) {
      at++;
      continue;
    }
    WORD.lastIndex = at;
    const found = WORD.exec(text);
    if (!found) return text.charAt(at) === "#" ? words : undefined;
    at = WORD.lastIndex;
    words.push(found[1]?.replaceAll("'\\''", "'") ?? found[2] ?? found[3]?.replace(/\\(.)/g, "$1") ?? "");
  }
  return words;
}

/** Where packages put programs; what lies below /usr/local or in homes is of no package. */
const FOLDERS = ["/usr/bin", "/usr/sbin", "/bin", "/sbin", "/usr/games"];
const REMOVE = new Set(["remove", "purge", "erase", "autoremove"]);

/** Whether a mode lets others than owner and group execute. */
const isOpen = (mode: string) => /^\d{3,4}$/.test(mode) && (Number.parseInt(mode, 8) & 0o001) !== 0;

/** @param later why it is not known whether the mode is set yet */
function restriction(owner: string, group: string, mode: string, path: string, later?: string): readonly Rule[] {
  if (isOpen(mode)) return [];
  const [allow, plain] = leftToRoot(path, "") as [Rule, Rule];
  const deny = later === undefined ? plain : { ...plain, object: [{ path, beyond: later }] };
  const bits = Number.parseInt(mode, 8);
  const scope = [
    ROOT,
    ...(owner !== "root" && bits & 0o100 ? [owner] : []),
    ...(group !== "root" && bits & 0o010 ? [`group ${group}`] : []),
  ];
  return [{ ...allow, scope }, deny].map(({ description: _, measure: __, ...rule }) => rule);
}

/** The rules that a command makes; undefined for one that is not known. */
function rulesOf(words: readonly string[]): readonly Rule[] | undefined {
  const [first = "", ...rest] = words[0] === "sudo" ? words.slice(1) : words;
  const plain = rest.filter((word) => !word.startsWith("-"));
  if (/^(?:apt-get|apt|aptitude|dnf|yum|microdnf|zypper)$/.test(first)) {
    const [command = "", ...names] = plain;
    if (!REMOVE.has(command))
      return ["update", "upgrade", "install", "clean", "autoclean"].includes(command) ? [] : undefined;
    return names.map((name) => ({
      id: `${REMOVES}${name}`,
      action: "deny",
      on: ["execute"],
      object: FOLDERS.map((folder) => ({ path: `${folder}/${name}` })),
    }));
  }
  if (first === "dpkg-statoverride" && rest.includes("--add")) {
    const [owner = "", group = "", mode = "", path = ""] = plain;
    const later = rest.includes("--update")
      ? undefined
      : "until its package is installed again, the file stays as it is";
    return path.startsWith("/") ? restriction(owner, group, mode, path, later) : undefined;
  }
  if (first === "chmod" && /^0?[0-7]{3,4}$/.test(plain[0] ?? ""))
    return plain
      .slice(1)
      .flatMap((path) => (path.startsWith("/") ? restriction("root", "root", plain[0] ?? "", path) : []));
  if (first === "chmod" && /^(?:o|a|go|ugo)?-[rw]*x/.test(rest[0] ?? ""))
    return rest.slice(1).flatMap((path) => (path.startsWith("/") ? restriction("root", "root", "750", path) : []));
  if (/^(?:chown|chgrp|set|echo|printf|exit|export|dpkg-statoverride|true|:)$/.test(first)) return [];
  return undefined;
}

/** Lines of a script that src/policies wrote: behind its functions, one act a line. */
function ownRules(words: readonly string[]): readonly Rule[] | undefined {
  const [what = "", name = "", path = ""] = words;
  if (what === "restrict" && words.length === 2)
    return leftToRoot(name, "").map(({ description: _, measure: __, ...rule }) => rule);
  if (what === "remove" && words.length === 3)
    return [{ id: `${REMOVES}${name}`, action: "deny", on: ["execute"], object: [{ path }] }];
  return undefined;
}

/** Reads such scripts, and dpkg's own list of overrides. @throws WhatranError `policy/damaged` where nothing in it is a rule */
export function readPackages(text: string, name: string): Policy {
  const isOwn = /^# t1218 packages 1$/m.test(text);
  const rules: Rule[] = [];
  const unknown: UnknownPart[] = [];
  for (const { text: line, line: at, comment } of logicalLines(text)) {
    const override = /^(\S+) (\S+) (0?[0-7]{3,4}) (\/.+)$/.exec(line);
    const words = isOwn && !/^(?:remove|restrict) '/.test(line) ? [":"] : wordsOf(line);
    const found = override
      ? restriction(override[1] ?? "", override[2] ?? "", override[3] ?? "", override[4] ?? "")
      : words && (isOwn ? (ownRules(words) ?? []) : rulesOf(words));
    if (found) rules.push(...found.map((rule) => ({ ...rule, ...described(comment) })));
    else unknown.push({ what: "a command", line: at, on: ["execute"] });
  }
  if (rules.length === 0) damaged({ line: unknown[0]?.line ?? 1 }, "it removes and restricts nothing");
  const mode = isOwn && /^mode=\$\{1:-audit\}$/m.test(text) ? "audit" : "enforce";
  return { target: "packages", name, mode, rules, unknown };
}
