import type { History } from "../baseline/history.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { Event } from "../model/event.ts";
import type { Finding } from "../model/finding.ts";
import { shortHost } from "../model/host.ts";
import type { Level } from "../model/level.ts";
import type { Gate } from "./allow/list.ts";
import { ChainEngine } from "./chains/engine.ts";
import { type Around, seenOf } from "./chains/seen.ts";
import { Host } from "./host.ts";
import { Observer, type Started } from "./observer.ts";
import { Reorder, timed } from "./order.ts";
import type { OnLink } from "./proxies/watch.ts";
import { type Site, UNTOLD } from "./site/site.ts";
import { type DetectorState, type HostState, loadState, saveHost } from "./snapshot.ts";
import { actorOf } from "./starts.ts";
import { type Trace, traceOf } from "./trace.ts";
import { isDue, release } from "./waiting.ts";

export interface DetectorOptions {
  readonly catalog: Catalog;
  /** Findings below this level are not given out. Default: low. */
  readonly minLevel?: Level;
  /** What is normal in this environment; absent: nothing is known of it. */
  readonly history?: History;
  /** Share of true findings, among those of any level, for which their likelihood is told. Default: that of labelled data. */
  readonly prior?: number | undefined;
  /** What the site says of hosts and files; absent: private addresses are its own, and nothing is listed. */
  readonly site?: Site;
  /** Sees what is about to be given out, and may keep it back: an allow-list, for one. */
  readonly gate?: Gate;
  /** How long after a process start its finding still collects what happens around it, in milliseconds. */
  readonly hold?: number;
  /**
   * How long a finding below high waits, beyond `hold`, for a chain of events that has begun around it, in milliseconds. Default 10
   * minutes; 0 where findings are wanted soon.
   */
  readonly patience?: number;
  /**
   * How much later than a younger event of its host an event may arrive, in milliseconds; its place is then found. Default 0: events
   * come in the order of their time, as a sorted batch has them.
   */
  readonly lateness?: number;
  /** Events come host by host, as a sorted batch has them: what is known of a host goes when another's come. Default: they are mixed. */
  readonly hostByHost?: boolean;
  /**
   * Told of every argument that names what its trusted process then did, and that no behaviour explains; findings tell of the grave
   * ones only.
   */
  readonly onLink?: OnLink;
  /** Whether findings are to be joined to cases later. */
  readonly traces?: boolean;
  /** False: every process start is judged by itself, and what happens around it is passed over; to measure what that adds. */
  readonly correlate?: boolean;
}

/** Events in, findings out. */
export interface Detector {
  push(event: Event): readonly Finding[];
  /** Event time has come to here: what waited only until then is released. */
  advance(time: number): readonly Finding[];
  /** No event has come for so long, in milliseconds: the clock of every host goes on by it. */
  rest(elapsed: number): readonly Finding[];
  /** No more events: everything is released. */
  end(): readonly Finding[];
  /** What a finding that was just given out has in common with others; undefined unless `traces` was asked for. */
  traceOf(finding: Finding): Trace | undefined;
  /** All that is remembered, as JSON can carry it; the detector itself goes on. */
  snapshot(): DetectorState;
  /**
   * Takes the place of what is remembered.
   * @throws WhatranError `state/version` or `state/damaged`
   */
  restore(state: DetectorState): void;
}

const NONE: readonly Finding[] = [];
const HOLD = 120_000;
const PATIENCE = 600_000;

export function createDetector(options: DetectorOptions): Detector {
  const {
    catalog,
    history,
    prior,
    site = UNTOLD,
    gate,
    minLevel = "low",
    hold = HOLD,
    patience = PATIENCE,
    lateness = 0,
    hostByHost = false,
    correlate = true,
  } = options;
  let hosts = new Map<string, HostState>();
  const chains = new ChainEngine(catalog, history, { hold, patience, minLevel, site });
  const observer = new Observer(catalog, hold, options.onLink, history?.programs);

  const traces = new WeakMap<Finding, Trace>();
  const give = (host: Host, until: number): readonly Finding[] => {
    if (!isDue(host, until)) return NONE;
    return release(host, until, { minLevel, gate, history, prior }, (finding, pending) => {
      if (options.traces) traces.set(finding, traceOf(host, pending));
    });
  };

  const stateOf = (key: string) => {
    let state = hosts.get(key);
    if (!state) {
      state = { host: new Host(site), order: new Reorder() };
      hosts.set(key, state);
    }
    return state;
  };

  const take = (host: Host, event: Event): readonly Finding[] => {
    const released = give(host, timed(event));
    if (!correlate && event.kind !== "processCreation") return released;
    const started = observer.observe(host, event);
    if (correlate) chains.observe(host, seenOf(event, around(host, event, started)));
    return released;
  };

  const advance = (time: number): Finding[] =>
    [...hosts.values()].flatMap(({ host, order }) => [
      ...order.take(time).flatMap((event) => take(host, event)),
      ...give(host, time),
    ]);

  const end = () => advance(Number.POSITIVE_INFINITY);

  /** Of the hosts whose events are over. */
  const left = (key: string): readonly Finding[] => {
    if (!hostByHost || hosts.size === 0 || hosts.has(key)) return NONE;
    const findings = end();
    hosts.clear();
    return findings;
  };

  const pushed = (event: Event, key: string): readonly Finding[] => {
    const { host, order } = stateOf(key);
    if (lateness === 0) {
      order.latest = Math.max(order.latest, timed(event));
      return take(host, event);
    }
    return order.push(event, lateness).flatMap((one) => take(host, one));
  };

  return {
    push(event) {
      const key = shortHost(event.host ?? "");
      const findings = left(key);
      return findings.length === 0 ? pushed(event, key) : [...findings, ...pushed(event, key)];
    },
    advance,
    rest: (elapsed) =>
      [...hosts.values()].flatMap(({ host, order }) => {
        const until = order.latest + elapsed - lateness;
        return [...order.take(until).flatMap((event) => take(host, event)), ...give(host, until)];
      }),
    end,
    traceOf: (finding) => traces.get(finding),
    snapshot: () => ({
      schema: "whatran/state/1",
      catalog: catalog.version,
      hosts: [...hosts].map(([key, state]) => saveHost(key, state)),
    }),
    restore(state) {
      hosts = loadState(state, catalog, site);
    },
  };
}

/** The key of the act that a process is a step of; its own, where it is none. */
function actKey(host: Host, key: string | undefined): string | undefined {
  return key === undefined ? undefined : (host.processes.get(key)?.pending?.subject.key ?? key);
}

/** What the host knows around an event. A process that is a step of another's act goes by the key of that act. */
function around(host: Host, event: Event, started: Started | undefined): Around {
  const known = started?.known ?? actorOf(host, event);
  const parentKey = known?.parentKey ?? (event.kind === "processCreation" ? event.parent.key : undefined);
  const parent = event.kind === "processCreation" ? event.parent.image : undefined;
  return {
    key: actKey(host, known?.key ?? event.process.key),
    parentKey: actKey(host, parentKey),
    parent: parent ?? (parentKey === undefined ? undefined : host.processes.get(parentKey)?.image),
    resolution: started?.resolution,
    pending: started?.pending,
  };
}
