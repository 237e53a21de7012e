import type { ValueClass } from "../cmdline/normal/classify.ts";
import { baseName } from "../invocations/glob.ts";
import { type Payload, resolvedOf } from "../model/payload.ts";
import { isBesideBatch } from "./batch.ts";
import { IN_PROGRAM_DATA, isKept, isKeptApart, isRolledOutThere, PROGRAM } from "./kept.ts";
import { hasVersion, isNamed, isTitled } from "./published.ts";
import { isCalledSo, isComponent, isRegisteredInView } from "./registered.ts";
import type { Subject } from "./signal.ts";
import {
  isInstaller,
  isLoggedByKeeper,
  isOfBuild,
  isOfDesk,
  isOfInstalled,
  isOfOtherHost,
  isOfShell,
  isOfTask,
  isOrdinary,
  isPerhapsOfDesk,
  isPerhapsOfShell,
  isRolledOut,
} from "./starters.ts";
import {
  BUILT,
  FOR_ONE_USER,
  OF_ONE_USER,
  OUTPUT,
  OWN,
  PROGRAMS,
  PROJECTS,
  UNPACKED_BY_HAND,
  WITHIN_PROGRAM,
  WORKPLACE,
} from "./windows-folders.ts";

/** How much of a folder's weight counts: of what a profile or a program of its own holds; of what lies beside a script; of what is kept. */
export const MADE_SHARE = 0.7;
export const BESIDE_SHARE = 0.4;
export const KEPT_SHARE = 0.3;

/** What people write or unpack for themselves; libraries and settings come with installed software. */
const WORKED_ON = new Set(["script", "command", "executable", "package"]);

/** What scripts of shells and installers make known to Windows, out of the folder of the program that it is a part of. */
const REGISTERED = new Set(["library", "assembly", "installerInfo"]);

/** What a shell tries that was built at the top of a drive, as it does with what is built in a folder of the own. */
const isTried = ({ what, value }: Payload, subject: Subject): boolean =>
  WORKED_ON.has(what) && OUTPUT.test(value) && PROGRAM.test(value) && isNamed(baseName(value)) && isOfShell(subject);

/** A program that an installer has put where Windows wants those of one user, and that is to start by itself. */
const isOfOneUser = ({ what, value }: Payload, { behaviour: { behaviour } }: Subject): boolean =>
  what === "executable" && behaviour.category === "persist" && PROGRAMS.test(value) && isNamed(baseName(value));

/** What a build has left in the own profile. */
const isBuiltHere = (value: string): boolean => WORKPLACE.test(value) && BUILT.test(value);

/** Assemblies, and the services that one of them holds. */
const isSetUp = ({ what }: Payload, { behaviour: { techniques } }: Subject): boolean =>
  what === "assembly" || (what === "executable" && techniques.includes("T1218.004"));

/** What is unpacked and set up by hand: components and INF files, and libraries in plain view; none that anybody may call. */
function isUnpacked(payload: Payload, subject: Subject): boolean {
  const { what, value } = payload;
  if (isSetUp(payload, subject)) return (AT_HAND.test(value) || isBuiltHere(value)) && isNamed(baseName(value));
  if (isRegisteredInView(payload, subject) && (AT_HAND.test(value) || OWN.test(value))) return true;
  return (what === "installerInfo" || (what === "library" && isComponent(value))) && UNPACKED_BY_HAND.test(value);
}

/** In a folder of its own where people keep what they work with; what arrives is saved elsewhere. */
const AT_HAND =
  /^[a-z]:\\users\\(?!public\\)[^\\]+\\(?:onedrive[^\\]*|(?:onedrive[^\\]*\\)?(?:desktop|documents))\\[^\\]+[\\/]+[^\\/]/i;

/** On the desktop itself: where people lay down what they start themselves, and save what they are sent, too. */
const ON_DESKTOP = /^[a-z]:\\users\\(?!public\\)[^\\]+\\(?:onedrive[^\\]*\\)?desktop\\[^\\]+$/i;

/** Scripts for people who use Windows; those of the web arrive in mails and archives, and open by a click as well. */
const CLICKED = /\.(?:vbs|wsf|ps1|cmd|bat)$/i;

/** A script that somebody starts at a desk. */
const isOfHand = ({ what, value }: Payload, subject: Subject): boolean =>
  what === "script" && isOfDesk(subject) && (isOfShell(subject) ? PLAIN_SCRIPT : CLICKED).test(value);

/** A script, or what a console has saved, on the own desktop. */
const isAtDesk = (payload: Payload, subject: Subject): boolean =>
  ON_DESKTOP.test(resolvedOf(payload)) &&
  (isOfHand(payload, subject) || (/\.msc$/i.test(payload.value) && isPerhapsOfDesk(subject) && !isOfShell(subject)));

