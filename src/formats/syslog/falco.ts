import type { JsonObject } from "../../decode/json/parse.ts";
import { entryOf, tableOf } from "../../model/entry.ts";
import { parseTime } from "../json-shapes/time.ts";

const PRIORITIES = "Emergency|Alert|Critical|Error|Warning|Notice|Informational|Info|Debug";
/** An alert as Falco prints it: the time of day, or all of it where it was told to, and how grave it is. */
const ALERT = new RegExp(
  String.raw`^(?:(\d\d:\d\d:\d\d\.\d{9})|(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d))): (?:${PRIORITIES}) `,
);
const GRAVITY = new RegExp(`^(?:${PRIORITIES}) `);
/** What it says of itself, before the first alert. */
const ABOUT = /^[A-Z][a-z]{2} ([A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d \d{4}): /;
/** More keys than any rule has. */
const MOST_KEYS = 256;

/** The time and the rest of a line that Falco prints; the time of day alone is none. */
export function falcoLine(line: string): { readonly time: number | undefined; readonly message: string } | undefined {
  const about = ABOUT.exec(line);
  if (about) return { time: parseTime(`Thu ${about[1]}`), message: line.slice(about[0].length) };
  const alert = ALERT.exec(line);
  if (!alert) return undefined;
  return { time: parseTime(alert[2]?.replace(/([+-]\d\d)(\d\d)$/, "$1:$2")), message: line };
}

/** What rules call the fields in their output; those of rules of one's own may bear their names. */
const NAMES: Readonly<Record<string, string>> = {
  evt_type: "evt.type",
  user: "user.name",
  user_uid: "user.uid",
  process: "proc.name",
  proc_exepath: "proc.exepath",
  exepath: "proc.exepath",
  parent: "proc.pname",
  parent_exepath: "proc.pexepath",
  command: "proc.cmdline",
  cmdline: "proc.cmdline",
  pcmdline: "proc.pcmdline",
  parent_cmdline: "proc.pcmdline",
  pid: "proc.pid",
  proc_pid: "proc.pid",
  ppid: "proc.ppid",
  cwd: "proc.cwd",
  proc_cwd: "proc.cwd",
  file: "fd.name",
  connection: "fd.name",
  flags: "evt.arg.flags",
};
/** What may stand behind a command beside those: any other word with an equals sign is of the command. */
const BEHIND = new Set(
  (
    "terminal exe_flags gparent ggparent gggparent program image user_loginuid user_loginname user_shell lport rport fd_type container " +
    "container_id container_name container_image container_image_repository container_image_tag container_start_ts container_duration " +
    "k8s_ns k8s_ns_name k8s_pod k8s_pod_name pod ns namespace name proc_name proc_sid proc_tty fd_name connection_type uid loginuid"
  ).split(" "),
);
const KEY = /(?:^|[\s(|])([a-z][\w.]{0,63})=/g;
const COMMAND = "proc.cmdline";

interface Key {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/**
 * An alert of Falco's as its JSON would have it, from the text of its output (`… (user=root command=cat /etc/shadow file=/etc/shadow)`,
 * `… | evt_type=execve user=root … command=id terminal=0`). undefined where it names no field.
 */
export function falcoAlert(message: string, isFalco: boolean): JsonObject | undefined {
  const prefix = ALERT.exec(message) ?? (isFalco ? GRAVITY.exec(message) : undefined);
  if (!prefix && !isFalco) return undefined;
  const text = message.slice(prefix?.[0].length ?? 0);
  const keys = keysOf(text);
  if (keys.length === 0) return undefined;
  const fields = tableOf<string>();
  for (const [at, { name, to }] of keys.entries()) {
    const end = keys[at + 1]?.from ?? text.length;
    fields[name] ??= text.slice(to, end).trim();
  }
  const last = keys[keys.length - 1]!.name;
  const isBracketed = text[keys[0]!.from] === "(";
  if (isBracketed) fields[last] = fields[last]!.replace(/\)$/, "");
  return { rule: text.slice(0, keys[0]!.from).replace(/[\s|(]+$/, ""), output_fields: fields };
}

/** Where the fields begin. A command may hold the names of others: of such as come before it the first counts, of others the last. */
function keysOf(text: string): readonly Key[] {
  const found: Key[] = [];
  for (const match of text.matchAll(KEY)) {
    const name = entryOf(NAMES, match[1]!) ?? match[1]!;
    found.push({ name, from: match.index, to: match.index + match[0].length });
  }
  const command = found.findIndex(({ name }) => name === COMMAND);
  if (command < 0) return found.slice(0, MOST_KEYS);
  const before = found.slice(0, command + 1);
  const known = new Set(before.map(({ name }) => name));
  const last = new Map<string, Key>();
  for (const key of found.slice(command + 1))
    if (!known.has(key.name) && (key.name.includes(".") || BEHIND.has(key.name))) last.set(key.name, key);
  return [...before, ...[...last.values()].sort((a, b) => a.from - b.from)].slice(0, MOST_KEYS);
}
