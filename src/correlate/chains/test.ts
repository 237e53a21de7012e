import type { StepTest } from "../../catalog/chains/types.ts";
import { classifyValue } from "../../cmdline/normal/classify.ts";
import { identity } from "../../cmdline/normal/identity.ts";
import { hostOf } from "../../cmdline/normal/reach.ts";
import { glob } from "../../invocations/glob.ts";
import type { Event } from "../../model/event.ts";
import { isStray } from "../../signals/loose.ts";
import { isSigned } from "../facts/fact.ts";
import { farEnd, farNames } from "../facts/network.ts";
import type { Site } from "../site/site.ts";
import { lowerName, payloadPaths, type Seen, type SeenPath } from "./seen.ts";

/** Whether a glob fits one of the texts; a missing text fits none, and so passes every `not`. */
const fits = (globs: readonly string[] | undefined, text: string | undefined): boolean =>
  globs === undefined || (text !== undefined && globs.some((one) => glob(one, text)));
const avoids = (globs: readonly string[] | undefined, text: string | undefined): boolean =>
  globs === undefined || text === undefined || !globs.some((one) => glob(one, text));

const NO_PATHS: readonly SeenPath[] = [];

/** A name without a folder tells of no place. */
const isBare = (id: string) => !/[\\/:]/.test(id);

/** What is known around an event. */
export interface Knowledge {
  /** Whether a file carries the mark of the web. */
  fromWeb(id: string): boolean;
  readonly site: Site;
  /** Whether a past that is old enough to say knows nothing like what an event's program did there. */
  isNew(event: Event): boolean;
}

/** What a test asks of a path; `fromWeb` is what the host remembers of the file. */
function pathPasses(test: StepTest, path: SeenPath, platform: Event["platform"], fromWeb: boolean): boolean {
  const { path: globs, notPath, extension, place, trusted, remote, fromWeb: marked } = test;
  const raw = path.shown.toLowerCase();
  if (globs && !globs.some((one) => glob(one, raw) || glob(one, path.id))) return false;
  if (notPath?.some((one) => glob(one, raw) || glob(one, path.id))) return false;
  if (marked !== undefined && marked !== fromWeb) return false;
  if (extension === undefined && place === undefined && trusted === undefined && remote === undefined) return true;
  const found = classifyValue(path.id, platform);
  if (extension && !extension.includes(found.extension)) return false;
  if (remote !== undefined && remote !== (found.where === "web" || found.where === "share")) return false;
  if (place && (isBare(path.id) || !place.includes(found.directoryClass.toLowerCase()))) return false;
  if (trusted === undefined) return true;
  if (isBare(path.id)) return false;
  const kept = ["system", "programFiles"].includes(found.directoryClass) && !found.userWritable;
  return trusted === kept;
}

/** Whether the acting program lies as a test asks: where only administrators put programs (the system, installed software), or where none is at home. */
function isTrusted(trust: readonly string[], { event: { process, platform }, isStray }: Seen): boolean {
  const { image } = process;
  if (image === undefined) return false;
  if (isStray && trust.includes("stray")) return true;
  const { directoryClass, userWritable } = classifyValue(image, platform);
  return !userWritable && trust.includes(directoryClass === "programFiles" ? "installed" : directoryClass);
}

/** Version information that says nothing. */
const UNSAID = /^(?:-|\?)?$/;

function isMadeBy({ company, notCompany }: StepTest, event: Event): boolean {
  if (!company && !notCompany) return true;
  const made = event.kind === "moduleLoad" ? event.company?.trim().toLowerCase() : undefined;
  const said = made === undefined || UNSAID.test(made) ? undefined : made;
  return fits(company, said) && avoids(notCompany, said);
}

/** What a test asks of a shortcut besides its target. */
function isShortcut({ workingIn, icon, notIcon }: StepTest, event: Event): boolean {
  if (!workingIn && !icon && !notIcon) return true;
  if (event.kind !== "shortcut") return false;
  const picture = event.icon?.toLowerCase();
  return fits(workingIn, event.workingDirectory?.toLowerCase()) && fits(icon, picture) && avoids(notIcon, picture);
}

