import type { Context, State } from "../state.ts";
import type { Connections } from "./connections.ts";
import type { SimpleCommand } from "./dialects.ts";

/** One text of a shell while its commands are resolved. */
export interface Running {
  readonly commands: readonly SimpleCommand[];
  /** Those that its commands have opened so far. */
  readonly connections: Connections;
  readonly state: State;
  /** Where the text stands. */
  readonly context: Context;
}
