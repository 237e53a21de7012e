import { classifyValue, type ValueClass } from "../cmdline/normal/classifyValue.ts";
import { baseName } from "../invocations/glob.ts";
import type { Payload } from "../model/payload.ts";
import { isInstaller } from "./parents.ts";
import { oncePerSubject, type Signal, type Subject } from "./signal.ts";
import { acted, isBareAddress, named } from "./text.ts";

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

/** Payloads that run on the binary's behalf, with their place. */
export const placed = oncePerSubject((subject): readonly { payload: Payload; place: ValueClass }[] =>
  subject.behaviour.runs
    .filter((payload) => EXECUTES.has(payload.what) && payload.where !== "inline")
    .map((payload) => ({ payload, place: classifyValue(payload.resolved ?? payload.value, subject.platform) })),
);

function first(subject: Subject, test: (place: ValueClass, payload: Payload) => boolean): Payload | undefined {
  return placed(subject).find(({ place, payload }) => test(place, payload))?.payload;
}

const isScriptLike = (payload: Payload) => payload.what !== "command" && payload.what !== "executable";

/** Folders that setup programs make for themselves: of Inno, of NSIS. */
const UNPACKED = /\\temp\\(?:is-[a-z0-9]{5}|ns[a-z0-9]{4,6})\.tmp\\/i;

/** In a folder of its own within a temporary one, as scripts of a shell lay down what they install. */
const IN_A_FOLDER = /\\te?mp\\[^\\]+\\[^\\]/i;

/** A version of two numbers or more, as makers put it into the names of what they publish: `tool-1.22.5.msi`. */
const WITH_VERSION = /[-_. ]v?\d{1,5}[._]\d{1,6}/i;

/** Whether a package in a temporary folder has a folder of its own, or the name under which its maker publishes it. */
const isPublished = (value: string, subject: Subject): boolean =>
  WITH_VERSION.test(baseName(value)) || (isPerhapsOfShell(subject) && IN_A_FOLDER.test(value));

/** A name that mktemp(1) has made up for the same text, in which its template stays: whatever a script writes for its own use lies there. */
const SCRATCH = /^\/(?:var\/)?tmp\/[^/]{0,64}X{3,64}\d{0,3}(?:\.\w{1,16})?(?:\/|$)/;

const isOrdinary = ({ behaviour: { behaviour } }: Subject) =>
  behaviour.usual === "routine" || behaviour.usual === "common";

export const temporaryPlace: Signal = {
  id: "temporary-place",
  group: "payloadPlace",
  title: "The payload lies in a temporary folder",
  needs: "runs",
  evaluate(subject) {
    const payload = first(subject, (place) => place.directoryClass === "temp");
    if (!payload) return undefined;
    const text = `It ${acted(payload)} from a temporary folder.`;
    const value = payload.resolved ?? payload.value;
    const isUnpacked = isInstaller(subject.parent) && UNPACKED.test(value);
    const isPut = payload.what === "package" && isOrdinary(subject) && isPublished(value, subject);
    const isScratch = isScriptLike(payload) && SCRATCH.test(value);
    return isUnpacked || isPut || isScratch ? { share: BESIDE_SHARE, text } : { text };
  },
};

/** Folders at the top of a drive in which administrators and developers keep what they run. Others may write there, too: half counts. */
const KEPT =
  /^(?:\\\\[?.]\\)?[a-z]:\\(?:apps|scripts?|jobs?|batch|deploy(?:ment)?|drivers?|sources?|src|builds?|projects?|projekte|repos|services|inetpub|agent|tools|software|packages|dev(?:elopment)?|code|git|work(?:spaces?)?|install(?:er)?s?|xampp|opt|_smstasksequence|minint|python\d*|perl(?:64)?|ruby[\d-]*|strawberry|cygwin(?:64)?|msys(?:64)?|oracle)(?:\\|$)/i;

/** Folders within a project in which a build leaves what it has made. */
const BUILT = /(?:^|[\\/])(?:bin|builds?|debug|release|x64|x86|win32|dist|out|target|\.libs)[\\/]/i;

/** A folder that somebody has made in the own profile: none that Windows makes there, and into which everything falls. */
const OWN =
  /^[a-z]:\\users\\(?!public\\)[^\\]+\\(?!appdata\\|desktop\\|downloads\\|documents\\|music\\|pictures\\|videos\\|favorites\\|links\\|contacts\\|searches\\|saved games\\|onedrive|local settings\\|application data\\)[^\\]+\\/i;

/** The own profile, without what arrives there from elsewhere. */
const WORKPLACE = /^[a-z]:\\users\\(?!public\\)[^\\]+\\(?!appdata\\|downloads\\)/i;

/** What people write or unpack for themselves; libraries and settings come with installed software. */
const WORKED_ON = new Set(["script", "command", "executable", "package"]);

/** Where tools of developers keep a project each, in the folder of whoever works on it. */
const PROJECTS =
  /^[a-z]:\\users\\(?!public\\)[^\\]+\\(?:(?:source\\)?repos|documents\\github|documents\\visual studio \d{4}\\projects|(?:idea|pycharm|clion|rider|webstorm|androidstudio)projects|eclipse-workspace)\\+[^\\]+\\/i;

