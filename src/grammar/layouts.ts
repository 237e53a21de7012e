import type { Grammar, OperandSpec, OptionSpec, SubGrammar } from "../catalog/types.ts";
import type { Command, Deal, Layout, Operand, Option } from "./layout.ts";
import { Numbering } from "./numbering.ts";
import { TAKE } from "./options.ts";
import { READERS } from "./readers/index.ts";

/** A subcommand, whose layout is made when it is met. */
class SubCommand implements Command {
  readonly name: string;
  readonly #sub: Grammar;
  readonly #outer: Grammar;
  readonly #numbering: Numbering;
  #layout: Layout | undefined;

  constructor({ name, grammar }: SubGrammar, outer: Grammar, numbering: Numbering) {
    this.name = name;
    this.#sub = grammar;
    this.#outer = outer;
    this.#numbering = numbering;
  }

  get layout(): Layout {
    this.#layout ??= this.#make();
    return this.#layout;
  }

  #make(): Layout {
    const outer = this.#outer;
    const options = { ...outer.options, ...this.#sub.options };
    const pairs = { ...outer.pairs, ...this.#sub.pairs };
    return makeLayout({ ...this.#sub, options, pairs }, this.#numbering);
  }
}

const isList = ({ many }: Operand) => many === "any" || many === "some";
const isRest = ({ many }: Operand) => many === "rest" || many === "raw";

function dealOf(specs: readonly Operand[]): Deal {
  const fixed = specs.filter((spec) => !isRest(spec));
  const at = fixed.findIndex(isList);
  if (at < 0) return { before: fixed, list: undefined, behind: [] };
  return { before: fixed.slice(0, at), list: fixed[at], behind: fixed.slice(at + 1) };
}

function optionOf(spec: OptionSpec, numbering: Numbering): Option {
  const { name, takes, after, glued, next, last = false, count, ends } = spec;
  return { name, takes, after, glued, next, last, count, ends, element: numbering.of(name).element };
}

const operandOf = ({ name, many, type }: OperandSpec, numbering: Numbering): Operand => ({
  name,
  many,
  type,
  element: numbering.of(name).element,
});

const mapOf = <V, W>(
  record: Readonly<Record<string, V>>,
  make: (value: V) => W,
): ReadonlyMap<string, W> | undefined => {
  const entries = Object.entries(record);
  return entries.length === 0 ? undefined : new Map(entries.map(([key, value]) => [key, make(value)]));
};

/** @param numbering of the program's elements, which new ones are added to */
export function makeLayout(grammar: Grammar, numbering: Numbering): Layout {
  const operands = grammar.operands.map((spec) => operandOf(spec, numbering));
  const rest = operands.findIndex(isRest);
  const beforeRest = rest < 0 ? operands : operands.slice(0, rest);
  const options = Object.entries(grammar.options).map(([name, spec]) => [name, optionOf(spec, numbering)] as const);
  return {
    style: grammar.style,
    take: TAKE[grammar.style],
    reader: grammar.reader === undefined ? undefined : READERS[grammar.reader],
    caseSensitive: grammar.caseSensitive,
    abbreviate: grammar.abbreviate,
    bundleFirst: grammar.bundleFirst,
    ordered: grammar.ordered === true,
    commandsAnywhere: grammar.commandsAnywhere === true,
    pairs: mapOf(grammar.pairs, (name) => numbering.of(name)),
    commands: mapOf(grammar.commands, (sub) => new SubCommand(sub, grammar, numbering)),
    rest: operands[rest],
    beforeRest,
    listBeforeRest: beforeRest.find(isList),
    deal: dealOf(beforeRest),
    glued: options.filter(([, spec]) => spec.glued),
    options: new Map(options),
    longest: Math.max(0, ...options.map(([name]) => name.length)),
    takesAny: Object.hasOwn(grammar.options, "*"),
    numbering,
    command: numbering.of("command"),
    arguments: numbering.of("arguments"),
  };
}

const layouts = new WeakMap<Grammar, Layout>();

/** The layout of a grammar of whose elements nobody has asked for any yet. */
export function layoutOf(grammar: Grammar): Layout {
  let layout = layouts.get(grammar);
  if (!layout) {
    layout = makeLayout(grammar, new Numbering());
    layouts.set(grammar, layout);
  }
  return layout;
}
