import type { Cure } from "./cure.ts";
import type { Platform } from "./event.ts";
import type { Level } from "./level.ts";
import type { Payloads } from "./payload.ts";

/** Who ran. */
export interface BinaryIdentity {
  /** Catalogue name, such as `rundll32.exe`; for a binary that is not catalogued its file name in lower case. */
  readonly name: string;
  readonly path?: string;
  readonly originalName?: string;
  /** True where the file name is not one of the binary's own. */
  readonly renamed: boolean;
  readonly platform: Platform;
  /** Catalogue id such as `windows/rundll32`; absent for a binary that is not catalogued. */
  readonly entry?: string;
  /** What told who it is. */
  readonly by?: "originalFileName" | "image" | "argv0" | "behaviour" | "hash";
  /** Right name in the wrong place, look-alike letters. */
  readonly impostor?: string;
}

/** One way of proxying that an invocation shows. */
export interface BehaviourMatch extends Payloads {
  /** `platform/binary/behaviour`. */
  readonly id: string;
  readonly techniques: readonly string[];
}

/** How far the written form is from the normal form, by class of rewriting. */
export interface Obfuscation {
  /** Class such as `caret`, `quoteInsertion`, `unicodeLookalike`, `optionCharacter`, `environmentVariable`, `encodedCommand`. */
  readonly class: string;
  readonly text: string;
  /** 0–1: how unlikely the class is in ordinary use. */
  readonly weight: number;
}

/** Where a program is told what else it does: no command line shows that. */
export interface Awaited {
  readonly from: "standardInput";
  /** The file in which the program keeps it. */
  readonly kept?: string;
}

export interface Invocation {
  readonly binary: BinaryIdentity;
  /** The arguments' normal form, program first. */
  readonly canonical: string;
  readonly behaviours: readonly BehaviourMatch[];
  readonly obfuscation: readonly Obfuscation[];
  /** Index of the invocation that contains this one, outermost first. */
  readonly parent?: number;
  /** Options that the grammar does not know. */
  readonly unknown?: readonly string[];
  /** What was cut, and which limit cut it. */
  readonly cut?: string;
  /** Present where it takes what it does from its prompt or its standard input, too. */
  readonly awaited?: Awaited;
  /** Which rules of which products would have stopped it; absent where nobody asked, as for the lines of a batch. */
  readonly cures?: readonly Cure[];
}

export interface Verdict {
  readonly level: Level;
  readonly score: number;
  readonly text: string;
}

/** Answer to one command line: `whatran explain --format json`. */
export interface Explanation {
  readonly commandLine: string;
  readonly invocations: readonly Invocation[];
  readonly verdict: Verdict;
}
