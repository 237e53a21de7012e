import type { Catalog } from "../../catalog/catalog.ts";
import { classifyValue } from "../../cmdline/normal/classify.ts";
import { identity } from "../../cmdline/normal/identity.ts";
import { baseName } from "../../invocations/glob.ts";
import type { Resolution } from "../../invocations/types.ts";
import type { Event, Platform, Signature } from "../../model/event.ts";
import type { Related } from "../../model/finding.ts";
import { atLeast } from "../../model/level.ts";
import { ROLES, resolvedOf } from "../../model/payload.ts";
import { judge } from "../../score/judge.ts";
import type { Judgement } from "../../score/judgement.ts";
import { weightOf } from "../../score/score.ts";
import { shown } from "../../signals/text.ts";
import { isSigned, span } from "../facts/fact.ts";
import type { Host } from "../host.ts";
import { type Corroboration, type Pending, relate } from "../pending.ts";
import { relatedTo } from "../refs.ts";
import { wait } from "../waiting.ts";
import type { Candidate } from "./candidate.ts";
import { linkOf } from "./link.ts";
import { ofProxy } from "./proxy.ts";
import { isOwn } from "./trust.ts";
import type { Link, Told } from "./types.ts";

/** What a process does later than this after its start, in milliseconds, is not laid to its arguments. */
const WITHIN = 600_000;
/** Most acts that are told of one process. */
const MAX_LINKS = 6;
/** Below this score nothing that may follow makes an act worth telling. */
const LEAST = 5;

/** What is told of an argument and its effect. */
export type OnLink = (link: Link, told: Told, host: string | undefined) => void;

export interface WatchOptions {
  readonly catalog: Catalog;
  /** How long a finding collects, in milliseconds. */
  readonly hold: number;
  readonly onLink: OnLink | undefined;
}

/** File names of what a line's behaviours run, fetch, read and write, and of the programs within it, lower case. */
export function explainedBy({ invocations, platform }: Resolution): readonly string[] {
  const payloads = invocations.flatMap(({ behaviours }) =>
    behaviours.flatMap((one) => ROLES.flatMap((role) => one[role])),
  );
  if (payloads.length === 0) return [];
  // A shell that runs no more than a program of the catalogue shows no behaviour: the program is told of by itself.
  const inner = invocations.flatMap(({ binary, parent }) => (parent === undefined ? [] : [binary.name.toLowerCase()]));
  return [...new Set([...payloads.map((payload) => fileName(resolvedOf(payload), platform)), ...inner])];
}

const fileName = (path: string, platform: Platform) => baseName(identity(path, platform)).toLowerCase();

/** Whether the catalogue says what a link says. Where it finds anything, what merely follows is laid to that. */
function isExplained({ act, text, path }: Link, { explained = [], told }: Candidate): boolean {
  if (explained.length === 0) return false;
  const { platform } = told.line;
  return act === "open" || [text, path ?? text].some((one) => explained.includes(fileName(one, platform)));
}

/** Remembers a process start until nothing that it does is laid to its arguments any more. */
export function watch(host: Host, key: string, candidate: Candidate): void {
  const { time } = candidate.subject;
  host.told.set(key, candidate);
  if (time !== undefined) host.told.expire(({ subject }) => subject.time !== undefined && subject.time < time - WITHIN);
}

/** Notes that the start of a watched process stands in another log, too. */
export function alsoLogged(host: Host, key: string, same: Related): void {
  const candidate = host.told.get(key);
  if (candidate) candidate.same = [...candidate.same, same];
}

/** How often a program was seen to do such a thing on this host before; this time is counted. */
function habit(host: Host, { told, links }: Candidate, link: Link): number {
  const { image, platform } = told.line;
  const { directoryClass } = classifyValue(link.path ?? link.text, platform);
  const key = [baseName(image).toLowerCase(), link.act, link.option?.toLowerCase() ?? "", directoryClass].join("|");
  const before = host.habits.get(key) ?? 0;
  if (!links.some(({ act, option }) => act === link.act && option === link.option)) host.habits.set(key, before + 1);
  return before;
}

const argumentOf = ({ option, text, what }: Link) => {
  const which = option === undefined ? "An argument" : `Its option ${shown(option)}`;
  return what === "inlineCode" ? `${which} is script code` : `${which} names ${shown(text)}`;
};

function sentence(link: Link, { subject }: Candidate): string {
  const after =
    subject.time === undefined || link.time === undefined
      ? "then"
      : `${span(link.time - subject.time)} after its start`;
  const name = shown(baseName(link.effect));
  const head = argumentOf(link);
  switch (link.by) {
    case "shell":
    case "child":
      return `${head}; ${after} it started ${name}.`;
    case "handed-on":
      return `${head}; ${after} it started ${name} with that argument.`;
    case "engine":
      return `${head}; ${after} it loaded ${name}, which runs scripts.`;
    case "library":
      return `${head}; ${after} it loaded ${shown(link.effect)}, which is not validly signed.`;
    case "connection":
      return `${head}; ${after} it reached out to ${shown(link.effect)}.`;
    default:
      break;
  }
  const did = {
    load: "loaded it",
    start: "started it",
    write: "wrote it",
    fetch: "reached out to it",
    open: "used it",
  };
  return `${head}; ${after} it ${did[link.act]}.`;
}

