import { baseName } from "../../invocations/glob.ts";
import type { FilePattern } from "../model.ts";
import type { FileFacts } from "./act.ts";
import { hintOf, isAsItIs, isDrive, namesOf, originalNameOf } from "./match.ts";
import { expandPath, isWhole, plainPath, type Variables } from "./paths.ts";
import { type Mark, marksOf, TextIndex } from "./text-index.ts";

/** What is looked up in one text that is known of a file, or is not. */
class Aspect<V> {
  /** Of those that differ in nothing but that text, the first. */
  readonly #unlike: V[] = [];
  readonly #alike = new Set<string>();
  /** Those that fit any text, as far as can be said. */
  readonly #any: V[] = [];
  readonly #marked = new TextIndex<V>();

  /**
   * @param alternatives any of them makes it fit, each by any of its marks
   * @param alike the same for values that say the same where the text is not known
   */
  add(alternatives: readonly (readonly Mark[])[], value: V, alike: string | undefined): void {
    if (alike === undefined || !this.#alike.has(alike)) this.#unlike.push(value);
    if (alike !== undefined) this.#alike.add(alike);
    for (const marks of alternatives) {
      if (marks.length > 0) this.#marked.add(marks, value);
      else this.#any.push(value);
    }
  }

  *of(text: string | undefined): Generator<V> {
    if (text === undefined) yield* this.#unlike;
    else {
      yield* this.#any;
      yield* this.#marked.of(text);
    }
  }
}

/** What a pattern says beside the part that it is looked up by. */
const without = (pattern: FilePattern, ...parts: readonly (keyof FilePattern)[]) =>
  JSON.stringify(Object.entries(pattern).filter(([key]) => !parts.some((part) => part === key)));

/**
 * Values by the patterns of files that they are for. Each pattern is looked up by one of its parts, which must hold like the others:
 * src/policies/decide/match.ts says when it does not. What a look-up leaves out cannot fit, or is not known to for the very reason
 * that an earlier one is not.
 */
export class FileIndex<V> {
  /** Paths of Linux, which are compared as they are. */
  readonly #exact = new Aspect<V>();
  readonly #whole = new Aspect<V>();
  /** The last part of paths, for files of which only that is known. */
  readonly #bare = new Aspect<V>();
  readonly #original = new Aspect<V>();
  readonly #hinted = new Aspect<V>();
  /** By hashes that are said to be of no file: no name tells that another is meant. */
  readonly #unnamed = new Aspect<V>();
  readonly #hashes = new TextIndex<V>();
  readonly #variables: Variables;

  constructor(variables: Variables) {
    this.#variables = variables;
  }

  /**
   * Whether each of the patterns can be looked up; a value of which one cannot is not taken.
   * @param rest what a value says beside one pattern, the same for values that say the same; undefined: they are not compared
   */
  add(patterns: readonly FilePattern[], value: V, rest?: string): boolean {
    const placing = patterns.map((pattern) => this.#placing(pattern, value, patterns.length === 1 ? rest : undefined));
    if (!placing.every((place) => place !== undefined)) return false;
    for (const place of placing) place();
    return true;
  }

  #placing(pattern: FilePattern, value: V, rest: string | undefined): (() => void) | undefined {
    const { path, aare, originalName, hash, hashOf } = pattern;
    const alike = (...parts: readonly (keyof FilePattern)[]) =>
      rest === undefined ? undefined : `${rest} ${without(pattern, ...parts)}`;
    if (path !== undefined && isAsItIs(path)) {
      const marks = marksOf(path);
      if (marks.length > 0) return () => this.#exact.add([marks], value, alike("path"));
    } else if (path !== undefined && !isDrive(path, this.#variables)) {
      const expanded = expandPath(path, this.#variables);
      const marks = expanded?.map(marksOf);
      if (expanded && marks?.every(({ length }) => length > 0))
        return () => {
          this.#whole.add(marks, value, alike("path"));
          this.#bare.add(
            expanded.map((one) => marksOf(baseName(one))),
            value,
            alike("path"),
          );
        };
    }
    const beginning = aare?.slice(0, aare.search(/[*?[{\\]|$/)) ?? "";
    if (beginning.length > 1) return () => this.#exact.add([[{ at: "start", text: beginning }]], value, alike("aare"));
    const name = originalName?.toLowerCase();
    const names = name === undefined ? [] : marksOf(name);
    if (names.length > 0) {
      // That a library is no program is known without its name.
      const kind = /\.exe$/.test(name ?? "") ? "program " : "";
      const same = alike("originalName");
      return () => this.#original.add([names], value, same && kind + same);
    }
    if (hash === undefined || hash === "") return undefined;
    return () => {
      if (hashOf === undefined) this.#unnamed.add([[]], value, alike("hash"));
      else this.#hinted.add([[{ at: "start", text: hintOf(hashOf) }]], value, alike("hash", "hashOf"));
      this.#hashes.add([{ at: "within", text: hash }], value);
    };
  }

  /** Values that may be for a file, in no order; some come twice. */
  *of(facts: FileFacts): Generator<V> {
    const { hashes } = facts;
    yield* this.#exact.of(facts.path);
    const path = facts.path === undefined ? undefined : plainPath(facts.path);
    if (path === undefined || isWhole(path)) yield* this.#whole.of(path);
    else yield* this.#bare.of(baseName(path));
    yield* this.#original.of(originalNameOf(facts)?.toLowerCase());
    const names = namesOf(facts);
    if (names.length === 0) yield* this.#hinted.of(undefined);
    else for (const name of names) yield* this.#hinted.of(name);
    yield* this.#unnamed.of(undefined);
    if (hashes !== undefined) yield* this.#hashes.of(hashes.toLowerCase());
  }
}
