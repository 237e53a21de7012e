import type { History } from "../../baseline/history.ts";
import { isNewEffect } from "../../baseline/news.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import type { Chain, Step, StepTest } from "../../catalog/chains/types.ts";
import type { Event } from "../../model/event.ts";
import { atLeast, type Level } from "../../model/level.ts";
import { judge } from "../../score/judge.ts";
import { chainWeight } from "../../score/score.ts";
import type { Host } from "../host.ts";
import { type Corroboration, type Pending, relate } from "../pending.ts";
import { relatedTo } from "../refs.ts";
import type { Site } from "../site/site.ts";
import { wait } from "../waiting.ts";
import { Anchors } from "./anchors.ts";
import { isInTurn, joins, type Keys } from "./joins.ts";
import { ofChain } from "./own.ts";
import { remembered } from "./remembered.ts";
import { sentence } from "./says.ts";
import type { Seen, SeenPath } from "./seen.ts";
import type { Instance, StepFact } from "./state.ts";
import { factOf } from "./step-fact.ts";
import { passes } from "./test.ts";

/** What has too little to be given out waits at most this long for what a chain around it still requires, in milliseconds. */
const PATIENCE = 600_000;

export interface EngineOptions {
  /** How long a finding of a chain's own collects, in milliseconds. */
  readonly hold: number;
  /** How long a finding that could be given out waits for what a chain around it still requires, in milliseconds. */
  readonly patience: number;
  readonly minLevel: Level;
  readonly site: Site;
}

const NO_INSTANCES: readonly Instance[] = [];

/** Runs all chains over the events of a host, which come in the order of their time. */
export class ChainEngine {
  readonly #catalog: Catalog;
  readonly #options: EngineOptions;
  readonly #anchors: Anchors;
  readonly #isNew: (event: Event) => boolean;

  constructor(catalog: Catalog, history: History | undefined, options: EngineOptions) {
    this.#catalog = catalog;
    this.#options = options;
    const isKnown = { listed: options.site.lists, firstSeen: history !== undefined };
    this.#anchors = new Anchors(catalog.chains.filter((chain) => !chain.alone && canHappen(chain, isKnown)));
    this.#isNew = (event) => history !== undefined && isNewEffect(event, catalog, history);
  }

  observe(host: Host, seen: Seen): void {
    const { event } = seen;
    if (event.time === undefined) return;
    host.chains.expire(event.time);
    const grown = this.#continue(host, seen, event.time);
    // What goes on in turn is one act: its later steps begin none of their own.
    for (const chain of this.#anchors.of(seen))
      if (!grown.some((other) => isInTurn(other.chain, chain))) this.#begin(host, chain, seen, event.time);
  }

  #begin(host: Host, chain: Chain, seen: Seen, time: number): void {
    const { event } = seen;
    const anchor = chain.steps[chain.anchor] as Step;
    const paths = this.#matched(anchor, seen, host);
    if (!paths) return;
    const facts: StepFact[] = [];
    chain.steps.slice(0, chain.anchor).forEach((step, index) => {
      const fact = remembered(index, step, paths, seen, host);
      if (fact) facts.unshift(fact);
    });
    const lacking = chain.steps.some(
      ({ required }, index) => required && index < chain.anchor && !facts.some(({ step }) => step === index),
    );
    if (lacking) return;
    facts.push(factOf(chain.anchor, anchor, seen, paths, time, host));
    const instance: Instance = {
      chain,
      facts,
      until: time + Math.max(0, ...chain.steps.slice(chain.anchor + 1).map(({ within }) => within)),
      pending: seen.pending,
      done: false,
    };
    if (chain.anchor < chain.steps.length - 1) {
      host.chains.add(instance);
      if (seen.pending) this.#delay(seen.pending, time, chain);
    }
    this.#settle(host, instance, event);
  }

