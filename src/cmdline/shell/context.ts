import type { ShellInput, ShellRedirect } from "./types.ts";

/** What surrounds a command. */
export interface Context {
  readonly op: string;
  readonly depth: number;
  readonly parent?: number | undefined;
  readonly stdin?: ShellInput | undefined;
  /** Redirections of the groups around it. */
  readonly redirects: readonly ShellRedirect[];
}

/** The same behind another operator. All have one shape, which those that are spread over have not. */
export const behind = (op: string, { depth, parent, stdin, redirects }: Context): Context => ({
  op,
  depth,
  parent,
  stdin,
  redirects,
});

/** Text printed, where it is known. */
export type Output = string | undefined;