function habitOf(before: number, name: string): string {
  if (before === 0) return `${name} was not seen to do so on this host before.`;
  return `${name} was seen to do so ${before === 1 ? "once" : `${before} times`} on this host before.`;
}

function reasonsOf(host: Host, candidate: Candidate, link: Link, event: Event): Corroboration[] {
  const { kind, time } = link;
  const { image, platform } = candidate.told.line;
  const common = { kind, sources: [link.source], ...(time !== undefined && { time }) };
  const id = `proxy-${link.act === "open" ? link.by : link.act}`;
  const name = shown(baseName(image));
  const reasons: Corroboration[] = [
    { ...common, id, group: "proxy", weight: weightOf(id), text: sentence(link, candidate) },
    { ...common, id: "proxy-habit", group: "habit", weight: 0, text: habitOf(habit(host, candidate, link), name) },
  ];
  const path = link.path ?? link.text;
  if (link.role === "runs" && isOwn(path, image, platform))
    reasons.push({
      ...common,
      id: "proxy-own",
      group: "ordinary",
      weight: weightOf("proxy-own"),
      text: `${shown(path)} lies in a folder of the same product.`,
    });
  const { signature } = event as { signature?: Signature };
  if (link.path !== undefined && isSigned(signature))
    reasons.push({
      ...common,
      id: "proxy-signed",
      group: "ordinary",
      weight: weightOf("proxy-signed"),
      text: `${shown(link.path)} is validly signed${signature?.signer ? ` by ${shown(signature.signer)}` : ""}.`,
    });
  return reasons;
}

/** Whether a finding of a proxy says already what an event of its process would add: that it reached out. */
export function isTold({ origin }: Pending, { kind }: Event): boolean {
  return kind === "networkConnection" && origin.kind === "proxy" && origin.links.some((link) => link.kind === kind);
}

export interface Telling {
  readonly pending: Pending;
  readonly reasons: readonly Corroboration[];
  /** Whether it is told for the first time. */
  readonly fresh: boolean;
}

/**
 * Looks whether a process that is watched just did what an argument of it names. Yields the finding that tells of it, with what the
 * event adds; undefined where there is nothing to tell, or where the process has another finding.
 */
export function noticed(
  host: Host,
  key: string,
  event: Event,
  options: WatchOptions,
  child?: Pending,
): Telling | undefined {
  const candidate = host.told.get(key);
  if (!candidate || candidate.links.length >= MAX_LINKS) return undefined;
  const { told, subject, around } = candidate;
  if (event.time !== undefined && subject.time !== undefined && event.time - subject.time > WITHIN) return undefined;
  const { files } = host;
  const isDropped = (path: string) => {
    // Installed software is there to open what comes from elsewhere.
    if (told.trust === "installed" || told.trust === "signed") return false;
    const written = files.get(identity(path, told.line.platform));
    return written !== undefined && written.byKey !== key;
  };
  const link = linkOf(told.line, event, { isDropped, site: host.site, domain: told.domain });
  if (
    !link ||
    isExplained(link, candidate) ||
    candidate.links.some(({ act, text }) => act === link.act && text === link.text)
  )
    return undefined;
  const known = host.processes.get(key);
  const before = known?.pending;
  const reasons = reasonsOf(host, candidate, link, event);
  candidate.links = [...candidate.links, link];
  options.onLink?.(link, told, subject.host);
  if (known?.reported || candidate.explained || (before && before.origin.kind !== "proxy")) return undefined;
  if (link.act === "start" && child && !child.dropped && atLeast(child.judgement.scored.level, "medium")) {
    // What is started tells more than who started it.
    const by = shown(baseName(told.line.image));
    const text = `${by} was told to start it: ${sentence(link, candidate)}`;
    relate(child, relatedTo(subject.source, "wrapper"), ...candidate.same);
    return {
      pending: child,
      reasons: [{ id: "proxy-start", group: "proxy", weight: 0, text, kind: link.kind, sources: [subject.source] }],
      fresh: false,
    };
  }
  const resolution = ofProxy(told, candidate.links, options.catalog);
  const judgement = judge(resolution, around) as Judgement;
  if (judgement.scored.score < LEAST) return undefined;
  const origin = { kind: "proxy", told, links: candidate.links } as const;
  if (before) {
    before.origin = origin;
    before.resolution = resolution;
    before.judgement = judgement;
    return { pending: before, reasons, fresh: false };
  }
  const pending = wait(host, event, options.hold, judgement, {
    subject,
    origin,
    resolution,
    around,
    component: "processCreation",
  });
  relate(pending, ...candidate.same);
  if (known) known.pending = pending;
  return { pending, reasons, fresh: true };
}
