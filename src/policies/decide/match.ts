import { baseName, glob } from "../../invocations/glob.ts";
import type { FilePattern } from "../model.ts";
import { aareMet } from "./aare.ts";
import type { FileFacts } from "./act.ts";
import { trustMet, typeMet } from "./linux-files.ts";
import { packagedApp } from "./packaged.ts";
import { expandPath, hasAllVariables, isWhole, LIBRARIES, plainPath, type Variables } from "./paths.ts";
import { compareVersions, isHighest, isLowest } from "./version.ts";
import { adminsWrite } from "./writers.ts";

/** `true`, `false`, or in words what one would have to know. */
export type Met = boolean | string;

/** All must hold: one that does not decides, whatever is unknown of the others. */
export function every(tests: Iterable<Met>): Met {
  let unknown: Met = true;
  for (const met of tests) {
    if (met === false) return false;
    if (met !== true && unknown === true) unknown = met;
  }
  return unknown;
}

/** Any may hold: one that does decides, whatever is unknown of the others. */
export function some(tests: Iterable<Met>): Met {
  let unknown: Met = false;
  for (const met of tests) {
    if (met === true) return true;
    if (met !== false && unknown === false) unknown = met;
  }
  return unknown;
}

export function not(met: Met): Met {
  return typeof met === "boolean" ? !met : met;
}

/** Where files are put by installers only, a file bears the name it was built with. */
const INSTALLED =
  /^c:\\(?:windows\\(?:system32|syswow64|sysnative|winsxs|microsoft\.net|servicing)\\|windows\\[^\\]+$|program files(?: \(x86\))?\\)/;

/** The original name of the version resource; for installed files the file's own name where the log has no other. */
export function originalNameOf(facts: FileFacts): string | undefined {
  if (facts.originalName !== undefined) return facts.originalName;
  const path = facts.path === undefined ? undefined : plainPath(facts.path);
  return path !== undefined && INSTALLED.test(path) ? baseName(path) : undefined;
}

function nameMet(pattern: string, facts: FileFacts): Met {
  if (pattern === "*") return true;
  const name = originalNameOf(facts);
  if (name === undefined) {
    // Libraries do not bear the original name of a program.
    const isLibrary = LIBRARIES.test(facts.path ?? "");
    return isLibrary && /\.exe$/i.test(pattern) ? false : "the original file name is not logged";
  }
  return glob(pattern.toLowerCase(), name.toLowerCase());
}

function versionMet({ minVersion, maxVersion }: FilePattern, facts: FileFacts): Met {
  const low = minVersion === undefined || isLowest(minVersion);
  const high = maxVersion === undefined || isHighest(maxVersion);
  if (low && high) return true;
  if (facts.version === undefined) return "the file version is not logged";
  const above = low ? 0 : compareVersions(facts.version, minVersion);
  const below = high ? 0 : compareVersions(facts.version, maxVersion);
  if (above === undefined || below === undefined) return "the file version cannot be read";
  return above >= 0 && below <= 0;
}

/** Paths of Linux are compared as they are. */
export const isAsItIs = (pattern: string): boolean => pattern.startsWith("/") || pattern.startsWith("*/");

/** Whether a pattern begins with one of the product's variables for drives that are not built in. */
export function isDrive(pattern: string, variables: Variables): boolean {
  const drive = /^%(?:removable|hot)%/i.exec(pattern)?.[0];
  return drive !== undefined && variables[drive.toLowerCase()] !== undefined;
}

const parts = (path: string, separator: string) => path.split(separator).length;

/** All slashes of the pattern are met: with as many in the path none is left for its stars. */
function inFolderMet(pattern: string, path: string, variables: Variables): boolean {
  if (isAsItIs(pattern)) return parts(pattern, "/") === parts(path, "/");
  const plain = plainPath(path);
  const isAsDeep = (one: string) => parts(one, "\\") === parts(plain, "\\");
  return !isWhole(plain) || (expandPath(pattern, variables)?.some((one) => isAsDeep(one) && glob(one, plain)) ?? true);
}

function pathMet(pattern: string, facts: FileFacts, variables: Variables): Met {
  if (pattern === "*") return true;
  if (isAsItIs(pattern)) return facts.path === undefined ? "the path is not logged" : glob(pattern, facts.path);
  if (isDrive(pattern, variables)) return driveMet(pattern, facts, variables);
  const expanded = expandPath(pattern, variables);
  if (!expanded && hasAllVariables(variables)) return false;
  if (!expanded) return `what ${pattern} stands for is not known`;
  if (facts.path === undefined) return "the path is not logged";
  const path = plainPath(facts.path);
  if (!isWhole(path)) {
    // What both call so has no folder, such as the system’s own process.
    if (expanded.includes(path)) return true;
    // Only the name is known: a pattern whose last part is another name cannot fit.
    const fits = expanded.some((one) => glob(baseName(one), baseName(path)));
    return fits ? "the folder is not logged" : false;
  }
  return expanded.some((one) => glob(one, path));
}

