import type { Catalog } from "../catalog/catalog.ts";
import { WhatranError } from "../errors.ts";
import { fromPlain, type PlainEvent, toPlain } from "../events/plain.ts";
import { resolve } from "../invocations/resolve.ts";
import type { Resolution } from "../invocations/types.ts";
import { judgeWithin } from "../score/judge.ts";
import { ofChain } from "./chains/own.ts";
import type { Instance, StepFact } from "./chains/state.ts";
import { ofEffect } from "./effects/effect.ts";
import { Host, type Known, type RegistryWrite, type Written } from "./host.ts";
import { Reorder } from "./order.ts";
import type { Origin, Pending } from "./pending.ts";
import type { Candidate } from "./proxies/candidate.ts";
import { ofProxy } from "./proxies/proxy.ts";
import type { Site } from "./site/site.ts";

type SavedPending = Omit<Pending, "resolution" | "judgement" | "deadline"> & { readonly deadline: number | null };
type SavedKnown = Omit<Known, "pending"> & { readonly finding?: number };
interface SavedInstance {
  readonly chain: string;
  readonly facts: readonly StepFact[];
  readonly until: number;
  /** Index of its finding; -1 where that was given out. */
  readonly finding?: number;
  readonly done: boolean;
}

/** What is remembered of one host. */
interface SavedHost {
  readonly key: string;
  readonly known: readonly SavedKnown[];
  /** Indices into `known`, oldest first. */
  readonly processes: readonly number[];
  readonly pids: readonly (readonly [string, number])[];
  readonly files: readonly (readonly [string, Written])[];
  readonly registry: readonly (readonly [string, RegistryWrite])[];
  readonly inferred: readonly string[];
  readonly pending: readonly SavedPending[];
  readonly chains: readonly SavedInstance[];
  readonly told: readonly (readonly [string, Candidate])[];
  readonly habits: readonly (readonly [string, number])[];
  readonly latest: number | null;
  readonly waiting: readonly PlainEvent[];
}

/** The state of a detector as JSON can carry it. Resolutions are left out: they are made again from what was logged. */
export interface DetectorState {
  readonly schema: "whatran/state/1";
  /** Version of the catalogue that it was made with; another one judges what still waits anew. */
  readonly catalog: string;
  readonly hosts: readonly SavedHost[];
}

export interface HostState {
  readonly host: Host;
  readonly order: Reorder;
}

const finite = (time: number) => (Number.isFinite(time) ? time : null);

function savePending({ resolution: _, judgement: __, deadline, ...rest }: Pending): SavedPending {
  return { ...rest, deadline: finite(deadline) };
}

export function saveHost(key: string, { host, order }: HostState): SavedHost {
  const known = [...new Set([...host.processes.map.values(), ...host.byPid.map.values()])];
  const at = new Map(known.map((one, index) => [one, index]));
  const place = (pending: Pending | "gone" | undefined) => {
    if (pending === undefined) return {};
    return { finding: pending === "gone" ? -1 : host.pending.indexOf(pending) };
  };
  return {
    key,
    known: known.map(({ pending, ...rest }) => ({ ...rest, ...place(pending) })),
    processes: [...host.processes.map.values()].map((one) => at.get(one) as number),
    pids: [...host.byPid.map].map(([pid, one]) => [pid, at.get(one) as number]),
    files: [...host.files.map],
    registry: [...host.registry.map],
    inferred: [...host.inferred.map.keys()],
    pending: host.pending.map(savePending),
    chains: host.chains.instances.map(({ chain, facts, until, pending, done }) => {
      return { chain: chain.id, facts: [...facts], until, done, ...place(pending) };
    }),
    told: [...host.told.map].map(([id, one]) => [id, { ...one }]),
    habits: [...host.habits.map],
    latest: finite(order.latest),
    waiting: order.waiting.map(toPlain),
  };
}

/** Resolves once more what a finding was made from. */
function resolutionOf(origin: Origin, catalog: Catalog, site?: Site): Resolution | undefined {
  if (origin.kind === "request") return resolve(origin.request, catalog);
  if (origin.kind === "effect") return ofEffect(fromPlain(origin.event), catalog, site, origin.isStarted);
  if (origin.kind === "proxy") return ofProxy(origin.told, origin.links, catalog);
  const chain = catalog.chains.find(({ id }) => id === origin.chain);
  return chain && ofChain(chain, origin, catalog);
}

function loadPending(saved: SavedPending, catalog: Catalog, site?: Site): Pending | undefined {
  const resolution = resolutionOf(saved.origin, catalog, site);
  const judgement = resolution && judgeWithin(resolution, saved.around, saved.within);
  if (!resolution || !judgement) return undefined;
  const deadline = saved.deadline ?? Number.NEGATIVE_INFINITY;
  return { ...saved, within: saved.within, resolution, judgement, deadline };
}

function loadHost(saved: SavedHost, catalog: Catalog, site?: Site): HostState {
  const host = new Host(site);
  const order = new Reorder();
  const pending = saved.pending.map((one) => loadPending(one, catalog, site));
  for (const one of pending) if (one) host.hold(one);
  const known = saved.known.map(
    ({ finding, ...rest }): Known => ({ ...rest, pending: finding === undefined ? undefined : pending[finding] }),
  );
  for (const index of saved.processes) {
    const one = known[index];
    if (one) host.processes.set(one.key, one);
  }
  for (const [pid, index] of saved.pids) {
    const one = known[index];
    if (one) host.byPid.set(pid, one);
  }
  for (const [path, file] of saved.files) host.files.set(path, file);
  for (const [path, write] of saved.registry) host.registry.set(path, write);
  for (const key of saved.inferred) host.inferred.set(key, true);
  const chains = new Map(catalog.chains.map((chain) => [chain.id, chain]));
  for (const { chain: id, facts, until, finding, done } of saved.chains) {
    const chain = chains.get(id);
    const target: Instance["pending"] = finding === undefined ? undefined : (pending[finding] ?? "gone");
    if (chain) host.chains.add({ chain, facts: [...facts], until, done, pending: target });
  }
  for (const [id, one] of saved.told) host.told.set(id, { ...one });
  for (const [habit, count] of saved.habits) host.habits.set(habit, count);
  order.latest = saved.latest ?? Number.NEGATIVE_INFINITY;
  order.waiting = saved.waiting.map(fromPlain);
  return { host, order };
}

/**
 * The hosts of a saved state.
 * @throws WhatranError `state/version` or `state/damaged`
 */
export function loadState(state: DetectorState, catalog: Catalog, site?: Site): Map<string, HostState> {
  if (state?.schema !== "whatran/state/1" || !Array.isArray(state.hosts))
    throw new WhatranError("state/version", "this is no state that this version of whatran has saved");
  try {
    return new Map(state.hosts.map((saved) => [saved.key, loadHost(saved, catalog, site)]));
  } catch (error) {
    if (error instanceof WhatranError) throw error;
    throw new WhatranError("state/damaged", `the saved state is damaged: ${String(error).slice(0, 120)}`);
  }
}
