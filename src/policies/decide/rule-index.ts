import { baseName } from "../../invocations/glob.ts";
import type { FilePattern, Rule } from "../model.ts";
import type { FileFacts } from "./act.ts";

/** The one file name that a pattern can fit, by the version resource or by the path; undefined where there are several. */
function nameOf(pattern: FilePattern): { readonly by: "original" | "file"; readonly name: string } | undefined {
  const { originalName, path } = pattern;
  if (originalName !== undefined && !/[*?]/.test(originalName))
    return { by: "original", name: originalName.toLowerCase() };
  const name = path === undefined ? undefined : baseName(path.replaceAll("/", "\\"));
  return name === undefined || name === "" || /[*?%]/.test(name) ? undefined : { by: "file", name: name.toLowerCase() };
}

interface Numbered {
  readonly rule: Rule;
  readonly at: number;
}

/**
 * Rules by the file names that they can fit, so that a list of hundreds of names costs no more than a look-up. What it leaves out
 * cannot fit; the order of the rules is kept.
 */
export class RuleIndex {
  readonly #all: readonly Rule[];
  readonly #general: Numbered[] = [];
  readonly #originals = new Map<string, Numbered[]>();
  readonly #files = new Map<string, Numbered[]>();

  constructor(rules: readonly Rule[]) {
    this.#all = rules;
    for (const [at, rule] of rules.entries()) this.#place({ rule, at });
  }

  #place(one: Numbered): void {
    const names = one.rule.object?.map(nameOf);
    if (!names?.every((name) => name !== undefined)) {
      this.#general.push(one);
      return;
    }
    for (const { by, name } of names) {
      const map = by === "original" ? this.#originals : this.#files;
      const list = map.get(name);
      if (!list) map.set(name, [one]);
      else if (list.at(-1) !== one) list.push(one);
    }
  }

  /** Rules that may fit a file, in their order; all of them where too little is known of it. */
  of({ originalName, path }: FileFacts, installedName: string | undefined): readonly Rule[] {
    const original = originalName ?? installedName;
    if (original === undefined || path === undefined) return this.#all;
    const found = [
      ...this.#general,
      ...(this.#originals.get(original.toLowerCase()) ?? []),
      ...(this.#files.get(baseName(path.replaceAll("/", "\\")).toLowerCase()) ?? []),
    ];
    const rules = found.sort((a, b) => a.at - b.at).map(({ rule }) => rule);
    return rules.length > 1 ? [...new Set(rules)] : rules;
  }
}