/** Which drives are removable no log says; that of Windows is not, and a share is none. */
function driveMet(pattern: string, facts: FileFacts, variables: Variables): Met {
  const path = facts.path === undefined ? undefined : plainPath(facts.path);
  if (path === undefined || !isWhole(path)) return "the path is not logged";
  const fits = !/^(?:c:|\\\\)/.test(path) && expandPath(pattern, variables)?.some((one) => glob(one, path));
  return fits ? "whether the drive is removable is not logged" : false;
}

function publisherMet(pattern: string, facts: FileFacts): Met {
  if (facts.signed === false) return false;
  if (facts.publisher === undefined) return "the signer is not logged";
  if (pattern === "*") return true;
  // A beginning of names, such as all that Microsoft signs with.
  if (pattern.endsWith("*")) return glob(pattern.toLowerCase(), facts.publisher.toLowerCase());
  const organisation = /(?:^|,\s?)O=([^,]+)/i.exec(pattern)?.[1] ?? pattern;
  const logged = facts.publisher.toLowerCase();
  if (logged === pattern.toLowerCase()) return true;
  // Logs carry the common name, rules the organisation: that they differ does not say that the signer does.
  return logged.includes(organisation.toLowerCase()) ? true : "the signer is logged by another name than the rule's";
}

/** What the name of a file that a hash rule means begins with: its hint may be a whole name or its beginning. */
export const hintOf = (hashOf: string): string => hashOf.toLowerCase().replace(/\.\w{2,5}$/, "");

/** What a file may be called by such a hint, in small letters. */
export const namesOf = ({ originalName, path }: FileFacts): readonly string[] =>
  [originalName, path && baseName(path)].flatMap((name) => name?.toLowerCase() ?? []);

function hashMet(pattern: FilePattern & { readonly hash: string }, facts: FileFacts): Met {
  if (facts.hashes?.toLowerCase().includes(pattern.hash)) return true;
  const hint = pattern.hashOf === undefined ? undefined : hintOf(pattern.hashOf);
  const names = namesOf(facts);
  if (hint !== undefined && names.length > 0 && !names.some((name) => name.startsWith(hint))) return false;
  return "the hash that the product compares (Authenticode) is not logged";
}

function extensionMet(extension: string, facts: FileFacts): Met {
  if (facts.path === undefined) return "the path is not logged";
  return facts.path.toLowerCase().endsWith(extension);
}

const namedAs = (pattern: string, name: string | undefined, unknown: string): Met =>
  name === undefined ? unknown : glob(pattern.toLowerCase(), name.toLowerCase());

/** What lies elsewhere than packaged apps do is of no family. */
function familyMet(pattern: string, facts: FileFacts): Met {
  const family = facts.packageFamily ?? packagedApp(facts)?.packageFamily;
  const isKnown = family !== undefined || (facts.path !== undefined && isWhole(plainPath(facts.path)));
  return namedAs(pattern, isKnown ? (family ?? "") : undefined, "the package family is not logged");
}

function* testsOf(pattern: FilePattern, facts: FileFacts, variables: Variables): Generator<Met> {
  if (pattern.originalName !== undefined) yield nameMet(pattern.originalName, facts);
  if (pattern.path !== undefined) yield pathMet(pattern.path, facts, variables);
  if (pattern.inFolder && facts.path !== undefined) yield inFolderMet(pattern.path ?? "", facts.path, variables);
  if (pattern.aare !== undefined)
    yield facts.path === undefined ? "the path is not logged" : aareMet(pattern.aare, facts.path);
  if (pattern.adminsOnly) yield adminsWrite(facts);
  if (pattern.extension !== undefined) yield extensionMet(pattern.extension, facts);
  if (pattern.publisher !== undefined) yield publisherMet(pattern.publisher, facts);
  yield versionMet(pattern, facts);
  if (pattern.hash !== undefined) yield hashMet({ ...pattern, hash: pattern.hash }, facts);
  if (pattern.startedBy !== undefined) yield pathMet(pattern.startedBy, { path: facts.startedBy }, variables);
  if (pattern.service !== undefined) yield namedAs(pattern.service, facts.service, "which service acts is not logged");
  if (pattern.internalName !== undefined) yield "the internal name is not logged";
  if (pattern.productName !== undefined && pattern.productName !== "*")
    yield namedAs(pattern.productName, facts.product, "the product name is not logged");
  if (pattern.fileDescription !== undefined) yield "the file description is not logged";
  if (pattern.packageFamilyName !== undefined) yield familyMet(pattern.packageFamilyName, facts);
  if (pattern.trusted !== undefined) yield trustMet(pattern.trusted, facts);
  if (pattern.fileType !== undefined) yield typeMet(pattern.fileType, facts);
  for (const one of pattern.also ?? []) yield fileMet(one, facts, variables);
  if (pattern.none) yield not(some(pattern.none.map((one) => fileMet(one, facts, variables))));
  if (pattern.beyond !== undefined) yield pattern.beyond;
}

/** Whether a file is the one that a pattern names. */
export function fileMet(pattern: FilePattern, facts: FileFacts, variables: Variables): Met {
  return every(testsOf(pattern, facts, variables));
}
