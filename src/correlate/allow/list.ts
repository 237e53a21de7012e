import { identity } from "../../cmdline/normal/identity.ts";
import { shortHost } from "../../model/host.ts";
import { atLeast } from "../../model/level.ts";
import { type Payload, resolvedOf } from "../../model/payload.ts";
import { judgeAll } from "../../score/judge.ts";
import type { Scored } from "../../score/score.ts";
import type { Pending } from "../pending.ts";
import type { AllowEntry, AllowReport } from "./entry.ts";
import { folderForm, folderOf } from "./folder.ts";

/** Evidence of a disguise: what hides what it is was not what somebody meant to allow. */
const DISGUISES = new Set([
  "renamed-binary",
  "impostor",
  "strange-home",
  "obfuscated-line",
  "alternate-stream",
  "double-extension",
  "type-mismatch",
  "remote-thread",
]);

/** Files that the judged invocation runs or fetches, over all its behaviours: an entry answers for each. */
export const filesOf = ({ judgement }: Pending): readonly Payload[] =>
  judgement.invocation.behaviours.flatMap(({ runs, fetches }) => [...runs, ...fetches]);

function answersForFile(entry: AllowEntry, payload: Payload, pending: Pending): boolean {
  if (payload.where !== "local" && payload.where !== "share") return false;
  const { platform } = pending.resolution;
  const path = resolvedOf(payload);
  if (entry.directory !== undefined) {
    const folder = folderOf(path, platform);
    if (folder === undefined) return false;
    if ((entry.directory.includes("<") ? folderForm(folder) : folder) !== entry.directory) return false;
  }
  const needsSeal = entry.sha256.length > 0 || entry.signer !== undefined;
  if (!needsSeal) return true;
  const seal = pending.seals?.find((one) => one.path === identity(path, platform));
  if (entry.sha256.length > 0 && !entry.sha256.includes(seal?.sha256 ?? "")) return false;
  return entry.signer === undefined || seal?.signer === entry.signer;
}

function holds(entry: AllowEntry, pending: Pending): boolean {
  const { subject, around, resolution } = pending;
  if (entry.parent !== undefined) {
    if (around.parent === undefined || identity(around.parent, resolution.platform) !== entry.parent) return false;
  }
  if (entry.hosts && !entry.hosts.includes(shortHost(subject.host ?? ""))) return false;
  if (entry.users && !entry.users.includes((subject.user ?? "").toLowerCase())) return false;
  const names = entry.sha256.length > 0 || entry.signer !== undefined || entry.directory !== undefined;
  const files = filesOf(pending);
  return names ? files.length > 0 && files.every((file) => answersForFile(entry, file, pending)) : files.length === 0;
}

/** Whether something speaks for a finding that no entry may silence. */
function isBeyond(pending: Pending, { reasons }: Scored, entry: AllowEntry): boolean {
  if (pending.judgement.invocation.behaviours.some(({ floor }) => floor !== undefined)) return true;
  const sealed = entry.sha256.length > 0 || entry.signer !== undefined;
  return reasons.some(({ id, weight }) => weight > 0 && (DISGUISES.has(id) || (!sealed && id.startsWith("chain:"))));
}

/** Whether the same line does something else that deserves a finding: it must not go down with what is allowed. */
function doesMore({ resolution, around, judgement }: Pending): boolean {
  return judgeAll(resolution, around).some(
    ({ invocation, index, scored }) =>
      index !== judgement.index && invocation.depth >= judgement.invocation.depth && atLeast(scored.level, "medium"),
  );
}

/** Sees every finding that is about to be given out, and may keep it back. */
export interface Gate {
  hides(pending: Pending, scored: Scored): boolean;
}

/** Entries that keep findings from being given out, as long as they have not expired; counts what each did. */
export class AllowList implements Gate {
  readonly #byBehaviour = new Map<string, AllowEntry[]>();
  readonly #hidden = new Map<AllowEntry, number>();
  readonly #now: number;

  /** @param now milliseconds since the epoch, against which expiry is held */
  constructor(entries: readonly AllowEntry[], now: number) {
    this.#now = now;
    for (const entry of entries) {
      this.#hidden.set(entry, 0);
      if (this.#isOver(entry)) continue;
      this.#byBehaviour.set(entry.behaviour, [...(this.#byBehaviour.get(entry.behaviour) ?? []), entry]);
    }
  }

  #isOver(entry: AllowEntry): boolean {
    return entry.expires < this.#now;
  }

  /** The entry that answers for a finding, if one does. */
  find(pending: Pending, scored: Scored): AllowEntry | undefined {
    const entries = this.#byBehaviour.get(pending.judgement.behaviour.id) ?? [];
    return entries.find((one) => holds(one, pending) && !isBeyond(pending, scored, one) && !doesMore(pending));
  }

  /** Whether a finding is kept back; it is then counted. */
  hides(pending: Pending, scored: Scored): boolean {
    const entry = this.find(pending, scored);
    if (entry) this.#hidden.set(entry, (this.#hidden.get(entry) ?? 0) + 1);
    return entry !== undefined;
  }

  report(): readonly AllowReport[] {
    return [...this.#hidden].map(([entry, hidden]) => {
      const { id, file, line, expires } = entry;
      return {
        id,
        file,
        line,
        expires: new Date(expires).toISOString().slice(0, 10),
        expired: this.#isOver(entry),
        hidden,
      };
    });
  }
}
