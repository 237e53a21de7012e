import type { FilePattern, Operation, Policy, Rule, UnknownPart } from "../../model.ts";
import { damaged } from "../../read.ts";
import { type ProfileText, readProfiles } from "./profiles.ts";

const FILES: readonly (readonly [string, Operation])[] = [
  ["x", "execute"],
  ["m", "load"],
  ["w", "write"],
];
const ALL_OPERATIONS: readonly Operation[] = ["execute", "load", "write", "connect"];
/** Rules on what no event of ours tells. */
const OTHERS =
  /^(?:capability|signal|ptrace|unix|dbus|mount|remount|umount|pivot_root|mqueue|userns|io_uring|rlimit|set\s+rlimit|change_profile|abi|link)\b/;
const FILE_RULE =
  /^(?:file\s+)?(?:("(?:[^"\\]|\\.)*"|[/@]\S*)\s+([rwaxmlkiupcPUC]+)|([rwaxmlkiupcPUC]+)\s+("(?:[^"\\]|\\.)*"|[/@]\S*))(\s*->\s*\S+)?$/;

/** A pattern of AppArmor in the model's words; `beyond` where it has alternatives, classes or variables. */
function patternOf(raw: string): FilePattern {
  const text = raw.startsWith('"') ? raw.slice(1, -1) : raw;
  let path = "";
  let single = false;
  let double = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    if (letter === "\\") path += text.charAt(++at);
    else if (letter === "*" && text.charAt(at + 1) === "*") {
      path += "*";
      double = true;
      at++;
    } else if (letter === "*" || letter === "?") {
      path += letter;
      single = true;
    } else if (/[{}[\]^]/.test(letter) || (letter === "@" && text.charAt(at + 1) === "{"))
      return { beyond: `what ${text.slice(0, 60)} stands for is not worked out` };
    else path += letter;
  }
  if (!single) return { path };
  // One star stops at a slash, two do not: of both in one pattern the model cannot tell them apart.
  return double ? { path, beyond: "a star within one folder is not compared" } : { path, inFolder: true };
}

interface Allowed {
  readonly files: Map<Operation, FilePattern[]>;
  network: boolean;
  /** Something that may allow more. */
  open?: string;
}

class ProfileReader {
  readonly rules: Rule[] = [];
  readonly unknown: UnknownPart[] = [];

  profile({ path, name, flags, statements, line, comment, nested }: ProfileText): void {
    // Profiles without a path are entered from others.
    if (path === undefined) {
      this.unknown.push({ what: `the profile ${name}, which others enter`, line, on: ALL_OPERATIONS });
      return;
    }
    const subject = [patternOf(path)];
    const isComplain = flags.includes("complain");
    const mode = isComplain ? ({ mode: "audit" } as const) : {};
    const described = comment === "" ? {} : { description: comment };
    const allowed: Allowed = { files: new Map(FILES.map(([, on]) => [on, []])), network: false };
    const explicit: Rule[] = [];
    for (const { text, line: at } of statements) {
      const denied = this.#statement(text, at, allowed);
      if (denied === undefined) continue;
      for (const on of denied.on)
        explicit.push({
          id: `${name} line ${at}`,
          action: "deny",
          on: [on],
          subject,
          ...(denied.object && { object: [denied.object] }),
          // A denial holds in complain mode, too; what is only noted is not one.
          mode: denied.noted ? "audit" : "enforce",
          ...described,
        });
    }
    if (nested) allowed.open = "a profile within the profile";
    const open = allowed.open === undefined ? [] : [{ beyond: `${allowed.open} may allow it` }];
    for (const [on, files] of allowed.files) {
      const known = files.filter((file) => file.path !== undefined || file.beyond !== undefined);
      if (known.some((file) => file.path === "/*" && file.beyond === undefined)) continue;
      const exceptions = [...known, ...open];
      this.rules.push({
        id: `${name} ${on}`,
        action: "deny",
        on: [on],
        subject,
        ...(exceptions.length > 0 && { exceptions }),
        ...mode,
        ...described,
      });
    }
    if (!allowed.network)
      this.rules.push({
        id: `${name} connect`,
        action: "deny",
        on: ["connect"],
        subject: open.length > 0 ? subject.map((one) => ({ ...one, ...open[0] })) : subject,
        peer: { inbound: false },
        ...mode,
        ...described,
      });
    // One by one: a call takes only so many arguments.
    for (const rule of explicit) this.rules.push(rule);
  }

  /** Takes what a statement allows; gives what it denies or notes. */
  #statement(
    text: string,
    line: number,
    allowed: Allowed,
  ): { readonly on: readonly Operation[]; readonly object?: FilePattern; readonly noted?: boolean } | undefined {
    let rest = text;
    let isDenied = false;
    let isAudited = false;
    let isOwners = false;
    for (
      let found = /^(?:audit|deny|allow|owner|priority=-?\d+)\s+/.exec(rest);
      found;
      found = /^(?:audit|deny|allow|owner|priority=-?\d+)\s+/.exec(rest)
    ) {
      isDenied ||= found[0].startsWith("deny");
      isAudited ||= found[0].startsWith("audit");
      isOwners ||= found[0].startsWith("owner");
      rest = rest.slice(found[0].length);
    }
    if (/^#?include\b/.test(rest)) {
      allowed.open ??= rest.slice(0, 60);
      return undefined;
    }
    const network = /^network\b\s*(.*)$/.exec(rest);
    if (network) {
      const isInternet = network[1] === "" || /^(?:inet6?|stream|dgram|tcp|udp)\b/.test(network[1] ?? "");
      if (isInternet && isDenied) return { on: ["connect"] };
      allowed.network ||= isInternet;
      return undefined;
    }
    if (OTHERS.test(rest)) return undefined;
    if (/^(?:all|file)$/.test(rest)) {
      for (const [, on] of FILES) if (!isDenied) allowed.files.get(on)?.push({ path: "/*" });
      if (rest === "all") allowed.network = true;
      return isDenied ? { on: FILES.map(([, on]) => on) } : undefined;
    }
    const file = FILE_RULE.exec(rest);
    if (!file) {
      this.unknown.push({ what: `“${rest.slice(0, 40)}”`, line, on: ALL_OPERATIONS });
      return undefined;
    }
    const letters = (file[2] ?? file[3] ?? "").replace("a", "w");
    const named = patternOf(file[1] ?? file[4] ?? "");
    const object = isOwners ? { ...named, beyond: "who owns a file is not logged" } : named;
    const on = FILES.flatMap(([letter, one]) => (letters.includes(letter) ? [one] : []));
    if (isDenied) return { on, object };
    for (const one of on) allowed.files.get(one)?.push(object);
    return isAudited ? { on, object, noted: true } : undefined;
  }
}

/** Reads profiles. @throws WhatranError `policy/damaged` where there is none, or braces do not close */
export function readApparmor(text: string, name: string): Policy {
  const profiles = readProfiles(text);
  if (profiles.length === 0) damaged({ line: 1 }, "there is no profile");
  const reader = new ProfileReader();
  for (const one of profiles) reader.profile(one);
  const { unknown } = reader;
  const isAudit =
    profiles.every(({ flags }) => flags.includes("complain")) && reader.rules.every((rule) => rule.mode === "audit");
  const rules = reader.rules.map((rule) => {
    const { mode, ...rest } = rule;
    return mode === (isAudit ? "audit" : "enforce") ? rest : rule;
  });
  return { target: "apparmor", name, mode: isAudit ? "audit" : "enforce", rules, unknown };
}
