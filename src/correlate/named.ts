import type { Request } from "../invocations/types.ts";
import type { AllOf } from "../model/shape.ts";
import type { Reason } from "../score/score.ts";
import { weightOf } from "../score/score.ts";

/** A command line that an event names, and what the event itself says about it. */
export interface Named {
  readonly request: Request;
  readonly commandLine: string | undefined;
  readonly reasons: readonly Reason[];
  /** Whose register the event is of: who sets up what the line starts, where the line's own program is not known. */
  readonly registrar?: Request | undefined;
  /** What several records tell of one act; absent: each is one. */
  readonly once?: string;
  /** True of a registered verb, where `%1` stands for whatever somebody opens with it. */
  readonly isVerb?: boolean;
}

export const reason = (id: string, text: string, share = 1): Reason => ({
  id,
  group: "origin",
  weight: weightOf(id) * share,
  text,
});

/** A request with all its keys, in one order: V8 reads objects that are alike much faster. */
export const requestOf = (request: AllOf<Request>) => request as Request;

/** What a service or task that is set up means, told of the part of Windows that keeps it. */
export function registrarOf(words: readonly string[]): Request {
  return requestOf({
    commandLine: undefined,
    args: words,
    image: undefined,
    originalFileName: undefined,
    knownAs: undefined,
    platform: "windows",
    env: undefined,
    cwd: undefined,
    parent: undefined,
    domain: undefined,
    as: undefined,
  });
}

/** `HKCR\htafile\shell\open\command`. */
export const VERB = /\\shell\\[^\\]+\\command(?:\\[^\\]*)?$/i;
