import { aptCommands, rotateCommands, unescaped } from "../../decode/text/config-commands.ts";
import { decodeEntities } from "../../decode/xml/entities.ts";
import { pathOf } from "./sniffing.ts";

/** A command that a configuration file names, and how it is read. */
export interface Hook {
  readonly command: string;
  readonly language: "sh" | "commandLine" | "vbscript" | "jscript";
  /** True where the file does not have this text: it was put together from what the file does say. */
  readonly built?: boolean;
}

/** A kind of configuration file that names commands which something else then runs. */
export interface HookKind {
  /** Where such files lie: a path with `/`, in lower case. */
  readonly place: RegExp;
  readonly platform: "windows" | "linux";
  /** The commands in a text of at most 1 MiB, in their order; every expression here takes linear time, its lines ending with `\n` only. */
  readonly find: (text: string) => Iterable<Hook>;
}

const linux = (place: RegExp, ...expressions: readonly RegExp[]): HookKind => ({
  place,
  platform: "linux",
  find: (text) => commandsIn(text, expressions, "sh"),
});

const windows = (place: RegExp, ...expressions: readonly RegExp[]): HookKind => ({
  place,
  platform: "windows",
  find: (text) => commandsIn(text, expressions, "commandLine"),
});

/** What the groups of each match hold, joined by a blank, without the quotes around the whole. */
function* commandsIn(text: string, expressions: readonly RegExp[], language: Hook["language"]): Generator<Hook> {
  for (const expression of expressions)
    for (const match of text.matchAll(expression)) {
      const command = match.slice(1).filter(Boolean).join(" ").trim();
      if (command !== "") yield { command, language };
    }
}

const inShell = (commands: (text: string) => Iterable<string>) =>
  function* (text: string): Generator<Hook> {
    for (const command of commands(text)) yield { command, language: "sh" };
  };

/** `0CmdLine=` and `0Parameters=` of the scripts of a group policy (MS-GPSCR). */
function* policyScripts(text: string): Generator<Hook> {
  const parameters = new Map([...text.matchAll(/^(\d{1,5})Parameters=(.*)$/gim)].map((match) => [match[1], match[2]!]));
  for (const [, number, program] of text.matchAll(/^(\d{1,5})CmdLine=(.*)$/gim)) {
    const name = program!.trim();
    if (name === "") continue;
    const quoted = name.includes(" ") && !name.startsWith('"') ? `"${name}"` : name;
    const command = `${quoted} ${(parameters.get(number) ?? "").trim()}`.trim();
    // psscripts.ini names scripts, which PowerShell is given.
    const built = /\.ps1"?$/i.test(name);
    yield { command: built ? `powershell.exe -File ${command}` : command, language: "commandLine", built };
  }
}

/** Texts of elements of this name, with the entities and references of XML decoded. */
function* elements(text: string, expression: RegExp): Generator<Hook> {
  for (const [, content] of text.matchAll(expression)) {
    const command = decodeEntities(content!).trim();
    if (command !== "") yield { command, language: "commandLine" };
  }
}

/** Consumers of events of the management service (MOF): a command line, or a script with its language. */
function* consumers(text: string): Generator<Hook> {
  const value = (name: string) => new RegExp(`\\b${name}\\s{0,16}=\\s{0,16}"((?:[^"\\\\]|\\\\.)*)"`, "gi");
  for (const [, command] of text.matchAll(value("CommandLineTemplate")))
    yield { command: unescaped(command!), language: "commandLine" };
  const isJavaScript = /\bScriptingEngine\s{0,16}=\s{0,16}"j/i.test(text);
  for (const [, script] of text.matchAll(value("ScriptText")))
    yield { command: unescaped(script!), language: isJavaScript ? "jscript" : "vbscript" };
}

/** Settings of git (git-config(1)) that name a program, and aliases that are commands of the shell. */
const GIT_PROGRAM =
  /^(?:sshCommand|fsmonitor|pager|editor|askpass|textconv|clean|smudge|process|driver|cmd|program|gitProxy|command)$/i;

function* gitCommands(text: string): Generator<Hook> {
  for (const [, key, written] of text.matchAll(/^[ \t]*([\w-]{1,64})[ \t]*=[ \t]*(\S.*)$/gm)) {
    const whole = /^"(.*)"$/.exec(written!.trimEnd())?.[1];
    const value = whole === undefined ? written!.trimEnd() : unescaped(whole);
    if (value.startsWith("!")) yield { command: value.slice(1).trim(), language: "sh" };
    else if (GIT_PROGRAM.test(key!) && value !== "") yield { command: value, language: "sh" };
  }
}

