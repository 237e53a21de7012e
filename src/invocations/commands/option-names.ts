import { baseName, Glob } from "../glob.ts";
import { isOutput, type SimpleCommand } from "./dialects.ts";

/** Most names that are kept, and longest ones. */
const MAX_NAMES = 32;
const MAX_LENGTH = 1024;
/** Into longer commands none are put. */
const MAX_WORDS = 256;

/** Names of files which the line itself makes, and that programs take for options where a shell puts them in for `*`. */
export class OptionNames {
  readonly #names: string[] = [];

  note({ redirects }: SimpleCommand, name: string, args: readonly string[]): void {
    for (const redirect of redirects) if (isOutput(redirect)) this.#add(redirect.target);
    if (baseName(name) !== "touch") return;
    const end = args.indexOf("--");
    for (const [at, arg] of args.entries()) if (arg.includes("/") || (end >= 0 && at > end)) this.#add(arg);
  }

  /** The words of a command with the names behind those that stand for them. */
  put(argv: readonly string[]): readonly string[] {
    if (this.#names.length === 0 || argv.length > MAX_WORDS) return argv;
    return argv.flatMap((word, at) => (at > 0 && word.includes("*") ? [word, ...this.#fitting(word)] : word));
  }

  #add(path: string): void {
    const name = baseName(path);
    if (name.startsWith("-") && name.length <= MAX_LENGTH && this.#names.length < MAX_NAMES) this.#names.push(name);
  }

  #fitting(pattern: string): readonly string[] {
    const glob = new Glob(pattern);
    return this.#names.filter((name) => glob.fits(name));
  }
}