/** A folder of its own at the top of a drive, as programs without an installer are kept; not those that are there anyway. */
const PROGRAM =
  /^[a-z]:\\(?!perflogs\\|intel\\|amd\\|nvidia\\|recovery\\|recycler\\|\$|boot\\|msocache\\|config\.msi\\|system volume information\\|logs?\\)[^\\]+\\/i;

/** Software has an order of its own in its folder; what was just put somewhere lies at the top. */
const WITHIN_PROGRAM = /^[a-z]:\\[^\\]+\\+[^\\]+\\/i;

/** Libraries that are made to be registered, and that nobody expects to be called in another way. */
const COMPONENT = /\.(?:ocx|ax|olb|tlb)$/i;

/** What scripts of shells and installers make known to Windows, out of the folder of the program that it is a part of. */
const REGISTERED = new Set(["library", "assembly", "installerInfo"]);

/** Where installers put what one user has asked for. */
const FOR_ONE_USER = /^[a-z]:\\users\\[^\\]+\\appdata\\local\\(?!temp\\|microsoft\\windows\\)[^\\]+\\/i;

/** What is set up and lies in the folder that a program has in a profile: few programs that one user installs have no such task. */
const OF_ONE_USER =
  /^(?:[a-z]:\\users\\[^\\]+\\appdata\\(?:local|roaming)|%(?:local)?appdata%)\\(?!temp\\|microsoft\\windows\\)[^\\]+\\/i;

function windowsShare({ directoryClass }: ValueClass, payload: Payload, subject: Subject): number {
  const { what, value } = payload;
  const { category } = subject.behaviour.behaviour;
  if (directoryClass === "relative") return what === "package" || BUILT.test(value) ? KEPT_SHARE : 1;
  if ((directoryClass === "profile" || directoryClass === "other") && isOwnApplication(payload, subject))
    return BESIDE_SHARE;
  if (directoryClass === "profile") {
    if (!isOrdinary(subject)) return 1;
    // What somebody builds in a folder of the own is tried where it was made.
    if (isOfShell(subject) && WORKED_ON.has(what) && OWN.test(value) && BUILT.test(value)) return KEPT_SHARE;
    const isMade =
      (isOfShell(subject) && (PROJECTS.test(value) || (WORKPLACE.test(value) && BUILT.test(value)))) ||
      (WORKED_ON.has(what) && OWN.test(value)) ||
      (FOR_ONE_USER.test(value) && isInstaller(subject.parent)) ||
      (category === "persist" && isLoggedByKeeper(subject) && OF_ONE_USER.test(value));
    return isMade ? MADE_SHARE : 1;
  }
  if (directoryClass !== "other") return 1;
  // A package is brought from somewhere, and is at home in no folder of installed software.
  if (KEPT.test(value) || (what === "package" && isOrdinary(subject))) return KEPT_SHARE;
  const isPart = WITHIN_PROGRAM.test(value) || COMPONENT.test(value);
  const isRegistered = REGISTERED.has(what) && (isInstaller(subject.parent) || (isPerhapsOfShell(subject) && isPart));
  const isKept =
    category === "persist"
      ? WORKED_ON.has(what)
      : isRegistered || isShellsScript(payload, subject) || (what === "document" && HELP.test(value));
  return isOrdinary(subject) && isKept && PROGRAM.test(value) ? MADE_SHARE : 1;
}

/** Whether a log of services or tasks tells of it, which says how each of them was set up. */
const isLoggedByKeeper = ({ byEngine, outer, invocation }: Subject): boolean =>
  byEngine === true && outer.length === 0 && invocation.entry?.category !== "shell";

/** The part of the weight that a folder carries: what users run on Linux lies in their home, but seldom in a hidden folder of it. */
function shareOf(place: ValueClass, payload: Payload, subject: Subject): number {
  if (payload.what === "document" && DOCUMENTS.test(payload.value)) return MADE_SHARE;
  if (subject.platform === "windows") return windowsShare(place, payload, subject);
  if (place.directoryClass === "relative") return BUILT.test(payload.value) ? KEPT_SHARE : 1;
  return place.directoryClass === "profile" && !payload.value.includes("/.") ? HOME_SHARE : 1;
}

/** Where people save what they have made; what they are sent lies in Downloads, on the desktop, and in temporary folders. */
const DOCUMENTS = /^[a-z]:\\users\\[^\\]+\\documents\\/i;

/** What stands in a script of a shell, or is typed into one, lies beside the script or where somebody works. */
const SHELL = /^(?:cmd|powershell|pwsh|bash|sh)(?:\.exe)?$/i;
/** Kinds that batch files come with; a library without a folder is what is dropped where somebody happens to be. */
const LIES_BESIDE = new Set(["installerInfo", "executable"]);
const PLAIN_SCRIPT = /\.(?:vbs|js|wsf|ps1|cmd|bat)$/i;

/** Help that was unpacked beside the program that it belongs to, or is read as a book. */
const HELP = /\.chm$/i;

