import type { Programs } from "../baseline/programs.ts";
import type { Catalog } from "../catalog/catalog.ts";
import { toPlain } from "../events/plain.ts";
import { resolve } from "../invocations/resolve.ts";
import type { Resolution } from "../invocations/types.ts";
import type { Event, ProcessCreation } from "../model/event.ts";
import { atLeast } from "../model/level.ts";
import { resolvedOf } from "../model/payload.ts";
import { judge } from "../score/judge.ts";
import type { Surroundings } from "../score/subjects.ts";
import { noteSeal } from "./allow/seals.ts";
import { asked } from "./asked.ts";
import { joinCommand } from "./commands.ts";
import { ofEffect } from "./effects/effect.ts";
import { causedBy, fromStarter } from "./effects/starter.ts";
import { fromChild, fromElevated } from "./facts/children.ts";
import { fromDrop, rememberFile } from "./facts/drops.ts";
import { corroborate } from "./facts/index.ts";
import { fromRegistry, rememberWrite } from "./facts/registry.ts";
import type { Host, Known } from "./host.ts";
import { besidesChild, joinParent } from "./lineage.ts";
import { type Corroboration, type Pending, relate } from "./pending.ts";
import { toldOf } from "./proxies/proxy.ts";
import { alsoLogged, explainedBy, isTold, noticed, type OnLink, type WatchOptions, watch } from "./proxies/watch.ts";
import { recordKey, relatedTo, sourceOf } from "./refs.ts";
import { namedBy, ofProcess } from "./requests.ts";
import { isOwnAct } from "./script-block.ts";
import { actorOf, knownOf, parentOf, replace, sameStart } from "./starts.ts";
import { subjectOf, subjectOfStart, wait } from "./waiting.ts";

/** What a process start was found to be, for those who look further. */
export interface Started {
  readonly known: Known | undefined;
  readonly resolution: Resolution;
  readonly pending: Pending | undefined;
}

function add(pending: Pending, fact: Corroboration | undefined): void {
  if (!fact || pending.corroborations.some(({ id }) => id === fact.id)) return;
  pending.corroborations.push(fact);
  relate(pending, ...fact.sources.map((source) => relatedTo(source, "evidence")));
}

/** What was known before the process started. */
function before(host: Host, pending: Pending): void {
  pending.isStart = true;
  for (const fact of fromDrop(pending, host)) add(pending, fact);
  add(pending, fromRegistry(pending, host));
}

/** What stands in a registered verb for the file that is opened and its arguments. */
const PLACEHOLDER = /^%[1-9*dlsvw]$/i;

/** Takes the events of a host in the order of their time, and keeps what they say in the host's state. */
export class Observer {
  readonly #catalog: Catalog;
  readonly #hold: number;

  readonly #proxies: WatchOptions;
  readonly #programs: Programs | undefined;

  /** @param programs which programs files are, where the past tells */
  constructor(catalog: Catalog, hold: number, onLink?: OnLink, programs?: Programs) {
    this.#programs = programs;
    this.#proxies = { catalog, hold, onLink };
    this.#catalog = catalog;
    this.#hold = hold;
  }

  /** Yields what a process start turned out to be; undefined for other events and for a start that was known already. */
  observe(host: Host, event: Event): Started | undefined {
    if (event.kind === "processCreation") return this.#start(host, event);
    const started = this.#named(host, event);
    const actor = actorOf(host, event);
    const actorKey = actor?.key ?? event.process.key;
    if (event.kind === "fileCreation") rememberFile(host, event, actorKey);
    if (event.kind === "registryKeyModification") rememberWrite(host, event, actorKey);
    if (actor) this.#act(host, actor.key, event);
    if (!actor || (!actor.pending && !actor.reported)) this.#effect(host, event, started?.pending, actor);
    const owner = actor?.pending;
    if (owner && !owner.dropped) {
      if (!isTold(owner, event)) add(owner, corroborate(owner, host, event));
      noteSeal(owner, event);
    }
    return started;
  }

