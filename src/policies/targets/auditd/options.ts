import { RuleError } from "../../read.ts";

/** A rule as it is written; options may stand in any order, but for what auditctl itself wants in front. */
export interface Options {
  readonly list: string;
  readonly action: string;
  /** `-A`: it is asked before those that are there already. */
  readonly isFirst: boolean;
  /** The path of `-w`. */
  readonly watch: string | undefined;
  /** The letters of `-p` or of the field `perm`, small. */
  readonly permissions: string | undefined;
  readonly calls: readonly string[];
  /** Name, operator, value. */
  readonly fields: readonly (readonly [string, string, string])[];
  readonly keys: readonly string[];
}

const LISTS = new Set(["task", "exit", "user", "exclude", "filesystem", "io_uring"]);
/** Old versions had `entry`, which newer ones refuse, and the action `possible`, which makes no rule. */
const ACTIONS = new Set(["always", "never", "possible"]);

function listOf(text: string): readonly [string, string] {
  const [first = "", second = "", ...more] = text.split(",");
  const [list, action] = LISTS.has(first) ? [first, second] : [second, first];
  if (!LISTS.has(list) || !ACTIONS.has(action) || more.length > 0) throw new RuleError(`the list ${text}`);
  return [list, action];
}

function lettersOf(text: string): string {
  if (!/^[rwxa]{1,4}$/i.test(text)) throw new RuleError(`the permissions ${text}`);
  return text.toLowerCase();
}

/**
 * Words of a line: blanks alone part them, there are no quotes, and behind a backslash a blank is a letter.
 * @throws RuleError
 */
export function optionsOf(line: string): Options {
  const words = line.split(/(?<!\\) +/).map((word) => word.replace(/\\([ \\])/g, "$1"));
  const found = {
    list: "",
    action: "",
    isFirst: false,
    watch: undefined as string | undefined,
    permissions: undefined as string | undefined,
  };
  const calls: string[] = [];
  const fields: (readonly [string, string, string])[] = [];
  const keys: string[] = [];
  while (words.length > 0) {
    const [, option = "", attached = ""] = /^-([aACFkpSw])(.*)$/s.exec(words[0] ?? "") ?? [];
    if (option === "") throw new RuleError(`the word ${words[0]}`);
    words.shift();
    const value = attached === "" ? words.shift() : attached;
    if (value === undefined) throw new RuleError(`-${option} without a value`);
    if (option === "a" || option === "A") {
      [found.list, found.action] = listOf(value);
      found.isFirst = option === "A";
    } else if (option === "w") {
      if (!value.startsWith("/") || found.list !== "") throw new RuleError("a watch");
      found.watch = value;
      [found.list, found.action] = ["exit", "always"];
    } else if (found.list === "") throw new RuleError(`-${option} in front of the list`);
    else if (option === "p") found.permissions = lettersOf(value);
    else if (option === "S") for (const call of value.split(",")) calls.push(call);
    else if (option === "k") keys.push(value);
    else if (option === "C") fields.push([value, "-C", ""]);
    else {
      const [, name = "", operator = "", wanted = ""] = /^(\w+)([<>]=?|!?=|&=?)(.*)$/s.exec(value) ?? [];
      if (name === "") throw new RuleError(`the field ${value}`);
      if (name === "arch" && calls.length > 0) throw new RuleError("arch behind -S");
      if (name === "perm") found.permissions = lettersOf(wanted);
      else if (name === "key") keys.push(wanted);
      else fields.push([name, operator, wanted]);
    }
  }
  return { ...found, calls, fields, keys };
}
