import type { Grammar, SubGrammar } from "../catalog/types.ts";
import { inherit, type Layout, layoutOf } from "./layout.ts";
import { dealOperands, filled, verbFold } from "./operands.ts";
import { cluster, TAKE } from "./options.ts";
import { READERS } from "./readers/index.ts";
import { type Arg, Collector, type Line, type Parsed, restOf } from "./types.ts";

/** The element that a `NAME=value` word is for. */
function pairElement(grammar: Grammar, { value }: Arg): string | undefined {
  const equals = value.indexOf("=");
  if (equals < 1) return undefined;
  const key = verbFold(value.slice(0, equals)).toLowerCase();
  if (!/^[\w.:-]+$/.test(key)) return undefined;
  return Object.hasOwn(grammar.pairs, key) ? grammar.pairs[key] : grammar.pairs["*"];
}

/** `NAME=value` words such as msiexec's properties, dd's operands, sc's `binPath=` with the value in the next word. */
function takePair(grammar: Grammar, line: Line, at: number, out: Collector): number | undefined {
  const arg = line.args[at] as Arg;
  const equals = arg.value.indexOf("=");
  const element = pairElement(grammar, arg);
  if (element === undefined) return undefined;
  const value = arg.value.slice(equals + 1);
  const next = line.args[at + 1];
  if (value === "" && next && grammar.style === "windows" && pairElement(grammar, next) === undefined) {
    out.add(element, next.value, [next]);
    return at + 2;
  }
  out.add(element, value, [{ ...arg, value }]);
  return at + 1;
}

/** Whether an operand in hand belongs to the specs before the rest, or opens the rest. */
function opensRest({ beforeRest, listBeforeRest: list }: Layout, operands: readonly Arg[], arg: Arg): boolean {
  if (list) return list.type === "assignment" && !/^[A-Za-z_]\w*=/.test(arg.value);
  return filled(beforeRest, operands, arg);
}

/** The subcommand that a word names. */
function commandOf({ commands, caseSensitive }: Grammar, { value }: Arg): SubGrammar | undefined {
  const key = caseSensitive ? value : verbFold(value).toLowerCase();
  return Object.hasOwn(commands, key) ? commands[key] : undefined;
}

function parseWith(grammar: Grammar, line: Line, from: number, out: Collector): void {
  const { args } = line;
  const take = TAKE[grammar.style];
  const layout = layoutOf(grammar);
  const { hasPairs, hasCommands, rest } = layout;
  const operands: Arg[] = [];
  let options = true;
  let at = from;
  if (grammar.bundleFirst && args[at] && /^[a-zA-Z]+$/.test((args[at] as Arg).value))
    at = bundle(grammar, line, at, out);
  while (at < args.length) {
    const arg = args[at] as Arg;
    if (options && arg.value === "--" && grammar.style !== "windows") {
      options = false;
      at++;
      continue;
    }
    const next = options ? take(grammar, line, at, out) : undefined;
    if (next !== undefined) {
      at = next;
      continue;
    }
    const pair = hasPairs ? takePair(grammar, line, at, out) : undefined;
    if (pair !== undefined) {
      at = pair;
      continue;
    }
    const first = operands.length === 0 || grammar.commandsAnywhere === true;
    const command = hasCommands && first ? commandOf(grammar, arg) : undefined;
    if (command) {
      dealOperands(layout.deal, operands, out);
      out.add("command", command.name, [arg]);
      parseWith(inherit(command.grammar, grammar), line, at + 1, out);
      return;
    }
    if (rest && opensRest(layout, operands, arg)) {
      out.add(rest.name, restOf(line, at), args.slice(at));
      break;
    }
    operands.push(arg);
    if (grammar.ordered) options = false;
    at++;
  }
  dealOperands(layout.deal, operands, out);
}

/** tar's `xvf archive`: letters in order, each value taken from the words that follow. */
function bundle(grammar: Grammar, line: Line, at: number, out: Collector): number {
  const letters = (line.args[at] as Arg).value;
  if (![...letters].every((letter) => Object.hasOwn(grammar.options, letter))) return at;
  let next = at + 1;
  for (const letter of letters) {
    const spec = grammar.options[letter];
    if (spec?.takes === "value") {
      const arg = line.args[next];
      if (arg) out.add(spec.name, arg.value, [arg]);
      next++;
    } else cluster(grammar, letter, line, at, out);
  }
  return next;
}

/** Reads the arguments of a program by its grammar. Never throws; time is linear in the line times the options' number. */
export function parseLine(grammar: Grammar, line: Line): Parsed {
  const reader = grammar.reader === undefined ? undefined : READERS[grammar.reader];
  const out = new Collector();
  if (reader) reader(line, out, (rest) => parseWith(grammar, rest, 0, out));
  else parseWith(grammar, line, 0, out);
  return { values: out.values, unknown: out.unknown };
}
