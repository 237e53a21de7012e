import type { Catalog } from "../../../catalog/catalog.ts";
import type { CatalogEntry } from "../../../catalog/types.ts";
import { plural } from "../../../outputs/counts.ts";
import type { Rule } from "../../model.ts";
import { mitigationRule } from "../../targets/exploitprotection/mitigations.ts";
import type { Evidence, Witnessed } from "../evidence.ts";
import type { Measure } from "../measure.ts";
import { isBroad, isOfWindows, loadsLibraries, namesOf, remaining } from "./programs.ts";

/**
 * Starts of a program that say that it starts nothing itself. A few will do: what a program does seldom breaks little, and how much
 * at most is bounded by the days that were watched, not by how often it ran in them.
 */
const MIN_STARTS = 5;
/** Loads of a program, with their signers, from which it is known whose libraries it needs. */
const MIN_LOADS = 200;
const MIN_HOSTS = 3;
/**
 * Programs without a console, whose work is not to start others. A program with one has the console’s host for a child whenever it is
 * started without one, and what Windows’ own starters (openwith, runonce, werfault) did not start yet says little.
 */
const WINDOWED = new Set(
  "cmstp control hh ie4uinit infdefaultinstall mavinject mmc msdt mshta msiexec odbcad32 odbcconf pcwrun presentationhost regsvr32 rundll32 unregmp2 verclsid wlrmdr wuauclt xwizard"
    .split(" ")
    .map((name) => `${name}.exe`),
);
/** Programs that compile what they run: code made at run time is their work. */
const COMPILING = /^(?:installutil|regasm|regsvcs|msbuild|mshta|hh|wmic|powershell)\.exe$/;

const fileOf = (entry: CatalogEntry): readonly string[] => namesOf(entry).filter((name) => name.endsWith(".exe"));

const switches = (
  entries: readonly CatalogEntry[],
  attribute: string,
  mode: "audit" | "enforce",
): Readonly<Record<string, readonly Rule[]>> => ({
  exploitprotection: entries.flatMap(fileOf).flatMap((name) => mitigationRule(name, attribute, mode) ?? []),
});

const named = (entries: readonly CatalogEntry[]) => entries.map(({ name }) => name).join(", ");

function startsNothing(entry: CatalogEntry, evidence: Evidence): boolean {
  if (!WINDOWED.has(entry.name) || !isBroad(evidence)) return false;
  const use = evidence.use(namesOf(entry));
  const isKnown = !use || (use.times >= MIN_STARTS && use.hosts.size >= MIN_HOSTS);
  return isKnown && [...evidence.by(namesOf(entry), "execute")].length === 0;
}

function children(entries: readonly CatalogEntry[], evidence: Evidence): Measure | undefined {
  const quiet = entries.filter((entry) => startsNothing(entry, evidence));
  if (quiet.length === 0) return undefined;
  return {
    id: "child-processes",
    mitigation: "M1050",
    title: `Let ${quiet.length} system programs start no processes`,
    why: "They stay, but none was ever seen to start another program: what they are made to run cannot go on from them.",
    evidence: [
      `None of these started a process in ${plural(evidence.seen.execute, "start")} on ${plural(evidence.hosts.size, "host")}: ${named(quiet)}.`,
    ],
    stops: ["shells and payloads that these programs are made to start (T1218, T1202)"],
    blind: [
      "Code that runs inside the program, and what it has a service or a task start, is not stopped.",
      "It holds for every use of the program, also for one that comes once a year: pilot it.",
    ],
    mode: "enforce",
    rules: switches(quiet, "DisallowChildProcessCreation", "enforce"),
  };
}

const isRemote = ({ act }: Witnessed) => /^\\\\[^?.\\]/.test(act.object.path ?? "");

function remoteImages(loaders: readonly CatalogEntry[], evidence: Evidence): Measure | undefined {
  const local = loaders.filter((entry) => ![...evidence.by(namesOf(entry), "load")].some(isRemote));
  if (local.length === 0) return undefined;
  return {
    id: "remote-images",
    mitigation: "M1050",
    title: "Load no libraries from other machines into system programs",
    why: "Programs that load libraries on request can be given one on a share or over WebDAV; nobody here does that.",
    evidence: [`No library of a share was given to ${named(local)} in the history.`],
    stops: ["rundll32.exe, regsvr32.exe and others: libraries on shares and over WebDAV (T1218.010, T1218.011)"],
    blind: ["A library that was copied first is local."],
    mode: "enforce",
    rules: {
      exploitprotection: ["BlockRemoteImageLoads", "BlockLowLabelImageLoads"].flatMap(
        (attribute) => switches(local, attribute, "enforce").exploitprotection ?? [],
      ),
    },
  };
}

/** Whether enough loads were logged with their signer, all of them Microsoft’s. */
function needsMicrosoftOnly(entry: CatalogEntry, evidence: Evidence): boolean {
  let times = 0;
  for (const { act, times: more } of evidence.by(namesOf(entry), "load")) {
    if (act.foreseen) continue;
    if (act.object.publisher === undefined || !/^microsoft/i.test(act.object.publisher)) return false;
    times += more;
  }
  return times >= MIN_LOADS;
}

function signedOnly(loaders: readonly CatalogEntry[], evidence: Evidence): Measure | undefined {
  const entries = loaders.filter((entry) => needsMicrosoftOnly(entry, evidence));
  if (entries.length === 0) return undefined;
  return {
    id: "microsoft-only",
    mitigation: "M1050",
    title: `Load only Microsoft’s libraries into ${named(entries)}`,
    why: "All libraries that were seen in these programs were signed by Microsoft; a payload is not.",
    evidence: [`At least ${MIN_LOADS} loads of each were logged with their signers.`],
    stops: entries.map(({ name }) => `${name}: libraries that Microsoft did not sign`),
    blind: ["Signed libraries that run what others give them (scrobj.dll, advpack.dll) are not stopped by this."],
    mode: "enforce",
    rules: switches(entries, "MicrosoftSignedOnly", "enforce"),
  };
}

function dynamicCode(loaders: readonly CatalogEntry[]): Measure | undefined {
  const entries = loaders.filter(({ name }) => !COMPILING.test(name));
  if (entries.length === 0) return undefined;
  return {
    id: "dynamic-code",
    mitigation: "M1050",
    title: "Note where system programs make code while they run",
    why: "Shellcode and .NET inside a system program need memory that is written and run; these programs by themselves do not.",
    evidence: ["No log holds it: the switch begins in audit mode, and what it notes decides."],
    stops: ["nothing yet: it shows code made inside of proxies (T1218, T1055)"],
    blind: ["Libraries of other makers may make code inside these programs."],
    mode: "audit",
    rules: switches(entries, "BlockDynamicCode", "audit"),
  };
}

/** What processes of proxies that stay may do (M1050). */
export function processMeasures(catalog: Catalog, evidence: Evidence): readonly Measure[] {
  const stay = remaining(catalog, evidence).filter(isOfWindows);
  const loaders = stay.filter(loadsLibraries);
  return [
    children(stay, evidence),
    remoteImages(loaders, evidence),
    signedOnly(loaders, evidence),
    dynamicCode(loaders),
  ].flatMap((measure) => measure ?? []);
}
