import type { Catalog } from "../../../catalog/catalog.ts";
import { plural } from "../../../outputs/counts.ts";
import { plainId } from "../../ids.ts";
import type { FilePattern, Operation, Rule } from "../../model.ts";
import type { Evidence } from "../evidence.ts";
import type { Measure } from "../measure.ts";
import { isOfWindows, loadsLibraries, namesOf, originals, proxies, remaining } from "./programs.ts";

const see = (id: string, on: Operation, description: string, rest: Pick<Rule, "subject" | "object">): Rule => ({
  id: plainId(id),
  action: "audit",
  on: [on],
  description,
  ...rest,
});

const imagesOf = (names: readonly string[]): readonly FilePattern[] => names.map((name) => ({ path: `*\\${name}` }));

/** Files from which proxies run what they are given. */
const TYPES = [".hta", ".sct", ".wsc", ".chm", ".msc", ".inf", ".cpl", ".xsl", ".msi", ".mst", ".asar"];

/** What the log must hold so that the next replay decides what this one could not. */
export function visibilityMeasures(catalog: Catalog, evidence: Evidence): readonly Measure[] {
  const all = proxies(catalog);
  const programs = (entries: typeof all) =>
    [...new Set(entries.flatMap(namesOf))].filter((one) => one.endsWith(".exe"));
  const stay = remaining(catalog, evidence).filter(isOfWindows);
  const loaders = programs(stay.filter(loadsLibraries));
  const connecting = programs(stay);
  const { execute, load, connect } = evidence.seen;
  const parts: readonly (readonly [string, Rule])[] = [
    [
      `${plural(execute, "start")} were logged`,
      see("see_starts", "execute", "starts of proxies, renamed ones too", {
        object: [...new Set(all.flatMap(originals))].map((originalName) => ({ originalName })),
      }),
    ],
    ["what they start", see("see_children", "execute", "what proxies start", { subject: imagesOf(connecting) })],
    [
      `${plural(load, "load")} of modules were logged`,
      see("see_loads", "load", "libraries in proxies", { subject: imagesOf(loaders) }),
    ],
    [
      `${plural(connect, "connection")} were logged`,
      see("see_connections", "connect", "connections of proxies", { subject: imagesOf(connecting) }),
    ],
    [
      "files that proxies run are not told apart from others",
      see("see_files", "write", "files that proxies run", { object: TYPES.map((extension) => ({ extension })) }),
    ],
  ];
  return [
    {
      id: "visibility",
      mitigation: "M1047",
      title: "Log what this plan could not see",
      why: "Rules on libraries, connections and children are as good as the log that they were made from.",
      evidence: parts.slice(0, 4).map(([text]) => `${text[0]?.toUpperCase()}${text.slice(1)}.`),
      stops: ["nothing: it lets the next plan and the next replay decide more"],
      blind: ["Process accesses, registry and DNS are left to the configuration that is there."],
      mode: "enforce",
      rules: { sysmon: parts.map(([, rule]) => rule) },
    },
  ];
}
