import type { Related } from "../../model/finding.ts";
import type { Surroundings } from "../../score/subjects.ts";
import type { Subject } from "../pending.ts";
import type { Link, Told } from "./types.ts";

/** A process that may turn out to be a proxy which nobody has listed. Plain data, for snapshots. */
export interface Candidate {
  readonly told: Told;
  readonly subject: Subject;
  readonly around: Surroundings;
  links: readonly Link[];
  /** File names of what behaviours of the catalogue find in the line; absent where they find nothing. */
  readonly explained?: readonly string[];
  /** The same start in another log. */
  same: readonly Related[];
}
