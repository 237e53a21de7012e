import type { Redirect } from "./types.ts";
import type { Variables } from "./variables.ts";

/** Most files, and the longest text of one, that are kept. */
const MAX_FILES = 64;
const MAX_TEXT = 8192;

const ECHO = /^@?echo(?:[.(:]|\s)(.*)$/is;
/** Without a redirection it asks whoever sits there. */
const ASKS = /^@?set\s+\/p\s+"?([^"=]{1,256})=/i;

const keyOf = (file: string): string => file.toLowerCase();

/** Lines that the commands of one text write into files, and that later ones take into variables. */
export class KeptLines {
  readonly #files = new Map<string, string>();

  /** What a command prints, where it goes into a file. */
  note(text: string, redirects: readonly Redirect[]): void {
    const into = redirects.find(({ fd, op }) => fd === 1 && op === ">");
    if (into === undefined) return;
    const printed = ECHO.exec(text)?.[1];
    if (printed === undefined || printed.length > MAX_TEXT || this.#files.size >= MAX_FILES)
      this.#files.delete(keyOf(into.target));
    else this.#files.set(keyOf(into.target), printed.trimEnd());
  }

  /** `set /p NAME=<FILE`: the variable gets the first line of the file, where it is known. */
  asked(text: string, redirects: readonly Redirect[], variables: Variables): void {
    const name = ASKS.exec(text)?.[1];
    const from = redirects.find(({ op }) => op === "<");
    const line = name === undefined || from === undefined ? undefined : this.#files.get(keyOf(from.target));
    if (name !== undefined && line !== undefined) variables.set(name.trim(), line);
  }
}
