import type { Grammar, GrammarStyle, OperandSpec, OptionSpec, SubGrammar } from "../catalog/types.ts";

/** Operands in the order in which they are dealt: those before a list, the list, those behind it. */
export interface Deal {
  readonly before: readonly OperandSpec[];
  readonly list: OperandSpec | undefined;
  readonly behind: readonly OperandSpec[];
}

/**
 * A grammar as lines are parsed by it, made once. Grammars and their options are of many shapes, which are slow to read; all layouts
 * have one, and so have the options in them.
 */
export interface Layout {
  readonly style: GrammarStyle;
  readonly reader: string | undefined;
  readonly caseSensitive: boolean;
  readonly abbreviate: boolean;
  readonly bundleFirst: boolean;
  readonly ordered: boolean;
  readonly commandsAnywhere: boolean;
  /** Elements of `NAME=value` words by name; undefined where there are none. */
  readonly pairs: ReadonlyMap<string, string> | undefined;
  /** Undefined where there are none. */
  readonly commands: ReadonlyMap<string, Command> | undefined;
  /** The operand from which on everything is taken as it stands. */
  readonly rest: OperandSpec | undefined;
  /** The operands before that. */
  readonly beforeRest: readonly OperandSpec[];
  /** The list among those. */
  readonly listBeforeRest: OperandSpec | undefined;
  readonly deal: Deal;
  /** Options whose value may follow without anything between. */
  readonly glued: readonly (readonly [spelling: string, OptionSpec])[];
  readonly options: ReadonlyMap<string, OptionSpec>;
  /** `"*": flag` takes what programs with hundreds of switches are given besides those that matter. */
  readonly takesAny: boolean;
}

/** A subcommand, which understands the options that stand before it, too. */
export class Command {
  readonly name: string;
  readonly #sub: Grammar;
  readonly #outer: Grammar;
  #layout: Layout | undefined;

  constructor({ name, grammar }: SubGrammar, outer: Grammar) {
    this.name = name;
    this.#sub = grammar;
    this.#outer = outer;
  }

  get layout(): Layout {
    this.#layout ??= make({
      ...this.#sub,
      options: { ...this.#outer.options, ...this.#sub.options },
      pairs: { ...this.#outer.pairs, ...this.#sub.pairs },
    });
    return this.#layout;
  }
}

const isList = ({ many }: OperandSpec) => many === "any" || many === "some";
const isRest = ({ many }: OperandSpec) => many === "rest" || many === "raw";

function dealOf(specs: readonly OperandSpec[]): Deal {
  const fixed = specs.filter((spec) => !isRest(spec));
  const at = fixed.findIndex(isList);
  if (at < 0) return { before: fixed, list: undefined, behind: [] };
  return { before: fixed.slice(0, at), list: fixed[at], behind: fixed.slice(at + 1) };
}

const uniform = ({ name, takes, after, glued, next, last = false, count, ends }: OptionSpec): OptionSpec => ({
  name,
  takes,
  after,
  glued,
  next,
  last,
  count,
  ends,
});

const mapOf = <V>(record: Readonly<Record<string, V>>): ReadonlyMap<string, V> | undefined => {
  const entries = Object.entries(record);
  return entries.length === 0 ? undefined : new Map(entries);
};

function make(grammar: Grammar): Layout {
  const { operands } = grammar;
  const rest = operands.findIndex(isRest);
  const beforeRest = rest < 0 ? operands : operands.slice(0, rest);
  const options = Object.entries(grammar.options).map(([name, spec]) => [name, uniform(spec)] as const);
  const commands = Object.entries(grammar.commands).map(([name, sub]) => [name, new Command(sub, grammar)] as const);
  return {
    style: grammar.style,
    reader: grammar.reader,
    caseSensitive: grammar.caseSensitive,
    abbreviate: grammar.abbreviate,
    bundleFirst: grammar.bundleFirst,
    ordered: grammar.ordered === true,
    commandsAnywhere: grammar.commandsAnywhere === true,
    pairs: mapOf(grammar.pairs),
    commands: commands.length === 0 ? undefined : new Map(commands),
    rest: operands[rest],
    beforeRest,
    listBeforeRest: beforeRest.find(isList),
    deal: dealOf(beforeRest),
    glued: options.filter(([, spec]) => spec.glued),
    options: new Map(options),
    takesAny: Object.hasOwn(grammar.options, "*"),
  };
}

const layouts = new WeakMap<Grammar, Layout>();

export function layoutOf(grammar: Grammar): Layout {
  let layout = layouts.get(grammar);
  if (!layout) {
    layout = make(grammar);
    layouts.set(grammar, layout);
  }
  return layout;
}
