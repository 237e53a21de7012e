import type { ResolvedBehaviour, ResolvedInvocation } from "../invocations/types.ts";
import type { Platform } from "../model/event.ts";
import type { Payload } from "../model/payload.ts";

/** What a signal may look at: one behaviour of one invocation, and what surrounds the process. */
export interface Subject {
  readonly platform: Platform;
  readonly invocation: ResolvedInvocation;
  /** Its index in what the line resolves to. */
  readonly index: number;
  readonly behaviour: ResolvedBehaviour;
  /** It starts a shell, which carries out more than can be told from where the shell lies. */
  readonly startsShell: boolean;
  /** What the shells that it starts carry out, where they are there for nothing else. */
  readonly behindShell: readonly Payload[];
  /** It starts a shell, itself or through another shell, that is told nothing to do: it waits for whoever sits at it. */
  readonly idleShell: boolean;
  /** What the whole line does against what protects or records, one of each kind. */
  readonly acts: readonly ResolvedBehaviour[];
  /** All that the line starts, this one among them. */
  readonly line: readonly ResolvedInvocation[];
  /** Invocations around this one, outermost first. */
  readonly outer: readonly ResolvedInvocation[];
  /** Whether the log is that of whoever stands outermost: of a shell's engine, or of what keeps services and tasks. */
  readonly byEngine?: boolean;
  /** Name of the parent process's program, in small letters; undefined where the log has none. */
  readonly parent: string | undefined;
  /** The same as the log has it, with its folder where that is known. */
  readonly parentImage?: string | undefined;
  /** The same of further ancestors, nearest first, as far as the log shows them and any signal looks. */
  readonly ancestors: readonly string[];
  readonly currentDirectory: string | undefined;
  /** Domain of the machine, where the log calls it by its full name. */
  readonly domain: string | undefined;
}

/** One fact that a signal found. */
export interface Fact {
  /** A share of the signal's weight, 0–1; absent means whole. */
  readonly share?: number;
  /** A sentence as an analyst would write it. */
  readonly text: string;
  /** The signal whose sentence is left out where both are told in one breath: this one says as much, or `whole` does. */
  readonly covers?: string;
  /** What is told in place of both. */
  readonly whole?: string;
  /** Techniques that it shows, beside those of the behaviour. */
  readonly techniques?: readonly string[];
}

/** Ancestors that signals look at, whoever stands around in the line itself among them. */
export const FURTHEST = 3;

/** Something that runs; something from another machine that runs or is fetched; anybody who started it. */
export type Need = "runs" | "remote" | "starter";

/** What a subject has, of all that signals need. */
export function hasOf({
  behaviour: { runs, fetches },
  outer,
  parent,
  ancestors,
}: Subject): Readonly<Record<Need, boolean>> {
  return {
    runs: runs.length > 0,
    remote: runs.some(({ remote }) => remote) || fetches.some(({ remote }) => remote),
    starter: parent !== undefined || outer.length > 0 || ancestors.length > 0,
  };
}

/** A signal is a value: what it is called, how it is capped, and a pure function. Its weight stands in src/score/weights.json. */
export interface Signal {
  readonly id: string;
  /** Correlated signals share a group: the strongest counts whole, the others at a quarter. */
  readonly group: "payloadPlace" | "payloadForm" | "identity" | "parent" | "writing" | "ordinary";
  readonly title: string;
  /** Without it the signal says nothing, so that it is not asked. */
  readonly needs?: Need;
  evaluate(subject: Subject): Fact | undefined;
}

/** What several signals ask of the same subject, found once: they are asked one after another. */
export function oncePerSubject<T>(find: (subject: Subject) => T): (subject: Subject) => T {
  let known: { readonly subject: Subject; readonly found: T } | undefined;
  return (subject) => {
    if (known?.subject !== subject) known = { subject, found: find(subject) };
    return known.found;
  };
}
