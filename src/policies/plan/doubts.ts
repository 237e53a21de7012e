import { shortHost } from "../../model/host.ts";
import { plural } from "../../outputs/counts.ts";
import type { Act } from "../decide/act.ts";
import { plainPath } from "../decide/paths.ts";
import { type Evidence, folderOf, MAX_NAMES, namesOf, type Who } from "./evidence.ts";

/** Hosts on which something suspicious must have been done in the same way before it is taken for a habit of the place. */
const WIDESPREAD = { suspicious: 3, grave: 5 } as const;
const MAX_DOUBTED = 50_000;

interface Doubted {
  readonly hosts: Set<string>;
  readonly least: number;
  readonly events: { readonly acts: readonly Act[]; readonly event: Who }[];
}

/** The way in which something was done: by which program to which kind of file where. */
function wayOf({ on, subject, object, peer }: Act): string {
  const file = object.path === undefined ? "" : plainPath(object.path);
  const name = on === "execute" ? (namesOf(object)[0] ?? "") : "";
  const extension = /\.\w{1,8}$/.exec(file)?.[0] ?? "";
  const actor = on === "execute" ? "" : (namesOf(subject)[0] ?? "");
  const place = on === "execute" ? "" : folderOf(file);
  return [on, actor, name, place, extension, peer?.host ?? ""].join("|");
}

/** What is suspicious: it counts only if many hosts do the same, in which case to forbid it would break them. */
export class Doubts {
  readonly #all = new Map<string, Doubted>();

  add(acts: readonly Act[], event: Who, isGrave: boolean): void {
    // That a share is reached is no way of its own: it goes with what is done with the file on it.
    const ways = acts.filter(({ on, object }) => on !== "connect" || !object.path?.startsWith("\\\\"));
    const key = ways.map(wayOf).sort().join("\n");
    let one = this.#all.get(key);
    if (!one) {
      if (this.#all.size >= MAX_DOUBTED) return;
      one = { hosts: new Set(), least: isGrave ? WIDESPREAD.grave : WIDESPREAD.suspicious, events: [] };
      this.#all.set(key, one);
    }
    one.hosts.add(shortHost(event.host ?? ""));
    if (one.events.length < MAX_NAMES) one.events.push({ acts, event });
  }

  /** Counts what is widespread as evidence; in words what that was, for people to look at. */
  settle(evidence: Evidence): readonly string[] {
    const widespread = [...this.#all.values()].filter(({ hosts, least }) => hosts.size >= least);
    for (const { events } of widespread) for (const { acts, event } of events) evidence.add(acts, event);
    return widespread.map(({ hosts, events }) => {
      const { object, subject, on } = events[0]?.acts.at(-1) ?? { object: {}, subject: {}, on: "execute" };
      return `${subject.path ?? "a process"} (${on}) ${object.path ?? "something"}, on ${plural(hosts.size, "host")}`;
    });
  }
}