  /** Adds the event to chains that have begun. @returns those that grew by it */
  #continue(host: Host, seen: Seen, time: number): readonly Instance[] {
    const { event, key, parentKey } = seen;
    const { chains } = host;
    if (chains.instances.length === 0) return NO_INSTANCES;
    const parent = event.kind === "processCreation" ? parentKey : undefined;
    const file = chains.wantsFiles ? seen.path?.id : undefined;
    const own = chains.waitingFor("p", key);
    const ofParent = chains.waitingFor("c", parent);
    const ofSibling = chains.waitingFor("s", parent);
    const ofFile = chains.waitingFor("f", file);
    if (own.length + ofParent.length + ofSibling.length + ofFile.length === 0) return NO_INSTANCES;
    const keys: Keys = { p: key, c: parent, s: parent, f: file };
    const grown: Instance[] = [];
    for (const instance of new Set([...own, ...ofParent, ...ofSibling, ...ofFile]))
      if (this.#extend(host, instance, seen, time, keys)) {
        host.chains.index(instance);
        this.#settle(host, instance, event);
        grown.push(instance);
      }
    return grown;
  }

  /** A finding that is grave without the chain is not kept back for it, and none for a chain that says little. */
  #delay(pending: Pending, time: number, { steps, anchor, strength }: Chain): void {
    const { level } = pending.judgement.scored;
    if (strength === "weak" || atLeast(level, "high")) return;
    const needed = steps.filter(({ required }, index) => required && index > anchor).map(({ within }) => within);
    const patience = atLeast(level, this.#options.minLevel) ? this.#options.patience : PATIENCE;
    const until = time + Math.min(patience, Math.max(0, ...needed));
    if (pending.deadline < until) pending.deadline = until;
  }

  #matched(step: Step, seen: Seen, host: Host): readonly SeenPath[] | undefined {
    if (step.tests.length === 0) return seen.path ? [seen.path] : [];
    const known = {
      fromWeb: (id: string) => host.files.get(id)?.origin !== undefined,
      site: host.site,
      isNew: this.#isNew,
    };
    for (const test of step.tests) {
      const paths = passes(test, seen, known);
      if (paths) return paths;
    }
    return undefined;
  }

  /** Adds the event to an instance wherever it is a step; true where it was one. */
  #extend(host: Host, instance: Instance, seen: Seen, time: number, keys: Keys): boolean {
    const { chain, facts } = instance;
    let grew = false;
    chain.steps.forEach((step, index) => {
      if (index <= chain.anchor || !step.components.includes(seen.event.kind)) return;
      if (facts.some((fact) => fact.step === index)) return;
      const to = facts.find((fact) => fact.step === step.join?.to);
      if (!to || !joins(step, to, keys) || time - to.time > step.within || time < to.time) return;
      if (to.source.index === seen.event.record.index && to.source.file === seen.event.record.file) return;
      const paths = this.#matched(step, seen, host);
      if (!paths) return;
      facts.push(factOf(index, step, seen, paths, time, host));
      grew = true;
    });
    return grew;
  }

  /** Tells a finding of a chain that is complete, and again whenever it has grown since. */
  #settle(host: Host, instance: Instance, event: Event): void {
    const { chain, facts } = instance;
    const complete = chain.steps.every((step, index) => !step.required || facts.some((fact) => fact.step === index));
    if (!complete) return;
    const pending = this.#target(host, instance, event);
    instance.done = true;
    if (!pending) return;
    const told: Corroboration = {
      id: `chain:${chain.id}`,
      group: "chain",
      weight: weightOf(chain, pending),
      text: sentence(instance),
      kind: "processCreation",
      kinds: [...new Set(facts.map(({ kind }) => kind))],
      sources: facts.map(({ source }) => source),
      ...(event.time !== undefined && { time: event.time }),
    };
    pending.corroborations = [...pending.corroborations.filter(({ id }) => id !== told.id), told];
    relate(pending, ...told.sources.map((source) => relatedTo(source, "evidence")));
  }

  /** The finding that the chain speaks for: that of its anchor's process, else one of its own. */
  #target(host: Host, instance: Instance, event: Event): Pending | undefined {
    instance.pending = toldByStarter(host, instance) ?? instance.pending;
    const { pending } = instance;
    if (pending !== undefined && pending !== "gone" && !pending.dropped) return pending;
    if (pending !== undefined) instance.pending = "gone";
    const anchor = instance.facts.find(({ step }) => step === instance.chain.anchor) as StepFact;
    const known = anchor.key === undefined ? undefined : host.processes.get(anchor.key);
    if (known?.pending && !isOtherAct(known.pending, instance)) {
      instance.pending = known.pending;
      return known.pending.dropped ? undefined : known.pending;
    }
    // A process has one finding; what a chain adds after it was given out is told where it happened.
    const elsewhere = instance.chain.finding !== undefined;
    if (instance.pending === "gone" && !known) return undefined;
    if (instance.done || known?.reported === "merged" || (known?.reported === "given" && !elsewhere)) return undefined;
    const own = this.#own(host, instance, anchor, event);
    instance.pending = own;
    if (known && !known.reported) known.pending = own;
    return own;
  }

  #own(host: Host, { chain, facts }: Instance, anchor: StepFact, event: Event): Pending | undefined {
    const named = (id: string | undefined) => facts.find(({ step }) => chain.steps[step]?.id === id);
    const subject = named(chain.finding) ?? anchor;
    const carrier = named(chain.payload ?? chain.finding);
    const act = { chain: chain.id, image: anchor.image, path: carrier?.shown, from: carrier?.kind };
    const resolution = ofChain(chain, act, this.#catalog);
    const judgement = judge(resolution);
    if (!judgement) return undefined;
    const { key, pid, image, user, commandLine, source, time } = subject;
    return wait(host, event, this.#options.hold, judgement, {
      subject: {
        key: anchor.key,
        pid,
        time,
        host: event.host,
        user,
        image,
        commandLine,
        source,
        provider: event.record.provider,
        processGuid: key?.startsWith("id:") ? key : undefined,
      },
      origin: { kind: "chain", ...act },
      resolution,
      around: {},
    });
  }
}

