import { baseName } from "../../invocations/glob.ts";
import type { FilePattern } from "../model.ts";
import type { FileFacts } from "./act.ts";
import { hintOf, isAsItIs, isDrive, namesOf, originalNameOf } from "./match.ts";
import { expandPath, isWhole, plainPath, type Variables } from "./paths.ts";
import { type Mark, markOf, TextIndex } from "./text-index.ts";

/** What is looked up in one text that is known of a file, or is not. */
class Aspect<V> {
  readonly #all: V[] = [];
  /** Those that fit any text, as far as can be said. */
  readonly #any: V[] = [];
  readonly #marked = new TextIndex<V>();

  add(marks: readonly (Mark | undefined)[], value: V): void {
    this.#all.push(value);
    for (const mark of marks) {
      if (mark) this.#marked.add(mark, value);
      else this.#any.push(value);
    }
  }

  /** Where the text is not known, all may fit. */
  *of(text: string | undefined): Generator<V> {
    if (text === undefined) yield* this.#all;
    else {
      yield* this.#any;
      yield* this.#marked.of(text);
    }
  }
}

/** Hashes are a few hundred characters. */
const LONGEST_HASHES = 1024;

/**
 * Values by the patterns of files that they are for. Each pattern is looked up by one of its parts, which must hold like the others:
 * src/policies/decide/match.ts says when it does not. What a look-up leaves out cannot fit.
 */
export class FileIndex<V> {
  /** Paths of Linux, which are compared as they are. */
  readonly #exact = new Aspect<V>();
  readonly #whole = new Aspect<V>();
  /** The last part of paths, for files of which only that is known. */
  readonly #bare = new Aspect<V>();
  readonly #original = new Aspect<V>();
  readonly #hinted = new Aspect<V>();
  readonly #hashes = new TextIndex<V>();
  readonly #variables: Variables;

  constructor(variables: Variables) {
    this.#variables = variables;
  }

  /** Whether each of the patterns can be looked up; a value of which one cannot is not taken. */
  add(patterns: readonly FilePattern[], value: V): boolean {
    const placing = patterns.map((pattern) => this.#placing(pattern, value));
    if (!placing.every((place) => place !== undefined)) return false;
    for (const place of placing) place();
    return true;
  }

  #placing({ path, originalName, hash, hashOf }: FilePattern, value: V): (() => void) | undefined {
    if (path !== undefined && isAsItIs(path)) {
      const mark = markOf(path);
      if (mark) return () => this.#exact.add([mark], value);
    } else if (path !== undefined && !isDrive(path, this.#variables)) {
      const expanded = expandPath(path, this.#variables);
      const marks = expanded?.map(markOf);
      if (expanded && marks?.every((mark) => mark !== undefined))
        return () => {
          this.#whole.add(marks, value);
          this.#bare.add(
            expanded.map((one) => markOf(baseName(one))),
            value,
          );
        };
    }
    const name = originalName === undefined ? undefined : markOf(originalName.toLowerCase());
    if (name) return () => this.#original.add([name], value);
    if (hash === undefined || hashOf === undefined) return undefined;
    return () => {
      this.#hinted.add([{ at: "start", text: hintOf(hashOf) }], value);
      this.#hashes.add({ at: "whole", text: hash }, value);
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
    const isLong = hashes !== undefined && hashes.length > LONGEST_HASHES;
    const names = namesOf(facts);
    if (isLong || names.length === 0) yield* this.#hinted.of(undefined);
    else for (const name of names) yield* this.#hinted.of(name);
    if (hashes !== undefined && !isLong) yield* this.#hashes.within(hashes.toLowerCase());
  }
}
