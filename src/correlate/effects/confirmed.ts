import { type Behaviour, type CatalogEntry, USUAL, type Usual } from "../../catalog/types.ts";
import { classifyValue } from "../../cmdline/normal/classify.ts";
import { kindOf } from "../../cmdline/normal/kinds.ts";
import { baseName } from "../../invocations/glob.ts";
import type { ResolvedBehaviour } from "../../invocations/types.ts";
import type { Event, FileCreation, ModuleLoad, NetworkConnection, OsApiExecution } from "../../model/event.ts";
import { isWithWindows } from "../../signals/identity.ts";
import { lowered, shown } from "../../signals/text.ts";
import { farEnd } from "../facts/network.ts";
import type { Site } from "../site/site.ts";
import { shownBy } from "./shown.ts";

/** What an event confirms, by the words behind its component in the catalogue; undefined where such events are none of a behaviour's. */
interface Told {
  /** What the program did, as the beginning of a sentence. */
  readonly did: string;
  /** Categories of acts that have such an event as their very purpose. */
  readonly purpose: readonly string[];
  readonly fits: (word: string, category: string) => boolean;
}

function ofModule({ module }: ModuleLoad): Told | undefined {
  if (module === undefined) return undefined;
  const name = baseName(module).toLowerCase();
  return {
    did: "Loaded a library",
    purpose: [],
    fits: (word) => word !== "payload" && (word === name || `${word}.dll` === name),
  };
}

const BRINGING: readonly string[] = ["download", "copy", "decode"];
const REACHING: readonly string[] = ["download", "execute", "bypass", "upload"];

const CARRIED_OUT: readonly string[] = ["executable", "library", "script", "scriptlet", "package"];

function ofFile({ path, action, platform }: FileCreation): Told | undefined {
  if (path === undefined || action !== "create") return undefined;
  const { extension, userWritable } = classifyValue(path, platform);
  const isProgram = userWritable && CARRIED_OUT.includes(kindOf(extension));
  const folded = path.toLowerCase();
  return {
    did: "Wrote a file",
    purpose: BRINGING,
    fits: (word, category) =>
      word === "payload" || word === "" ? isProgram && BRINGING.includes(category) : folded.includes(word),
  };
}

function ofConnection(event: NetworkConnection, site: Site): Told | undefined {
  const where = event.initiated === false ? undefined : farEnd(event, site);
  if (where === undefined) return undefined;
  const port = event.destinationPort === undefined ? undefined : String(event.destinationPort);
  const did = `Reached out to ${shown(where)}`;
  return { did, purpose: REACHING, fits: (word) => word === "" || word === port };
}

/** The right to read another process's memory (winnt.h, PROCESS_VM_READ). */
const READS_MEMORY = 0x10;

function ofCall({ api, access, target, process }: OsApiExecution): Told | undefined {
  if (target.image === undefined || (target.key !== undefined && target.key === process.key)) return undefined;
  const name = baseName(target.image).toLowerCase();
  if (api === "createRemoteThread" || api === "processTampering")
    return { did: `Put code into ${shown(name)}`, purpose: [], fits: (word) => word === "target" || word === name };
  const reads = (api === "processAccess" || api === "handle") && (Number(access ?? 0) & READS_MEMORY) !== 0;
  return reads ? { did: `Opened the memory of ${shown(name)}`, purpose: [], fits: (word) => word === name } : undefined;
}

function toldBy(event: Event, site: Site): Told | undefined {
  switch (event.kind) {
    case "moduleLoad":
      return ofModule(event);
    case "fileCreation":
      return ofFile(event);
    case "networkConnection":
      return ofConnection(event, site);
    case "osApiExecution":
      return ofCall(event);
    default:
      return undefined;
  }
}

/** An event may have another reason than the one that the catalogue knows: what is hostile where the line says it is rare here. */
const MILDER: Record<Usual, Usual | undefined> = {
  routine: undefined,
  common: undefined,
  uncommon: "uncommon",
  rare: "uncommon",
  hostile: "rare",
};

/** Behaviours as events tell of them, by what was done. */
const known = new WeakMap<Behaviour, Map<string, Behaviour>>();
const MAX_KNOWN = 64;

function toldAs(behaviour: Behaviour, did: string, usual: Usual): Behaviour {
  const variants = known.get(behaviour) ?? new Map<string, Behaviour>();
  known.set(behaviour, variants);
  const made = variants.get(did) ?? {
    ...behaviour,
    title: `${did} as it does where it ${lowered(behaviour.title)} (its command line is not in these logs)`,
    usual,
    wrapper: false,
  };
  if (variants.size < MAX_KNOWN) variants.set(did, made);
  return made;
}

/** Whether a program comes with the system: what else people install reaches out for reasons of its own. */
const isOfSystem = ({ platform, homes, needed }: CatalogEntry): boolean =>
  platform === "windows" ? isWithWindows(homes) : needed === "system";

/**
 * What an event tells of a binary whose start nobody logged: the most ordinary behaviour that has such an event by the catalogue.
 * Undefined where one of them is ordinary.
 */
export function ofConfirmed(event: Event, entry: CatalogEntry, site: Site): ResolvedBehaviour | undefined {
  const told = toldBy(event, site);
  const isSystem = isOfSystem(entry);
  if (!told || (event.kind === "networkConnection" && !isSystem)) return undefined;
  const { kind } = event;
  const all = entry.behaviours.filter(({ confirmedBy, category }) =>
    confirmedBy.some(
      (text) => text.startsWith(kind) && told.fits(text.slice(kind.length).trim().toLowerCase(), category),
    ),
  );
  const [ordinary] = all.toSorted((one, other) => USUAL.indexOf(one.usual) - USUAL.indexOf(other.usual));
  if (kind === "fileCreation" && !isSystem && ordinary?.usual !== "rare" && ordinary?.usual !== "hostile")
    return undefined;
  const first = all.find(({ category }) => told.purpose.includes(category)) ?? ordinary;
  // A program that was brought along is more than a file, unless that is all day's work of a shell.
  const isBrought = kind === "fileCreation" && entry.category !== "shell" && BRINGING.includes(first?.category ?? "");
  const usual = ordinary && (isBrought && ordinary.usual === "common" ? "uncommon" : MILDER[ordinary.usual]);
  return first && usual && shownBy(event, toldAs(first, told.did, usual));
}
