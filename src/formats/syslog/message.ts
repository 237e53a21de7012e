import { isObject, type JsonObject, parseShallow } from "../../decode/json/parse.ts";
import { entryOf } from "../../model/entry.ts";
import type { Platform } from "../../model/event.ts";

/** What a program wrote into the system's log; of Linux where nothing else is said. */
export interface SystemMessage {
  readonly program: string;
  readonly pid: number | undefined;
  readonly message: string;
  readonly platform?: Platform;
}

/** `kim : TTY=pts/0 ; PWD=/srv ; USER=root ; COMMAND=/usr/bin/id -u`; a refusal has its reason before TTY. */
const SUDO = /^ {0,16}(\S{1,256}) : (.*?) ?COMMAND=(.*)$/s;
/** `(root) CMD (run-parts /etc/cron.hourly)`, as cron, crond and anacron write. */
const CRON = /^\((\S{1,256})\) CMD \((.*)\)$/s;
/** `USER root pid 77 cmd /bin/a.sh`, as busybox's crond writes (Alpine, ESXi). */
const BUSYBOX_CRON = /^USER (\S{1,256}) pid +\d{1,10} cmd (.*)$/s;
/** `kim ran command id -u as root from /home/kim`, and as doas wrote it at first: `kim ran command as root: id -u`. */
const DOAS = /^(\S{1,256}) ran command (?:as \S{1,256}: (.+)|(.+) as \S{1,256} from .*)$/s;

type Command = Readonly<Record<"user" | "text" | "dialect" | "origin", string>>;

/** How commands stand in what a program writes. */
const READERS: Readonly<Record<string, (message: string) => Command | undefined>> = {
  sudo,
  doas,
  cron,
  crond: cron,
  crontab: cron,
  anacron: cron,
};

/**
 * The properties of the event that a message is, by the names of a mapping: commands given to sudo and doas, and jobs started by cron.
 * undefined where it is none of these.
 */
export function commandIn({ program, pid, message, platform = "linux" }: SystemMessage): JsonObject | undefined {
  const name = program.slice(program.lastIndexOf("/") + 1).toLowerCase();
  const command = entryOf(READERS, name)?.(message);
  return command && { kind: "commandExecution", platform, "process.pid": pid, ...command };
}

function sudo(message: string): Command | undefined {
  const match = SUDO.exec(message);
  if (!match?.[3]) return undefined;
  const [, user, before, text] = match;
  // A refused command did not run; a session that is only listed runs nothing.
  if (!/^(?:TTY=|PWD=|HOST=|GROUP=|USER=|TSID=|ENV=|CWD=|CHROOT=)/.test(before!) || text === "list") return undefined;
  return { user: user!, text, dialect: "commandLine", origin: "sudo" };
}

function doas(message: string): Command | undefined {
  const [, user, before, text = before] = DOAS.exec(message) ?? [];
  return text === undefined ? undefined : { user: user!, text, dialect: "commandLine", origin: "doas" };
}

function cron(message: string): Command | undefined {
  const match = CRON.exec(message) ?? BUSYBOX_CRON.exec(message);
  const text = match?.[2]?.trim();
  return match && text ? { user: match[1]!, text, dialect: "sh", origin: "cron" } : undefined;
}

/** The object that a message holds as JSON, perhaps behind `@cee:` (Falco, Wazuh, Laurel … through syslog). */
export function objectIn(message: string): JsonObject | undefined {
  const text = message.trimStart().replace(/^@cee: ?/, "");
  if (!text.startsWith("{")) return undefined;
  const value = parseShallow(text);
  return isObject(value) ? value : undefined;
}
