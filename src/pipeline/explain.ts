import type { Catalog } from "../catalog/catalog.ts";
import { resolve } from "../invocations/resolve.ts";
import type { Request, Resolution, ResolvedInvocation } from "../invocations/types.ts";
import type { Explanation, Invocation, Verdict } from "../model/invocation.ts";
import { type Judgement, judge } from "../score/judge.ts";
import { sentenceOf } from "../signals/sentence.ts";
import { shown } from "../signals/text.ts";

/** An invocation without the catalogue's objects: what other programs read. */
function plain(invocation: ResolvedInvocation): Invocation {
  const { binary, canonical, behaviours, obfuscation, parent, unknown, cut } = invocation;
  return {
    binary,
    canonical,
    behaviours: behaviours.map(({ id, techniques, runs, fetches, reads, writes }) => ({
      id,
      techniques,
      runs,
      fetches,
      reads,
      writes,
    })),
    obfuscation,
    ...(parent !== undefined && { parent }),
    ...(unknown !== undefined && { unknown }),
    ...(cut !== undefined && { cut }),
  };
}

export interface Explained {
  readonly resolution: Resolution;
  readonly judgement: Judgement | undefined;
  readonly explanation: Explanation;
}

/** What a limit left out, as a sentence at the end of others. */
function cutOf({ invocations }: Resolution): string {
  const cut = invocations[0]?.cut;
  return cut === undefined ? "" : ` Not all of it was read: ${cut}.`;
}

/** Programs that nobody knows under names that are made to be read as others. */
const disguises = ({ invocations }: Resolution): readonly string[] =>
  invocations.flatMap(({ binary: { impostor } }) => (impostor === undefined ? [] : [`${shown(impostor)}.`]));

function verdictOf(resolution: Resolution, judgement: Judgement | undefined): Verdict {
  if (judgement) {
    const { score, level, reasons } = judgement.scored;
    const why = reasons.slice(1).map((reason) => reason.text);
    return {
      level,
      score,
      text:
        [`${sentenceOf(judgement.invocation, judgement.behaviour, resolution.invocations)}.`, ...why].join(" ") +
        cutOf(resolution),
    };
  }
  const known = resolution.invocations.find((invocation) => invocation.entry);
  const text = known
    ? `${known.binary.name} is used here for nothing that it could do on behalf of others.`
    : ["No binary of the catalogue is involved.", ...disguises(resolution)].join(" ");
  return { level: "informational", score: 0, text: text + cutOf(resolution) };
}

/** Resolves and judges one command line. Never throws; bounded in time and depth. */
export function explain(request: Request, catalog: Catalog): Explained {
  const resolution = resolve(request, catalog);
  const judgement = judge(resolution);
  const explanation: Explanation = {
    commandLine: request.commandLine ?? request.args?.join(" ") ?? "",
    invocations: resolution.invocations.map(plain),
    verdict: verdictOf(resolution, judgement),
  };
  return { resolution, judgement, explanation };
}
