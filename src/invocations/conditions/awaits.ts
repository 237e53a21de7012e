import type { Line } from "../../grammar/types.ts";
import type { Plan } from "../plan.ts";
import type { Elements } from "./elements.ts";
import { anyHolds } from "./tests.ts";

/** Who asks a program who it is, or has it print without a pager, gets no prompt. */
const ASKS = new Set(["--help", "--version", "-help", "-version", "--usage", "--no-pager"]);
/** The same where it stands alone: with others it may mean anything. */
const ASKS_ALONE = new Set(["-h", "-V"]);

/** Whether a program takes what it does from its prompt or its standard input, too. */
export function awaitsInput({ awaits }: Plan, { args }: Line, elements: Elements): boolean {
  if (awaits === undefined || anyHolds(awaits, elements) === undefined) return false;
  if (args.length === 1 && ASKS_ALONE.has(args[0]?.value ?? "")) return false;
  return !args.some(({ value }) => ASKS.has(value));
}
