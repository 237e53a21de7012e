import { providerOf } from "../../events/windows/channel.ts";
import type { Event, EventKind, Platform } from "../../model/event.ts";
import { shortHost } from "../../model/host.ts";
import { isProduct } from "./products.ts";
import type { Component } from "./types.ts";

/** Kinds that are a data component of ATT&CK; artefacts at rest and decisions are none. */
export const COUNTED: ReadonlySet<EventKind> = new Set<EventKind>([
  "processCreation",
  "commandExecution",
  "moduleLoad",
  "fileCreation",
  "networkConnection",
  "registryKeyModification",
  "osApiExecution",
]);

/** Hosts that are told apart. */
export const MAX_HOSTS = 10_000;
/** Sources of one component that are told apart. */
const MAX_SOURCES = 64;

/** The data components that an event is. */
export function componentsOf(event: Event): readonly Component[] {
  switch (event.kind) {
    case "processCreation":
      return ["Process Creation"];
    case "commandExecution":
      return ["Command Execution"];
    case "moduleLoad":
      return ["Module Load"];
    case "fileCreation":
      return ["File Creation"];
    case "networkConnection":
      return ["Network Connection Creation"];
    case "registryKeyModification":
      return [event.action === "createKey" ? "Windows Registry Key Creation" : "Windows Registry Key Modification"];
    case "osApiExecution":
      return event.api === "processAccess" || event.api === "createRemoteThread"
        ? ["Process Access", "OS API Execution"]
        : ["OS API Execution"];
    default:
      return [];
  }
}

/** Artefacts that are logs: of what was typed, and of what was run. */
const LOGS: readonly (string | undefined)[] = ["shell-history", "transcript"];

/** Files at rest name what would run, and do not show that anything is logged. */
export function isAtRest({ record }: Event): boolean {
  return record.shape === "shortcut" || (record.shape === "artefact" && !LOGS.includes(record.provider));
}

/** Whether an event has what a start is judged by: its command line. Other kinds are whole by themselves. */
function isWhole(event: Event): boolean {
  return event.kind !== "processCreation" || event.commandLine !== undefined || event.args !== undefined;
}

/** The log source as people name it: `Microsoft-Windows-Sysmon 1`, or the format where it has no event ids. */
function sourceName({ record }: Event): string {
  if (record.shape === "artefact") return record.provider ?? record.shape;
  if (record.shape !== "winevent") return record.shape;
  return [providerOf(record) || "winevent", record.eventId].filter((part) => part !== undefined).join(" ");
}

/** What was seen of one component on one platform. */
export class Seen {
  events = 0;
  readonly sources = new Map<string, number>();
  /** Hosts that show it, and those that show it with what it is judged by. */
  readonly hosts = new Set<string>();
  readonly whole = new Set<string>();

  add(event: Event, host: string): void {
    this.events += 1;
    if (this.hosts.size < MAX_HOSTS) this.hosts.add(host);
    if (this.whole.size < MAX_HOSTS && isWhole(event)) this.whole.add(host);
    const name = sourceName(event);
    const known = this.sources.get(name);
    if (known !== undefined || this.sources.size < MAX_SOURCES) this.sources.set(name, (known ?? 0) + 1);
  }
}

/** Counts events by platform and component. */
export class ComponentTally {
  readonly #seen = new Map<string, Seen>();
  readonly #platforms = new Map<Platform, Set<string>>();
  readonly #products = new Map<Platform, Set<string>>();
  readonly #logged = new Set<Platform>();

  add(event: Event): void {
    const host = shortHost(event.host ?? "");
    const { platform } = event;
    const hosts = this.#platforms.get(platform) ?? new Set();
    this.#platforms.set(platform, hosts);
    if (hosts.size < MAX_HOSTS) hosts.add(host);
    if (event.record.pickedBy === undefined) this.#logged.add(platform);
    this.#note(event);
    for (const component of componentsOf(event)) {
      const key = `${platform} ${component}`;
      const seen = this.#seen.get(key) ?? new Seen();
      this.#seen.set(key, seen);
      seen.add(event, host);
    }
  }

  #note({ platform, record }: Event): void {
    const source = record.shape === "winevent" ? (record.provider ?? "") : record.shape;
    if (!isProduct(source)) return;
    const known = this.#products.get(platform);
    if (known) known.add(source);
    else this.#products.set(platform, new Set([source]));
  }

  /** Sources of a platform that are products with more to show. */
  products(platform: Platform): ReadonlySet<string> {
    return this.#products.get(platform) ?? new Set();
  }

  /** Whether anything that is known of a platform is from a log, and not from what a detector picked. */
  hasLogs(platform: Platform): boolean {
    return this.#logged.has(platform);
  }

  /** Hosts of a platform. */
  hosts(platform: Platform): ReadonlySet<string> {
    return this.#platforms.get(platform) ?? new Set();
  }

  of(platform: Platform, component: Component): Seen | undefined {
    return this.#seen.get(`${platform} ${component}`);
  }
}
