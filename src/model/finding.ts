import type { Cure } from "./cure.ts";
import type { BinaryIdentity } from "./invocation.ts";
import type { Level } from "./level.ts";
import type { Payloads } from "./payload.ts";
import type { Source } from "./record.ts";

export interface EventRef {
  readonly file: string;
  readonly recordId?: number;
  readonly index?: number;
}

/** One fact for or against, with its share of the score. */
export interface Evidence {
  readonly id: string;
  /** Share of the score in points (0–100 scale); negative speaks for harmlessness. */
  readonly points: number;
  readonly text: string;
  readonly events: readonly EventRef[];
}

export type RelatedRole = "step" | "wrapper" | "child" | "same" | "evidence";

export interface Related extends EventRef {
  readonly index: number;
  readonly role: RelatedRole;
}

/** The output contract `whatran/finding/1`; other programs read it. */
export interface Finding extends Payloads {
  readonly schema: "whatran/finding/1";
  /** Hash of host, channel, record id or process GUID, time and behaviour; never of the path. */
  readonly id: string;
  /** RFC 3339, UTC, milliseconds. */
  readonly time?: string;
  readonly host?: string;
  readonly user?: string;
  readonly level: Level;
  readonly score: number;
  /** How likely it is true, 0–1: as in labelled data, at the share of true findings that the site names; see src/score/likelihood.ts. */
  readonly likelihood?: number;
  readonly title: string;
  readonly binary: BinaryIdentity;
  readonly commandLine?: string;
  readonly canonical?: string;
  readonly behaviour: string;
  readonly techniques: readonly string[];
  readonly dataComponents: readonly string[];
  readonly evidence: readonly Evidence[];
  readonly source: Source;
  readonly related: readonly Related[];
  readonly mitigations: readonly string[];
  /** What would have stopped it, where that was asked for. */
  readonly cures?: readonly Cure[];
}
