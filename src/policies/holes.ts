import type { Catalog } from "../catalog/catalog.ts";
import type { Behaviour, CatalogEntry } from "../catalog/types.ts";
import { baseName } from "../invocations/glob.ts";
import type { ProcessCreation } from "../model/event.ts";
import type { Finding } from "../model/finding.ts";
import { fetches, loadsAssembly, startsChild } from "./behaviours.ts";
import type { Act, Decision } from "./decide/act.ts";
import type { PolicySet } from "./set.ts";

/** A way of T1218 that a policy lets pass, with a run of the logs that proves it. */
export interface Hole {
  /** Id of the catalogue. */
  readonly behaviour: string;
  readonly binary: string;
  readonly title: string;
  readonly techniques: readonly string[];
  /** Starts of the program that the policy let pass, and on how many hosts. */
  readonly starts: number;
  readonly hosts: number;
  /** How often the logs show this very behaviour passing; 0: they show the program passing, and the policy asks nothing more. */
  readonly done: number;
  /** Why it passes, in the policy's words. */
  readonly why: string;
  readonly proof: Proof;
}

export interface Proof {
  readonly file: string;
  readonly recordId: number | undefined;
  readonly index: number;
  readonly host: string | undefined;
  readonly commandLine: string | undefined;
}

interface Passing {
  readonly entry: CatalogEntry;
  readonly own: Act;
  readonly proof: Proof;
  readonly why: string;
  /** By a rule, not because nobody is asked. */
  readonly isAllowed: boolean;
  starts: number;
  readonly hosts: Set<string>;
}

const MAX_HOSTS = 10_000;

/** Whether a behaviour is T1218, and not what the program is there for. */
export const isProxying = ({ techniques, usual }: Behaviour) =>
  usual !== "routine" && techniques.some((technique) => technique.startsWith("T1218"));

const inSystem32 = (library: string) => ({ path: `C:\\Windows\\System32\\${library}`, originalName: library });

/** What a run that shows a behaviour would ask of a policy, with a payload where users write. */
export function askedBy(behaviour: Behaviour, own: Act): readonly Act[] {
  const { platform, user, elevated, object: subject } = own;
  const who = { ...(platform && { platform }), subject, user, elevated };
  const name = user?.split("\\").at(-1) ?? "user";
  const at = (extension: string) => `C:\\Users\\${name}\\AppData\\Local\\Temp\\payload${extension}`;
  const acts: Act[] = [own];
  const { library } = behaviour;
  if (library !== undefined) acts.push({ on: "load", ...who, object: inSystem32(library) });
  if (platform === "windows")
    for (const { role, what } of behaviour.bindings) {
      if (role !== "runs") continue;
      // Scriptlets are run by a library of Windows, whoever asks for them.
      if (what === "scriptlet") acts.push({ on: "load", ...who, object: inSystem32("scrobj.dll") });
      if (what === "library" || what === "assembly" || (what === "auto" && loadsAssembly(behaviour)))
        acts.push({ on: "load", ...who, object: { path: at(".dll"), originalName: "", signed: false } });
      // A program of Windows that no policy is about: where not even that may be started, nothing may.
      if ((what === "executable" || what === "command") && startsChild(baseName(subject.path ?? ""), behaviour))
        acts.push({ on: "execute", ...who, object: inSystem32("notepad.exe") });
      if (what === "script") acts.push({ on: "script", ...who, object: { path: at(".js"), originalName: "" } });
      if (what === "package") acts.push({ on: "install", ...who, object: { path: at(".msi"), originalName: "" } });
    }
  if (fetches(behaviour)) {
    const peer = { address: "203.0.113.1", host: "download.example", port: 443, protocol: "tcp", inbound: false };
    acts.push({ on: "connect", ...who, object: {}, peer });
  }
  return acts;
}

/** Gathers what a policy lets pass. */
export class Holes {
  readonly #catalog: Catalog;
  readonly #set: PolicySet;
  readonly #passing = new Map<string, Passing>();
  readonly #done = new Map<string, { times: number; readonly proof: Proof; readonly why: string }>();

  constructor(catalog: Catalog, set: PolicySet) {
    this.#catalog = catalog;
    this.#set = set;
  }

  /** A start that was decided as a whole; `own` is the act of starting by itself. */
  start(event: ProcessCreation, own: Act, decision: Decision | undefined): void {
    if (decision?.decision === "block" || decision?.decision === "undecided") return;
    const { image, originalFileName, platform, host, commandLine, record } = event;
    if (image === undefined || !this.#set.rulesOn(platform)) return;
    const entry =
      (originalFileName === undefined ? undefined : this.#catalog.byOriginalName(originalFileName)) ??
      this.#catalog.byName(baseName(image), platform === "linux" ? "linux" : "windows");
    if (!entry?.behaviours.some(isProxying)) return;
    let one = this.#passing.get(entry.id);
    const isAllowed = decision !== undefined && decision.rule !== "";
    // What a rule lets a person start says more than that services are not asked.
    if (!one || (isAllowed && !one.isAllowed)) {
      const { file, index, recordId } = record;
      const proof = { file, index, recordId, host, commandLine };
      const why = decision?.reason ?? "no policy rules on its start";
      one = { entry, own, proof, why, isAllowed, starts: one?.starts ?? 0, hosts: one?.hosts ?? new Set() };
      this.#passing.set(entry.id, one);
    }
    one.starts++;
    if (host !== undefined && one.hosts.size < MAX_HOSTS) one.hosts.add(host);
  }

  /** A finding of which nothing was stopped, and why. */
  passed({ behaviour, source, host, commandLine }: Finding, why: string): void {
    const one = this.#done.get(behaviour);
    if (one) one.times++;
    else {
      const { file, index, recordId } = source;
      const proof = { file, index, recordId, host, commandLine };
      this.#done.set(behaviour, { times: 1, proof, why });
    }
  }

  /** Those that were done first, then by program. */
  list(): readonly Hole[] {
    const holes = [...this.#passing.values()].flatMap(({ entry, own, proof, why, starts, hosts }) =>
      entry.behaviours.filter(isProxying).flatMap((behaviour): readonly Hole[] => {
        const { id, title, techniques } = behaviour;
        const done = this.#done.get(id);
        const decision = this.#set.decide(askedBy(behaviour, own))?.decision;
        if (!done && (decision === "block" || decision === "undecided")) return [];
        const common = { behaviour: id, binary: entry.name, title, techniques, starts, hosts: hosts.size };
        return [{ ...common, done: done?.times ?? 0, why: done?.why ?? why, proof: done?.proof ?? proof }];
      }),
    );
    return holes.sort((a, b) => b.done - a.done || b.starts - a.starts || (a.behaviour < b.behaviour ? -1 : 1));
  }
}
