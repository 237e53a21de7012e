/** Which columns a crontab has. `anacron`: period, delay, name; `system`: a user after the time. */
export type CronForm = "user" | "system" | "anacron";

export type CronLine =
  | { readonly kind: "blank" }
  | { readonly kind: "variable"; readonly name: string; readonly value: string }
  | {
      readonly kind: "job";
      readonly schedule: string;
      readonly user: string | undefined;
      readonly name: string | undefined;
      readonly command: string;
    };

const MACRO = /^@(?:reboot|yearly|annually|monthly|weekly|daily|midnight|hourly|every_minute|\d{1,6})$/i;
/** Minute, hour and day of month; month and day of week may be names. Vixie cron, cronie, Debian's; `~` is a random time. */
const FIELD = /^[\d*/,~-]{1,200}$/;
const NAMED_FIELD = /^[\w*/,~-]{1,200}$/;
const VARIABLE = /^\s*(?:"([^"]{1,200})"|'([^']{1,200})'|([A-Za-z_][\w]{0,200}))\s*=\s*(.*)$/;
const USER = /^[A-Za-z_][\w.-]{0,63}\$?(?::[\w.-]{1,64})?(?:\/[\w.-]{1,64})?$/;

/** Reads one line (crontab(5), anacrontab(5)); undefined where it is none. */
export function parseCronLine(line: string, form: CronForm): CronLine | undefined {
  const text = line.trim();
  if (text === "" || text.startsWith("#")) return { kind: "blank" };
  const variable = VARIABLE.exec(text);
  if (variable) {
    const name = variable[1] ?? variable[2] ?? variable[3] ?? "";
    return { kind: "variable", name, value: variable[4]!.replace(/^(["'])(.*)\1$/, "$2") };
  }
  return form === "anacron" ? anacronJob(text) : job(text, form);
}

function job(text: string, form: CronForm): CronLine | undefined {
  // A dash before the time keeps cron from logging the run (SUSE's cronie).
  const words = takeWords(text.replace(/^-/, ""), text.startsWith("@") ? 1 : 5);
  if (!words) return undefined;
  const { taken, rest } = words;
  const valid = text.startsWith("@") ? MACRO.test(taken[0]!) : isTime(taken);
  if (!valid) return undefined;
  const schedule = taken.join(" ");
  if (form === "user") return withCommand(schedule, undefined, rest);
  const [user = "", command] = splitWord(rest);
  return USER.test(user) ? withCommand(schedule, user, command) : undefined;
}

function isTime(fields: readonly string[]): boolean {
  return fields.every((field, index) => (index < 3 ? FIELD : NAMED_FIELD).test(field));
}

function anacronJob(text: string): CronLine | undefined {
  const words = takeWords(text, 3);
  if (!words) return undefined;
  const [period = "", delay = "", name = ""] = words.taken;
  if (!/^\d{1,6}$/.test(period) && !MACRO.test(period)) return undefined;
  if (!/^\d{1,6}$/.test(delay)) return undefined;
  return { kind: "job", schedule: `every ${period}`, user: "root", name, command: words.rest };
}

/** An unescaped `%` ends the command: what follows is its standard input. */
function withCommand(schedule: string, user: string | undefined, text: string): CronLine | undefined {
  const end = /(?:^|[^\\])%/.exec(text);
  const command = (end ? text.slice(0, end.index + end[0].length - 1) : text).replaceAll("\\%", "%").trim();
  return command === "" ? undefined : { kind: "job", schedule, user, name: undefined, command };
}

function takeWords(text: string, count: number): { taken: string[]; rest: string } | undefined {
  const taken: string[] = [];
  let rest = text;
  while (taken.length < count) {
    const [word, after] = splitWord(rest);
    if (word === "" || after === "") return undefined;
    taken.push(word);
    rest = after;
  }
  return { taken, rest };
}

function splitWord(text: string): [string, string] {
  const at = text.search(/\s/);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at).trimStart()];
}
