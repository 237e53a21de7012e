import { classifyAddress, classifyForm, type ValueClass } from "../cmdline/normal/classify.ts";
import { baseName } from "../invocations/glob.ts";
import { type Payload, resolvedOf } from "../model/payload.ts";
import { hasVersion, IN_A_FOLDER, isNamed, isPublished, ROLE } from "./published.ts";
import { oncePerSubject, type Signal, type Subject } from "./signal.ts";
import { isInstaller, isOfInstaller, isOfShell, isOrdinary, isPerhapsOfShell } from "./starters.ts";
import { acted, isPlace } from "./text.ts";
import { BUILT } from "./windows-folders.ts";
import {
  BESIDE_SHARE,
  DOCUMENTS,
  isBesideShell,
  KEPT_SHARE,
  MADE_SHARE,
  PATCH,
  windowsShare,
} from "./windows-places.ts";

const HOME_SHARE = 0.6;

/** Payloads whose place says something: those that execute and are named by a file. */
const EXECUTES = new Set([
  "library",
  "executable",
  "script",
  "scriptlet",
  "package",
  "installerInfo",
  "project",
  "assembly",
  "document",
  "command",
  "config",
]);

/** What runs on the binary's behalf; a shell between the two makes nothing safer. */
function carriedOut({ behaviour: { behaviour, runs }, behindShell }: Subject): readonly Payload[] {
  const isActor = !behaviour.wrapper && runs.some(({ what }) => what === "command");
  return isActor ? [...runs, ...behindShell] : runs;
}

/** Payloads that run on the binary's behalf, with their place. */
export const placed = oncePerSubject((subject): readonly { payload: Payload; place: ValueClass }[] =>
  carriedOut(subject)
    .filter(
      (payload) =>
        EXECUTES.has(payload.what) &&
        payload.where !== "inline" &&
        !isPlace(payload) &&
        !isOfRegistry(payload, subject),
    )
    .map((payload) => ({ payload, place: placeOf(payload, subject) })),
);

/** A name that only a service elsewhere makes sense of lies in no folder, however it is written. */
const isKeyOfService = ({ where, value }: Payload): boolean =>
  where === "web" && /^(?:(?:s3|gs|az|abfss?|wasbs?):\/\/|(?:github|gitlab|bitbucket|gist):)/i.test(value);

function placeOf(payload: Payload, subject: Subject): ValueClass {
  const path = pathOf(payload, subject);
  return isKeyOfService(payload) ? classifyAddress(path) : classifyForm(path, subject.platform);
}

/**
 * What the binary hands its arguments to by its bare name is the system's own: Windows looks beside the program first, and there it lies.
 * https://learn.microsoft.com/windows/win32/dlls/dynamic-link-library-search-order
 */
function pathOf(payload: Payload, { behaviour: { behaviour } }: Subject): string {
  const { what, value } = payload;
  const { library, usual } = behaviour;
  // What is never normal becomes no more ordinary by where it lies.
  if (library === undefined || usual === "hostile" || what !== "library") return resolvedOf(payload);
  return isCalled(value, library) ? `C:\\Windows\\System32\\${library}` : resolvedOf(payload);
}

/** Whether a library is named by its bare name, with its ending or without. */
export function isCalled(value: string, library: string): boolean {
  const name = value.toLowerCase();
  return name === library || `${name}.dll` === library;
}

export function first(subject: Subject, test: (place: ValueClass, payload: Payload) => boolean): Payload | undefined {
  return placed(subject).find(({ place, payload }) => test(place, payload))?.payload;
}

export const isScriptLike = (payload: Payload) => payload.what !== "command" && payload.what !== "executable";

/** Folders that setup programs make for themselves: of Inno, of NSIS. */
const UNPACKED = /\\temp\\(?:is-[a-z0-9]{5}|ns[a-z0-9]{4,6})\.tmp\\/i;

/** A name that mktemp(1) has made up for the same text, in which its template stays: whatever a script writes for its own use lies there. */
const SCRATCH = /^\/(?:var\/)?tmp\/[^/]{0,64}X{3,64}\d{0,3}(?:\.\w{1,16})?(?:\/|$)/;

/** Without its banner, so that nothing stands in the answer but what the script says. */
const ANSWERS = / \/\/nologo(?= |$)/i;

