import type { PlainEvent } from "../events/plain.ts";
import type { Request, Resolution } from "../invocations/types.ts";
import type { EventKind } from "../model/event.ts";
import type { Related } from "../model/finding.ts";
import type { Source } from "../model/record.ts";
import type { Judgement } from "../score/judgement.ts";
import type { Reason } from "../score/score.ts";
import type { Surroundings } from "../score/subjects.ts";
import type { Seal } from "./allow/entry.ts";
import type { Link, Told } from "./proxies/types.ts";

/** A reason that events around the invocation gave. */
export interface Corroboration extends Reason {
  readonly sources: readonly Source[];
  readonly kind: EventKind;
  /** Where it rests on events of several kinds: all of them. */
  readonly kinds?: readonly EventKind[];
  /** Milliseconds since the epoch of the event behind it; undefined where it rests on no event of its own. */
  readonly time?: number;
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

/** What a resolution was made from, so that a snapshot can make it again. */
export type Origin =
  | { readonly kind: "request"; readonly request: Request }
  | { readonly kind: "effect"; readonly event: PlainEvent; readonly isStarted: boolean }
  | {
      readonly kind: "chain";
      readonly chain: string;
      readonly image: string | undefined;
      readonly path: string | undefined;
      /** The event that named the path. */
      readonly from: EventKind | undefined;
    }
  | { readonly kind: "proxy"; readonly told: Told; readonly links: readonly Link[] };

/** A finding that still collects what happens around it. */
export interface Pending {
  readonly subject: Subject;
  origin: Origin;
  resolution: Resolution;
  readonly around: Surroundings;
  judgement: Judgement;
  /** Only invocations before this index are judged: the others have a finding of their own. */
  within: number | undefined;
  readonly component: EventKind;
  related: Related[];
  corroborations: Corroboration[];
  /** It is a process whose start is in the log. Of others baselines learn nothing, and so history is not asked about them. */
  isStart?: boolean;
  /** What the log says of the files that it runs. */
  seals?: readonly Seal[];
  /** Event time after which it is released. */
  deadline: number;
  /** Taken over by another finding, or given out. */
  dropped: boolean;
}

/** Most events that one finding cites; a process with thousands of children is no better explained by all of them. */
const MAX_RELATED = 64;

export function relate(pending: Pending, ...related: readonly Related[]): void {
  for (const one of related) {
    if (pending.related.length >= MAX_RELATED) return;
    const { file, index } = pending.subject.source;
    if (one.file === file && one.index === index) continue;
    if (pending.related.some((other) => other.file === one.file && other.index === one.index)) continue;
    pending.related.push(one);
  }
}
