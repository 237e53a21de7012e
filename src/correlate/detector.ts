import type { History } from "../baseline/history.ts";
import type { Catalog } from "../catalog/catalog.ts";
import { identity } from "../cmdline/normal/identity.ts";
import { resolve } from "../invocations/resolve.ts";
import type { Event, ProcessCreation } from "../model/event.ts";
import type { Finding } from "../model/finding.ts";
import { atLeast, type Level } from "../model/level.ts";
import { historyReasons } from "../score/history.ts";
import { type Judgement, judge, type Surroundings } from "../score/judge.ts";
import { buildFinding } from "./build.ts";
import { corroborate, fromDrop } from "./corroborate.ts";
import { ofEffect } from "./effects.ts";
import { Host, type Known } from "./host.ts";
import { joinParent } from "./lineage.ts";
import type { Pending, Subject } from "./pending.ts";
import { relatedTo, sourceOf } from "./refs.ts";
import { namedBy, ofProcess } from "./requests.ts";

export interface DetectorOptions {
  readonly catalog: Catalog;
  /** Findings below this level are not given out. Default: low. */
  readonly minLevel?: Level;
  /** What is normal in this environment; absent: nothing is known of it. */
  readonly history?: History;
  /** How long after a process start its finding still collects what happens around it, in milliseconds. */
  readonly hold?: number;
}

/** Events in, findings out. Events of a host come in the order of their time (see src/pipeline/sort.ts). */
export interface Detector {
  push(event: Event): readonly Finding[];
  /** Event time has come to here: what waited only until then is released. */
  advance(time: number): readonly Finding[];
  /** No more events: everything is released. */
  end(): readonly Finding[];
}

const HOLD = 120_000;
/** Two sources write one start of a process within this time, in milliseconds. */
const SAME_START = 2_000;

/** A host under its short name, so that two collectors' spellings meet. */
const hostKey = (event: Event) => (event.host ?? "").split(".", 1)[0]?.toLowerCase() ?? "";

function subjectOf(event: Event, commandLine: string | undefined): Subject {
  const { process, time, host, user } = event;
  return {
    key: process.key,
    pid: process.pid,
    time,
    host,
    user,
    image: process.image,
    commandLine,
    source: sourceOf(event),
    provider: event.record.provider,
    processGuid: process.key?.startsWith("id:") ? process.key : undefined,
  };
}

