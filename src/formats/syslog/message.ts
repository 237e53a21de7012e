import { isObject, type JsonObject, parseShallow } from "../../decode/json/parse.ts";

/** What a program on Linux wrote into the system's log. */
export interface SystemMessage {
  readonly program: string;
  readonly pid: number | undefined;
  readonly message: string;
}

/** `kim : TTY=pts/0 ; PWD=/srv ; USER=root ; COMMAND=/usr/bin/id -u`; a refusal has its reason before TTY. */
const SUDO = /^ {0,16}(\S{1,256}) : (.*?) ?COMMAND=(.*)$/s;
/** `(root) CMD (run-parts /etc/cron.hourly)`, as cron, crond and anacron write. */
const CRON = /^\((\S{1,256})\) CMD \((.*)\)$/s;

/**
 * The properties of the event that a message is, by the names of a mapping: commands given to sudo and jobs started by cron.
 * undefined where it is none of these.
 */
export function commandIn({ program, pid, message }: SystemMessage): JsonObject | undefined {
  const name = program.slice(program.lastIndexOf("/") + 1).toLowerCase();
  if (name === "sudo") return sudo(message, pid);
  return /^(?:cron|crond|crontab|anacron)$/.test(name) ? cron(message) : undefined;
}

const LINUX = { kind: "commandExecution", platform: "linux" } as const;

function sudo(message: string, pid: number | undefined): JsonObject | undefined {
  const match = SUDO.exec(message);
  if (!match?.[3]) return undefined;
  const [, user, before, text] = match;
  // A refused command did not run; a session that is only listed runs nothing.
  if (!/^(?:TTY=|PWD=|HOST=|GROUP=|USER=|TSID=|ENV=|CWD=|CHROOT=)/.test(before!) || text === "list") return undefined;
  return { ...LINUX, user, text, dialect: "commandLine", origin: "sudo", "process.pid": pid };
}

function cron(message: string): JsonObject | undefined {
  const match = CRON.exec(message);
  if (!match) return undefined;
  const text = match[2]!.trim();
  return text === "" ? undefined : { ...LINUX, user: match[1], text, dialect: "sh", origin: "cron" };
}

/** The object that a message holds as JSON, perhaps behind `@cee:` (Falco, Wazuh, Laurel … through syslog). */
export function objectIn(message: string): JsonObject | undefined {
  const text = message.trimStart().replace(/^@cee: ?/, "");
  if (!text.startsWith("{")) return undefined;
  const value = parseShallow(text);
  return isObject(value) ? value : undefined;
}
