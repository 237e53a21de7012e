import { Memory } from "../../cmdline/memory.ts";
import { identity } from "../../cmdline/normal/identity.ts";
import { baseName } from "../../invocations/glob.ts";
import type { Resolution, ResolvedBehaviour } from "../../invocations/types.ts";
import type { Event, ProcessRef } from "../../model/event.ts";
import { resolvedOf } from "../../model/payload.ts";
import { isStray } from "../../signals/loose.ts";
import { farEnd } from "../facts/network.ts";
import type { Pending } from "../pending.ts";

/** Most paths of one event that are looked at. */
const MAX_PATHS = 16;

/** A path of an event: as it is shown, and as it is compared. */
export interface SeenPath {
  readonly shown: string;
  readonly id: string;
}

/** An event as chains look at it. */
export interface Seen {
  readonly event: Event;
  /** File name of the acting program, lower case. */
  readonly image: string | undefined;
  /** Whether it lies where no program does that is trusted by its name. */
  readonly isStray: boolean;
  /** Key of the acting process, or of the first step of the act that it is a step of. */
  readonly key: string | undefined;
  readonly parentKey: string | undefined;
  readonly parent: string | undefined;
  /** What the event was resolved to, the same for the same line; undefined where it was not. */
  readonly invocations: Resolution["invocations"] | undefined;
  /** Catalogue names of what runs. */
  readonly binaries: readonly string[];
  readonly behaviours: readonly ResolvedBehaviour[];
  /** What the event itself names: module, file, key, far end, or the program that starts. */
  readonly path: SeenPath | undefined;
  /** The same as the event has it. */
  readonly shown: string | undefined;
  readonly target: ProcessRef | undefined;
  readonly documented: boolean;
  /** Whether the program was given no arguments. */
  readonly bare: boolean;
  readonly pending: Pending | undefined;
}

export const lowerName = (image: string | undefined): string | undefined =>
  image === undefined ? undefined : baseName(image).toLowerCase();

function pathOf(event: Event): string | undefined {
  switch (event.kind) {
    case "processCreation":
      return event.image;
    case "moduleLoad":
      return event.module;
    case "fileCreation":
    case "registryKeyModification":
    case "policyDecision":
      return event.path;
    case "shortcut":
      return event.target;
    case "networkConnection":
      return farEnd(event) ?? event.destinationHost ?? event.destinationIp ?? event.query;
    case "osApiExecution":
      return event.api === "comActivation" ? event.startModule : undefined;
    default:
      return undefined;
  }
}

/** Process that an injector was told to act upon, by its number in the arguments. */
const TARGET_PID = /^\s*"?[^"]*?mavinject(?:32|64)?(?:\.exe)?"?\s+(\d{1,7})\b/i;

function targetOf(event: Event): ProcessRef | undefined {
  if (event.kind === "osApiExecution") return event.target;
  if (event.kind !== "processCreation") return undefined;
  const pid = TARGET_PID.exec(event.commandLine?.slice(0, 1024) ?? "")?.[1];
  return pid === undefined ? undefined : { key: undefined, pid: Number(pid), image: undefined };
}

export interface Around {
  readonly key: string | undefined;
  readonly parentKey: string | undefined;
  readonly parent: string | undefined;
  readonly resolution: Resolution | undefined;
  readonly pending: Pending | undefined;
}

const NOTHING: readonly never[] = [];

/** Programs come again and again. */
const strays = new Memory<boolean>(1 << 15);

/** Reads what few chains ask for when one asks. */
class SeenEvent implements Seen {
  // Declared only, as they would be made twice: by the language, and by the constructor.
  declare readonly event: Event;
  declare readonly image: string | undefined;
  declare readonly isStray: boolean;
  declare readonly key: string | undefined;
  declare readonly parentKey: string | undefined;
  declare readonly parent: string | undefined;
  declare readonly invocations: Resolution["invocations"] | undefined;
  declare readonly binaries: readonly string[];
  declare readonly behaviours: readonly ResolvedBehaviour[];
  declare readonly shown: string | undefined;
  declare readonly bare: boolean;
  declare readonly pending: Pending | undefined;
  #path: SeenPath | undefined;

  constructor(event: Event, { key, parentKey, parent, resolution, pending }: Around) {
    // What a process hands on to others is theirs to do.
    const invocations: Resolution["invocations"] = resolution?.invocations ?? NOTHING;
    const first = invocations[0];
    const isOne = event.kind === "processCreation" || invocations.length === 1;
    this.event = event;
    const whole = event.process.image ?? (event.kind === "processCreation" ? event.image : undefined);
    this.image = lowerName(whole);
    this.isStray = whole !== undefined && strays.get(whole, () => isStray(whole, event.platform));
    this.key = key;
    this.parentKey = parentKey;
    this.parent = lowerName(parent);
    this.invocations = resolution?.invocations;
    if (!first) {
      this.binaries = NOTHING;
      this.behaviours = NOTHING;
    } else {
      this.binaries = isOne ? [first.binary.name] : invocations.map(({ binary }) => binary.name);
      this.behaviours = isOne ? first.behaviours : invocations.flatMap(({ behaviours }) => behaviours);
    }
    this.shown = pathOf(event);
    this.bare = event.kind === "processCreation" && event.commandLine !== undefined && first?.arguments === 0;
    this.pending = pending;
  }

  get path(): SeenPath | undefined {
    if (this.#path === undefined && this.shown !== undefined)
      this.#path = { shown: this.shown, id: identity(this.shown, this.event.platform) };
    return this.#path;
  }

  get target(): ProcessRef | undefined {
    return targetOf(this.event);
  }

  get documented(): boolean {
    return this.pending?.judgement.reasons.some(({ id }) => id === "documented-use") ?? false;
  }
}

export const seenOf = (event: Event, around: Around): Seen => new SeenEvent(event, around);

const NOTHING_AROUND = { key: undefined, parentKey: undefined, resolution: undefined, pending: undefined };

/**
 * An event of which nothing else is known.
 * @param parent of a start the parent's file
 */
export const seenAlone = (event: Event, parent: string | undefined): Seen =>
  seenOf(event, { ...NOTHING_AROUND, parent });

/** Payloads of the behaviours that a test names, each as a path. */
export function payloadPaths(behaviours: readonly ResolvedBehaviour[], platform: Event["platform"]): SeenPath[] {
  return behaviours
    .flatMap(({ runs, fetches }) => [...runs, ...fetches])
    .slice(0, MAX_PATHS)
    .map((payload) => ({ shown: payload.value, id: identity(resolvedOf(payload), platform) }));
}
