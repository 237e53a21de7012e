import type { Step } from "../../catalog/chains/types.ts";
import { clip } from "../../model/clip.ts";
import type { Event } from "../../model/event.ts";
import { given } from "../../model/given.ts";
import type { Host } from "../host.ts";
import { sourceOf } from "../refs.ts";
import { clause } from "./says.ts";
import type { Seen, SeenPath } from "./seen.ts";
import type { StepFact } from "./state.ts";

/** What a program did with what an event names. */
const DID: Partial<Record<Event["kind"], string>> = {
  moduleLoad: "loaded",
  networkConnection: "was in touch with",
};

/** Longest command line that a step keeps. */
const MAX_LINE = 4096;

/** What an event says that is the step at `index` of its chain. */
export function factOf(
  index: number,
  step: Step,
  seen: Seen,
  paths: readonly SeenPath[],
  time: number,
  host: Host,
): StepFact {
  const { event, key, parentKey, path, target, parent } = seen;
  const first = paths[0] ?? path;
  const image = event.process.image ?? (event.kind === "processCreation" ? event.image : undefined);
  const targetKey = target?.key ?? (target?.pid === undefined ? undefined : host.byPid.get(String(target.pid))?.key);
  const value = event.kind === "registryKeyModification" ? event.value : undefined;
  const words = { image, did: DID[event.kind], path: first?.shown, target: target?.image, value, by: image, parent };
  const line = event.kind === "processCreation" ? event.commandLine : undefined;
  return given({
    step: index,
    time,
    kind: event.kind,
    source: sourceOf(event),
    key,
    parentKey,
    pid: event.process.pid,
    image,
    user: event.user,
    commandLine: line === undefined ? undefined : clip(line, MAX_LINE),
    paths: paths.map(({ id }) => id),
    shown: first?.shown,
    targetKey,
    text: clause(step.says, words),
  });
}