/** Libraries that the loader puts into every program (ld.so(8)), as a shell would say it. */
function* preloaded(libraries: string): Generator<Hook> {
  for (const library of libraries.split(/[\s:]+/))
    if (library !== "")
      yield { command: `LD_PRELOAD='${library.replaceAll("'", "")}' sh`, language: "sh", built: true };
}

function* preloadFile(text: string): Generator<Hook> {
  for (const line of text.split(/\r?\n/)) yield* preloaded(line.replace(/#.*$/, ""));
}

function* preloadVariables(text: string): Generator<Hook> {
  for (const [, value] of text.matchAll(
    /^[ \t]*(?:export[ \t]+)?LD_(?:PRELOAD|AUDIT)(?:[ \t]+DEFAULT)?[ \t]*=[ \t]*"?([^"\n]+)/gm,
  ))
    yield* preloaded(value!);
}

/** The environment of all that systemd starts (systemd-system.conf(5)). */
function* preloadByManager(text: string): Generator<Hook> {
  for (const [, value] of text.matchAll(/^[ \t]*(?:Default|Manager)Environment[ \t]*=(.*)$/gm))
    for (const [, library] of value!.matchAll(/\bLD_(?:PRELOAD|AUDIT)=([^\s"']+)/g)) yield* preloaded(library!);
}

/** Programs that the kernel hands files to: `:name:type:offset:magic:mask:interpreter:flags`, with any mark between (binfmt.d(5)). */
function* interpreters(text: string): Generator<Hook> {
  for (const line of text.split(/\r?\n/)) {
    const [mark = "#"] = line.trim();
    const command = /[\w#;]/.test(mark) ? "" : (line.trim().split(mark, 7)[6] ?? "");
    if (command !== "") yield { command, language: "commandLine" };
  }
}

const KINDS: readonly HookKind[] = [
  { place: /\/etc\/ld\.so\.preload$/, platform: "linux", find: preloadFile },
  {
    place: /\/(?:etc\/environment|etc\/security\/pam_env\.conf|environment\.d\/[^/]+\.conf|\.pam_environment)$/,
    platform: "linux",
    find: preloadVariables,
  },
  { place: /\/systemd\/(?:system|user)\.conf(?:\.d\/[^/]+\.conf)?$/, platform: "linux", find: preloadByManager },
  linux(
    /\/udev\/rules\.d\/[^/]+\.rules$/,
    /\b(?:RUN|PROGRAM|IMPORT)(?:\{program\})?\s{0,8}(?:\+|:|=)?=\s{0,8}"((?:[^"\\]|\\.)*)"/g,
  ),
  linux(/\/etc\/pam(?:\.d\/[^/]+|\.conf)$/, /^[^#\n]*\bpam_exec\.so(?:[ \t]+[\w=.-]{1,256}){0,32}[ \t]+(\/.*)$/gm),
  linux(/\/modprobe\.d\/[^/]+\.conf$/, /^[ \t]*(?:install|remove)[ \t]+\S+[ \t]+(\S.*)$/gm),
  { place: /\/apt\/apt\.conf(?:\.d\/[^/]+)?$/, platform: "linux", find: inShell(aptCommands) },
  linux(
    /\/dpkg\/dpkg\.cfg(?:\.d\/[^/]+)?$/,
    /^[ \t]*(?:(?:pre|post)-invoke|status-logger)(?:[ \t]*=[ \t]*|[ \t]+)"?([^"\n]+)/gm,
  ),
  linux(/\/(?:libalpm|pacman\.d)\/hooks\/[^/]+\.hook$/, /^[ \t]*Exec[ \t]*=[ \t]*(\S.*)$/gm),
  linux(/\/post-transaction-actions\.d\/[^/]+\.action$/, /^[^#:\n][^:\n]*:[^:\n]*:(.+)$/gm),
  linux(/\/libdnf5-plugins\/actions\.d\/[^/]+\.actions$/, /^[^#:\n][^:\n]*(?::[^:\n]*){3}:(.+)$/gm),
  linux(
    /\/(?:i3|sway)\/config(?:\.d\/[^/]+)?$/,
    /^[ \t]*exec(?:_always)?[ \t]+(?:--no-startup-id[ \t]+)?([^\s-].*)$/gm,
  ),
  linux(/\/hypr\/[^/]+\.conf$/, /^[ \t]*exec(?:-once|-shutdown)?[ \t]*=[ \t]*(\S.*)$/gm),
  linux(/\/lxsession\/[^/]+\/autostart$/, /^@?([^#@\s].*)$/gm),
  { place: /\/logrotate\.(?:conf|d\/[^/]+)$/, platform: "linux", find: inShell(rotateCommands) },
  linux(/\/network\/interfaces(?:\.d\/[^/]+)?$/, /^[ \t]*(?:pre-up|up|post-up|pre-down|down|post-down)[ \t]+(\S.*)$/gm),
  linux(
    /\/etc\/inittab$/,
    /^[^#:\n]*:[^:\n]*:(?:respawn|once|wait|boot|bootwait|sysinit|ctrlaltdel|ondemand|kbrequest|power\w+):(.+)$/gm,
  ),
  linux(
    /\/etc\/inetd\.conf$/,
    /^[^#\s]\S*[ \t]+\w+[ \t]+\S+[ \t]+(?:no)?wait\S*[ \t]+\S+[ \t]+(\/\S+)[ \t]+\S+(?:[ \t]+(.*))?$/gm,
  ),
  linux(/\/(?:etc\/(?:mail\/)?aliases|\.forward)$/, /^(?:[^:#\n]*:)?[ \t]*"?\|([^"\n]+)/gm),
  // What the kernel itself starts: core(5), cgroups(7), proc_sys_kernel(5).
  linux(/\/proc\/sys\/kernel\/core_pattern$/, /^[ \t]{0,16}\|[ \t]{0,16}(\S.*)$/gm),
  linux(/\/(?:release_agent|proc\/sys\/kernel\/(?:modprobe|hotplug)|sys\/kernel\/uevent_helper)$/, /^(\/.*)$/gm),
  {
    place: /\/(?:proc\/sys\/fs\/binfmt_misc\/register|binfmt\.d\/[^/]+\.conf)$/,
    platform: "linux",
    find: interpreters,
  },
  linux(/\/acpi\/events\/[^/]+$/, /^action[ \t]*=[ \t]*(.+)$/gm),
  linux(/\/rsyslog(?:\.d\/[^/]+\.conf|\.conf)$/, /\bbinary="((?:[^"\\]|\\.)*)"/g),
  linux(/\/\.ssh\/authorized_keys2?$/, /^(?:[^#"\n][^"\n]*,)?command="((?:[^"\\\n]|\\.)*)"/gm),
  linux(
    /\/(?:\.ssh\/config|etc\/ssh\/sshd?_config(?:\.d\/[^/]+\.conf)?)$/,
    /^[ \t]*(?:ProxyCommand|LocalCommand|RemoteCommand|KnownHostsCommand|ForceCommand|AuthorizedKeysCommand|Match[ \t]+exec)(?:[ \t]*=[ \t]*|[ \t]+)(\S.*)$/gim,
  ),
  {
    place: /\/(?:\.gitconfig|etc\/gitconfig|\.git\/config|git\/config)$/,
    platform: "linux",
    find: gitCommands,
  },
  { place: /\/scripts\/(?:ps)?scripts\.ini$/, platform: "windows", find: policyScripts },
  windows(
    /\/autorun\.inf$/,
    /^[ \t]*(?:open|shellexecute)[ \t]*=[ \t]*(\S.*)$/gim,
    /^[ \t]*shell\\[^=\n]{1,200}\\command[ \t]*=[ \t]*(\S.*)$/gim,
  ),
  windows(/\/windows\/win\.ini$/, /^[ \t]*(?:load|run)[ \t]*=[ \t]*(\S.*)$/gim),
  { place: /\.mof$/, platform: "windows", find: consumers },
  {
    place: /\/(?:auto)?unattend\.xml$/,
    platform: "windows",
    find: (text) => elements(text, /<(?:CommandLine|Path)>([^<]{1,32768})</g),
  },
  {
    place: /\.settingcontent-ms$/,
    platform: "windows",
    find: (text) => elements(text, /<DeepLink>([^<]{1,32768})</g),
  },
];

/** The kind of configuration file that lies at this path; undefined where it is none that names commands. */
export function hookKind(name: string): HookKind | undefined {
  const path = pathOf(name).slice(-1000);
  return KINDS.find(({ place }) => place.test(path));
}
