import type { NormalUse } from "../catalog/types.ts";
import { classifyForm, type ValueClass } from "../cmdline/normal/classify.ts";
import { baseName, glob } from "../invocations/glob.ts";
import { resolvedOf } from "../model/payload.ts";
import { doubleExtension, oddExtension } from "./forms.ts";
import { isHomeless, isLaidDown, isStray } from "./loose.ts";
import { isFromMakers } from "./makers.ts";
import { isAtTop, placed } from "./places.ts";
import type { Signal, Subject } from "./signal.ts";
import { isInstaller } from "./starters.ts";

/** An empty pattern stands for a log that names no parent. */
const isParent = (pattern: string, parent: string | undefined): boolean =>
  parent === undefined ? pattern === "" : pattern !== "" && glob(pattern, parent);

/** Whether some of what runs lies there: how its line is written, folders and names among it, is then up to whoever laid it down. */
function runsLaidDown(subject: Subject): boolean {
  return placed(subject).some(({ payload }) => isLaidDown(resolvedOf(payload), subject.platform));
}

/** Whether a file lies in one of some kinds of folders. Windows lets everybody write to some of its own, which are then like any other. */
const isAmong = (kinds: readonly string[], { directoryClass, userWritable }: ValueClass): boolean =>
  kinds.includes(directoryClass) && !(directoryClass === "system" && userWritable);

function fits(use: NormalUse, subject: Subject): boolean {
  const { behaviour } = subject;
  const short = baseName(behaviour.id);
  if (use.behaviours.length > 0 && !use.behaviours.includes(short)) return false;
  if (use.parent.length === 0 && runsLaidDown(subject)) return false;
  if (use.parent.length > 0) {
    const { parentImage, platform } = subject;
    if (parentImage !== undefined && isStray(parentImage, platform)) return false;
    const parent = subject.outer.at(-1)?.binary.name ?? subject.parent;
    if (!use.parent.some((pattern) => isParent(pattern, parent?.toLowerCase()))) return false;
  }
  if (use.runs.length > 0) {
    // A shell of the system is no installed software: what it carries out may lie anywhere.
    if (subject.startsShell) return false;
    const places = behaviour.runs.map((payload) => classifyForm(resolvedOf(payload), subject.platform));
    if (places.length === 0 || !places.every((place) => isAmong(use.runs, place))) return false;
    // Whoever uses a program as documented has no reason to pass its file off as another kind.
    if (oddExtension.evaluate(subject) || doubleExtension.evaluate(subject)) return false;
  }
  return true;
}

/** A use that the catalogue documents as ordinary speaks for harmlessness; the catalogue's own reason is shown. */
export const documentedUse: Signal = {
  id: "documented-use",
  group: "ordinary",
  title: "It looks like a documented ordinary use",
  evaluate(subject) {
    // Whatever is documented has a home: what lies loose where everybody can write is not meant.
    const isLoose =
      subject.platform === "windows" && placed(subject).some(({ payload }) => isHomeless(payload) || isAtTop(payload));
    if (subject.behaviour.behaviour.graver) return undefined;
    const use = isLoose ? undefined : subject.invocation.normal.find((candidate) => fits(candidate, subject));
    if (use) return { text: `Ordinary use: ${use.why}` };
    return isFromMakers(subject) ? { text: "Ordinary use: it is taken from where its maker publishes it." } : undefined;
  },
};

/** What is seen of a script is all that it does, and not the one line that somebody typed. */
export const ownScript: Signal = {
  id: "own-script",
  group: "ordinary",
  title: "A script that its engine has logged does what scripts do",
  evaluate({ byEngine, outer, behaviour: { behaviour } }) {
    const moves = behaviour.category === "download" || behaviour.category === "upload";
    if (!byEngine || outer.length > 0 || behaviour.usual !== "common" || !moves) return undefined;
    return { text: "The engine of the shell logged it as part of a script, and scripts of administrators do this." };
  },
};

export const installerParent: Signal = {
  id: "installer-parent",
  group: "ordinary",
  title: "An installer started it and the payload is installed software",
  needs: "runs",
  evaluate(subject) {
    if (!isInstaller(subject.parent)) return undefined;
    const inPlace = subject.behaviour.runs.every((payload) =>
      ["programFiles", "system"].includes(classifyForm(resolvedOf(payload), subject.platform).directoryClass),
    );
    return inPlace && subject.behaviour.runs.length > 0
      ? { text: `An installer, ${subject.parent}, started it for software in its own folder.` }
      : undefined;
  },
};
