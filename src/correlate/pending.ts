import type { Resolution } from "../invocations/types.ts";
import type { EventKind } from "../model/event.ts";
import type { Related } from "../model/finding.ts";
import type { Source } from "../model/record.ts";
import type { Judgement, Surroundings } from "../score/judge.ts";
import type { Reason } from "../score/score.ts";

/** A reason that events around the invocation gave. */
export interface Corroboration extends Reason {
  readonly sources: readonly Source[];
  readonly kind: EventKind;
}

/** What the detector keeps of one process start. */
export interface Subject {
  readonly key: string | undefined;
  readonly pid: number | undefined;
  readonly time: number | undefined;
  readonly host: string | undefined;
  readonly user: string | undefined;
  readonly image: string | undefined;
  readonly commandLine: string | undefined;
  readonly source: Source;
  readonly provider: string | undefined;
  readonly processGuid: string | undefined;
}

/** A finding that still collects what happens around it. */
export interface Pending {
  readonly subject: Subject;
  readonly resolution: Resolution;
  readonly around: Surroundings;
  judgement: Judgement;
  readonly component: EventKind;
  readonly related: Related[];
  readonly corroborations: Corroboration[];
  /** Event time after which it is released. */
  deadline: number;
  /** Taken over by a later, more specific finding. */
  dropped: boolean;
}
