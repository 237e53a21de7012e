import { baseName } from "../invocations/glob.ts";
import { type Payload, resolvedOf } from "../model/payload.ts";
import type { Subject } from "./signal.ts";
import { isOfDesk, isPerhapsOfShell, isRolledOut } from "./starters.ts";

/** In a folder of its own within a temporary one, as scripts of a shell lay down what they install. */
export const IN_A_FOLDER = /\\te?mp\\[^\\]+\\[^\\]/i;

/** A version of two numbers or more, as makers put it into the names of what they publish: `tool-1.22.5.msi`. */
export const hasVersion = (name: string): boolean => /[-_. ]v?\d{1,5}[._]\d{1,6}/i.test(name);

/** What says of a package no more than that it is one or what it is for, and what lures are called: no software is named so. */
const NAMELESS =
  /^(?:setup|install|installer|installation|update|updater|updates|upgrade|package|file|files|application|program|software|product|client|agent|server|service|services|helper|driver|windows|microsoft|system|security|test|temp|data|payload|download|document|script|run|start|stage|loader|invoice|report|order|payment|receipt|statement|contract|scan|photo|new|latest|stable|release|final)$/i;

/** A word that somebody can say: nothing put together at random. */
const isSaid = (word: string) =>
  /^(?:[a-z]{4,20}|[A-Z][a-z]{3,19}|[A-Z]{4,20})\d{0,4}$/.test(word) &&
  /[aeiouy]/i.test(word) &&
  !/[^aeiouy\d]{5}/i.test(word);

/** Words of a file's name that say what it is for. */
const telling = (name: string): readonly string[] =>
  name
    .replace(/\.[^.]*$/, "")
    .split(/[-_. ()+]+|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/)
    .filter((word) => isSaid(word) && !NAMELESS.test(word));

/** Whether a file is named after what it is for, as scripts of people save it: `node-setup.msi`, `AzureCLI.msi`, `create_shortcut.vbs`. */
export const isNamed = (name: string): boolean => telling(name).length > 0;

/** Verbs that are too short to be told from three letters put together at random, unless they stand beside a word. */
const SHORT_VERB =
  /(?:(?:^|[-_. ])(?:[Gg]et|[Ss]et|[Mm]ap|[Aa]dd|[Nn]ew|[Rr]un)|(?<=[a-z])(?:Get|Set|Map|Add|New|Run))(?=[-_. A-Z])/;

/** As PowerShell has its commands called: https://learn.microsoft.com/powershell/scripting/developer/cmdlet/approved-verbs-for-windows-powershell-commands */
const VERB_NOUN =
  /^(?:add|clear|copy|get|new|remove|repair|reset|restart|set|start|stop|sync|test|update)-([a-z]{3,30})\.ps1$/i;

const isCommand = (name: string): boolean => {
  const noun = VERB_NOUN.exec(name)?.[1];
  return noun !== undefined && !NAMELESS.test(noun);
};

/** Whether it says in so many words what it does: `DriveMapping.ps1`, `MapDrives.vbs`, `Set-Dns.ps1`. */
export const isTitled = (name: string): boolean =>
  telling(name).length > 1 || (isNamed(name) && SHORT_VERB.test(name)) || isCommand(name);

/** The processor for which a maker has built what it publishes, after a name and what the file is: `wsl_update_x64.msi`. */
const FOR_PROCESSOR = /[-_. ](?:x64|x86|amd64|arm64|win32|win64|i386)\.[^.]+$/i;

/** Whether it bears a name that is short or an abbreviation, with what it is and what it runs on. */
function isBuiltFor(name: string): boolean {
  const words = name.replace(FOR_PROCESSOR, "").match(/[a-z]{3,}/gi) ?? [];
  return FOR_PROCESSOR.test(name) && words.length > 1 && words.some((word) => !NAMELESS.test(word));
}

/** The temporary folder at the top of a drive, which Windows does not have, and where administrators lay down what they install. */
const LAID_DOWN = /^[a-z]:\\te?mp\\/i;

/** What software is called by what it is on a machine. */
export const ROLE = /^(?:agent|client|server|driver|setup|install(?:er)?|software|product|package)\.[^.]+$/i;

/** Whether a package in a temporary folder has a folder of its own, or a name by which its maker or a script calls it. */
export function isPublished(payload: Payload, subject: Subject): boolean {
  // As it is written: its capitals tell words apart.
  const name = baseName(payload.value);
  if (hasVersion(name) || (isPerhapsOfShell(subject) && isBuiltFor(name))) return true;
  const path = resolvedOf(payload);
  if (LAID_DOWN.test(path) && (isNamed(name) || ROLE.test(name)) && (isRolledOut(subject) || isOfDesk(subject)))
    return true;
  return (
    isPerhapsOfShell(subject) && (isNamed(name) || IN_A_FOLDER.test(path) || (LAID_DOWN.test(path) && ROLE.test(name)))
  );
}