/** A script that a shell has written down for what it cannot do itself, and whose answer it reads from the console. Its name says for what. */
const isOfConsole = ({ what, value }: Payload, subject: Subject): boolean =>
  what === "script" &&
  subject.invocation.entry?.id === "windows/cscript" &&
  (isOfShell(subject) || (isPerhapsOfShell(subject) && ANSWERS.test(subject.invocation.canonical))) &&
  isNamed(baseName(value));

/** A driver that somebody has unpacked in order to install it; Windows asks for its signature. */
const isDriver = (payload: Payload, subject: Subject): boolean =>
  payload.what === "installerInfo" &&
  subject.behaviour.behaviour.category === "execute" &&
  (isPerhapsOfShell(subject) || isOfInstaller(subject)) &&
  IN_A_FOLDER.test(resolvedOf(payload));

/** In /tmp in plain view: images of containers and notes of vendors fetch a package there, and have the package manager install it. */
const IN_TMP = /^\/(?:var\/)?tmp\/(?:[^./][^/]*\/)*[^./][^/]*$/;

/** Whether somebody has laid down the package of a distribution under the name of its software: only root installs it. */
function isFetched(payload: Payload): boolean {
  const name = baseName(payload.value);
  return IN_TMP.test(resolvedOf(payload)) && (isNamed(name) || hasVersion(name) || ROLE.test(name));
}

const isInstallable = (payload: Payload, subject: Subject): boolean =>
  subject.platform === "linux" ? isFetched(payload) : PATCH.test(resolvedOf(payload)) || isPublished(payload, subject);

/** What lies in a temporary folder. */
export const temporary = (subject: Subject): Payload | undefined =>
  first(subject, (place) => place.directoryClass === "temp");

export const temporaryPlace: Signal = {
  id: "temporary-place",
  group: "payloadPlace",
  title: "The payload lies in a temporary folder",
  needs: "runs",
  evaluate(subject) {
    const payload = temporary(subject);
    if (!payload) return undefined;
    const text = `It ${acted(payload)} from a temporary folder.`;
    const value = resolvedOf(payload);
    const isOfSetup = subject.parent === undefined ? isOrdinary(subject) : isInstaller(subject.parent);
    const isUnpacked = isOfSetup && UNPACKED.test(value);
    const isPut =
      isOrdinary(subject) &&
      (payload.what === "package" ? isInstallable(payload, subject) : isDriver(payload, subject));
    const isScratch = isScriptLike(payload) && (SCRATCH.test(value) || isOfConsole(payload, subject));
    return isUnpacked || isPut || isScratch ? { share: BESIDE_SHARE, text } : { text };
  },
};

/** The part of the weight that a folder carries: what users run on Linux lies in their home, but seldom in a hidden folder of it. */
function shareOf(place: ValueClass, payload: Payload, subject: Subject): number {
  if (payload.what === "document" && DOCUMENTS.test(payload.value)) return MADE_SHARE;
  if (subject.platform === "windows") return windowsShare(place, payload, subject);
  if (place.directoryClass === "relative") return BUILT.test(payload.value) ? KEPT_SHARE : 1;
  return place.directoryClass === "profile" ? homeShare(resolvedOf(payload), subject) : 1;
}

/** A hidden file or folder in a user's home. */
const HIDDEN_AT_HOME = /^(?:~|\/root|\/home\/[^/]+)\/\.(?=[^/])/;

/** Hidden folders in which the programs of one user are at home. Source: XDG Base Directory, and the documentation of the tools. */
const OF_TOOLS =
  /^(?:local\/(?:bin|lib|share|pipx)|cargo|rustup|nvm|volta|asdf|pyenv|rbenv|sdkman|ghcup|opam|dotnet|bun|deno|krew|npm-global|vscode(?:-server)?)\//;