function eventPasses(test: StepTest, event: Event, { site, isNew }: Knowledge): boolean {
  if (test.api && !(event.kind === "osApiExecution" && test.api.includes(event.api.toLowerCase()))) return false;
  if (test.access !== undefined) {
    if (event.kind !== "osApiExecution") return false;
    // Starting a thread in another process needs no separate right to be named.
    const rights = event.api === "createRemoteThread" ? test.access : Number(event.access ?? Number.NaN);
    if (Number.isNaN(rights) || (rights & test.access) !== test.access) return false;
  }
  if (test.notAccess && event.kind === "osApiExecution" && test.notAccess.includes(event.access?.toLowerCase() ?? ""))
    return false;
  if (!isMadeBy(test, event)) return false;
  if (test.signed !== undefined && !(event.kind === "moduleLoad" && isSigned(event.signature) === test.signed))
    return false;
  if (test.external !== undefined) {
    if (event.kind !== "networkConnection") return false;
    if ((farEnd(event, site) !== undefined) !== test.external) return false;
  }
  if (test.notHash && "hashes" in event) {
    const hashes = event.hashes?.toLowerCase() ?? "";
    if (test.notHash.some((hash) => hashes.includes(hash))) return false;
  }
  if (test.firstSeen !== undefined && isNew(event) !== test.firstSeen) return false;
  if (!isShortcut(test, event)) return false;
  return valuePasses(test, event);
}

/** Whether the site lists the far end, the files, or the hosts that payloads come from, as hostile. */
function isListed({ event }: Seen, paths: readonly SeenPath[], site: Site): boolean {
  if (event.kind === "networkConnection") return site.isListed(farNames(event));
  if ("hashes" in event && site.isListedFile(event.hashes)) return true;
  return paths.some(({ shown }) => {
    const host = hostOf(shown);
    return host !== undefined && site.isListed([host]);
  });
}

function valuePasses(test: StepTest, event: Event): boolean {
  if (!test.value && !test.notValue) return true;
  const value =
    event.kind === "registryKeyModification"
      ? event.value
      : event.kind === "processCreation"
        ? event.commandLine
        : undefined;
  const text = value?.slice(0, 4096).toLowerCase();
  return fits(test.value, text) && avoids(test.notValue, text);
}

/** Whether a test asks anything of a path. */
const asksOfPath = ({ path, extension, place, trusted, remote, fromWeb }: StepTest): boolean =>
  path !== undefined ||
  extension !== undefined ||
  place !== undefined ||
  trusted !== undefined ||
  remote !== undefined ||
  fromWeb !== undefined;

const folderOf = (id: string) => id.slice(0, Math.max(id.lastIndexOf("\\"), id.lastIndexOf("/")) + 1);

const isBeside = (id: string, { process: { image }, platform }: Event): boolean =>
  image !== undefined && folderOf(identity(image, platform)) === folderOf(id);

/** Whether a test leaves a program out by its name. Where no such program lies, its name speaks for nobody. */
const isLeftOut = ({ notImage }: StepTest, name: string | undefined, stray: boolean): boolean =>
  !stray && !avoids(notImage, name);

/** What a test asks of the program that acts, and of the behaviours that it shows. */
function isDoneBy(test: StepTest, { image, isStray, behaviours }: Seen): boolean {
  // Most events show no behaviour, and most tests ask for one.
  if (test.behaviour && behaviours.length === 0) return false;
  if (!fits(test.image, image) || isLeftOut(test, image, isStray)) return false;
  return !test.behaviour || behaviours.some(({ id }) => fits(test.behaviour, id));
}

/** What is to be told of a path that the path alone does not tell. */
interface PathFacts {
  fromWeb(id: string): boolean;
  isBeside(id: string): boolean;
}

