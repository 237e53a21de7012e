import type { Event, Platform } from "../../model/event.ts";
import { shortHost } from "../../model/host.ts";
import { EARLIEST } from "../clock.ts";
import { componentsOf, MAX_HOSTS } from "./components.ts";
import type { Component, Gap, HostCoverage } from "./types.ts";

const HOUR = 3_600_000;
/** A day ahead is a clock or a zone, more is no time at all. */
const AHEAD = 24 * HOUR;
/** Hours without an event that are a gap: nights of a workstation are none. */
const GAP_HOURS = 24;
const MAX_GAPS = 10;
/** Hours of a host that are remembered: 11 years. */
const MAX_HOURS = 100_000;

class Host {
  events = 0;
  undated = 0;
  /** Whether anything of it is from a log: between a detector's matches there are no gaps. */
  #hasLog = false;
  readonly platforms = new Set<Platform>();
  readonly components: Partial<Record<Component, number>> = {};
  readonly #hours = new Set<number>();
  #from = Number.POSITIVE_INFINITY;
  #to = Number.NEGATIVE_INFINITY;

  add(event: Event, now: number): void {
    this.events += 1;
    this.#hasLog ||= event.record.pickedBy === undefined;
    this.platforms.add(event.platform);
    for (const component of componentsOf(event)) this.components[component] = (this.components[component] ?? 0) + 1;
    const { time } = event;
    if (time === undefined || time < EARLIEST || time > now + AHEAD) {
      this.undated += 1;
      return;
    }
    this.#from = Math.min(this.#from, time);
    this.#to = Math.max(this.#to, time);
    if (this.#hours.size < MAX_HOURS) this.#hours.add(Math.floor(time / HOUR));
  }

  result(host: string): HostCoverage {
    const dated = this.#from <= this.#to;
    return {
      host,
      platforms: [...this.platforms].sort(),
      events: this.events,
      ...(dated && { from: new Date(this.#from).toISOString(), to: new Date(this.#to).toISOString() }),
      undated: this.undated,
      gaps: this.#gaps(),
      components: this.components,
    };
  }

  #gaps(): readonly Gap[] {
    if (!this.#hasLog) return [];
    const hours = [...this.#hours].sort((a, b) => a - b);
    const gaps: Gap[] = [];
    for (const [at, hour] of hours.entries()) {
      const before = hours[at - 1];
      if (before === undefined || hour - before <= GAP_HOURS) continue;
      const [from, to] = [(before + 1) * HOUR, hour * HOUR];
      gaps.push({ from: new Date(from).toISOString(), to: new Date(to).toISOString(), hours: hour - before - 1 });
    }
    const longest = gaps.sort((a, b) => b.hours - a.hours).slice(0, MAX_GAPS);
    return longest.sort((a, b) => (a.from < b.from ? -1 : 1));
  }
}

/** Counts events by host: one host by its name without domain, in any case. */
export class HostTally {
  readonly #hosts = new Map<string, { readonly name: string; readonly host: Host }>();
  readonly #beyond = new Set<string>();
  readonly #now = Date.now();

  add(event: Event): void {
    const key = shortHost(event.host ?? "");
    let entry = this.#hosts.get(key);
    if (!entry) {
      if (this.#hosts.size >= MAX_HOSTS) {
        if (this.#beyond.size < MAX_HOSTS) this.#beyond.add(key);
        return;
      }
      entry = { name: event.host ?? "", host: new Host() };
      this.#hosts.set(key, entry);
    }
    entry.host.add(event, this.#now);
  }

  get more(): number {
    return this.#beyond.size;
  }

  /** By name, so that the order of files does not matter. */
  results(): readonly HostCoverage[] {
    const sorted = [...this.#hosts].sort(([a], [b]) => (a < b ? -1 : 1));
    return sorted.map(([, { name, host }]) => host.result(name));
  }
}
