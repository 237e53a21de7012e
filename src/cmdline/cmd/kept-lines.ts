import { askedVariable, promptOf } from "../../decode/text/cmd-set.ts";
import type { Redirect } from "./types.ts";
import type { Variables } from "./variables.ts";

/** Most files, and the longest text of one, that are kept. */
const MAX_FILES = 64;
const MAX_TEXT = 8192;

/** Another cmd, started for nothing but the command behind it. */
const STARTED = /^\s*@?cmd(?:\.exe)?(?:\s+\/[\w:]+)+\s+"?/i;

/** The text that `echo` prints, by itself or as all that another cmd is started for, or that `set /p` shows. */
export function echoed(text: string): string | undefined {
  const command = text.replace(STARTED, "");
  return /^\s*@?echo(?:[.(:]|\s)(.*)$/is.exec(command)?.[1] ?? promptOf(command);
}

const keyOf = (file: string): string => file.toLowerCase();

/** Lines that the commands of one text write into files, and that later ones take into variables. */
export class KeptLines {
  readonly #files = new Map<string, string>();

  /** What a command prints, where it goes into a file. */
  note(text: string, redirects: readonly Redirect[]): void {
    const into = redirects.find(({ fd, op }) => fd === 1 && op === ">");
    if (into === undefined) return;
    const printed = echoed(text);
    if (printed === undefined || printed.length > MAX_TEXT || this.#files.size >= MAX_FILES)
      this.#files.delete(keyOf(into.target));
    else this.#files.set(keyOf(into.target), printed.trimEnd());
  }

  /** `set /p NAME=<FILE`: the variable gets the first line of the file, where it is known. */
  asked(text: string, redirects: readonly Redirect[], variables: Variables): void {
    // Without a redirection it asks whoever sits there.
    const name = askedVariable(text);
    const from = redirects.find(({ op }) => op === "<");
    const line = name === undefined || from === undefined ? undefined : this.#files.get(keyOf(from.target));
    if (name !== undefined && line !== undefined) variables.set(name, line);
  }
}
