import type { GrammarStyle, OperandSpec, OptionSpec } from "../catalog/types.ts";
import type { Named, Numbering } from "./numbering.ts";
import type { Reader } from "./readers/reader.ts";
import type { Collector, Line } from "./types.ts";

/** An option, and an operand, with the number of its element. */
export interface Option extends OptionSpec, Named {}
export interface Operand extends OperandSpec, Named {}

/** Takes the option at `line.args[at]` and returns the index of the next argument, or undefined where it is none. */
export type TakeOption = (layout: Layout, line: Line, at: number, out: Collector) => number | undefined;

/** A subcommand, which understands the options that stand before it, too. */
export interface Command {
  readonly name: string;
  readonly layout: Layout;
}

/** Operands in the order in which they are dealt: those before a list, the list, those behind it. */
export interface Deal {
  readonly before: readonly Operand[];
  readonly list: Operand | undefined;
  readonly behind: readonly Operand[];
}

/**
 * A grammar as lines are parsed by it, made once. Grammars and their options are of many shapes, which are slow to read; all layouts
 * have one, and so have the options in them.
 */
export interface Layout {
  readonly style: GrammarStyle;
  /** How its style takes an option. */
  readonly take: TakeOption;
  /** Of programs that parse their own line. */
  readonly reader: Reader | undefined;
  readonly caseSensitive: boolean;
  readonly abbreviate: boolean;
  readonly bundleFirst: boolean;
  readonly ordered: boolean;
  readonly commandsAnywhere: boolean;
  /** Elements of `NAME=value` words by name; undefined where there are none. */
  readonly pairs: ReadonlyMap<string, Named> | undefined;
  /** Undefined where there are none. */
  readonly commands: ReadonlyMap<string, Command> | undefined;
  /** The operand from which on everything is taken as it stands. */
  readonly rest: Operand | undefined;
  /** The operands before that. */
  readonly beforeRest: readonly Operand[];
  /** The list among those. */
  readonly listBeforeRest: Operand | undefined;
  readonly deal: Deal;
  /** Options whose value may follow without anything between. */
  readonly glued: readonly (readonly [spelling: string, Option])[];
  readonly options: ReadonlyMap<string, Option>;
  /** Length of the longest name among them. */
  readonly longest: number;
  /** `"*": flag`: of a program with hundreds of switches a line fits with others than those that matter, too. */
  readonly takesAny: boolean;
  /** Of the elements of the program, its subcommands' among them. */
  readonly numbering: Numbering;
  /** The subcommand's name, and what stands behind a value that takes the rest. */
  readonly command: Named;
  readonly arguments: Named;
}
