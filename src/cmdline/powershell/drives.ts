import { type Call, first } from "./call.ts";
import { procedureOf } from "./procedures.ts";
import { shownText } from "./values.ts";

/** How many names code may make. */
const MAX_NAMES = 256;

/** `alias:NAME` and `function:NAME`: drives in which commands are items like any others. */
const COMMAND = /^(alias|function):[\\/]?([^\\/]{1,128})$/i;

/** Gives a name to a command or a block by an item of their drives; false where the item is of another drive. */
export function namesCommand(call: Call): boolean {
  const [, drive, written = ""] = COMMAND.exec(shownText(first(call, "path", "literalpath", "name"))) ?? [];
  if (drive === undefined) return false;
  const { functions, aliases } = call.session;
  const name = written.toLowerCase();
  const value = call.bound.get("value") ?? call.input;
  if (drive.toLowerCase() === "alias") {
    const target = shownText(value).toLowerCase();
    if (target !== "" && aliases.size < MAX_NAMES) aliases.set(name, target);
  } else if (functions.size < MAX_NAMES) {
    const code = value?.kind === "block" ? value.code : shownText(value);
    if (code !== "") functions.set(name, procedureOf(code));
  }
  return true;
}
