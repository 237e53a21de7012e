import type { Semantics } from "../decide/engine.ts";
import { ENVIRONMENT_VARIABLES } from "../decide/paths.ts";
import type { FilePattern } from "../model.ts";
import type { Target } from "../target.ts";
import { EVENTS } from "./sysmon/events.ts";
import { readSysmon } from "./sysmon/read.ts";
import { writeSysmon } from "./sysmon/write.ts";

const STARTS = { decision: "audit", rule: "", reason: "every start is logged, as no filter is for starts" } as const;

/**
 * A configuration denies nothing: it says what is logged (audit) and what is not. Exclusions stand above inclusions; what two and more
 * filters of one event do not name is not logged, whatever they are. Starts are logged where no filter is for them; loads, connections
 * and files are not.
 * @see https://learn.microsoft.com/sysinternals/downloads/sysmon#configuration-files
 * @see https://github.com/Sysinternals/SysmonCommon/blob/main/rules.c
 */
const semantics: Semantics = {
  platforms: ["windows"],
  order: "firstMatch",
  variables: ENVIRONMENT_VARIABLES,
  reach({ collections, unknown }, { on }) {
    if (collections?.some((one) => one.on === on)) return { mode: "audit", otherwise: undefined };
    // What is not understood may be the filter that is missed.
    const isUnfiltered = collections && on === "execute" && unknown.every((one) => one.on !== undefined);
    return isUnfiltered ? { mode: "audit", otherwise: undefined, always: STARTS } : undefined;
  },
};

/** A whole text, its beginning, its end or a part of it. */
function isSayable({ path, originalName, extension }: FilePattern): boolean {
  if (extension !== undefined) return /^\.\w{1,16}$/.test(extension);
  const bare = (path ?? originalName ?? "").replace(/^\*|\*$/g, "");
  return bare !== "" && !/[*?]/.test(bare);
}

export const sysmon: Target = {
  id: "sysmon",
  title: "Sysmon configuration",
  cannot: [
    "It stops nothing: it makes the next replay see what this one could not.",
    "Loads of modules and accesses to processes are many: without rules for single programs they fill the log.",
    "One host has one configuration: merge these rules into the one that is there.",
  ],
  semantics,
  sniff: (head) => (/<Sysmon\b[^>]*schemaversion/i.test(head) ? 1 : 0),
  read: readSysmon,
  write: writeSysmon,
  refuses(rule) {
    if (rule.action !== "audit") return "Sysmon logs and denies nothing";
    if (rule.scope ?? rule.exceptions) return "such a rule is none of Sysmon’s";
    const [on, ...more] = rule.on;
    const event = EVENTS.find((one) => one.on === on);
    if (!event || more.length > 0) return "one rule of Sysmon’s holds for one kind of event";
    const isNamed = (fields: typeof event.object, patterns: typeof rule.object) =>
      patterns?.every(
        (pattern) =>
          Object.keys(pattern).length === 1 &&
          fields.some(({ by }) =>
            by === "path"
              ? pattern.path !== undefined || pattern.extension !== undefined
              : pattern.originalName !== undefined,
          ),
      ) ?? true;
    if (!isNamed(event.subject, rule.subject) || !isNamed(event.object, rule.object))
      return "Sysmon’s event has no such field";
    if ([...(rule.subject ?? []), ...(rule.object ?? [])].some((one) => !isSayable(one)))
      return "Sysmon’s conditions have no wildcards inside";
    if (!rule.subject && !rule.object) return "a rule of Sysmon’s needs a condition";
    return rule.peer && Object.keys(rule.peer).length > 0 ? "such a condition is not written" : undefined;
  },
};
