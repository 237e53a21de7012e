import type { Catalog } from "../../../catalog/catalog.ts";
import { plural } from "../../../outputs/counts.ts";
import { plainPath } from "../../decide/paths.ts";
import { plainId } from "../../ids.ts";
import { type Evidence, namesOf as namesOfFile } from "../evidence.ts";
import type { Measure } from "../measure.ts";
import { pathsOf, unusedFolders } from "./folders.ts";
import { isBroad, namesOf, originals, publishersOf, remaining } from "./programs.ts";

/** What lies there is no copy. */
const HOME = /^c:\\(?:windows|program files(?: \(x86\))?|\$windows\.~bt)\\/;
/** Folders in which Windows itself keeps its programs, and puts new ones when it is upgraded. */
const HOMES = ["%WINDIR%\\*", "%PROGRAMFILES%\\*", "%OSDRIVE%\\$WINDOWS.~BT\\*"].map((path) => ({ path }));

/** A copy of a system program keeps its signature and its name of the version resource, whatever it is called (T1036.003). */
export function copyMeasures(catalog: Catalog, evidence: Evidence): readonly Measure[] {
  const copied = new Set(
    [...evidence.all("execute")].flatMap(({ act }) =>
      HOME.test(plainPath(act.object.path ?? "")) ? [] : namesOfFile(act.object),
    ),
  );
  const entries = remaining(catalog, evidence).filter(
    (entry) => entry.signer === "Microsoft Windows" && !namesOf(entry).some((name) => copied.has(name)),
  );
  if (entries.length === 0) return [];
  return [
    {
      id: "copies",
      mitigation: "M1038",
      title: "Start no copies of system programs outside of Windows",
      why: "A proxy that is needed is needed where Windows keeps it; a copy under another name or in another folder is for hiding.",
      evidence: [`None of ${entries.length} programs was started from anywhere else in the history.`],
      stops: ["renamed and copied proxies (T1036.003, T1218)"],
      blind: ["A file that was changed has lost its signature: only a list of allowed folders or signers stops it."],
      mode: "enforce",
      rules: {
        applocker: entries.map((entry) => ({
          id: plainId(`copy_${entry.id}`),
          action: "deny",
          on: ["execute"],
          object: publishersOf(originals(entry)),
          exceptions: HOMES,
          scope: ["S-1-1-0"],
          description: `Copies of ${entry.name}`,
          measure: "M1038",
        })),
      },
    },
  ];
}

/** Programs that proxies are made to start lie where users write (M1038). Only a long history says where nothing is started. */
export function placeMeasures(evidence: Evidence): readonly Measure[] {
  if (!isBroad(evidence)) return [];
  // A rule for a folder holds for libraries, scripts and packages in it, too.
  const used = (["execute", "load", "script", "install"] as const).flatMap((on) => pathsOf(evidence.all(on)));
  const folders = unusedFolders(used);
  if (folders.length === 0) return [];
  return [
    {
      id: "program-folders",
      mitigation: "M1038",
      title: "Start no programs in folders where none was ever started",
      why: "What a proxy starts on somebody’s behalf must lie somewhere; in these folders users write and start nothing.",
      evidence: [
        `${plural(evidence.seen.execute, "start")} on ${plural(evidence.hosts.size, "host")} and ${plural(evidence.hostDays, "host-day")}, none of them there.`,
      ],
      stops: ["programs in users’ folders that rundll32.exe, forfiles.exe, pcalua.exe and others are made to start"],
      blind: ["New software that starts from such a folder is stopped, too: audit before each roll-out of software."],
      mode: "enforce",
      rules: {
        appcontrol: folders.map((path) => ({
          id: plainId(`start_${path}`),
          action: "deny",
          on: ["execute"],
          object: [{ path }],
          description: `Programs in ${path}`,
          measure: "M1038",
        })),
      },
    },
  ];
}
