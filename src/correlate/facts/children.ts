import { isInstalled } from "../../cmdline/normal/classify.ts";
import { baseName } from "../../invocations/glob.ts";
import type { OsApiExecution, ProcessCreation, ProcessTermination } from "../../model/event.ts";
import { shown } from "../../signals/text.ts";
import type { Corroboration, Pending } from "../pending.ts";
import { type Dated, factOf, isDocumented, shownBy, since, span } from "./fact.ts";

/** Windows starts these beside console programs and after crashes: they say nothing. */
export const COMPANIONS = /^(?:conhost|openconsole|werfault|wermgr|csc|cvtres|dw20|crashpad_handler)(?:\.exe)?$/i;
/** A process that is gone within this time was only there to start another, in milliseconds. */
const AT_ONCE = 2_000;

/** A child that comes after the process has been in touch with the outside. */
export function fromChild(pending: Pending, child: ProcessCreation): Corroboration | undefined {
  const name = child.image === undefined ? undefined : baseName(child.image);
  if (name === undefined || COMPANIONS.test(name)) return undefined;
  const touched = pending.corroborations.find(({ id }) => id === "external-connection");
  if (touched?.time === undefined || child.time === undefined || child.time < touched.time) return undefined;
  const apart = child.time - touched.time;
  return factOf({
    id: "external-then-child",
    group: "child",
    text: `It started ${shown(name)} ${span(apart)} after that.`,
    ...shownBy(child, pending),
    apart,
    ordinary: isDocumented(pending),
  });
}

const SHELL = /^(?:cmd|powershell|pwsh|wscript|cscript|mshta|rundll32|regsvr32)\.exe$/i;

/** What a program that elevates itself was made to start: a shell, or something that was not installed. */
export function fromElevated(
  { judgement, subject }: Pick<Pending, "judgement"> & Dated,
  child: ProcessCreation,
): Corroboration | undefined {
  const { image } = child;
  if (judgement.behaviour.behaviour.category !== "uac" || image === undefined) return undefined;
  // A handler of reg.exe or a task is prepared, not opened: only the program that elevates itself has such children.
  if (!judgement.behaviour.runs.some(({ where }) => where === "registry")) return undefined;
  const name = baseName(image);
  if (COMPANIONS.test(name) || (!SHELL.test(name) && isInstalled(image, "windows"))) return undefined;
  return factOf({
    id: "elevated-child",
    group: "child",
    text: `It started ${shown(name)}, which thereby has administrative rights, and nobody was asked.`,
    ...shownBy(child, { subject }),
  });
}

/** The process ends at once while a child of it lives on. */
export function fromEnd(pending: Pending, event: ProcessTermination): Corroboration | undefined {
  const apart = since(pending, event.time);
  const started = pending.related.some(({ role }) => role === "child");
  if (apart === undefined || apart < 0 || apart > AT_ONCE || !started) return undefined;
  return factOf({
    id: "left-at-once",
    group: "child",
    text: `It ended after ${(apart / 1000).toFixed(1)} s and left a child running.`,
    ...shownBy(event, pending),
    apart,
    ordinary: isDocumented(pending),
  });
}

/** The process starts a thread within another. */
export function fromThread(pending: Pending, event: OsApiExecution): Corroboration | undefined {
  if (event.api !== "createRemoteThread" || event.target.image === undefined) return undefined;
  if (event.target.key !== undefined && event.target.key === event.process.key) return undefined;
  return factOf({
    id: "remote-thread",
    group: "thread",
    text: `It started a thread within ${shown(baseName(event.target.image))}.`,
    ...shownBy(event, pending),
    ordinary: isDocumented(pending),
  });
}
