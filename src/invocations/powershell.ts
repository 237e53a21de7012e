import type { Found } from "./nested.ts";
import type { Context, State } from "./state.ts";

export function readPowerShellText(_code: string, _state: State, _context: Context): readonly Found[] {
  return [];
}