/** What somebody has made or put into the own profile. */
function isMade(payload: Payload, subject: Subject): boolean {
  const { what, value } = payload;
  // Whoever unpacks a library there for others to load has as little to fear as in any other folder.
  if ((PROGRAMS.test(value) && what !== "library") || (WORKED_ON.has(what) && OWN.test(value))) return true;
  if (isOfShell(subject) || isOfBuild(subject)) if (PROJECTS.test(value) || isBuiltHere(value)) return true;
  if ((AT_HAND.test(value) && isOfHand(payload, subject)) || isAtDesk(payload, subject)) return true;
  if (FOR_ONE_USER.test(value) && isInstaller(subject.parent)) return true;
  if (subject.behaviour.behaviour.category !== "persist") return false;
  return (
    (isLoggedByKeeper(subject) && OF_ONE_USER.test(value)) ||
    (isPerhapsOfShell(subject) && (DOCUMENTS.test(value) || AT_HAND.test(value)) && PLAIN_SCRIPT.test(value))
  );
}

/** A program of one user that has addresses of its own kind opened by itself, as mail, chat and shops want to be called from a page. */
function isOwnHandler(payload: Payload, { behaviour: { techniques }, parentImage, outer }: Subject): boolean {
  const path = resolvedOf(payload);
  const isItself = outer.length === 0 && parentImage?.toLowerCase() === path.toLowerCase();
  return isItself && techniques.includes("T1546.001") && FOR_ONE_USER.test(path) && isNamed(baseName(path));
}

function profileShare(payload: Payload, subject: Subject): number {
  const { what, value } = payload;
  if (!isOrdinary(subject)) return 1;
  if (isOwnHandler(payload, subject)) return BESIDE_SHARE;
  // What somebody builds in a folder of the own is tried where it was made.
  if (isOfShell(subject) && WORKED_ON.has(what) && OWN.test(value) && BUILT.test(value)) return KEPT_SHARE;
  if (what === "package" && isPerhapsOfShell(subject) && (WORKPLACE.test(value) || FOR_ONE_USER.test(value)))
    return BESIDE_SHARE;
  if (isOfOneUser(payload, subject)) return BESIDE_SHARE;
  return isMade(payload, subject) ? MADE_SHARE : 1;
}

/** A package into whose name its maker has put a version, wherever it was laid down. */
const isOfMaker = ({ what, value }: Payload, subject: Subject): boolean =>
  what === "package" && isOrdinary(subject) && hasVersion(baseName(value));

/** Windows Installer applies a patch to products alone that it has installed before, and that the patch names. */
export const PATCH = /\.msp$/i;

/** What keeps its own in a folder of that name, wherever it is allowed to write. */
const OF_VENDOR = /^[a-z]:\\program files(?: \(x86\))?\\(?:common files\\)?([^\\]{3,})\\/i;

/** Whether installed software starts what it keeps in `ProgramData`: both stand in a folder of the same name. */
function isOfOwnVendor(payload: Payload, subject: Subject): boolean {
  const vendor = isOfInstalled(subject) ? OF_VENDOR.exec(subject.parentImage!)?.[1] : undefined;
  return (
    vendor !== undefined && resolvedOf(payload).toLowerCase().startsWith(`c:\\programdata\\${vendor.toLowerCase()}\\`)
  );
}

/** A script that says what it is for and that a task starts, as administrators lay it down on desks that they manage. */
const isOfManagedDesk = (payload: Payload, subject: Subject): boolean =>
  isPlainScript(payload) &&
  subject.outer.length === 0 &&
  isOfTask(subject) &&
  IN_PROGRAM_DATA.test(payload.value) &&
  isTitled(baseName(payload.value));

/** Help that somebody has fetched to read it: what it starts is told of by itself. */
const isReadAtDesk = ({ what, value }: Payload, subject: Subject): boolean =>
  what === "document" && HELP.test(value) && isPerhapsOfDesk(subject) && isNamed(baseName(value));

/** A script that says in so many words what it does, unpacked into a folder of its own, and called by a shell: no lure is called so. */
const isUnpackedScript = ({ what, value }: Payload, subject: Subject): boolean =>
  what === "script" &&
  isOrdinary(subject) &&
  isPerhapsOfShell(subject) &&
  UNPACKED_BY_HAND.test(value) &&
  CLICKED.test(value) &&
  isTitled(baseName(value));

/** The part of the weight that a folder of Windows carries. */
export function windowsShare({ directoryClass }: ValueClass, payload: Payload, subject: Subject): number {
  const { what, value } = payload;
  if (isKept(payload)) return KEPT_SHARE;
  if (isBesideBatch(payload, subject)) return BESIDE_SHARE;
  if (directoryClass === "relative") return what === "package" || BUILT.test(value) ? KEPT_SHARE : 1;
  if (isOrdinary(subject)) {
    if (what === "package" && PATCH.test(value)) return BESIDE_SHARE;
    if (isRolledOutThere(payload, subject)) return BESIDE_SHARE;
    if (isOfOwnVendor(payload, subject) || isOfManagedDesk(payload, subject)) return MADE_SHARE;
  }
  if (isOfMaker(payload, subject)) return Math.min(BESIDE_SHARE, placeShare(directoryClass, payload, subject));
  return placeShare(directoryClass, payload, subject);
}

