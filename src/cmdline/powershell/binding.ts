import type { Argument } from "./arguments.ts";
import { text, UNKNOWN, type Value } from "./values.ts";

/** What a parameter is given where no value follows its name, as with switches. */
const NOTHING = text("");

/** Parameters of a command as bound: by name, by unambiguous beginning of a name, or by place. */
export interface BoundArguments {
  get(name: string): Value | undefined;
  /** What no parameter took. */
  readonly rest: readonly Value[];
}

/** Parameters of many commands that take a value. */
const COMMON = (
  "erroraction ea warningaction informationaction outvariable ov outbuffer ob errorvariable ev credential headers method useragent timeoutsec proxy " +
  "workingdirectory windowstyle verb encoding computername cn namespace body contenttype websession sessionvariable description displayname priority " +
  "wait-timeout redirectstandardoutput redirectstandarderror redirectstandardinput name type propertytype itemtype filter include exclude"
).split(" ");

/** Switches of many commands, with which the beginning of a name may be ambiguous. */
const SWITCHES = (
  "verbose debug whatif confirm wait passthru force recurse nonewwindow noclobber nonewline usebasicparsing usenewenvironment " +
  "usedefaultcredentials loaduserprofile"
).split(" ");

/** The only parameter of many commands that begins so, if it takes a value. */
function common(beginning: string): string | undefined {
  if (COMMON.includes(beginning)) return beginning;
  const [one, another] = [...COMMON, ...SWITCHES].filter((name) => name.startsWith(beginning));
  return one !== undefined && another === undefined && COMMON.includes(one) ? one : undefined;
}

function resolve(name: string, own: readonly string[], switches: readonly string[]): string | undefined {
  if (own.includes(name)) return name;
  const begin = own.find((one) => one.startsWith(name));
  if (begin && !switches.includes(name)) return begin;
  return switches.some((one) => one.startsWith(name)) ? undefined : common(name);
}

/**
 * Binds arguments.
 * @param own Parameters that take a value, lower case; an alias stands behind its name after `=`.
 * @param positional Which of them unnamed arguments fill, in order.
 * @param switches Parameters without a value.
 */
export function bind(
  args: readonly Argument[],
  own: readonly string[],
  positional: readonly string[],
  switches: readonly string[] = [],
): BoundArguments {
  const bound = new Map<string, Value>();
  const rest: Value[] = [];
  for (let at = 0; at < args.length; at++) {
    const { name, value } = args[at]!;
    if (name === undefined) {
      rest.push(value ?? UNKNOWN);
      continue;
    }
    const parameter = resolve(name, own, switches);
    const next = args[at + 1];
    if (value !== undefined) bound.set(parameter ?? name, value);
    else if (parameter && next && next.name === undefined) {
      bound.set(parameter, next.value ?? UNKNOWN);
      at++;
    } else if (parameter) bound.set(parameter, NOTHING);
  }
  for (const name of positional) if (!bound.has(name) && rest.length > 0) bound.set(name, rest.shift()!);
  return { get: (name) => bound.get(name), rest };
}
