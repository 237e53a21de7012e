import type { LabEvent, Proc, Truth } from "../world/events.ts";
import type { LinuxRole, WindowsRole } from "../world/fleet.ts";
import type { Session } from "../world/session.ts";

/** One way of proxying, from delivery to what it starts. Nothing in it works: it only writes what a log would show. */
export interface Chain {
  /** ATT&CK id and a word, such as `T1218.010/scriptlet`. */
  readonly id: string;
  readonly platform: "windows" | "linux";
  readonly roles?: readonly (WindowsRole | LinuxRole)[];
  run(session: Session): void;
}

/** A chain whose binary is started and labelled; `after` adds what follows and returns the events that belong to it. */
export interface Step {
  readonly parent: Proc;
  readonly proc: Proc;
  readonly truth: Omit<Truth, "binary" | "related" | "wrappers">;
  readonly after?: readonly LabEvent[];
  readonly wrappers?: readonly Proc[];
}

export function label(s: Session, step: Step): void {
  const related = step.after ?? [];
  const wrappers = (step.wrappers ?? []).map((proc) => s.started(proc));
  s.truth(step.proc, { outcome: related.length > 0 ? "executed" : "started", ...step.truth, related, wrappers });
}

export function chain(id: string, run: (session: Session) => void, roles?: Chain["roles"]): Chain {
  return { id, platform: "windows", run, ...(roles ? { roles } : {}) };
}

export function linuxChain(id: string, run: (session: Session) => void): Chain {
  return { id, platform: "linux", run };
}
