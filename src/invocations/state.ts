import type { Catalog } from "../catalog/catalog.ts";
import type { System } from "../catalog/types.ts";
import type { Platform } from "../model/event.ts";
import type { Obfuscation } from "../model/invocation.ts";
import { withOne } from "../model/list.ts";
import type { Mutable } from "../model/mutable.ts";
import type { Payload } from "../model/payload.ts";
import type { Dialect, Input } from "./commands/dialects.ts";
import { Files } from "./commands/files.ts";
import type { Draft } from "./draft.ts";

/** Deepest nesting of invocations, and the most that one line may hold; what lies beyond is said to be cut. */
export const MAX_DEPTH = 24;
export const MAX_INVOCATIONS = 256;
/** Characters that are read of all texts below the outermost command together: each one within another is read again on its own. */
const MAX_NESTED = 1024 * 1024;

/** Commands and texts of a line that are only looked at, for what they hand to others: each of them may have more looked at. */
const MAX_LOOKED_AT = 4096;

/** Resolves nested commands; src/invocations/resolver.ts is the one that does, and bindings reach it through the state. */
export interface Resolver {
  /** An argument vector, program first. Returns the invocation's index, or -1 where there is none. */
  argv(words: readonly string[], state: State, context: Context): number;
  /** One Windows command line that no shell reads any more. Returns as {@link Resolver.argv} does. */
  line(text: string, state: State, context: Context): number;
  /** Text of a shell, or of CreateProcess. Returns its commands as payloads. */
  script(text: string, dialect: Dialect, state: State, context: Context): readonly Payload[];
}

const NO_DRAFTS: readonly Draft[] = [];

/** What all commands of a line share, wherever they run. */
class Line {
  invocations: readonly Draft[] = NO_DRAFTS;
  drafts: Draft[] | undefined;
  cut: string | undefined;
  isOverfull = false;
  room = MAX_NESTED;
  lookedAt = 0;
  /** Where this is not carried out but looked at: the line that it is part of. */
  readonly whole: Line | undefined;

  constructor(whole?: Line) {
    this.whole = whole;
  }
}

/** Where commands run that a line hands to another system. */
interface Elsewhere {
  /** The state of the system that the line itself is of. */
  readonly home: State;
  readonly system: System;
  /** What the other machine is called, where it is known. */
  readonly machine: string | undefined;
}

/** What one line's resolution shares among its nested commands. */
export class State {
  readonly catalog: Catalog;
  readonly platform: Platform;
  readonly resolver: Resolver;
  /** Domain of the machine. */
  readonly domain: string | undefined;
  readonly files: Files;
  /** Where this is not the system that the line itself is of. */
  readonly elsewhere: Elsewhere | undefined;
  readonly #line: Line;

  constructor(
    catalog: Catalog,
    platform: Platform,
    resolver: Resolver,
    domain?: string,
    elsewhere?: Elsewhere,
    line = new Line(),
  ) {
    this.catalog = catalog;
    this.platform = platform;
    this.resolver = resolver;
    this.domain = domain;
    this.files = new Files(platform);
    this.elsewhere = elsewhere;
    this.#line = line;
  }

