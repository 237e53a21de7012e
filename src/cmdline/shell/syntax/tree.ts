/** A piece of a word. `raw` is the source text, kept for what cannot be expanded. */
export type Part =
  | { readonly kind: "text"; readonly text: string; readonly quoted: boolean }
  | Parameter
  | {
      readonly kind: "commands";
      readonly open: "$(" | "`";
      readonly body: Node;
      readonly raw: string;
      readonly quoted: boolean;
    }
  | { readonly kind: "arithmetic"; readonly text: string; readonly raw: string; readonly quoted: boolean }
  | { readonly kind: "process"; readonly open: "<(" | ">("; readonly body: Node; readonly raw: string };

/** `$name` or `${…}`. */
export interface Parameter {
  readonly kind: "param";
  readonly name: string;
  /** `@`, `*` or an arithmetic text between square brackets. */
  readonly index?: string;
  /** `!` indirect, `#` length. */
  readonly prefix?: "!" | "#";
  /** Operator such as `:-`, `//`, `%%`, `:`. */
  readonly op?: string;
  readonly arg?: readonly Part[];
  /** Replacement of `/` and `//`. */
  readonly replacement?: readonly Part[];
  readonly raw: string;
  readonly quoted: boolean;
}

export type Word = readonly Part[];

export interface Redirect {
  readonly fd?: number;
  /** The variable that gets the number of the descriptor: `{name}<`. */
  readonly variable?: string;
  readonly op: string;
  /** For `<<` the body, set when the reader reaches it. */
  target: Word;
}

export interface Assignment {
  readonly name: string;
  readonly append: boolean;
  /** Arithmetic text between the brackets of an element's name. */
  readonly index?: string;
  readonly value: Word | { readonly elements: readonly Word[] };
}

export type Node =
  | {
      readonly kind: "simple";
      readonly assignments: readonly Assignment[];
      readonly words: readonly Word[];
      readonly redirects: readonly Redirect[];
      readonly raw: string;
    }
  | { readonly kind: "list"; readonly items: readonly { readonly op: string; readonly node: Node }[] }
  | { readonly kind: "pipeline"; readonly items: readonly { readonly op: string; readonly node: Node }[] }
  /** Groups, subshells and the bodies of if, while, until and case, each run once, in order, but for loops that read known lines. */
  | {
      readonly kind: "block";
      readonly words: readonly Word[];
      readonly bodies: readonly Node[];
      readonly redirects: readonly Redirect[];
      /** True where every body runs, so that its output is the sum. */
      readonly certain: boolean;
      /** True where variables set inside are gone afterwards. */
      readonly subshell: boolean;
      /** Length of the source text of a loop: what one more turn costs; 0 for anything else. */
      readonly size: number;
    }
  | {
      readonly kind: "for";
      readonly name: string;
      /** Absent: the positional parameters, or a counted loop. */
      readonly words: readonly Word[] | undefined;
      readonly body: Node;
      readonly redirects: readonly Redirect[];
      /** Length of the source text: what one more turn costs. */
      readonly size: number;
    }
  | { readonly kind: "coproc"; readonly name: string; readonly body: Node }
  | { readonly kind: "function"; readonly name: string; readonly body: Node; readonly size: number };