function placeShare(directoryClass: string, payload: Payload, subject: Subject): number {
  const { what, value } = payload;
  if (directoryClass !== "profile" && directoryClass !== "other" && directoryClass !== "downloads") return 1;
  if (isUnpacked(payload, subject) && isOrdinary(subject) && isPerhapsOfDesk(subject)) return MADE_SHARE;
  if (isUnpackedScript(payload, subject)) return MADE_SHARE;
  if (directoryClass === "downloads") return isReadAtDesk(payload, subject) ? MADE_SHARE : 1;
  if (isOwnApplication(payload, subject)) return BESIDE_SHARE;
  if (directoryClass === "profile") return profileShare(payload, subject);
  if (isOrdinary(subject) && isTried(payload, subject)) return KEPT_SHARE;
  // A package is brought from somewhere, and is at home in no folder of installed software.
  if (what === "package" && isOrdinary(subject)) return KEPT_SHARE;
  const isPart = WITHIN_PROGRAM.test(value) || isComponent(value) || isCalledSo(payload, subject);
  const isBuilt = what === "project" && isPart && isPerhapsOfShell(subject);
  const isRegistered = REGISTERED.has(what) && (isInstaller(subject.parent) || (isPerhapsOfShell(subject) && isPart));
  const isSettled =
    subject.behaviour.behaviour.category === "persist"
      ? WORKED_ON.has(what)
      : isRegistered || isBuilt || isKeptScript(payload, subject) || (what === "document" && HELP.test(value));
  if (isOrdinary(subject) && isSettled && PROGRAM.test(value)) return MADE_SHARE;
  return isKeptApart(payload, subject) ? (isOrdinary(subject) ? MADE_SHARE : BESIDE_SHARE) : 1;
}

/** Where people save what they have made; what they are sent lies in Downloads, on the desktop, and in temporary folders. */
export const DOCUMENTS = /^[a-z]:\\users\\[^\\]+\\(?:onedrive[^\\]*\\)?documents\\/i;

/** Kinds that batch files come with; a library without a folder is what is dropped where somebody happens to be. */
const LIES_BESIDE = new Set(["installerInfo", "executable"]);
const PLAIN_SCRIPT = /\.(?:vbs|js|wsf|ps1|cmd|bat)$/i;
const isPlainScript = ({ what, value }: Payload): boolean => what === "script" && PLAIN_SCRIPT.test(value);

/** Help that was unpacked beside the program that it belongs to, or is read as a book. */
const HELP = /\.chm$/i;

/** Texts that tools of developers and of administration carry out, by the scripts that come with them. */
const CARRIED_OUT = /\.(?:tt|csx|fsx|ftp|dsh)$/i;

const isShellsScript = (payload: Payload, subject: Subject): boolean =>
  isPlainScript(payload) && isPerhapsOfShell(subject);

const isCarriedOut = ({ what, value }: Payload, subject: Subject): boolean =>
  what === "script" && CARRIED_OUT.test(value) && isOrdinary(subject);

/** A script that one of the hosts of scripts gives to the other, which writes to a console or to windows. */
const isHandedOn = (payload: Payload, subject: Subject): boolean => isPlainScript(payload) && isOfOtherHost(subject);

/** A script of a shell or of a task: both were put there by somebody who had to say where. */
const isKeptScript = (payload: Payload, subject: Subject): boolean =>
  isShellsScript(payload, subject) ||
  isOfHand(payload, subject) ||
  isHandedOn(payload, subject) ||
  (isPlainScript(payload) && (isOfTask(subject) || isOfInstalled(subject)));

/** An HTML application with what belongs to it in a folder of its own, as administrators and developers make them for a window. */
function isOwnApplication({ what, value }: Payload, subject: Subject): boolean {
  const isMade =
    what === "script" && APPLICATION.test(value) && [OWN, PROGRAM, AT_HAND].some((folder) => folder.test(value));
  return isMade && isPerhapsOfDesk(subject);
}

const APPLICATION = /\.hta(?:\?[^\\]*)?$/i;

/** Help that was made or unpacked beside the script that shows it. */
const isHelpBeside = ({ what, value }: Payload, subject: Subject): boolean =>
  what === "document" &&
  HELP.test(value) &&
  (isOfShell(subject) || (/[\\/]./.test(value) && isPerhapsOfShell(subject)));

/** An INF file in a folder of what was unpacked beside the script that has it carried out. */
const isUnpackedBeside = ({ what, value }: Payload, subject: Subject): boolean =>
  what === "installerInfo" && /\w[\\/]\w/.test(value) && isPerhapsOfShell(subject);

/** Whether a script or what it comes with lies beside what names it: a script of a shell, or a package that is rolled out. */
export function isBesideShell(payload: Payload, subject: Subject): boolean {
  return (
    isShellsScript(payload, subject) ||
    isHelpBeside(payload, subject) ||
    (isOrdinary(subject) && isUnpackedBeside(payload, subject)) ||
    (isOfShell(subject) && (LIES_BESIDE.has(payload.what) || isCarriedOut(payload, subject))) ||
    (isPlainScript(payload) && isOfInstalled(subject)) ||
    ((payload.what === "script" || LIES_BESIDE.has(payload.what)) && isRolledOut(subject))
  );
}
