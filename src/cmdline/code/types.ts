import type { PayloadWhat, Role } from "../../model/payload.ts";

/**
 * What a piece of inline code runs, fetches, reads or writes. Exactly one of three forms:
 * `shell`: `value` is text for `sh -c` (or for cmd on Windows);
 * `commandLine`: the system itself splits it into a program and its arguments, as CreateProcess does; `value` is the same text;
 * otherwise `value` is the program, file, library or address itself, and `args` its arguments where they are known.
 */
export interface CodeFinding {
  readonly role: Role;
  readonly what: PayloadWhat;
  readonly value: string;
  readonly args?: readonly string[];
  readonly shell?: boolean;
  readonly commandLine?: string;
}

/** Longest text that folding of constants makes. */
export const MAX_TEXT = 64 * 1024;
/** Characters that all folding in one code makes together. */
export const MAX_FOLDED = 1024 * 1024;
export const MAX_FINDINGS = 256;
/** Longest path of members that is followed. */
export const MAX_PATH = 256;
/** Items of a list that come from another list. */
export const MAX_ITEMS = 4096;
/** Nesting of brackets, and of code within code. */
export const MAX_NESTING = 48;
export const MAX_CODE_DEPTH = 8;
