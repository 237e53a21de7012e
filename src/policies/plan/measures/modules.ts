import type { Catalog } from "../../../catalog/catalog.ts";
import type { CatalogEntry } from "../../../catalog/types.ts";
import { entryOf } from "../../../model/entry.ts";
import { plural } from "../../../outputs/counts.ts";
import { plainId } from "../../ids.ts";
import { type Evidence, namesOf as namesOfFile } from "../evidence.ts";
import type { Measure } from "../measure.ts";
import {
  asPattern,
  learntFolders,
  pathsOf,
  unusedFolders,
  unusedProfiles,
  unusedRoots,
  writableInWindows,
} from "./folders.ts";
import { isOfWindows, isWide, loadsLibraries, namesOf, originals, remaining } from "./programs.ts";

/** Libraries that Windows itself loads into many processes: only a record of what the program loads says that it does not. */
const COMMON = new Set(["shell32.dll", "setupapi.dll", "shdocvw.dll", "shimgvw.dll", "printui.dll", "ole32.dll"]);
/** Engines of script and markup, which a program loads in order to run somebody's code. */
const ENGINES: Readonly<Record<string, readonly string[]>> = {
  "regsvr32.exe": ["scrobj.dll"],
  "rundll32.exe": ["scrobj.dll"],
  "msiexec.exe": ["scrobj.dll"],
  // A connection profile needs no scriptlet; an INF file that is none may name one.
  "cmstp.exe": ["scrobj.dll"],
  // Pages and help have engines of their own; a scriptlet is named by a moniker only.
  "mshta.exe": ["scrobj.dll"],
  "hh.exe": ["scrobj.dll"],
  "verclsid.exe": ["scrobj.dll"],
};
/** Logged loads of a program from which it is known what it loads by itself. */
const MIN_RECORDED = 200;
function loadedBy(entry: CatalogEntry, evidence: Evidence): ReadonlySet<string> {
  return new Set([...evidence.by(namesOf(entry), "load")].flatMap(({ act }) => namesOfFile(act.object)));
}

/** Loads of a program that were logged themselves; a command line names one library of many. */
function recordedLoads(entry: CatalogEntry, evidence: Evidence): number {
  let times = 0;
  for (const one of evidence.by(namesOf(entry), "load")) if (!one.act.foreseen) times += one.times;
  return times;
}

function librariesOf(entry: CatalogEntry, evidence: Evidence): readonly string[] {
  const loaded = loadedBy(entry, evidence);
  const named = entry.behaviours.flatMap(({ library }) => library ?? []);
  const usual = new Set(
    entry.behaviours.flatMap(({ library, usual: how }) => (how === "routine" && library ? [library] : [])),
  );
  const isRecorded = recordedLoads(entry, evidence) >= MIN_RECORDED;
  const all = [...new Set([...named, ...(entryOf(ENGINES, entry.name) ?? [])])];
  return all
    .filter((name) => !loaded.has(name) && /^[\w.-]+$/.test(name))
    .filter((name) => (isRecorded || !COMMON.has(name)) && (isWide(evidence) || !usual.has(name)))
    .sort();
}

function pairs(entry: CatalogEntry, evidence: Evidence): Measure | undefined {
  const libraries = librariesOf(entry, evidence);
  if (libraries.length === 0) return undefined;
  const id = `modules-${plainId(entry.id)}`;
  const subject = originals(entry).map((originalName) => ({ originalName }));
  const titles = entry.behaviours.filter(({ library }) => library && libraries.includes(library));
  return {
    id,
    mitigation: "M1050",
    title: `Keep ${libraries.length === 1 ? libraries[0] : `${libraries.length} libraries`} out of ${entry.name}`,
    why: `${entry.name} stays, as Windows or people need it; these libraries of Windows act on behalf of whoever names them to it.`,
    evidence: [
      `In the history ${entry.name} neither loaded nor was given ${libraries.join(", ")}.`,
      `${plural(evidence.seen.load, "load")} of modules were logged${evidence.seen.load < 1000 ? ", which is few: audit first" : ""}.`,
    ],
    stops: [
      ...titles.map(({ title, techniques }) => `${entry.name}: ${title} (${techniques.join(", ")})`),
      ...(libraries.includes("scrobj.dll") ? [`${entry.name}: scriptlets through scrobj.dll`] : []),
    ],
    blind: [
      "App Control does not see arguments: every use of such a library inside the program is stopped, also one that Windows makes by itself.",
    ],
    mode: "enforce",
    rules: {
      appcontrol: libraries.map((library) => ({
        id: `${plainId(id)}_${plainId(library)}`,
        action: "deny",
        on: ["load"],
        subject,
        object: [{ originalName: library }],
        description: `${library} inside ${entry.name}`,
        measure: "M1050",
      })),
    },
  };
}

