import type { Step } from "../../catalog/chains/types.ts";
import { baseName } from "../../invocations/glob.ts";
import { given } from "../../model/given.ts";
import { isDecidedBy } from "../facts/registry.ts";
import type { Host, RegistryWrite, Written } from "../host.ts";
import { clause } from "./says.ts";
import type { Seen, SeenPath } from "./seen.ts";
import type { StepFact } from "./state.ts";
import { passesRemembered } from "./test.ts";

/** The folder of a program; of one in a bundle of macOS the bundle's contents, where its resources are too. */
const folderOf = (id: string) =>
  id.slice(0, Math.max(id.lastIndexOf("\\"), id.lastIndexOf("/")) + 1).replace(/\/macos\/$/i, "/");

function fileFact(index: number, step: Step, id: string, file: Written): StepFact {
  const { time, by, byKey, source, origin } = file;
  const words = { path: baseName(id), by, image: by, origin };
  return given({
    step: index,
    time,
    kind: "fileCreation",
    source,
    key: byKey,
    image: by,
    paths: [id],
    text: clause(step.says, words),
  });
}

function writeFact(index: number, step: Step, write: RegistryWrite): StepFact {
  const { time, by, byKey, source, path, value } = write;
  return given({
    step: index,
    time,
    kind: "registryKeyModification",
    source,
    key: byKey,
    image: by,
    paths: [path.toLowerCase()],
    shown: value === "" ? undefined : value,
    text: clause(step.says, { path, value, by, image: by }),
  });
}

/** Files that a step may mean: those that the anchor names, or those in the folder of its program. */
function* filesFor(step: Step, paths: readonly SeenPath[], seen: Seen, host: Host): Generator<[string, Written]> {
  if (step.join?.how === "folder" || step.join?.how === "host") {
    const folder = step.join.how === "host" || seen.path === undefined ? "" : folderOf(seen.path.id);
    if (step.join.how === "host" || folder.length > 3)
      for (const [id, file] of host.files.map) if (id.startsWith(folder)) yield [id, file];
    return;
  }
  for (const { id } of paths) {
    const file = host.files.get(id);
    if (file) yield [id, file];
  }
}

/** The youngest remembered event that is this step before the anchor, within its window. */
export function remembered(
  index: number,
  step: Step,
  paths: readonly SeenPath[],
  seen: Seen,
  host: Host,
): StepFact | undefined {
  const time = seen.event.time ?? Number.NaN;
  const near = (at: number) => at <= time && time - at <= step.within;
  const { platform } = seen.event;
  let best: StepFact | undefined;
  const offer = (fact: StepFact) => {
    if (!best || fact.time > best.time) best = fact;
  };
  if (step.components.includes("fileCreation"))
    for (const [id, file] of filesFor(step, paths, seen, host))
      if (
        near(file.time) &&
        passesRemembered(step.tests, file.by, { shown: id, id }, platform, file.origin !== undefined)
      )
        offer(fileFact(index, step, id, file));
  if (step.components.includes("registryKeyModification"))
    for (const write of host.registry.map.values())
      if (
        near(write.time) &&
        (step.join?.how === "host" || isDecidedBy(write, paths, seen.event.process.image)) &&
        passesRemembered(step.tests, write.by, { shown: write.path, id: write.path.toLowerCase() }, platform, false)
      )
        offer(writeFact(index, step, write));
  return best;
}
