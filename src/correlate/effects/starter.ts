import type { Catalog } from "../../catalog/catalog.ts";
import { type PlainEvent, toPlain } from "../../events/plain.ts";
import type { Resolution } from "../../invocations/types.ts";
import type { ProcessCreation } from "../../model/event.ts";
import { atLeast, type Level } from "../../model/level.ts";
import { judge } from "../../score/judge.ts";
import type { Judgement } from "../../score/judgement.ts";
import { weightOf } from "../../score/score.ts";
import { lowered, shown } from "../../signals/text.ts";
import type { Corroboration, Pending } from "../pending.ts";
import { sourceOf } from "../refs.ts";
import type { Site } from "../site/site.ts";
import { ofEffect } from "./effect.ts";

/** What a start tells of the program that caused it. */
interface Caused {
  readonly resolution: Resolution;
  readonly judgement: Judgement;
  readonly origin: { readonly kind: "effect"; readonly event: PlainEvent; readonly isStarted: true };
}

/** Whether what was found of a process is told at a level or above by itself. */
const tells = (pending: Pending | undefined, level: Level): boolean =>
  pending !== undefined && !pending.dropped && atLeast(pending.judgement.scored.level, level);

/** The start as a log has it that names the parent's file. */
function withStarter(event: ProcessCreation, image: string): PlainEvent {
  const plain = toPlain(event);
  if (event.parent.image !== undefined) return plain;
  return { ...plain, values: { ...plain.values, parent: { ...event.parent, image } } };
}

/**
 * What a start tells by who caused it, which many logs have where they lack the line: documents have no need of a shell. Undefined where
 * the line, or that of the starter, tells as much.
 */
export function causedBy(
  event: ProcessCreation,
  image: string | undefined,
  { own, starter }: { readonly own: Pending | undefined; readonly starter: Pending | undefined },
  catalog: Catalog,
  site: Site,
): Caused | undefined {
  if (image === undefined || tells(own, "medium") || tells(starter, "medium")) return undefined;
  const resolution = ofEffect(event, catalog, site, true, image);
  const judgement = resolution && judge(resolution);
  if (!judgement || judgement.scored.score <= (own?.judgement.scored.score ?? 0)) return undefined;
  return {
    resolution,
    judgement,
    origin: { kind: "effect", event: withStarter(event, image), isStarted: true },
  };
}

/** The same as one reason more for a start whose line is told of already; undefined where it is not. */
export function fromStarter(
  own: Pending | undefined,
  { judgement }: Caused,
  event: ProcessCreation,
): Corroboration | undefined {
  if (!tells(own, "low")) return undefined;
  const { invocation, behaviour } = judgement;
  const { title } = behaviour.behaviour;
  return {
    id: "odd-starter",
    group: "parent",
    weight: weightOf("odd-starter"),
    text: `${shown(invocation.binary.name)} ${lowered(title)}.`,
    kind: event.kind,
    sources: [sourceOf(event)],
  };
}