  /** The state of another system, to which a command of this one is handed. */
  on(system: System, platform: Platform, machine?: string): State {
    const { catalog, resolver, domain } = this;
    return new State(catalog, platform, resolver, domain, { home: this, system, machine }, this.#line);
  }

  /** The same place, for what is looked at by itself and leaves nothing behind. */
  apart(): State {
    const line = new Line(this.#line.whole ?? this.#line);
    return new State(this.catalog, this.platform, this.resolver, undefined, this.elsewhere, line);
  }

  /** Added to by `add` alone. */
  get invocations(): readonly Draft[] {
    return this.#line.invocations;
  }

  get cut(): string | undefined {
    return this.#line.cut;
  }

  set cut(why: string | undefined) {
    this.#line.cut = why;
  }

  /** Whether it holds more commands, one behind the other or one within the other, than are read: nobody types as many. */
  get isOverfull(): boolean {
    return this.#line.isOverfull;
  }

  overfill(why: string): void {
    this.cut ??= why;
    this.#line.isOverfull = true;
  }

  add(draft: Draft): void {
    const line = this.#line;
    line.drafts = withOne(line.drafts, draft);
    line.invocations = line.drafts;
  }

  /** Whether one more invocation, or text of a shell, may be opened at this depth; its characters are then taken as read. */
  allows(depth: number, characters: number): boolean {
    if (depth > MAX_DEPTH) this.overfill(`nested more than ${MAX_DEPTH} deep`);
    else if (this.invocations.length >= MAX_INVOCATIONS) this.overfill(`more than ${MAX_INVOCATIONS} commands`);
    else if (depth > 1 && characters > this.#line.room)
      this.cut ??= `nested texts of more than ${MAX_NESTED} characters`;
    else if (!this.#countLookedAt()) this.cut ??= "looked at enough";
    else {
      this.#line.room -= characters;
      return true;
    }
    return false;
  }

  /** Counts one more command or text, where it is only looked at; false where that is one too many. */
  #countLookedAt(): boolean {
    const { whole } = this.#line;
    if (whole === undefined || whole.lookedAt++ < MAX_LOOKED_AT) return true;
    whole.cut ??= `what commands hand to others, beyond ${MAX_LOOKED_AT} of them`;
    return false;
  }
}

/** Where that comes from which other commands of a text hand to one of them. */
export interface Source {
  /** What they bring from another machine and print. */
  readonly fetched?: string;
  /** What else they bring in the same breath: `curl A B | sh`. */
  readonly others?: readonly string[];
  /** Files of whose contents they make something else on the way: `base64 -d FILE | sh`. */
  readonly decoded?: readonly string[];
  /** Text of the line out of which they make code that nobody here can read. */
  readonly unread?: string;
  /** Files whose contents reach its standard input: `cat FILE | sh`. */
  readonly files?: readonly string[];
  /** The place in which somebody keeps what they print, with the command that asks for it: `clipboard (xclip -o)`. */
  readonly kept?: string;
}

/** Where a command stands. */
export interface Context {
  /** What the shell text that is read next gets as `$0`, `$1` and so on. */
  readonly parameters: readonly string[] | undefined;
  readonly depth: number;
  /** Index of the invocation that contains it. */
  readonly parent: number | undefined;
  readonly env: Readonly<Record<string, string>> | undefined;
  /** Assignments in front of the command itself. */
  readonly assigned: Readonly<Record<string, string>> | undefined;
  readonly stdin: Input | undefined;
  /** What other commands of the text hand to the command, as its input or within its words; looked up when asked for. */
  readonly piped: (() => Source) | undefined;
  /** Files into which the shell around it sends what it prints. */
  readonly output: readonly string[] | undefined;
  readonly image: string | undefined;
  readonly originalFileName: string | undefined;
  /** Id of the entry that its file is by its hash. */
  readonly knownAs: string | undefined;
  /** Typed in a shell: no image is known, and a slash ends a program's name. */
  readonly typed: boolean | undefined;
  readonly obfuscation: readonly Obfuscation[] | undefined;
  /** The log has no arguments: who ran is known, and what it did is neither known nor denied. */
  readonly blind: boolean | undefined;
}

/**
 * A context that is still being made. All have one shape, and what is known is put into it by name: objects of many shapes, from which it
 * might be taken over, are slow to read.
 */
export type NewContext = Mutable<Context>;

/** A place of which nothing more is known. */
export const contextAt = (depth: number, parent?: number): NewContext => ({
  parameters: undefined,
  depth,
  parent,
  env: undefined,
  assigned: undefined,
  stdin: undefined,
  piped: undefined,
  output: undefined,
  image: undefined,
  originalFileName: undefined,
  knownAs: undefined,
  typed: undefined,
  obfuscation: undefined,
  blind: undefined,
});

/** The same place, of which something else will be known. */
export const copyOf = (context: Context): NewContext => ({
  parameters: context.parameters,
  depth: context.depth,
  parent: context.parent,
  env: context.env,
  assigned: context.assigned,
  stdin: context.stdin,
  piped: context.piped,
  output: context.output,
  image: context.image,
  originalFileName: context.originalFileName,
  knownAs: context.knownAs,
  typed: context.typed,
  obfuscation: context.obfuscation,
  blind: context.blind,
});
