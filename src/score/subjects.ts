import { baseName } from "../invocations/glob.ts";
import type { Resolution, ResolvedInvocation } from "../invocations/types.ts";
import type { Platform } from "../model/event.ts";
import type { Payload } from "../model/payload.ts";
import { actsIn } from "../signals/acts.ts";
import { isStray } from "../signals/loose.ts";
import { FURTHEST, type Subject } from "../signals/signal.ts";
import { isTrustedName } from "../signals/starters.ts";

/** What is known around the process, beyond its command line. */
export interface Surroundings {
  /** Image of the parent process. */
  readonly parent?: string | undefined;
  /** Images of further ancestors, nearest first, as far as the log shows them. */
  readonly ancestors?: readonly string[];
  /** Whoever stands outermost has logged it: the engine of a shell, or the part of Windows that keeps services or tasks. That it ran it tells nothing of it. */
  readonly byEngine?: boolean;
}

const NONE: readonly never[] = [];

function outerOf(resolution: Resolution, invocation: ResolvedInvocation): readonly ResolvedInvocation[] {
  if (invocation.parent === undefined) return NONE;
  const outer: ResolvedInvocation[] = [];
  for (let at: number | undefined = invocation.parent; at !== undefined; ) {
    const one: ResolvedInvocation | undefined = resolution.invocations[at];
    if (!one) break;
    outer.unshift(one);
    at = one.parent;
  }
  return outer;
}

/** Programs around the process, nearest first, as signals know them: by name, no further away than any looks. */
export interface Programs {
  readonly parent: string | undefined;
  /** As the log has it. */
  readonly parentImage?: string | undefined;
  readonly ancestors: readonly string[];
}

const nameOf = (image: string) => baseName(image).toLowerCase();

/** What bears a trusted name where no such program lies is known by its whole path, which speaks for nobody. */
function starterOf(image: string, platform: Platform): string {
  const name = nameOf(image);
  return isTrustedName(name) && isStray(image, platform) ? image.toLowerCase() : name;
}

export function programsOf({ request, platform }: Resolution, around: Surroundings): Programs {
  const parent = around.parent ?? request.parent;
  const { ancestors = NONE } = around;
  return {
    parent: parent === undefined ? undefined : starterOf(parent, platform),
    parentImage: parent,
    ancestors: ancestors.length === 0 ? NONE : ancestors.slice(0, FURTHEST).map(nameOf),
  };
}

const isShell = (one: ResolvedInvocation) => one.entry?.category === "shell";

/** A command line of a program and options alone, none of which brings commands. */
const TOLD_NOTHING = /^\S+(?: -[abd-z]+| --[a-z]+)*$/;

/** Whether a shell that is told nothing to do is started by the invocation at `index`: by itself, or through shells alone. */
function leadsToIdleShell(invocations: readonly ResolvedInvocation[], index: number): boolean {
  return invocations.some((inner) => {
    if (!isShell(inner) || inner.behaviours.length > 0 || !TOLD_NOTHING.test(inner.canonical)) return false;
    let at = inner.parent;
    while (at !== undefined && at !== index && isShell(invocations[at]!)) at = invocations[at]!.parent;
    return at === index && !isShell(invocations[index]!);
  });
}

const NOTHING: readonly Payload[] = [];

/** What shells carry out that the invocation at `index` starts, for nothing but to have it carried out. */
const behindShells = (invocations: readonly ResolvedInvocation[], index: number): readonly Payload[] =>
  invocations
    .filter((inner) => inner.parent === index && isShell(inner))
    .flatMap(({ behaviours }) => behaviours.flatMap(({ behaviour, runs }) => (behaviour.wrapper ? runs : NOTHING)));

/** Each behaviour of a resolution with what signals ask of it, outermost invocation first; of invocations before `within`. */
export function subjectsOf(
  resolution: Resolution,
  { parent, parentImage, ancestors }: Programs,
  byEngine: boolean,
  within = Number.POSITIVE_INFINITY,
): readonly Subject[] {
  const { invocations, request } = resolution;
  const subjects: Subject[] = [];
  const acts = actsIn(invocations);
  for (let index = 0; index < invocations.length && index < within; index++) {
    const invocation = invocations[index]!;
    if (invocation.behaviours.length === 0) continue;
    // What is handed to another system is judged as that one's.
    const { platform } = invocation.binary;
    const outer = outerOf(resolution, invocation);
    const startsShell = invocations.some(
      (inner) => inner.parent === index && inner.arguments > 0 && inner.entry?.category === "shell",
    );
    const behindShell = startsShell ? behindShells(invocations, index) : NOTHING;
    const idleShell = platform === "linux" && leadsToIdleShell(invocations, index);
    for (const behaviour of invocation.behaviours)
      subjects.push({
        platform,
        invocation,
        index,
        behaviour,
        startsShell,
        behindShell,
        idleShell,
        acts,
        line: invocations,
        outer,
        byEngine,
        parent,
        parentImage,
        ancestors,
        currentDirectory: request.cwd,
        domain: request.domain,
      });
  }
  return subjects;
}