  #start(host: Host, event: ProcessCreation): Started | undefined {
    const known = sameStart(host, event);
    // Of two sources of one start, the one that names the original file says more and becomes the finding's source.
    if (known && (known.original || event.originalFileName === undefined)) {
      if (known.pending) relate(known.pending, relatedTo(sourceOf(event), "same"));
      alsoLogged(host, known.key, relatedTo(sourceOf(event), "same"));
      return undefined;
    }
    const parentKnown = parentOf(host, event);
    const { parent } = event;
    const parentImage = parent.image ?? parentKnown?.image;
    const request = ofProcess(event, parentImage, this.#programs?.of(event.hashes));
    const resolution = resolve(request, this.#catalog);
    const ancestors = host.ancestors(parentKnown?.parentKey);
    const around: Surroundings = { parent: parentImage, ancestors };
    const judgement = judge(resolution, around);
    const self = knownOf(event, parentKnown);
    host.remember(self, event.time);
    if (parentKnown) host.remember(parentKnown, event.time);
    if (event.process.pid !== undefined) host.byPid.set(String(event.process.pid), self);
    if (judgement) {
      const subject = subjectOfStart(event, self.key);
      self.pending = wait(host, event, this.#hold, judgement, {
        subject,
        origin: { kind: "request", request },
        resolution,
        around,
      });
      joinCommand(host, self.pending);
      before(host, self.pending);
    }
    this.#byStarter(host, event, self, parentKnown?.pending, parentImage);
    if (known) replace(known, self);
    if (!judgement || this.#proxies.onLink) this.#watch(host, self.key, event, around, resolution);
    if (known) alsoLogged(host, self.key, relatedTo(known.source, "same"));
    if (parentKnown) {
      joinParent(parentKnown, self, resolution);
      this.#act(host, parentKnown.key, event, self.pending);
      const outer = parentKnown.pending;
      if (outer && !outer.dropped) {
        add(outer, fromChild(outer, event));
        add(outer, fromElevated(outer, event));
        noteSeal(outer, event);
      }
    } else this.#inferParent(host, event, parentImage, self, resolution);
    return { known: self, resolution, pending: self.pending };
  }

  /** Who started a program may tell more than its line does, or be one reason more. */
  #byStarter(host: Host, event: ProcessCreation, self: Known, starter: Pending | undefined, image?: string): void {
    const own = self.pending;
    const caused = causedBy(event, image, { own, starter }, this.#catalog, host.site);
    if (!caused) return;
    const reason = fromStarter(own, caused, event);
    if (own && reason) {
      add(own, reason);
      return;
    }
    if (own) own.dropped = true;
    const subject = subjectOfStart(event, self.key);
    self.pending = wait(host, event, this.#hold, caused.judgement, { subject, around: {}, ...caused });
    before(host, self.pending);
  }

  /** A start that no behaviour explains may be one of a proxy that nobody has listed. */
  #watch(host: Host, key: string, event: ProcessCreation, around: Surroundings, resolution: Resolution): void {
    const told = toldOf(event);
    if (!told) return;
    const subject = subjectOfStart(event, key);
    const explained = explainedBy(resolution);
    watch(host, key, { told, subject, around, links: [], same: [], ...(explained.length > 0 && { explained }) });
  }

  /** What a process that is watched does may be what an argument of it names. */
  #act(host: Host, key: string, event: Event, child?: Pending): void {
    const telling = host.told.map.size === 0 ? undefined : noticed(host, key, event, this.#proxies, child);
    if (!telling) return;
    const { pending, reasons, fresh } = telling;
    if (fresh) before(host, pending);
    for (const reason of reasons) add(pending, reason);
  }

  /** A parent whose own start is not in the log is judged by the command line that its child's event gives. */
  #inferParent(host: Host, event: ProcessCreation, image: string | undefined, self: Known, started: Resolution): void {
    const { parentCommandLine, parent, platform } = event;
    if (parentCommandLine === undefined || image === undefined) return;
    const key = parent.key ?? `${parent.pid}|${parentCommandLine}`;
    if (!host.isFirst(key)) return;
    const request = { commandLine: parentCommandLine, image, platform, as: "logged" as const };
    const resolution = resolve(request, this.#catalog);
    const around: Surroundings = {};
    const judgement = besidesChild(resolution, around, self.pending?.judgement, started);
    if (!judgement) return;
    const elevated = fromElevated({ judgement, subject: { time: event.time } }, event);
    if (!elevated && !atLeast(judgement.scored.level, "medium")) return;
    const subject = {
      ...subjectOf(event, parentCommandLine, parent.key),
      pid: parent.pid,
      image,
      processGuid: parent.key,
    };
    const origin = { kind: "request", request } as const;
    add(wait(host, event, this.#hold, judgement, { subject, origin, resolution, around }), elevated);
  }

  /**
   * A binary whose start is not in the log, or told nothing, is judged by what it does; once for each process and payload. A record that
   * names a command line is told of once: by that line, unless only the place where it was written makes it worth telling.
   */
  #effect(host: Host, event: Event, line: Pending | undefined, known: Known | undefined): void {
    if (line && atLeast(line.judgement.scored.level, "medium")) return;
    const { process } = event;
    const isStarted = known !== undefined;
    const resolution = ofEffect(event, this.#catalog, host.site, isStarted);
    const judgement = resolution && judge(resolution);
    if (!judgement || !atLeast(judgement.scored.level, "low")) return;
    const { runs, writes, fetches, reads } = judgement.behaviour;
    const payload = runs[0] ?? writes[0] ?? fetches[0] ?? reads[0];
    // A shortcut is done by nobody: each is told by its place.
    const actor = event.kind === "shortcut" ? recordKey(event) : (process.key ?? process.pid);
    const key = `effect|${actor}|${judgement.behaviour.id}|${payload && resolvedOf(payload)}`;
    if (!host.isFirst(key)) return;
    const others = host.pending.filter((one) => isEffectOf(one, process.key));
    const graver = others.find(({ judgement: { scored } }) => scored.score >= judgement.scored.score);
    if (graver) {
      relate(graver, relatedTo(sourceOf(event), "evidence"));
      return;
    }
    if (line) line.dropped = true;
    const origin = { kind: "effect", event: toPlain(event), isStarted } as const;
    const subject = subjectOf(event, undefined, known?.key);
    const pending = wait(host, event, this.#hold, judgement, { subject, origin, resolution, around: {} });
    if (known) known.pending = pending;
    // A process has one finding: that of the gravest thing that it did.
    for (const other of others) {
      other.dropped = true;
      relate(pending, relatedTo(other.subject.source, "evidence"), ...other.related);
    }
  }

  /** A command line that an event names which is no process start: script blocks, services, shortcuts, jobs. */
  #named(host: Host, event: Event): Started | undefined {
    const named = namedBy(event, this.#catalog);
    if (!named) return undefined;
    const { request, resolution, reasons } = asked(named, this.#catalog);
    const { commandLine } = named;
    const isBlock = event.kind === "commandExecution" && event.dialect === "powershell";
    const around: Surroundings = isBlock || request === named.registrar ? { byEngine: true } : {};
    const judgement = judge(resolution, around);
    if (!judgement) return undefined;
    if (isBlock && judgement.index === 0 && !isOwnAct(host, event, judgement)) return undefined;
    if (named.isVerb && judgement.behaviour.runs.every(({ value }) => PLACEHOLDER.test(value))) return undefined;
    // One record may be a registry write and an autostart entry: it says one thing once.
    const told = host.places.first(event, judgement.behaviour.id, host.pending);
    if (told) {
      relate(told, relatedTo(sourceOf(event), "same"));
      return undefined;
    }
    // A copy of the log may come after the finding was given out.
    const once = `named|${named.once ?? recordKey(event)}|${judgement.behaviour.id}`;
    if (!host.isFirst(once)) return undefined;
    // One process writes many values and files in one instant: the record tells them apart, and not who wrote it.
    const subject = { ...subjectOf(event, commandLine), processGuid: undefined };
    const origin = { kind: "request", request } as const;
    const pending = wait(host, event, this.#hold, judgement, { subject, origin, resolution, around });
    for (const { id, group, weight, text } of reasons)
      pending.corroborations.push({ id, group, weight, text, sources: [], kind: event.kind });
    return joinCommand(host, pending) ? undefined : { known: undefined, resolution, pending };
  }
}

/** Whether a finding is of what a process did whose start is not in the log. */
const isEffectOf = ({ origin, dropped, subject }: Pending, key: string | undefined): boolean =>
  origin.kind === "effect" && !dropped && key !== undefined && subject.processGuid === key;
