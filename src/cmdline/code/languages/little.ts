import { START_KEYS, STOP_KEYS } from "../../../decode/text/systemd-keys.ts";
import { kindOfName } from "../kinds.ts";
import { PARTNERS } from "../literals.ts";
import type { Scanner } from "../sink.ts";
import { insertedBySed } from "./sed.ts";

/** Little languages of options and variables in which a command is one part. */

/** less's input preprocessor: a command, or behind `|`, `||` or `-` one whose output is shown. */
export const scanLessOpen: Scanner = (text, sink) => {
  // Without a pipe in front, what the command prints is the name of the file that is shown.
  const [, file] = /^\s*(?:echo|printf)\s+([^\s#%;&|<>()"'`$]{1,4096})\s*(?:[#;]|$)/.exec(text) ?? [];
  if (file !== undefined) sink.emit({ role: "reads", what: kindOfName(file), value: file });
  sink.shell(text.replace(/^\s*\|{0,2}\s*-?\s*/, ""));
};

/** The expressions by which tar gives files other names: folders in which it puts them wherever it is. */
export const scanTransform: Scanner = (text, sink) => {
  for (const name of insertedBySed(text))
    if (name.startsWith("/")) sink.emit({ role: "writes", what: kindOfName(name), value: name });
};

const percent = (text: string): string =>
  text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** Addresses of D-Bus; `unixexec:path=…,argv1=…` starts a program. Several are separated by semicolons. */
export const scanBusAddress: Scanner = (text, sink) => {
  for (const address of text.split(";")) {
    const [, rest] = /^\s*unixexec:(.*)$/s.exec(address) ?? [];
    if (rest === undefined) continue;
    const values = new Map<string, string>();
    for (const [, key, value] of rest.matchAll(/(path|argv\d{1,3})=([^,]{0,65536})/g))
      values.set(key!, percent(value!));
    const args: string[] = [];
    for (let at = 1; values.has(`argv${at}`); at++) args.push(values.get(`argv${at}`)!);
    const value = values.get("path");
    if (value !== undefined) sink.program([value, ...args]);
  }
};

const MOMENT = /^\s*(?:@\w{1,16}|(?:\S{1,64}\s+){5})\s*(.*)$/s;

/** The commands of a table of cron: five fields or a word such as `@reboot`, then the command; `%` ends it. */
function commandsOf(text: string): readonly string[] {
  return text.split("\n").flatMap((line) => {
    if (/^\s*(?:#|[A-Za-z_]\w{0,64}\s*=)/.test(line)) return [];
    return MOMENT.exec(line.slice(0, 65_536))?.[1]?.split(/(?<!\\)%/, 1)[0] || [];
  });
}

/** A user's table of cron. */
export const scanCrontab: Scanner = (text, sink) => {
  for (const command of commandsOf(text)) sink.shell(command);
};

/** The system's tables of cron name the account in front of the command. */
export const scanSystemCrontab: Scanner = (text, sink) => {
  for (const command of commandsOf(text)) sink.shell(command.replace(/^\S{1,64}\s+/, ""));
};

const EXEC = new RegExp(String.raw`^\s*(?:${[...START_KEYS, ...STOP_KEYS].join("|")})\s*=[-@:+!|\s]{0,8}(.{1,65536})$`);

/** A unit of systemd: the commands by which it starts and stops. */
export const scanUnit: Scanner = (text, sink) => {
  for (const line of text.split("\n")) {
    const command = EXEC.exec(line)?.[1]?.trim();
    if (command) sink.emit({ role: "runs", what: "command", value: command, commandLine: command });
  }
};

const ACTION =
  /\b(?:execute(?:-silent|-multi)?|become|reload(?:-sync)?|transform(?:-[a-z-]+)?|(?:change-)?preview)([:([{<~!@#$%^&*;/|])/g;
/** fzf's key bindings: `enter:execute(command)`, with brackets or any other mark, or a colon up to the end. */
export const scanFzf: Scanner = (text, sink) => {
  let end = 0;
  for (const match of text.matchAll(ACTION)) {
    const start = match.index + match[0].length;
    if (match.index < end) continue;
    const mark = match[1]!;
    end = mark === ":" ? text.length : closing(text, start, mark);
    sink.shell(text.slice(start, end));
  }
};

/** Place of the mark that ends an action: followed by a comma, a plus or the end. */
function closing(text: string, from: number, mark: string): number {
  const close = PARTNERS[mark] ?? mark;
  for (let at = text.indexOf(close, from); at >= 0; at = text.indexOf(close, at + 1))
    if (at + 1 === text.length || /[,+]/.test(text[at + 1]!)) return at;
  return text.length;
}