/** What a test asks of the program, of the behaviours and of the path: but for the facts all that rests on nothing else of the event. */
function pathsOf(test: StepTest, seen: Seen, facts: PathFacts): readonly SeenPath[] | undefined {
  const { event, behaviours } = seen;
  if (!isDoneBy(test, seen)) return undefined;
  let paths: readonly SeenPath[] = NO_PATHS;
  if (test.behaviour) {
    const shown = behaviours.filter(({ id }) => fits(test.behaviour, id));
    paths = payloadPaths(shown, event.platform);
  } else if (seen.path) paths = [seen.path];
  if (test.beside !== undefined) paths = paths.filter(({ id }) => facts.isBeside(id) === test.beside);
  const asks = asksOfPath(test) || test.beside !== undefined;
  if (!asks && !test.notPath) return paths;
  const passing = paths.filter((path) => pathPasses(test, path, event.platform, facts.fromWeb(path.id)));
  return passing.length === 0 && (asks || paths.length > 0) ? undefined : passing;
}

/**
 * Whether an event may pass a test, as far as its kind, program, path and resolution tell: false means that `passes` yields nothing
 * for any event that has these. A process start that was resolved has the command line that was.
 */
export function mayPass(test: StepTest, seen: Seen): boolean {
  if (!hasBinary(test, seen)) return false;
  const wanted = { fromWeb: () => test.fromWeb ?? false, isBeside: () => test.beside ?? false };
  if (pathsOf(test, seen, wanted) === undefined) return false;
  return !seen.invocations || valuePasses(test, seen.event);
}

/** The same, as far as its program and what that shows tell: nothing but `image`, `binaries` and `behaviours`. */
export function mayBeDoneBy(test: StepTest, seen: Seen): boolean {
  return hasBinary(test, seen) && isDoneBy(test, seen);
}

/** The same, as far as who started its program tells. */
export function mayBeStartedBy({ parent, notParent }: StepTest, seen: Seen): boolean {
  return fits(parent, seen.parent) && avoids(notParent, seen.parent);
}

function hasBinary(test: StepTest, { binaries, image }: Seen): boolean {
  return !test.binary || test.binary.some((name) => binaries.includes(name) || image === name);
}

/** The paths by which an event passes a test; undefined where it does not. Where a test asks nothing of a path, all paths do. */
export function passes(test: StepTest, seen: Seen, known: Knowledge): readonly SeenPath[] | undefined {
  const { event, image } = seen;
  if (!fits(test.image, image)) return undefined;
  if (!mayBeStartedBy(test, seen)) return undefined;
  if (!fits(test.user, event.user?.toLowerCase())) return undefined;
  if (test.bare !== undefined && test.bare !== seen.bare) return undefined;
  if (test.documented !== undefined && test.documented !== seen.documented) return undefined;
  if (test.score !== undefined && (seen.pending?.judgement.scored.score ?? 0) < test.score) return undefined;
  const target = lowerName(seen.target?.image);
  if (!fits(test.target, target) || !avoids(test.notTarget, target)) return undefined;
  if (!hasBinary(test, seen)) return undefined;
  if (test.trust && !isTrusted(test.trust, seen)) return undefined;
  if (!eventPasses(test, event, known)) return undefined;
  const paths = pathsOf(test, seen, { fromWeb: known.fromWeb, isBeside: (id) => isBeside(id, event) });
  if (paths && test.listed !== undefined && isListed(seen, paths, known.site) !== test.listed) return undefined;
  return paths;
}

/** What is asked of a file or registry value that is only remembered: who wrote it, and where. */
export function passesRemembered(
  tests: readonly StepTest[],
  by: string | undefined,
  path: SeenPath,
  platform: Event["platform"],
  fromWeb: boolean,
): boolean {
  const image = lowerName(by);
  const stray = by !== undefined && isStray(by, platform);
  return (
    tests.length === 0 ||
    tests.some(
      (test) => fits(test.image, image) && !isLeftOut(test, image, stray) && pathPasses(test, path, platform, fromWeb),
    )
  );
}
