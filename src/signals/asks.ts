import { baseName } from "../invocations/glob.ts";
import type { ResolvedInvocation } from "../invocations/types.ts";
import { entryOf } from "../model/entry.ts";
import { answeringStarter, serverStarter } from "./parents.ts";
import { oncePerSubject, type Signal, type Subject } from "./signal.ts";
import { listed, shown } from "./text.ts";

/** Whether the words of a program ask; the first argument stands at 0. */
type Asks = (args: string) => boolean;

const always: Asks = () => true;
const bare: Asks = (args) => args === "" || args === "-a";

/** Questions that an intruder asks first, and that no page needs an answer to: whose rights it has, who else is there, which domain. */
const FIRST: Readonly<Record<string, Asks>> = {
  whoami: always,
  id: bare,
  w: bare,
  last: always,
  nltest: always,
  quser: always,
  qwinsta: always,
  dsquery: always,
  klist: always,
  query: (args) => /^(?:user|session)\b/i.test(args),
  cmdkey: (args) => /\/l/i.test(args),
  net: (args) => /^(?:users?|group|localgroup|accounts|view|use|share|session|config)\b/i.test(args),
  net1: (args) => /^(?:users?|group|localgroup|accounts|view|use|share|session|config)\b/i.test(args),
  cat: (args) => /(?:^|\s)\/etc\/(?:passwd|shadow|sudoers)(?:\s|$)|\/proc\/(?:self|\d+)\/environ/.test(args),
  type: (args) => /\\drivers\\etc\\hosts\b|\\win\.ini\b|\\web\.config\b/i.test(args),
  getent: (args) => args === "passwd" || args === "shadow",
  sudo: (args) => args === "-l",
  crontab: (args) => args === "-l",
};

/** Questions about the machine, which pages that watch it ask as well, though one at a time. */
const MACHINE = new Set(
  "uname hostname ver systeminfo tasklist ps netstat ss ipconfig ifconfig arp route ls dir set env printenv wmic groups".split(
    " ",
  ),
);

/** A word printed before and behind the folder: so clients of web shells find the answer in the page, and know where they are. */
const isMark = (name: string, args: string) => name === "echo" && /^\S{2,40}$/.test(args);
const isFolder = (name: string, args: string) => (name === "cd" || name === "pwd") && args === "";

const split = ({ binary, canonical }: ResolvedInvocation): readonly [name: string, args: string] => {
  const space = canonical.indexOf(" ");
  const name = baseName(binary.name)
    .toLowerCase()
    .replace(/\.exe$/, "");
  return [name, space < 0 ? "" : canonical.slice(space + 1).trim()];
};

interface Questions {
  /** Names of programs that ask what intruders ask first. */
  readonly first: readonly string[];
  readonly machine: readonly string[];
  readonly marked: boolean;
}

/** Most commands of a line that are looked at: whoever asks begins with it. */
const MAX_COMMANDS = 32;

function questionsIn(line: readonly ResolvedInvocation[]): Questions {
  const first = new Set<string>();
  const machine = new Set<string>();
  let marked = false;
  const commands = line.slice(0, MAX_COMMANDS).map(split);
  for (const [index, [name, args]] of commands.entries()) {
    if (entryOf(FIRST, name)?.(args)) first.add(name);
    else if (MACHINE.has(name)) machine.add(name);
    if (!isFolder(name, args)) continue;
    const [before, behind] = [commands[index - 1], commands[index + 1]];
    marked ||= before !== undefined && isMark(...before) && behind !== undefined && isMark(...behind);
  }
  return { first: [...first], machine: [...machine], marked };
}

const questions = oncePerSubject(({ line }: Subject) => questionsIn(line));

/** One question of whoever runs programs of others all day: builds and libraries ask as well who they are. */
const ONE_SHARE = 0.75;

/** https://attack.mitre.org/techniques/T1505/003/ */
const WEB_SHELL = ["T1505.003"];

export const serverAsks: Signal = {
  id: "server-asks",
  group: "parent",
  title: "A network service has a shell ask what intruders ask first",
  needs: "starter",
  evaluate(subject) {
    const { outer, invocation } = subject;
    if (outer.length > 0 || invocation.entry?.category !== "shell") return undefined;
    const answers = answeringStarter(subject);
    const server = serverStarter(subject);
    if (server === undefined) return undefined;
    const { first, machine, marked } = questions(subject);
    const who = `${shown(server)}, a network service,`;
    const told = { covers: "server-parent", techniques: WEB_SHELL };
    if (marked) return { text: `${who} has it print marks around its folder, as clients of web shells do.`, ...told };
    if (first.length === 0 && (answers === undefined || machine.length < 2)) return undefined;
    const all = [...first, ...machine];
    const text = `${who} has it carry out ${listed(all.slice(0, 3).map(shown))}, with which web shells and exploits begin.`;
    return answers !== undefined || all.length > 1 ? { text, ...told } : { share: ONE_SHARE, text, ...told };
  },
};
