import { setAssignment } from "../../decode/text/cmd-set.ts";
import type { Collector } from "../../grammar/types.ts";
import { tableOf } from "../../model/entry.ts";
import type { SimpleCommand } from "./dialects.ts";

export type Variables = Readonly<Record<string, string>>;

const NONE: Variables = {};

export const isEmpty = (variables: Variables): boolean => {
  for (const _ in variables) return false;
  return true;
};

/** Both, the later ones before the earlier. */
export function joined(earlier: Variables = NONE, later: Variables = NONE): Variables {
  if (isEmpty(later)) return earlier;
  return isEmpty(earlier) ? later : { ...earlier, ...later };
}

const ASSIGNMENT = /^([A-Za-z_]\w*)=(.*)$/s;

/** `NAME=value` words as variables; other words are passed over. */
function assignments(words: readonly string[]): Record<string, string> {
  const found = tableOf<string>();
  for (const word of words) {
    const [, name, value] = ASSIGNMENT.exec(word) ?? [];
    if (name !== undefined && value !== undefined) found[name] = value;
  }
  return found;
}

/** Variables that a program's arguments hand down to the command that they name: `env A=1 command`. */
export function handedDown(exports: readonly number[], given: Collector): Variables {
  return assignments(exports.flatMap((element) => (given.get(element) ?? []).map(({ text }) => text)));
}

/** What a value names, without the quotes and the blanks around it. */
const bare = (value: string) => value.trimEnd().replace(/^"([^"]*)"$/, "$1");

/** What a shell's text has put into the environment of the commands that follow: `export A=1; command`. */
export class Exports {
  #own: Variables = {};
  #exported: Variables = {};

  get variables(): Variables {
    return this.#exported;
  }

  /** Takes note of an assignment that stands alone and of the words that export. */
  note({ argv, text, assigned }: SimpleCommand): void {
    if (text !== undefined) {
      const [variable, value] = setAssignment(text) ?? [];
      // The names of Windows have no case, and are kept in capitals.
      if (variable !== undefined && value !== undefined)
        this.#exported = { ...this.#exported, [variable.toUpperCase()]: bare(value) };
      return;
    }
    const [name, ...words] = argv ?? [];
    if (name === undefined) {
      this.#own = { ...this.#own, ...assigned };
      // Every shell is given a search path, so that it hands on what becomes of it.
      if (assigned?.PATH !== undefined) this.#exported = { ...this.#exported, PATH: assigned.PATH };
    } else if (name === "export" || ((name === "declare" || name === "typeset") && /^-\w*x/.test(words[0] ?? ""))) {
      const named = words.filter((word) => Object.hasOwn(this.#own, word)).map((word) => `${word}=${this.#own[word]}`);
      this.#exported = { ...this.#exported, ...assignments([...named, ...words]) };
    }
  }
}

/** Variables that the dynamic loader, libraries of many programs or the runtime of .NET obey in every program. */
const LOADERS =
  /^(?:LD_\w+|GCONV_PATH|GIO_(?:MODULE_DIR|EXTRA_MODULES)|GTK_(?:MODULES|PATH)|(?:QT|GST)_PLUGIN_PATH|OPENSSL_MODULES|COR(?:ECLR)?_PROFILER_PATH(?:_(?:32|64))?|DOTNET_STARTUP_HOOKS|APPDOMAIN_MANAGER_ASM)$/;

/** Whether the loader of the program has been told anything. */
export const tellsLoader = (env: Variables): boolean =>
  !isEmpty(env) && Object.keys(env).some((name) => LOADERS.test(name));

/** The environment without what has been said of the loader already. */
export const withoutLoader = (env: Variables): Variables =>
  tellsLoader(env) ? Object.fromEntries(Object.entries(env).filter(([name]) => !LOADERS.test(name))) : env;
