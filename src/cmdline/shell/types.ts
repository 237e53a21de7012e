/** Where a command's standard input comes from. */
export type ShellInput =
  /**
   * From the command at that index, whose output is not known; `others` of its group print into the same pipe, and `known` is the text
   * of those whose output is known.
   */
  | { readonly kind: "pipe"; readonly from: number; readonly others?: readonly number[]; readonly known?: string }
  /** Known text: a here-document, a here-string, or the literal output of the command at `from`. */
  | { readonly kind: "text"; readonly text: string; readonly from?: number }
  | { readonly kind: "file"; readonly path: string }
  /** From another descriptor, the terminal, or nowhere: what a pipe brings does not reach the command. */
  | { readonly kind: "other" };

export interface ShellRedirect {
  readonly fd?: number;
  /** As written: `>`, `>>`, `>|`, `<`, `<>`, `>&`, `<&`, `&>`, `&>>`. */
  readonly op: string;
  readonly target: string;
  /** Whether the target is a command, as in `> >(tee log)`, which is among the commands itself. */
  readonly command?: true;
}

/** One simple command, in the order in which the shell would meet it; a parent stands before its substitutions. */
export interface ShellCommand {
  /** Expanded words, quotes removed; unknown pieces are kept as written, such as `$1`. Empty for a bare assignment. */
  readonly argv: readonly string[];
  readonly assignments: Readonly<Record<string, string>>;
  /** Here-documents and here-strings are in `stdin` and not here. */
  readonly redirects: readonly ShellRedirect[];
  readonly stdin?: ShellInput;
  /**
   * What joins it to the command before: `""` (first), `;`, `&`, `&&`, `||`, `|`, `|&`; for the first command of a
   * substitution `$(`, "`", `<(` or `>(`; for commands that a command before it contains: `eval`, `trap`, `call`.
   * `function`: the body of a function that nothing here calls.
   */
  readonly op: string;
  /** Nesting in substitutions, groups and bodies; 0 outside. */
  readonly depth: number;
  /** Index of the command whose words hold the substitution, or which evaluates this one. */
  readonly parent?: number;
  /** Indices of earlier commands whose output its words hold by way of variables. */
  readonly outputs?: readonly number[];
  /** The source text of this command. */
  readonly raw: string;
  /** False if any word held an expansion whose value is not known. */
  readonly literal: boolean;
}

/**
 * The commands of a text; `cut` names the limit (`depth`, `commands`, `expansion`) that left something out. `files`: known texts of what
 * stands in place of files, `<(echo x)`, by how it is written.
 */
export type ShellScript = readonly ShellCommand[] & {
  readonly cut?: string;
  readonly files?: ReadonlyMap<string, string>;
};

export interface ShellOptions {
  /** Known variables; positional parameters under `0`, `1`, … */
  readonly env?: Readonly<Record<string, string>>;
}

export const MAX_DEPTH = 32;
/** Most commands whose output the words of one command, or one variable, are known to hold. */
export const MAX_OUTPUTS = 16;
export const MAX_COMMANDS = 1000;
/** Most commands that are read of a text so that those are found: functions that nothing calls come last, and some are empty. */
export const MAX_READ = 16 * MAX_COMMANDS;
/** Most redirections and assignments of one command that are read. */
export const MAX_BESIDE = 4096;
/** Characters that expansions may make in one text. */
export const MAX_EXPANSION = 64 * 1024;
