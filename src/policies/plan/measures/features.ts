import { glob } from "../../../invocations/glob.ts";
import { plural } from "../../../outputs/counts.ts";
import { ENVIRONMENT_VARIABLES, expandPath, plainPath } from "../../decide/paths.ts";
import type { Rule } from "../../model.ts";
import { PART_RULES } from "../../targets/features/parts.ts";
import type { Evidence } from "../evidence.ts";
import type { Measure } from "../measure.ts";
import { isBroad } from "./programs.ts";

/** Whether anything in the history needs what a part holds. */
function isUsed(rule: Rule, evidence: Evidence): boolean {
  const patterns = (rule.object ?? []).flatMap(({ path = "" }) => expandPath(path, ENVIRONMENT_VARIABLES) ?? []);
  const names = new Set(patterns.map((one) => one.slice(one.lastIndexOf("\\") + 1)));
  if ([...names].some((name) => !/[*?]/.test(name) && evidence.use([name]))) return true;
  return rule.on.some((on) =>
    [...evidence.all(on)].some(({ act }) => {
      const path = act.object.path === undefined ? undefined : plainPath(act.object.path);
      return path !== undefined && patterns.some((one) => glob(one, path));
    }),
  );
}

/** Optional parts of Windows that nobody uses (M1042). Only a long history says so: removal cannot be tried out. */
export function featureMeasures(evidence: Evidence): readonly Measure[] {
  if (!isBroad(evidence)) return [];
  // Scripts in pages and in other hosts load the engine of VBScript without a start of their own.
  const isSeen = (rule: Rule) => !rule.on.includes("load") || rule.on.length > 1 || evidence.seen.load > 0;
  const free = PART_RULES.filter((rule) => isSeen(rule) && !isUsed(rule, evidence));
  return [
    {
      id: "unused-parts",
      mitigation: "M1042",
      title: `Remove or switch off ${free.length} parts of Windows that nobody uses`,
      why: "What is not there is nobody’s proxy.",
      evidence: [
        `Nothing of these was used on ${plural(evidence.hosts.size, "host")} and ${plural(evidence.hostDays, "host-day")}.`,
        ...free.map(({ id }) => id),
      ],
      stops: [
        "programs of optional features (T1218, T1202), paths over WebDAV, packages that install themselves as the system",
      ],
      blind: ["A feature update may put a part back; undo-features.ps1 puts back what features.ps1 found there."],
      mode: "enforce",
      rules: { features: free },
    },
  ];
}
