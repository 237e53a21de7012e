import { createHash } from "node:crypto";
import { baseName } from "../invocations/glob.ts";
import { DATA_COMPONENT } from "../model/event.ts";
import type { EventRef, Evidence, Finding } from "../model/finding.ts";
import { given } from "../model/given.ts";
import { type Payload, type Role, resolvedOf } from "../model/payload.ts";
import { type Scored, scoreOf } from "../score/score.ts";
import { sentenceOf } from "../signals/sentence.ts";
import type { Corroboration, Pending } from "./pending.ts";
import { refOf } from "./refs.ts";

/** What tells records without a number apart: what they have done, and of files at rest, which have no time either, their name. */
function partsOfUnnumbered({ subject: { source, time, commandLine }, judgement }: Pending): readonly string[] {
  const { runs, writes, fetches, reads } = judgement.behaviour;
  const named = [...runs, ...writes, ...fetches, ...reads].map(({ value }) => value);
  return [time === undefined ? baseName(source.file) : "", commandLine ?? "", ...named];
}

/** Hash of what makes a finding the same finding, wherever its log lies. */
function idOf(pending: Pending): string {
  const { subject, judgement } = pending;
  const { host, source, processGuid, time } = subject;
  const isUnnumbered = processGuid === undefined && source.recordId === undefined;
  const parts = [
    host?.toLowerCase(),
    source.channel,
    processGuid ?? source.recordId ?? source.index,
    time,
    judgement.behaviour.id,
    ...(isUnnumbered ? partsOfUnnumbered(pending) : []),
  ];
  return createHash("sha256")
    .update(parts.map((part) => part ?? "").join("\0"))
    .digest("hex")
    .slice(0, 16);
}

function titleOf({ judgement, origin, resolution }: Pending): string {
  const { invocation, behaviour } = judgement;
  // A chain's title is a sentence of its own.
  if (origin.kind === "chain") return behaviour.behaviour.title;
  return sentenceOf(invocation, behaviour, resolution.invocations);
}

/** Payloads of one role over all behaviours of the judged invocation, without repetition. */
function payloadsOf({ judgement }: Pending, role: Role): readonly Payload[] {
  const seen = new Set<string>();
  return judgement.invocation.behaviours
    .flatMap((behaviour) => behaviour[role])
    .filter((payload) => {
      const key = `${resolvedOf(payload)}\0${payload.entry ?? ""}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}

/** Each event once. */
function cited(refs: readonly EventRef[]): readonly EventRef[] {
  return refs.filter((ref, at) => refs.findIndex(({ file, index }) => file === ref.file && index === ref.index) === at);
}

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];

/** The score of an invocation with all that happened around it. */
export function scoredOf({ judgement, corroborations }: Pending): Scored {
  if (corroborations.length === 0) return judgement.scored;
  return scoreOf([...judgement.reasons, ...corroborations], judgement.behaviour.floor);
}

/** @param likelihood of such a score where it stands; absent: it is not told */
export function buildFinding(pending: Pending, scored = scoredOf(pending), likelihood?: number): Finding {
  const { subject, judgement, resolution, corroborations } = pending;
  const { invocation, behaviour } = judgement;
  const own = refOf(subject.source);
  const evidence = scored.reasons.map(
    (reason): Evidence => ({
      id: reason.id,
      points: reason.points,
      text: reason.text,
      events: cited([...((reason as Partial<Corroboration>).sources?.map(refOf) ?? []), own]),
    }),
  );
  const { time, host, user, commandLine } = subject;
  return given({
    schema: "whatran/finding/1",
    id: idOf(pending),
    time: time === undefined ? undefined : new Date(time).toISOString(),
    host,
    user,
    level: scored.level,
    score: scored.score,
    likelihood,
    title: titleOf(pending),
    binary: invocation.binary,
    commandLine,
    canonical: resolution.invocations[0]?.canonical,
    runs: payloadsOf(pending, "runs"),
    fetches: payloadsOf(pending, "fetches"),
    reads: payloadsOf(pending, "reads"),
    writes: payloadsOf(pending, "writes"),
    behaviour: behaviour.id,
    techniques: unique([behaviour, ...invocation.behaviours, ...scored.reasons].flatMap((one) => one.techniques ?? [])),
    dataComponents: unique(
      [pending.component, ...corroborations.flatMap(({ kind, kinds }) => kinds ?? [kind])].map(
        (kind) => DATA_COMPONENT[kind],
      ),
    ),
    evidence,
    source: subject.source,
    related: pending.related,
    mitigations: invocation.entry?.mitigations ?? [],
  });
}
