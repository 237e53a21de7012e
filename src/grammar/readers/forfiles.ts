import type { Arg } from "../types.ts";
import type { Reader } from "./reader.ts";

/** A command that begins with the file which was found: `@path`, `cmd /c @file`, `cmd /c start "" @path`. */
const STARTS_FILE =
  /^("?(?:cmd(?:\.exe)?\s{1,9}\/[ck]\s{1,9}(?:(?:start|call)\s{1,9}(?:""\s{1,9}|\/b\s{1,9})?)?)?)"?@(?:path|file)"?(?=["\s]|$)/i;

/**
 * forfiles puts in the character that `0xHH` stands for, and the file that it finds where a command begins with it: that file is
 * what runs. Everything else is read by the entry's grammar.
 */
export const forfiles: Reader = (line, _out, parse) => {
  const args = line.args.map((arg) => ({
    ...arg,
    value: arg.value.replace(/0x([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
  }));
  const command = behind(args, "c");
  const file = behind(args, "m")?.value;
  if (command !== undefined && file !== undefined) {
    const folder = behind(args, "p")?.value.replace(/[\\/]+$/, "");
    const found = folder === undefined ? file : `${folder}\\${file}`;
    command.value = command.value.replace(STARTS_FILE, (_, before: string) => `${before}"${found}"`);
  }
  parse({ args, text: undefined });
};

/** The word behind a switch. */
function behind<T extends Arg>(args: readonly T[], letter: string): T | undefined {
  const at = args.findIndex(
    ({ value }) => value.toLowerCase() === `/${letter}` || value.toLowerCase() === `-${letter}`,
  );
  return at < 0 ? undefined : args[at + 1];
}