export function createDetector(options: DetectorOptions): Detector {
  const { catalog, minLevel = "low", hold = HOLD } = options;
  const hosts = new Map<string, Host>();

  const hostOf = (event: Event): Host => {
    const key = hostKey(event);
    let host = hosts.get(key);
    if (!host) {
      host = new Host();
      hosts.set(key, host);
    }
    return host;
  };

  const release = (host: Host, until: number): Finding[] => {
    const ready = host.pending.filter((pending) => pending.dropped || pending.deadline < until);
    if (ready.length === 0) return [];
    host.pending = host.pending.filter((pending) => !pending.dropped && pending.deadline >= until);
    return ready
      .filter((pending) => !pending.dropped)
      .map(buildFinding)
      .filter((finding) => atLeast(finding.level, minLevel));
  };

  const wait = (
    host: Host,
    event: Event,
    judgement: Judgement,
    rest: Pick<Pending, "subject" | "resolution" | "around">,
  ): Pending => {
    const deadline = event.time === undefined ? Number.NEGATIVE_INFINITY : event.time + hold;
    const pending: Pending = {
      ...rest,
      judgement,
      component: event.kind,
      related: [],
      corroborations: [],
      deadline,
      dropped: false,
    };
    host.pending.push(pending);
    return pending;
  };

  const addHistory = ({ judgement, corroborations }: Pending, parent: string | undefined): void => {
    if (!options.history) return;
    const reasons = historyReasons(judgement, options.history, parent);
    corroborations.push(...reasons.map((reason) => ({ ...reason, sources: [], kind: "processCreation" as const })));
  };

  const onProcess = (host: Host, event: ProcessCreation): void => {
    const { process, parent, time } = event;
    const known = sameStart(host, event);
    // Of two sources of one start, the one that names the original file says more and becomes the finding's source.
    if (known && (known.original || event.originalFileName === undefined)) {
      known.pending?.related.push(relatedTo(sourceOf(event), "same"));
      return;
    }
    const parentKnown = parentOf(host, event);
    const image = event.image;
    const request = ofProcess(event);
    const ancestors = host.ancestors(parentKnown?.parentKey);
    const parentImage = parent.image ?? parentKnown?.image;
    const resolution = resolve(parentImage === undefined ? request : { ...request, parent: parentImage }, catalog);
    const { user, signature } = event;
    const around: Surroundings = { parent: parentImage, ancestors, user, image, signature };
    const judgement = judge(resolution, around);
    const self: Known = {
      key: process.key ?? `at:${event.record.file}#${event.record.index}`,
      pid: process.pid,
      image,
      parentKey: parentKnown?.key ?? parent.key,
      time,
      source: sourceOf(event),
      provider: event.record.provider,
      original: event.originalFileName !== undefined,
      pending: undefined,
    };
    host.processes.set(self.key, self);
    if (process.pid !== undefined) host.byPid.set(String(process.pid), self);
    if (judgement) {
      self.pending = wait(host, event, judgement, {
        subject: subjectOf(event, event.commandLine ?? event.args?.join(" ")),
        resolution,
        around,
      });
      addHistory(self.pending, parentImage);
      const dropped = fromDrop(self.pending, host);
      if (dropped) self.pending.corroborations.push(dropped);
    }
    if (known) replace(known, self);
    if (parentKnown) joinParent(parentKnown, self, resolution);
    else inferParent(host, event, parentImage);
  };

  /** A parent whose own start is not in the log is judged by the command line that its child's event gives. */
  const inferParent = (host: Host, event: ProcessCreation, image: string | undefined): void => {
    const { parentCommandLine, parent, platform } = event;
    if (parentCommandLine === undefined || image === undefined) return;
    const key = parent.key ?? `${parent.pid}|${parentCommandLine}`;
    if (host.inferred.get(key)) return;
    host.inferred.set(key, true);
    const resolution = resolve({ commandLine: parentCommandLine, image, platform, as: "logged" }, catalog);
    const around: Surroundings = { image };
    const judgement = judge(resolution, around);
    if (!judgement || !atLeast(judgement.scored.level, "medium")) return;
    const subject = {
      ...subjectOf(event, parentCommandLine),
      key: parent.key,
      pid: parent.pid,
      image,
      processGuid: parent.key,
    };
    const pending = wait(host, event, judgement, { subject, resolution, around });
    pending.related.push(relatedTo(sourceOf(event), "child"));
  };

  /** A binary whose start is not in the log is judged by what it loads or registers; once for each process and library. */
  const inferFromEffect = (host: Host, event: Event): void => {
    const { process } = event;
    if (process.key !== undefined && host.processes.get(process.key)) return;
    const resolution = ofEffect(event, catalog);
    const judgement = resolution && judge(resolution);
    if (!judgement || !atLeast(judgement.scored.level, "medium")) return;
    const [payload] = judgement.behaviour.runs;
    const key = `effect|${process.key ?? process.pid}|${payload?.resolved ?? payload?.value}`;
    if (host.inferred.get(key)) return;
    host.inferred.set(key, true);
    wait(host, event, judgement, { subject: subjectOf(event, undefined), resolution, around: {} });
  };

  const onOther = (host: Host, event: Event): void => {
    const named = namedBy(event, catalog);
    if (named) {
      const resolution = resolve(named.request, catalog);
      const judgement = judge(resolution);
      // A script block is its own shell: only what it goes on to run is of interest.
      if (judgement && (event.kind !== "commandExecution" || judgement.index > 0 || event.dialect === "commandLine")) {
        const pending = wait(host, event, judgement, {
          subject: { ...subjectOf(event, named.commandLine), key: undefined },
          resolution,
          around: {},
        });
        pending.corroborations.push(...named.reasons.map((one) => ({ ...one, sources: [], kind: event.kind })));
      }
    }
    if (
      event.kind === "fileCreation" &&
      event.path !== undefined &&
      event.time !== undefined &&
      event.action !== "delete"
    )
      host.files.set(identity(event.path, event.platform), {
        time: event.time,
        by: event.process.image,
        byKey: event.process.key,
        source: sourceOf(event),
      });
    inferFromEffect(host, event);
    const owner = event.process.key === undefined ? undefined : host.processes.get(event.process.key)?.pending;
    const fact = owner && !owner.dropped ? corroborate(owner, event) : undefined;
    if (owner && fact && !owner.corroborations.some(({ id }) => id === fact.id)) {
      owner.corroborations.push(fact);
      owner.related.push(...fact.sources.map((source) => relatedTo(source, "evidence")));
    }
  };

  const advance = (time: number): Finding[] => [...hosts.values()].flatMap((host) => release(host, time));

  return {
    push(event) {
      const host = hostOf(event);
      const released = event.time === undefined ? [] : release(host, event.time);
      if (event.kind === "processCreation") onProcess(host, event);
      else onOther(host, event);
      return released;
    },
    advance,
    end: () => advance(Number.POSITIVE_INFINITY),
  };
}

/** Puts what a richer source says of a start in the place of what a poorer one said. */
function replace(poorer: Known, richer: Known): void {
  const before = poorer.pending;
  poorer.pending = richer.pending;
  if (before) before.dropped = true;
  if (!richer.pending) return;
  richer.pending.related.push(relatedTo(poorer.source, "same"), ...(before?.related ?? []));
  richer.pending.corroborations.push(...(before?.corroborations ?? []));
}

/** The same start of a process, already seen from another source (4688 and Sysmon 1). */
function sameStart(host: Host, event: ProcessCreation): Known | undefined {
  const { process, time, image } = event;
  const byKey = process.key === undefined ? undefined : host.processes.get(process.key);
  if (byKey) return byKey;
  const known = process.pid === undefined ? undefined : host.byPid.get(String(process.pid));
  if (!known || known.time === undefined || time === undefined || known.provider === event.record.provider)
    return undefined;
  const near = Math.abs(known.time - time) <= SAME_START;
  return near && known.image?.toLowerCase() === image?.toLowerCase() ? known : undefined;
}

/** The parent by its key; by pid only together with its image, or as the latest process of that pid before this one. */
function parentOf(host: Host, event: ProcessCreation): Known | undefined {
  const { parent, time } = event;
  const byKey = parent.key === undefined ? undefined : host.processes.get(parent.key);
  if (byKey || parent.key?.startsWith("id:") || parent.pid === undefined) return byKey;
  const known = host.byPid.get(String(parent.pid));
  if (!known || (known.time !== undefined && time !== undefined && known.time > time)) return undefined;
  return parent.image === undefined || known.image?.toLowerCase() === parent.image.toLowerCase() ? known : undefined;
}
