import { plainId } from "../../ids.ts";
import type { Evidence } from "../evidence.ts";
import type { Measure } from "../measure.ts";
import { pathsOf, unusedFolders } from "./folders.ts";
import { isBroad } from "./programs.ts";

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
        `${evidence.seen.execute} starts on ${evidence.hosts.size} hosts and ${evidence.hostDays} host-days, none of them there.`,
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