const isOfShell = ({ parent, outer }: Subject) => outer.length === 0 && parent !== undefined && SHELL.test(parent);

/** The same where no log says who started it: the lines of scripts and instructions are carried out by shells. They do not start shells. */
const isPerhapsOfShell = (subject: Subject) =>
  isOfShell(subject) ||
  (subject.outer.length === 0 && subject.parent === undefined && subject.invocation.entry?.category !== "shell");

function isShellsScript({ what, value }: Payload, subject: Subject): boolean {
  return what === "script" && PLAIN_SCRIPT.test(value) && isPerhapsOfShell(subject);
}

/** An HTML application with what belongs to it in a folder of its own, as administrators and developers make them for a window. */
function isOwnApplication({ what, value }: Payload, subject: Subject): boolean {
  const isMade = what === "script" && APPLICATION.test(value) && (OWN.test(value) || PROGRAM.test(value));
  return isMade && isPerhapsOfShell(subject);
}

const APPLICATION = /\.hta(?:\?[^\\]*)?$/i;

function isBesideShell(payload: Payload, subject: Subject): boolean {
  return isShellsScript(payload, subject) || (LIES_BESIDE.has(payload.what) && isOfShell(subject));
}

const MADE_SHARE = 0.7;
const BESIDE_SHARE = 0.4;
const KEPT_SHARE = 0.3;
const HOME_SHARE = 0.6;

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
    const place = classifyValue(payload.resolved ?? payload.value, subject.platform);
    const beside = place.directoryClass === "relative" && isBesideShell(payload, subject);
    const share = beside ? BESIDE_SHARE : shareOf(place, payload, subject);
    return { share, text: `It ${acted(payload)} from a folder that users can write to.` };
  },
};

/** A file at the root of Linux: only root writes there, and images of containers keep their own scripts and settings so. */
const AT_ROOT = /^\/[^/]+$/;

export const unusualPlace: Signal = {
  id: "unusual-place",
  group: "payloadPlace",
  title: "The payload lies outside the places of installed software",
  needs: "runs",
  evaluate(subject) {
    const payload = first(
      subject,
      (place, p) => place.directoryClass === "other" && p.where === "local" && !place.userWritable,
    );
    if (!payload) return undefined;
    const text = `It ${acted(payload)}, which is not in a folder of installed software.`;
    return subject.platform === "linux" && AT_ROOT.test(payload.value) ? { share: KEPT_SHARE, text } : { text };
  },
};

/** Whether the process works in a folder of the system or of installed software, where only administrators put files. */
function isKeptFromUsers({ currentDirectory, platform }: Subject): boolean {
  if (!currentDirectory) return false;
  const { directoryClass, userWritable } = classifyValue(currentDirectory, platform);
  return !userWritable && (directoryClass === "system" || directoryClass === "programFiles");
}

/** A package by its name alone comes from wherever packages are kept; one in the working directory ends as a file of its kind. */
const isOfRepository = ({ what, value }: Payload): boolean => what === "package" && /^[^\\/.]+$/.test(value);

function relativeText(payload: Payload): string {
  if (isOfRepository(payload)) return `It names ${named(payload)} without saying where it comes from.`;
  return /[\\/]/.test(payload.value)
    ? `It names ${named(payload)} by a path from the working directory, which so decides what runs.`
    : `It names ${named(payload)} without a folder, so the working directory decides what runs.`;
}

export const relativePlace: Signal = {
  id: "relative-place",
  group: "payloadPlace",
  title: "The payload is named without a folder",
  needs: "runs",
  evaluate(subject) {
    if (isKeptFromUsers(subject)) return undefined;
    // A value that begins with a variable may well hold a folder; what it holds is not in the log.
    const payload = first(
      subject,
      (place, p) =>
        place.directoryClass === "relative" && isScriptLike(p) && !p.value.startsWith("$") && !isBareAddress(p),
    );
    if (!payload) return undefined;
    const told = { text: relativeText(payload), ...(payload === writable(subject) && { covers: "writable-place" }) };
    if (isBesideShell(payload, subject)) return { share: BESIDE_SHARE, ...told };
    // Vendors write their installations down so, and scripts of administrators repeat it.
    const share = payload.what === "package" || BUILT.test(payload.value) ? KEPT_SHARE : 1;
    return { share, ...told };
  },
};

/** Windows keeps a few programs at the top of its own folder, but no library that others load: the scanners' is the one exception. */
const TOP_OF_WINDOWS = /^(?:[a-z]:\\windows|%(?:systemroot|windir)%)\\(?!twain(?:_\d\d)?\.dll$)[^\\]+$/i;
const LOADED = new Set(["library", "assembly", "scriptlet"]);

/** Whether a library of Windows lies where the system keeps none. */
export const isAtTop = ({ what, value, resolved = value }: Payload): boolean =>
  LOADED.has(what) && TOP_OF_WINDOWS.test(resolved);

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
        (place.directoryClass === "system" && !isAtTop(payload)) || place.directoryClass === "programFiles",
    );
    const [one] = installed;
    if (!one || installed.length < all.length) return undefined;
    return { text: `It ${acted(one.payload)} from a folder that only administrators can write to.` };
  },
};
