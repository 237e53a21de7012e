import { aptCommands, rotateCommands } from "../../../decode/text/config-commands.ts";
import type { Scanner, Sink } from "../sink.ts";
import { yamlValues } from "./yaml.ts";

/** Files of settings in which a program finds commands, as far as a pattern tells where they stand. */

type Emit = (value: string, sink: Sink) => void;

const shell: Emit = (value, sink) => sink.shell(value);

const library: Emit = (value, sink) => void sink.emit({ role: "runs", what: "library", value: value.trim() });

/** A program with its arguments between commas: `sh,-c,"…"`. */
const commas: Emit = (value, sink) => {
  const [program = "", ...args] = [...value.matchAll(/"([^"]*)"|([^,"]+)/g)].map((word) =>
    (word[1] ?? word[2]!).trim(),
  );
  sink.program([program, ...args]);
};

/** Text in the double quotes of JSON. */
const json: Emit = (value, sink) => {
  try {
    shell(JSON.parse(`"${value}"`) as string, sink);
  } catch {
    shell(value, sink);
  }
};

/** What the first group of each match holds, handed to what reads it. */
const found =
  (emit: Emit, ...patterns: readonly RegExp[]): Scanner =>
  (text, sink) => {
    for (const pattern of patterns) for (const [, value] of text.matchAll(pattern)) if (value) emit(value, sink);
  };

const each =
  (commands: (text: string) => Iterable<string>): Scanner =>
  (text, sink) => {
    for (const command of commands(text)) shell(command, sink);
  };

/** Every value of the named settings of an INI file: `key = value`. */
const keys = (emit: Emit, names: string): Scanner =>
  found(emit, new RegExp(`^[ \\t]*(?:${names})[ \\t]*=[ \\t]*(\\S[^\\n]{0,4096})`, "gim"));

/** `"scripts"` of package.json(5) and composer.json: each is a command of the shell, or a list of them. */
const packageScripts: Scanner = (text, sink) => {
  for (const [, scripts] of text.matchAll(/"scripts"\s{0,64}:\s{0,64}\{([^{}]{0,65536})\}/g))
    for (const [, command] of scripts!.matchAll(/[:[,]\s{0,64}"((?:[^"\\]|\\.){1,4096})"(?!\s{0,64}:)/g))
      json(command!, sink);
};

/** Commands of execute_process() and its like (cmake-commands(7)), up to the next word in capitals. */
const cmake: Scanner = (text, sink) => {
  for (const [, given] of text.matchAll(
    /\b(?:execute_process|add_custom_command|add_custom_target|exec_program|add_test)\s{0,16}\(([^)]{1,4096})\)/gi,
  ))
    for (const [, command] of given!.matchAll(/\bCOMMAND\s+((?:(?!\s[A-Z_]{4,64}\s)[^\n]){1,4096})/g))
      shell(command!, sink);
};

/** Modules of Ansible that carry out what they are given. */
const ANSIBLE = /^(?:ansible\.(?:builtin|legacy)\.)?(?:shell|command|raw|cmd|script)$/;

/** Shell text and commands of an Ansible playbook. */
const ansible: Scanner = (text, sink) => {
  for (const { key, values } of yamlValues(text)) if (ANSIBLE.test(key)) shell(values.join(" "), sink);
};

/** The program that brings credentials (kubeconfig): `command` with `args`. */
const kubeconfig: Scanner = (text, sink) => {
  let command: string | undefined;
  let args: readonly string[] = [];
  const end = () => {
    if (command !== undefined) sink.program([command, ...args]);
    command = undefined;
    args = [];
  };
  for (const { key, values } of yamlValues(text)) {
    if (key === "exec") end();
    else if (key === "command") command = values[0];
    else if (key === "args") args = values;
  }
  end();
};

/** Readers of settings, by the names that entries of the catalogue call them by. */
export const SETTINGS_SCANNERS: Readonly<Record<string, Scanner>> = {
  ansible,
  apt: each(aptCommands),
  cmake,
  cobol: found(shell, /\bCALL\s{1,16}["']SYSTEM["']\s{1,16}USING\s{1,16}["']([^"'\n]{1,4096})["']/gi),
  desktop: keys(shell, "Exec|TryExec"),
  fail2ban: keys(shell, "action(?:start|stop|check|ban|unban|reload|flush|repair)"),
  fastfetch: found(json, /"(?:text|shell)"\s{0,64}:\s{0,64}"((?:[^"\\]|\\.){1,4096})"/g),
  kubeconfig,
  libvirt: found(
    shell,
    /<script\b[^<>]{0,256}\bpath=["']([^"'<>]{1,1024})/g,
    /<emulator>\s{0,64}([^<>\s][^<>]{0,1024})/g,
  ),
  logrotate: each(rotateCommands),
  nginx: found(library, /^[ \t]*load_module[ \t]+["']?([^"';\n]{1,1024})/gm),
  packagejson: packageScripts,
  preload: found(library, /^[ \t]*([^#\s]+)/gm),
  procmail: found(shell, /^[ \t]{0,16}\|[ \t]{0,16}(\S[^\n]{0,4096})/gm),
  procps: found(shell, /^pipe\t[^\t\n]{1,256}\t(\S[^\n]{0,4096})/gm),
  rsyslog: found(shell, /^[^#\n]{1,1024}[ \t,]\^([^\n;]{1,1024})/gm, /\bbinary="((?:[^"\\]|\\.){1,1024})"/g),
  rtorrent: found(commas, /\bexecute(?:2|\.[\w.]{1,64}|_\w{1,64})?[ \t]*=[ \t]*\{?([^\n}]{1,4096})/g),
  runscript: found(shell, /^[ \t]{0,16}!{1,2}[ \t]{0,16}([^\s<][^\n]{0,4096})/gm),
  wireguard: keys(shell, "(?:Pre|Post)(?:Up|Down)"),
};
