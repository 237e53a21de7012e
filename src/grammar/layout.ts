import type { Grammar, OperandSpec, OptionSpec } from "../catalog/types.ts";

/** Operands in the order in which they are dealt: those before a list, the list, those behind it. */
export interface Deal {
  readonly before: readonly OperandSpec[];
  readonly list: OperandSpec | undefined;
  readonly behind: readonly OperandSpec[];
}

/** What is asked of a grammar for every word, made once for the grammar. */
export interface Layout {
  readonly hasPairs: boolean;
  readonly hasCommands: boolean;
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

const isList = ({ many }: OperandSpec) => many === "any" || many === "some";
const isRest = ({ many }: OperandSpec) => many === "rest" || many === "raw";

function dealOf(specs: readonly OperandSpec[]): Deal {
  const fixed = specs.filter((spec) => !isRest(spec));
  const at = fixed.findIndex(isList);
  if (at < 0) return { before: fixed, list: undefined, behind: [] };
  return { before: fixed.slice(0, at), list: fixed[at], behind: fixed.slice(at + 1) };
}

function make({ pairs, commands, operands, options }: Grammar): Layout {
  const rest = operands.findIndex(isRest);
  const beforeRest = rest < 0 ? operands : operands.slice(0, rest);
  return {
    hasPairs: Object.keys(pairs).length > 0,
    hasCommands: Object.keys(commands).length > 0,
    rest: operands[rest],
    beforeRest,
    listBeforeRest: beforeRest.find(isList),
    deal: dealOf(beforeRest),
    glued: Object.entries(options).filter(([, spec]) => spec.glued),
    options: new Map(Object.entries(options)),
    takesAny: Object.hasOwn(options, "*"),
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

const inherited = new WeakMap<Grammar, WeakMap<Grammar, Grammar>>();

/** The grammar of a subcommand, which understands the options that stand before it, too. */
export function inherit(sub: Grammar, outer: Grammar): Grammar {
  let ofOuter = inherited.get(outer);
  if (!ofOuter) {
    ofOuter = new WeakMap();
    inherited.set(outer, ofOuter);
  }
  let grammar = ofOuter.get(sub);
  if (!grammar) {
    grammar = { ...sub, options: { ...outer.options, ...sub.options }, pairs: { ...outer.pairs, ...sub.pairs } };
    ofOuter.set(sub, grammar);
  }
  return grammar;
}