/** Whether a finding is of something odd that the process did besides: what it did in a chain is told by itself. */
const isOtherAct = ({ origin, subject: { source } }: Pending, { facts }: Instance): boolean =>
  origin.kind === "effect" &&
  !facts.some((fact) => fact.source.index === source.index && fact.source.file === source.file);

/** The finding that tells already, by who caused it, of the start that a finding of the chain's own would point at. */
function toldByStarter(host: Host, { chain, facts }: Instance): Pending | undefined {
  const key = facts.find(({ step }) => chain.steps[step]?.id === chain.finding)?.key;
  const pending = key === undefined ? undefined : host.processes.get(key)?.pending;
  return pending?.origin.kind === "effect" && pending.component === "processCreation" ? pending : undefined;
}

/** Whether a chain can be complete at all: nothing is listed where nobody lists anything, and nothing new without a past. */
function canHappen({ steps, anchor }: Chain, isKnown: Readonly<Record<"listed" | "firstSeen", boolean>>): boolean {
  const isOpen = (test: StepTest) => !(test.listed && !isKnown.listed) && !(test.firstSeen && !isKnown.firstSeen);
  return steps.every(
    ({ required, tests }, index) => (!required && index !== anchor) || tests.length === 0 || tests.some(isOpen),
  );
}

/** A chain weighs nothing against a use that the catalogue documents, unless it refutes that this is one: then it takes that back, too. */
function weightOf(chain: Chain, { judgement }: Pending): number {
  const documented = judgement.reasons.find(({ id }) => id === "documented-use");
  if (documented && !chain.evenDocumented) return 0;
  return chainWeight(chain.strength) - (documented?.weight ?? 0);
}
