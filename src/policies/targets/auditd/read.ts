import { described, logicalLines } from "../../languages/lines.ts";
import type { FilePattern, Operation, Policy, Rule, UnknownPart } from "../../model.ts";
import { damaged } from "../../read.ts";

const CALLS: Readonly<Record<string, readonly Operation[]>> = {
  execve: ["execute"],
  execveat: ["execute"],
  connect: ["connect"],
  open: ["write"],
  openat: ["write"],
  creat: ["write"],
  all: ["execute", "connect", "write"],
};
const ON: readonly Operation[] = ["execute", "connect", "write"];
/** Records without which a start or a connection is not understood. */
const NEEDED = /^(?:SYSCALL|EXECVE|PATH|SOCKADDR|PROCTITLE|\d+)$/;
const CONTROLS = /^-(?:D|b|f|e|r|i|c|q)\b|^--(?:backlog_wait_time|loginuid-immutable|reset)/;

class RuleError extends Error {}

interface Parsed {
  readonly list: string;
  readonly action: string;
  readonly calls: readonly string[];
  readonly fields: readonly (readonly [string, string, string])[];
}

function wordsOf(text: string): Parsed {
  const words = text.split(/\s+/);
  let list = "";
  let action = "";
  const calls: string[] = [];
  const fields: (readonly [string, string, string])[] = [];
  for (let at = 0; at < words.length; at += 2) {
    const value = words[at + 1] ?? "";
    switch (words[at]) {
      case "-a":
      case "-A":
        action = /always|never/.exec(value)?.[0] ?? "";
        list = /exit|exclude|user|task|filesystem|io_uring/.exec(value)?.[0] ?? "";
        if (action === "" || list === "") throw new RuleError(`the list ${value}`);
        break;
      case "-S":
        for (const call of value.split(",")) calls.push(call);
        break;
      case "-F": {
        const [, name = "", operator = "", wanted = ""] = /^(\w+)([<>]=?|!?=|&=?)(.*)$/.exec(value) ?? [];
        if (name === "") throw new RuleError(`the field ${value}`);
        fields.push([name, operator, wanted]);
        break;
      }
      case "-C":
        fields.push([value, "-C", ""]);
        break;
      case "-k":
        break;
      default:
        throw new RuleError(`the word ${words[at]}`);
    }
  }
  return { list, action, calls, fields };
}

/** What fields ask for: the file, who, and what no log answers. */
function conditions(fields: Parsed["fields"]): {
  readonly exe: FilePattern | undefined;
  readonly path: FilePattern | undefined;
  readonly scope: readonly string[];
  readonly beyond: string | undefined;
} {
  let exe: FilePattern | undefined;
  let path: FilePattern | undefined;
  let beyond: string | undefined;
  const scope: string[] = [];
  for (const [name, operator, value] of fields) {
    if (["arch", "key", "success", "perm"].includes(name)) continue;
    const isEqual = operator === "=";
    if (name === "exe" && isEqual) exe = { path: value };
    else if (name === "path" && isEqual) path = { path: value };
    else if (name === "dir" && isEqual) path = { path: `${value.replace(/\/?$/, "/")}*` };
    else if ((name === "uid" || name === "euid") && isEqual && /^\d+$/.test(value)) scope.push(`uid=${value}`);
    else beyond ??= `${name}${operator}${value} cannot be asked of a log`;
  }
  return { exe, path, scope, beyond };
}

function ruleOf(text: string, id: string): Rule | undefined {
  const { list, action, calls, fields } = wordsOf(text);
  if (list === "exclude" || list === "user" || list === "filesystem" || list === "io_uring" || list === "task") {
    const isNeeded = list === "exclude" && fields.some(([name, , value]) => name === "msgtype" && NEEDED.test(value));
    if (isNeeded || list === "task") throw new RuleError("a list that leaves out records which are needed");
    return undefined;
  }
  const { exe, path, scope, beyond } = conditions(fields);
  const permissions = fields.find(([name]) => name === "perm")?.[2];
  const asked = permissions === undefined ? calls.flatMap((call) => CALLS[call] ?? []) : permissionOf(permissions);
  const on = [...new Set(calls.length === 0 && permissions === undefined ? ON : asked)];
  if (on.length === 0) return undefined;
  const isConnect = on.length === 1 && on[0] === "connect";
  const isStart = on.length === 1 && on[0] === "execute";
  const file = isStart ? (path ?? exe) : path;
  const object =
    file || (beyond !== undefined && !isConnect) ? { ...file, ...(beyond !== undefined && { beyond }) } : undefined;
  // For a start the program is what starts; for other calls it is who acts.
  const acting = isStart ? undefined : exe;
  const subject =
    acting || (isConnect && beyond !== undefined) ? { ...acting, ...(beyond !== undefined && { beyond }) } : undefined;
  return {
    id,
    action: action === "never" ? "allow" : "audit",
    on,
    ...(subject && { subject: [subject] }),
    ...(object && { object: [object] }),
    ...(scope.length > 0 && { scope }),
  };
}

const permissionOf = (letters: string): readonly Operation[] => [
  ...(letters.includes("x") ? (["execute"] as const) : []),
  ...(/[wa]/.test(letters) ? (["write"] as const) : []),
];

function watchOf(text: string, id: string): Rule | undefined {
  const [, path = "", letters = "rwxa"] = /^-w\s+(\/\S*)(?:\s+-p\s+([rwxa]+))?(?:\s+-k\s+\S+)*$/.exec(text) ?? [];
  if (path === "") throw new RuleError("a watch");
  const on = permissionOf(letters);
  return on.length === 0 ? undefined : { id, action: "audit", on, object: [{ path: path.replace(/\/$/, "/*") }] };
}

/** Rules that differ in the architecture only are one. */
const sameRule = (a: Rule | undefined, b: Rule) =>
  a !== undefined &&
  JSON.stringify({ ...a, id: "", description: "" }) === JSON.stringify({ ...b, id: "", description: "" });

/** Reads rules as auditctl takes them. @throws WhatranError `policy/damaged` where no line is a rule */
export function readAuditd(text: string, name: string): Policy {
  const rules: Rule[] = [];
  const unknown: UnknownPart[] = [];
  let control = 0;
  for (const { text: entry, line, comment } of logicalLines(text)) {
    try {
      if (CONTROLS.test(entry)) {
        control++;
        continue;
      }
      const id = `line ${line}`;
      const rule = entry.startsWith("-w") ? watchOf(entry, id) : ruleOf(entry, id);
      if (rule && !sameRule(rules.at(-1), rule)) rules.push({ ...rule, ...described(comment) });
      control++;
    } catch (error) {
      if (!(error instanceof RuleError)) throw error;
      unknown.push({ what: error.message, line, on: ON });
    }
  }
  if (control === 0) damaged({ line: unknown[0]?.line ?? 1 }, "there is no rule");
  return { target: "auditd", name, mode: "enforce", rules, unknown };
}
