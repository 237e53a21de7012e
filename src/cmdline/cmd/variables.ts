import { setAssignment } from "../../decode/text/cmd-set.ts";
import { entryOf } from "../../model/entry.ts";
import type { Obfuscation } from "../../model/invocation.ts";
import { obfuscation } from "../normal/distance.ts";
import { createLookup, type Environment } from "../normal/environment.ts";

/** cmd.exe's own limit on a value, and bounds on what expansion may cost. */
const MAX_VALUE = 8191;
const MAX_NAME = 256;
const MAX_MODIFIER = 512;
const MAX_GROWTH = 65_536;
const MAX_VARIABLES = 1000;

/** Variables of one cmd.exe session: those given, the usual constants, and those that `set` makes on the way. */
export interface Variables {
  get(name: string): string | undefined;
  /** True for a variable that `set` has made. */
  isOwn(name: string): boolean;
  set(name: string, value: string): void;
}

export function createVariables(env?: Environment): Variables {
  const lookup = createLookup(env);
  const own = new Map<string, string>();
  return {
    get: (name) => own.get(name.toLowerCase()) ?? lookup(name),
    isOwn: (name) => own.has(name.toLowerCase()),
    set(name, value) {
      const key = name.toLowerCase();
      if (key.length <= MAX_NAME && (own.size < MAX_VARIABLES || own.has(key))) own.set(key, value.slice(0, MAX_VALUE));
    },
  };
}

/** `~a,b`: negative numbers count from the end. */
function substring(value: string, modifier: string): string | undefined {
  const match = /^~\s*(?:(-?\d{1,6})\s*)?(?:,\s*(?:(-?\d{1,6})\s*)?)?$/.exec(modifier);
  if (!match) return undefined;
  const start = Number(match[1] ?? 0);
  const from = start < 0 ? Math.max(value.length + start, 0) : start;
  if (match[2] === undefined) return value.slice(from);
  const count = Number(match[2]);
  return count < 0 ? value.slice(from, Math.max(value.length + count, from)) : value.slice(from, from + count);
}

/** `x=y` replaces every x, `*x=y` all up to the first x; without regard to case. */
function substitute(value: string, modifier: string): string | undefined {
  const equals = modifier.indexOf("=", 1);
  if (equals < 1) return undefined;
  const star = modifier[0] === "*" && equals > 1;
  const wanted = modifier.slice(star ? 1 : 0, equals).toLowerCase();
  const other = modifier.slice(equals + 1);
  const parts = splitCaseless(value, wanted);
  if (star) return parts.length > 1 ? other + value.slice(parts[0]!.length + wanted.length) : value;
  return parts.join(other).slice(0, MAX_VALUE);
}

function splitCaseless(value: string, wanted: string): string[] {
  const lower = value.toLowerCase();
  if (lower.length !== value.length) return value.split(wanted);
  const parts: string[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    parts.push(value.slice(from, at));
    from = at + wanted.length;
  }
  return [...parts, value.slice(from)];
}

interface Expanded {
  readonly value: string;
  readonly modified: boolean;
  readonly own: boolean;
}

/** How variables end whose beginning is another for every user. */
const ENDS: Readonly<Record<string, string>> = {
  appdata: "\\AppData\\Roaming",
  localappdata: "\\AppData\\Local",
  temp: "\\AppData\\Local\\Temp",
  tmp: "\\AppData\\Local\\Temp",
};

/** Long values that every machine has, out of which letters are cut; as a whole they are seldom meant. */
export const LONG: Readonly<Record<string, string>> = {
  psmodulepath: "C:\\Program Files\\WindowsPowerShell\\Modules;C:\\Windows\\system32\\WindowsPowerShell\\v1.0\\Modules",
};

/** `%LOCALAPPDATA:~-3,1%`: letters counted from the end of a value of which only the end is known. */
function cutFromEnd(name: string, modifier: string): Expanded | undefined {
  const end = entryOf(ENDS, name.toLowerCase()) ?? "";
  const back = /^~\s*-(\d{1,6})\s*(?:,|$)/.exec(modifier);
  if (!back || Number(back[1]) > end.length) return undefined;
  const value = substring(end, modifier);
  return value === undefined ? undefined : { value, modified: true, own: false };
}

function reference(body: string, variables: Variables): Expanded | undefined {
  const colon = body.indexOf(":", 1);
  const name = colon < 0 ? body : body.slice(0, colon);
  if (name === "" || name.length > MAX_NAME || body.length > MAX_NAME + MAX_MODIFIER) return undefined;
  const value = variables.get(name) ?? (colon < 0 ? undefined : entryOf(LONG, name.toLowerCase()));
  if (value === undefined) return colon < 0 ? undefined : cutFromEnd(name, body.slice(colon + 1));
  const own = variables.isOwn(name);
  if (colon < 0) return { value, modified: false, own };
  const modifier = body.slice(colon + 1);
  const changed = modifier.startsWith("~") ? substring(value, modifier) : substitute(value, modifier);
  return changed === undefined ? undefined : { value: changed, modified: true, own };
}

/** Whether the text gives a variable a value that begins with its own, as loops do: at first there is none. */
function grows(text: string, name: string): boolean {
  const own = name.toLowerCase();
  const [set, value] = setAssignment(text.slice(0, 256).toLowerCase()) ?? [];
  return set === own && value?.startsWith(`!${own}!`) === true;
}

/** Weight of a text put together from variables that the same text sets. */
const ASSEMBLED = 0.6;

/**
 * Replaces `%NAME%`, `%NAME:~a,b%`, `%NAME:x=y%` (with mark `!`: the delayed forms) where the variable is known.
 * Unknown ones stay, as they do at the prompt. What is unusual is added to `notes`.
 */
export function expand(text: string, mark: "%" | "!", variables: Variables, notes: Obfuscation[]): string {
  let at = text.indexOf(mark);
  if (at < 0) return text;
  let out = text.slice(0, at);
  const limit = text.length + MAX_GROWTH;
  let own = 0;
  while (at < text.length) {
    const close = text.indexOf(mark, at + 1);
    if (close < 0) break;
    const body = text.slice(at + 1, close);
    const found = out.length < limit && !body.includes("\n") ? reference(body, variables) : undefined;
    if (found) {
      out += found.value;
      if (found.own) own++;
      if (found.modified) notes.push(obfuscation("environmentVariable", mark + body + mark));
      at = close + 1;
      const next = text.indexOf(mark, at);
      out += text.slice(at, next < 0 ? text.length : next);
      at = next < 0 ? text.length : next;
    } else if (mark === "!" && grows(text, body)) {
      at = text.indexOf(mark, close + 1);
      if (at < 0) at = text.length;
      out += text.slice(close + 1, at);
    } else {
      out += mark + body;
      at = close;
    }
  }
  if (own >= 2) notes.push(obfuscation("concatenation", text, ASSEMBLED));
  return out + text.slice(at);
}

/** Carries out a `set` command on the variables; what is asked or calculated leaves the value unknown. */
export function assign(command: string, variables: Variables): void {
  const assignment = setAssignment(command);
  if (assignment) variables.set(...assignment);
}
