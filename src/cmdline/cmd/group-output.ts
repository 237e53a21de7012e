import { echoed } from "./kept-lines.ts";
import type { CmdCommand, Redirect } from "./types.ts";

/** Most commands of a group that are looked through for what they print. */
const MAX_PRINTING = 256;

const printsAside = ({ redirects }: CmdCommand): boolean => redirects.some(({ fd }) => fd === 1);

/** Where a group's output goes, on the commands that print a text into it, one behind the other, and on its last one. */
export function redirectGroup(commands: CmdCommand[], from: number, redirects: readonly Redirect[]): void {
  const appending = redirects.map((one): Redirect => (one.op === ">" ? { ...one, op: ">>" } : one));
  let first = true;
  for (let at = Math.max(from, commands.length - MAX_PRINTING); at < commands.length; at++) {
    const command = commands[at]!;
    const isLast = at === commands.length - 1;
    if (!isLast && (printsAside(command) || echoed(command.text) === undefined)) continue;
    commands[at] = { ...command, redirects: [...command.redirects, ...(first ? redirects : appending)] };
    first = false;
  }
}