/** The part for what lies in a home. What is hidden there counts whole, but for tools, and for what a program keeps of itself. */
function homeShare(path: string, { invocation: { binary } }: Subject): number {
  if (!path.includes("/.")) return HOME_SHARE;
  const hidden = HIDDEN_AT_HOME.exec(path)?.[0];
  if (hidden === undefined) return 1;
  const below = path.slice(hidden.length);
  if (below.includes("/.")) return 1;
  if (OF_TOOLS.test(below)) return HOME_SHARE;
  const own = below.replace(/^config\//, "");
  const isOwn = own.startsWith(binary.name) && (binary.name.length > 2 || !/^\w/.test(own.slice(binary.name.length)));
  return isOwn ? KEPT_SHARE : 1;
}

/** What lies where any user can write, temporary folders aside. */
export const writable = (subject: Subject): Payload | undefined =>
  first(subject, (place) => place.userWritable && place.where === "local" && place.directoryClass !== "temp");

export const writablePlace: Signal = {
  id: "writable-place",
  group: "payloadPlace",
  title: "The payload lies where any user can write",
  needs: "runs",
  evaluate(subject) {
    const payload = writable(subject);
    if (!payload) return undefined;
    const place = classifyForm(resolvedOf(payload), subject.platform);
    const beside = place.directoryClass === "relative" && isBesideShell(payload, subject);
    const share = beside ? BESIDE_SHARE : shareOf(place, payload, subject);
    return { share, text: `It ${acted(payload)} from a folder that users can write to.` };
  },
};

/**
 * The part of the weight that a folder at the root of Linux carries: only root writes there, and images of containers keep their own scripts
 * and settings so (`/entrypoint.sh`), and what they are there for in a folder of its own (`/app`), as servers do with disks (`/data`).
 */
function rootShare(path: string): number {
  if (path.includes("/.")) return 1;
  return /^\/[^/]+$/.test(path) ? KEPT_SHARE : HOME_SHARE;
}

/** What lies outside of all places of software, though users cannot put it there. */
export const unusual = (subject: Subject): Payload | undefined =>
  first(subject, (place, p) => place.directoryClass === "other" && p.where === "local" && !place.userWritable);

export const unusualPlace: Signal = {
  id: "unusual-place",
  group: "payloadPlace",
  title: "The payload lies outside the places of installed software",
  needs: "runs",
  evaluate(subject) {
    const payload = unusual(subject);
    if (!payload) return undefined;
    const text = `It ${acted(payload)}, which is not in a folder of installed software.`;
    return subject.platform === "linux" ? { share: rootShare(resolvedOf(payload)), text } : { text };
  },
};

/** An image that is called by its path in a registry, and by that registry's host where it is not the usual one. */
const isOfRegistry = ({ what, value }: Payload, { behaviour: { techniques } }: Subject): boolean =>
  what === "package" && /[/:]/.test(value) && !/^[./]/.test(value) && techniques.includes("T1610");

/** Windows keeps a few programs at the top of its own folder, but no library that others load: the scanners' is the one exception. */
const TOP_OF_WINDOWS = /^(?:[a-z]:\\windows|%(?:systemroot|windir)%)\\(?!twain(?:_\d\d)?\.dll$)[^\\]+$/i;
const LOADED = new Set(["library", "assembly", "scriptlet"]);

/** Whether a library of Windows lies where the system keeps none. */
export const isAtTop = (payload: Payload): boolean =>
  LOADED.has(payload.what) && TOP_OF_WINDOWS.test(resolvedOf(payload));

/** What a variable decides lies where that points, which whoever starts the program may have changed. */
const isOpen = ({ where, value }: Payload): boolean => where === "environment" && value.startsWith("%");

export const installedPlace: Signal = {
  id: "installed-place",
  group: "ordinary",
  title: "The payload is part of the system or of installed software",
  needs: "runs",
  evaluate(subject) {
    // Where the way itself is seldom used, an innocent target makes it no more ordinary: it may be a first try.
    const { usual } = subject.behaviour.behaviour;
    if (usual === "rare" || usual === "hostile") return undefined;
    const all = placed(subject);
    const installed = all.filter(
      ({ place, payload }) =>
        !isOpen(payload) &&
        !place.userWritable &&
        ((place.directoryClass === "system" && !isAtTop(payload)) || place.directoryClass === "programFiles"),
    );
    const [one] = installed;
    if (!one || installed.length < all.length) return undefined;
    const who = subject.platform === "linux" ? "root" : "administrators";
    return { text: `It ${acted(one.payload)} from a folder that only ${who} can write to.` };
  },
};
