import type { Grammar } from "../catalog/types.ts";
import { withOne } from "../model/list.ts";
import type { Command, Layout } from "./layout.ts";
import { layoutOf } from "./layouts.ts";
import type { Named } from "./numbering.ts";
import { dealOperands, FORMS, filled, verbFold } from "./operands.ts";
import { cluster } from "./options.ts";
import type { Reader } from "./readers/reader.ts";
import { type Arg, Collector, type Line, type Parsed, partOf, restOf } from "./types.ts";

/** The element that a `NAME=value` word is for. */
function pairElement(pairs: ReadonlyMap<string, Named>, { value }: Arg): Named | undefined {
  const equals = value.indexOf("=");
  if (equals < 1) return undefined;
  const key = verbFold(value.slice(0, equals)).toLowerCase();
  if (!/^[\w.:-]+$/.test(key)) return undefined;
  return pairs.get(key) ?? pairs.get("*");
}

/** `NAME=value` words such as msiexec's properties, dd's operands, sc's `binPath=` with the value in the next word. */
function takePair({ pairs, style }: Layout, line: Line, at: number, out: Collector): number | undefined {
  if (!pairs) return undefined;
  const arg = line.args[at] as Arg;
  const element = pairElement(pairs, arg);
  if (element === undefined) return undefined;
  const value = arg.value.slice(arg.value.indexOf("=") + 1);
  const next = line.args[at + 1];
  if (value === "" && next && style === "windows" && pairElement(pairs, next) === undefined) {
    out.add(element, next.value, [next]);
    return at + 2;
  }
  out.add(element, value, [partOf(arg, value)]);
  return at + 1;
}

/** Whether an operand in hand belongs to the specs before the rest, or opens the rest. */
function opensRest({ beforeRest, listBeforeRest: list }: Layout, operands: readonly Arg[], arg: Arg): boolean {
  if (list) return list.type === "assignment" && !FORMS.assignment.test(arg.value);
  return filled(beforeRest, operands, arg);
}

/** The subcommand that a word names. */
function commandOf({ commands, caseSensitive }: Layout, { value }: Arg): Command | undefined {
  return commands?.get(caseSensitive ? value : verbFold(value).toLowerCase());
}

const NONE: readonly Arg[] = [];

function parseWith(layout: Layout, line: Line, from: number, out: Collector): void {
  const { args } = line;
  const { take, rest, deal, commands } = layout;
  let operands: Arg[] | undefined;
  let options = true;
  let at = from;
  if (layout.bundleFirst && args[at] && /^[a-zA-Z]+$/.test((args[at] as Arg).value)) at = bundle(layout, line, at, out);
  while (at < args.length) {
    const arg = args[at] as Arg;
    if (options && arg.value === "--" && layout.style !== "windows") {
      const own = layout.options.get("--");
      if (own) {
        out.add(own, restOf(line, at + 1), args.slice(at + 1));
        break;
      }
      options = false;
      at++;
      continue;
    }
    const next = (options ? take(layout, line, at, out) : undefined) ?? takePair(layout, line, at, out);
    if (next !== undefined) {
      at = next;
      continue;
    }
    const first = !operands || layout.commandsAnywhere;
    const command = commands && first ? commandOf(layout, arg) : undefined;
    if (command) {
      if (operands) dealOperands(deal, operands, out);
      out.add(layout.command, command.name, [arg]);
      parseWith(command.layout, line, at + 1, out);
      return;
    }
    if (rest && opensRest(layout, operands ?? NONE, arg)) {
      out.add(rest, restOf(line, at), args.slice(at));
      break;
    }
    operands = withOne(operands, arg);
    if (layout.ordered) options = false;
    at++;
  }
  if (operands) dealOperands(deal, operands, out);
}

/** tar's `xvf archive`: letters in order, each value taken from the words that follow. */
function bundle(layout: Layout, line: Line, at: number, out: Collector): number {
  const letters = (line.args[at] as Arg).value;
  if (![...letters].every((letter) => layout.options.has(letter))) return at;
  let next = at + 1;
  for (const letter of letters) {
    const spec = layout.options.get(letter);
    if (spec?.takes === "value") {
      const arg = line.args[next];
      if (arg) out.add(spec, arg.value, [arg]);
      next++;
    } else cluster(layout, letter, line, at, out);
  }
  return next;
}

/** Reads the arguments of a program by its grammar. Never throws; time is linear in the line times the options' number. */
export const parseLine = (grammar: Grammar, line: Line): Parsed => parseBy(layoutOf(grammar), line);

/** By what a program has of its own; a function by itself, as what a closure holds is made room for on entry. */
const readBy = (reader: Reader, layout: Layout, line: Line, out: Collector): void =>
  reader(line, out, (rest) => parseWith(layout, rest, 0, out));

/** The same by a grammar that was made ready. */
export function parseBy(layout: Layout, line: Line): Collector {
  const out = new Collector(layout.numbering);
  if (layout.reader) readBy(layout.reader, layout, line, out);
  else parseWith(layout, line, 0, out);
  return out;
}
