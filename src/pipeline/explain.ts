import type { Catalog } from "../catalog/catalog.ts";
import { refanged } from "../cmdline/refang.ts";
import { resolve } from "../invocations/resolve.ts";
import type { Request, Resolution, ResolvedInvocation } from "../invocations/types.ts";
import type { Awaited, BehaviourMatch, Explanation, Invocation, Verdict } from "../model/invocation.ts";
import type { Payload } from "../model/payload.ts";
import type { AllOf } from "../model/shape.ts";
import { judge } from "../score/judge.ts";
import type { Judgement } from "../score/judgement.ts";
import { calledAgain } from "../signals/again.ts";
import { nounIn, sentenceOf, toldOf } from "../signals/sentence.ts";
import { shown } from "../signals/text.ts";

/** All invocations that are told have one shape; what is undefined is left out where they are written. */
const invocationOf = (known: AllOf<Invocation>): Invocation => known as Invocation;

const awaitedBy = (kept: string | undefined): Awaited =>
  kept === undefined ? { from: "standardInput" } : { from: "standardInput", kept };

/** An invocation without the catalogue's objects: what other programs read. */
function plain(invocation: ResolvedInvocation): Invocation {
  const { binary, canonical, behaviours, obfuscation, parent, unknown, cut, awaits, entry } = invocation;
  // What `map` makes in optimised code is taken for a list with holes, which JSON.stringify is slow to write.
  const told: BehaviourMatch[] = [];
  for (const { id, techniques, runs, fetches, reads, writes } of behaviours)
    told.push({ id, techniques, runs, fetches, reads, writes });
  const awaited = awaits ? awaitedBy(entry?.awaits?.kept) : undefined;
  return invocationOf({
    binary,
    canonical,
    behaviours: told,
    obfuscation,
    parent,
    unknown,
    cut,
    awaited,
    cures: undefined,
  });
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

/** Where to look for what the innermost program is told that takes its commands while it runs. */
function awaitedIn({ invocations }: Resolution): string | undefined {
  const last = invocations.findLast(({ awaits }) => awaits);
  if (!last) return undefined;
  const kept = last.entry?.awaits?.kept;
  const places = ["the processes that it starts", ...(kept === undefined ? [] : [kept])];
  return `What ${last.binary.name} is told at its prompt or on its standard input is not in the line: look at ${places.join(" and at ")}.`;
}

function verdictOf(resolution: Resolution, judgement: Judgement | undefined): Verdict {
  if (judgement) {
    const { invocation, behaviour, reasons, scored } = judgement;
    let text = `${sentenceOf(invocation, behaviour, resolution.invocations)}.`;
    // The first says no more than the sentence does.
    const rest = reasons.slice(1).filter(({ id }) => !reasons.some(({ covers }) => covers === id));
    const sentences = rest.map(({ whole, text: reason }) => whole ?? reason);
    const { runs, fetches, reads, writes } = behaviour;
    const called = (one: Payload) => nounIn(behaviour.behaviour.title, one);
    const again = calledAgain(toldOf(behaviour), [...runs, ...fetches, ...reads, ...writes], sentences, called);
    for (const sentence of sentences) text += ` ${again(sentence)}`;
    const awaited = awaitedIn(resolution);
    if (awaited !== undefined) text += ` ${awaited}`;
    return { level: scored.level, score: scored.score, text: text + cutOf(resolution) };
  }
  const known = resolution.invocations.find((invocation) => invocation.entry);
  const cut = cutOf(resolution);
  const nothing = (name: string) =>
    cut === ""
      ? `${name} is used here for nothing that it could do on behalf of others.`
      : `As far as it was read, ${name} is used here for nothing that it could do on behalf of others.`;
  const text = known
    ? (awaitedIn(resolution) ?? nothing(known.binary.name))
    : ["No binary of the catalogue is involved.", ...disguises(resolution)].join(" ");
  return { level: "informational", score: 0, text: text + cut };
}

/** A name without a path or an ending, which may be that of a program of either platform. */
const BARE = /^\s*"?[\w+-]+"?(?:\s|$)/;
const OF_WINDOWS = /^(?:[a-z]:|\\)\\/i;

/** The request with the platform that the parent's file or the folder tells, where its own program is a bare name. */
function placed(request: Request): Request {
  const { platform, image, originalFileName, args, commandLine, parent, cwd } = request;
  if (platform ?? image ?? originalFileName) return request;
  const path = parent ?? cwd ?? "";
  if (!BARE.test(args?.[0] ?? commandLine ?? "") || !/^\/|\\/.test(path)) return request;
  return { ...request, platform: OF_WINDOWS.test(path) ? "windows" : "linux" };
}

/** The request with the addresses of its line as they are meant, where it was copied out of a report. */
function copied(request: Request): Request {
  const { commandLine } = request;
  const meant = commandLine === undefined ? undefined : refanged(commandLine);
  return meant === undefined || meant === commandLine ? request : { ...request, commandLine: meant };
}

const COPIED = " Its addresses are written as reports write them, and were read as they are meant.";

/** Says who runs what in a command line, which is the first step of `explain`. */
export const resolved = (request: Request, catalog: Catalog): Resolution => resolve(placed(copied(request)), catalog);

/** Resolves and judges one command line. Never throws; bounded in time and depth. */
export const explain = (request: Request, catalog: Catalog): Explained => judged(request, resolved(request, catalog));

/** The second step of `explain`: judges what `request` was resolved to, and says it in words. */
export function judged(request: Request, resolution: Resolution): Explained {
  const judgement = judge(resolution);
  const invocations: Invocation[] = [];
  for (const one of resolution.invocations) invocations.push(plain(one));
  const { level, score, text } = verdictOf(resolution, judgement);
  const explanation: Explanation = {
    commandLine: request.commandLine ?? request.args?.join(" ") ?? "",
    invocations,
    verdict: { level, score, text: copied(request) === request ? text : text + COPIED },
  };
  return { resolution, judgement, explanation };
}