/** Folders from which a proxy loaded nothing. */
function foldersOf(entry: CatalogEntry, evidence: Evidence): readonly string[] {
  const paths = pathsOf(evidence.by(namesOf(entry), "load"));
  return [...unusedFolders(paths), ...unusedProfiles(paths), ...unusedRoots(paths)];
}

/** Folders that the same programs loaded nothing from, together. */
function neverLoaded(by: ReadonlyMap<string, readonly CatalogEntry[]>): readonly string[] {
  const together = new Map<string, string[]>();
  for (const [folder, ones] of by) {
    const names = ones.map(({ name }) => name).join(", ");
    together.set(names, [...(together.get(names) ?? []), folder]);
  }
  return [...together].map(([names, folders]) => `Never by ${names}: ${folders.join(" ")}`);
}

/** One rule per folder, for all proxies that never loaded from there. */
function folders(entries: readonly CatalogEntry[], evidence: Evidence): Measure {
  const by = new Map<string, CatalogEntry[]>();
  for (const entry of entries)
    for (const folder of foldersOf(entry, evidence)) by.set(folder, [...(by.get(folder) ?? []), entry]);
  return {
    id: "module-folders",
    mitigation: "M1038",
    title: "Load no libraries from users’ folders into system programs",
    why: "System programs that run libraries on request were given none from these folders; intruders can write to nowhere else.",
    evidence: neverLoaded(by),
    stops: [`libraries from folders that users write to, in ${entries.map(({ name }) => name).join(", ")}`],
    blind: ["Other drives are not covered by App Control’s rules; AppLocker’s list of allowed folders covers them."],
    mode: "enforce",
    rules: {
      appcontrol: [...by].map(([folder, ones]) => ({
        id: plainId(`folder_${folder}`),
        action: "deny",
        on: ["load"],
        subject: ones.flatMap(originals).map((originalName) => ({ originalName })),
        object: [{ path: folder }],
        description: `Libraries in ${folder} inside system programs`,
        measure: "M1038",
      })),
    },
  };
}

/** Enough of these must be logged before a list of allowed folders is enforced. */
const MIN_LOADS = 1000;

function allowedFolders(evidence: Evidence): Measure {
  const learnt = learntFolders(evidence, "load");
  const isEnough = evidence.seen.load >= MIN_LOADS;
  const paths = ["%WINDIR%\\*", "%PROGRAMFILES%\\*", ...learnt.map(asPattern)];
  const writable = writableInWindows(pathsOf(evidence.all("load")));
  return {
    id: "library-folders",
    mitigation: "M1038",
    title: "Allow libraries by folder",
    why: "Libraries are loaded from Windows, from installed software and from the folders below; a library anywhere else is new.",
    evidence: [
      `${plural(evidence.seen.load, "load")} were logged on ${plural(evidence.hosts.size, "host")}.`,
      learnt.length === 0 ? "None came from elsewhere twice." : `From elsewhere: ${learnt.join(", ")}.`,
    ],
    stops: ["rundll32.exe, regsvr32.exe, control.exe and others: libraries of their arguments from anywhere else"],
    blind: [
      "AppLocker documents .dll and .ocx; other names (.cpl) are left to App Control’s rules.",
      `Users can write to more folders below Windows than the ${writable.length} that are excepted here, depending on what is installed.`,
    ],
    mode: isEnough ? "enforce" : "audit",
    rules: {
      applocker: paths.map((path) => ({
        id: plainId(`library_${path}`),
        action: "allow",
        on: ["load"],
        object: [{ path }],
        scope: ["S-1-1-0"],
        ...(path === "%WINDIR%\\*" && { exceptions: writable.map((one) => ({ path: one })) }),
        description: `Libraries in ${path}`,
        measure: "M1038",
      })),
    },
  };
}

/** What system programs may load (M1050, M1038). */
export function moduleMeasures(catalog: Catalog, evidence: Evidence): readonly Measure[] {
  const stay = remaining(catalog, evidence);
  const loaders = stay.filter(loadsLibraries).filter(isOfWindows);
  const denied = stay.flatMap((entry) =>
    entry.needed === "system" || entryOf(ENGINES, entry.name) ? (pairs(entry, evidence) ?? []) : [],
  );
  return [...denied, folders(loaders, evidence), allowedFolders(evidence)];
}
