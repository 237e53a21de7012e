import { baseName } from "../invocations/glob.ts";
import { type Payload, resolvedOf } from "../model/payload.ts";
import { hasVersion, isNamed } from "./published.ts";
import type { Subject } from "./signal.ts";
import { isOfInstalled, isOfTask, isOrdinary, isPerhapsOfDesk, isPerhapsOfShell, isRolledOut } from "./starters.ts";

/** Folders at the top of a drive in which administrators and developers keep what they run. Others may write there, too: half counts. */
const KEPT =
  /^(?:\\\\[?.]\\)?[a-z]:\\(?:apps|scripts?|jobs?|batch|deploy(?:ment)?|drivers?|sources?|src|builds?|projects?|projekte|repos|services|inetpub|agent|tools|software|packages|dev(?:elopment)?|code|git|work(?:spaces?)?|install(?:er)?s?|setups?|xampp|opt|_smstasksequence|minint|python\d*|perl(?:64)?|ruby[\d-]*|strawberry|cygwin(?:64)?|msys(?:64)?|oracle)(?:\\|$)/i;

/**
 * Where Chocolatey and App-V keep packages, installers their own files, and Windows the shortcuts of all users and its next version: nobody
 * but administrators writes there.
 */
const LOCKED =
  /^(?:(?:[a-z]:\\programdata|%(?:programdata|allusersprofile)%)\\(?:chocolatey\\(?:lib|tools|helpers)|package cache|app-v|microsoft\\windows\\start menu\\programs(?!\\startup\\))|[a-z]:\\\$windows\.~(?:bt|ws))\\/i;

/** Whether something lies in such a folder. */
export function isKept(payload: Payload): boolean {
  const path = resolvedOf(payload);
  return KEPT.test(path) || LOCKED.test(path);
}

/** A folder of its own at the top of a drive, as programs without an installer are kept; not those that are there anyway. */
export const PROGRAM =
  /^[a-z]:\\(?!perflogs\\|intel\\|amd\\|nvidia\\|recovery\\|recycler\\|\$|boot\\|msocache\\|config\.msi\\|system volume information\\|logs?\\)[^\\]+\\/i;

/** In a folder of its own where software of all users keeps what it works with. */
export const IN_PROGRAM_DATA = /^(?:[a-z]:\\programdata|%(?:programdata|allusersprofile)%)\\[^\\]+\\/i;

/** The folder in which something lies, anywhere on a drive. */
const FOLDER = /^[a-z]:\\+(?:[^\\]+\\+)*([^\\]{3,})\\+[^\\]+$/i;

/** What people write, and give to the program that it is written for. */
const WRITTEN = new Set(["script", "config", "document", "project", "package"]);

/** Endings of what no program carries out under its own name. */
const PASSED_OFF = /\.(?:txt|log|dat|bin|tmp|ico|png|jpe?g|gif|bmp|pdf|docx?|xlsx?|csv|zip|mp[34])$/i;

/** What tools of administration are told is often written down as a plain text. */
const IS_TEXT = /\.txt$/i;

/** Folders within folders, each with a name that says what it is for. */
const ORDERED = /^[a-z]:\\+([^\\]+)\\+(?:[^\\]+\\+)*([^\\]+)\\+[^\\]+$/i;

/** Scripts of the web, which mails and archives bring along and a click opens. */
const OPENS_BY_CLICK = /\.(?:jse?|vbe|wsf|hta)$/i;

/**
 * What somebody keeps in a folder that has a name, under one that says what it is for, and works with at a desk or by a task. Libraries
 * are not meant, which run for whoever is told to load them, nor what programs start that seldom start anything.
 */
export function isKeptApart({ what, value }: Payload, subject: Subject): boolean {
  const folder = FOLDER.exec(value)?.[1];
  if (folder === undefined || !PROGRAM.test(value)) return false;
  if (PASSED_OFF.test(value) && !(isOrdinary(subject) && IS_TEXT.test(value))) return false;
  if (OPENS_BY_CLICK.test(value) && !isPerhapsOfShell(subject)) return false;
  const { usual } = subject.behaviour.behaviour;
  const isMeant = WRITTEN.has(what) || (isOrdinary(subject) && (what === "executable" || what === "command"));
  return (
    isMeant &&
    usual !== "hostile" &&
    (isNamed(baseName(value)) || hasVersion(folder) || isInOrder(value)) &&
    (isPerhapsOfDesk(subject) ||
      isOfItself(subject) ||
      [isOfTask, isOfInstalled, isRolledOut].some((is) => is(subject)))
  );
}

const isInOrder = (value: string): boolean => {
  const [, top, folder] = ORDERED.exec(value) ?? [];
  return top !== undefined && folder !== undefined && isNamed(`${top}.`) && isNamed(`${folder}.`);
};

/** Programs that begin by choosing which of their own files is to go on. */
const isOfItself = ({ parent, outer, invocation }: Subject): boolean =>
  outer.length === 0 && parent !== undefined && parent === invocation.binary.name.toLowerCase();

/** A package that bears the name of its software, in a folder of its own where software of all users keeps what it works with. */
export const isRolledOutThere = (payload: Payload, subject: Subject): boolean =>
  payload.what === "package" &&
  IN_PROGRAM_DATA.test(resolvedOf(payload)) &&
  isNamed(baseName(payload.value)) &&
  (isPerhapsOfShell(subject) || isRolledOut(subject) || isOfTask(subject));
