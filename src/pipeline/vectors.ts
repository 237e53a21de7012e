import type { Catalog } from "../catalog/catalog.ts";
import type { ResolveVector, SilentVector, VectorFile } from "../catalog/vectors.ts";
import { identity } from "../cmdline/normal/identity.ts";
import type { Request } from "../invocations/types.ts";
import { given } from "../model/given.ts";
import type { BehaviourMatch } from "../model/invocation.ts";
import { atLeast } from "../model/level.ts";
import { ROLES, resolvedOf } from "../model/payload.ts";
import { explain } from "./explain.ts";

export function requestOf(vector: ResolveVector | SilentVector, platform: VectorFile["platform"]): Request {
  const { line, args, image, originalFileName, as, env, cwd, parent, domain } = vector;
  return given({
    platform: vector.platform ?? platform,
    commandLine: line,
    args,
    image,
    originalFileName,
    as,
    env,
    cwd,
    parent,
    domain,
  });
}

function compare(vector: ResolveVector, match: BehaviourMatch, platform: VectorFile["platform"]): string | undefined {
  for (const role of ROLES) {
    const wanted = vector[role];
    if (wanted === undefined) continue;
    const found = match[role];
    const ids = found.map((payload) => [identity(payload.value, platform), identity(resolvedOf(payload), platform)]);
    const missing = wanted.filter((text) => !ids.some((id) => id.includes(identity(text, platform))));
    const extra = found.filter((_, i) => !wanted.some((text) => ids[i]?.includes(identity(text, platform))));
    if (missing.length > 0)
      return `${role}: ${missing.join(", ")} not found, but ${found.map((p) => p.value).join(", ") || "nothing"}`;
    if (extra.length > 0) return `${role}: ${extra.map((p) => p.value).join(", ")} found besides`;
  }
  return undefined;
}

/** What is wrong with one vector's answer; undefined where it is right. */
export function checkResolve(file: VectorFile, vector: ResolveVector, catalog: Catalog): string | undefined {
  const { explanation } = explain(requestOf(vector, file.platform), catalog);
  const id = vector.behaviour.includes("/") ? vector.behaviour : `${file.entry}/${vector.behaviour}`;
  const matches = explanation.invocations.flatMap((invocation) => invocation.behaviours).filter((b) => b.id === id);
  if (matches.length === 0) {
    const shown = explanation.invocations.map(
      (i) => `${i.binary.entry ?? i.binary.name}(${i.behaviours.map((b) => b.id).join(" ")})`,
    );
    return `${id} is not shown, but ${shown.join(" › ") || "nothing"}`;
  }
  const problems = matches.map((match) => compare(vector, match, file.platform));
  return problems.includes(undefined) ? undefined : problems[0];
}

/** A vector of normal use must stay below medium. */
export function checkSilent(file: VectorFile, vector: SilentVector, catalog: Catalog): string | undefined {
  const { verdict } = explain(requestOf(vector, file.platform), catalog).explanation;
  return atLeast(verdict.level, "medium") ? `${verdict.level} ${verdict.score}: ${verdict.text}` : undefined;
}
