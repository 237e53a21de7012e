import { isWithoutFile } from "../catalog/word.ts";
import { Memory } from "../cmdline/memory.ts";
import { classifyValue } from "../cmdline/normal/classify.ts";
import type { ResolvedBehaviour, ResolvedInvocation } from "../invocations/types.ts";
import { type Payload, type Payloads, type Role, resolvedOf } from "../model/payload.ts";
import { lowered, nounOf, shown } from "./text.ts";

const SPOKEN: readonly Role[] = ["runs", "fetches", "writes", "reads"];

/** The roles that a sentence of each category names before all others: what such an act is about. */
const ABOUT: Readonly<Record<string, readonly Role[]>> = {
  download: ["fetches"],
  upload: ["reads"],
  copy: ["fetches", "reads"],
  credentials: ["reads", "writes"],
  encode: ["reads"],
};

/** “Carries out a script, which …” is about what is carried out, whatever the category. */
function carriedOut({ runs: [ran], behaviour: { title } }: ResolvedBehaviour): Payload | undefined {
  return ran !== undefined && title.startsWith(`Carries out a ${nounOf(ran)}`) ? ran : undefined;
}

/** The payload that a title names; what comes from elsewhere goes before what lies here, and what users can write before the rest. */
export function toldOf(found: ResolvedBehaviour): Payload | undefined {
  const carried = found.behaviour.category === "credentials" ? carriedOut(found) : undefined;
  return carried ?? toldIn(found, ABOUT[found.behaviour.category] ?? []) ?? toldIn(found, SPOKEN);
}

const isFromElsewhere = ({ where, remote }: Payload): boolean => remote || where === "registry";

/** Of several, what anybody can have put there says more than what is part of the system. */
function isWritable(payload: Payload): boolean {
  if (payload.where !== "local") return false;
  const { directoryClass, userWritable } = classifyValue(resolvedOf(payload));
  return userWritable && directoryClass !== "relative";
}

function toldIn(payloads: Payloads, roles: readonly Role[]): Payload | undefined {
  for (const role of roles) {
    const first = payloads[role][0];
    if (!first) continue;
    if (first.what === "inlineCode") return first;
    return payloads[role].find(isFromElsewhere) ?? payloads[role].find(isWritable) ?? first;
  }
  return undefined;
}

/** A word of a shell or debugger: no file of its own, so that it acts as the program that reads it. */
const isWord = ({ entry }: ResolvedInvocation): boolean => entry?.category === "shell" && isWithoutFile(entry);

/** Who acts: the program itself, or the one whose word it is. */
function actorOf(invocation: ResolvedInvocation, all: readonly ResolvedInvocation[]): string {
  let one: ResolvedInvocation | undefined = invocation;
  while (one && isWord(one)) one = one.parent === undefined ? undefined : all[one.parent];
  return one?.binary.name ?? "A shell";
}

/** What a title calls a folder is one, and what lies in it has an extension. */
const OF_FOLDER = /(?<!\boutside the )\bfolder\b(?! or\b)/;
const WITHOUT_EXTENSION = /^(?!https?:)(?:.*[\\/])[^\\/.]+$/i;

/** A page or service of the web: nothing in its address says that it is a file, and the title may say that one comes from there. */
const PAGE = /^\w+:\/\/[^/?#]+(?:\/(?:[^?#]*\/)?[^/?#.]*)?(?:[?#]|$)/;
const OF_FILE = /^(?!sends\b).*\b(?:files?|documents?|downloads|fetche[sd]|fetch)\b/i;

/** What titles call payloads, longer names before their parts. */
const KINDS =
  /\b(?:COM class|INF file|registry entr(?:y|ies)|librar(?:y|ies)|address|process|(?:scriptlet|script|program|package|project|assembl(?:y|ie)|command|configuration|connection|pipe|share|drive|folder|file)(?=s?\b))/gi;

const singular = (word: string): string => word.toLowerCase().replace(/ies?$/, "y");

/** Characters of titles of which it is remembered what they end in. */
const TITLES = 1 << 19;
const ends = new Memory<string>(TITLES);

/** What a title ends by speaking of, with no aside behind it; empty where that is no payload. */
const endOf = (title: string): string =>
  ends.get(title, () => {
    const last = [...title.matchAll(KINDS)].at(-1);
    return last === undefined || title.includes(",", last.index) ? "" : singular(last[0]);
  });

/** What a title calls a payload, in one or two words. */
export function nounIn(title: string, payload: Payload): string {
  const { what, where, value } = payload;
  if ((where === "local" || where === "share") && OF_FOLDER.test(title) && WITHOUT_EXTENSION.test(value))
    return "folder";
  if (what === "document" && where === "web" && PAGE.test(value) && !OF_FILE.test(title)) return "address";
  return nounOf(payload);
}

function toldAs(title: string, payload: Payload): string {
  const noun = nounIn(title, payload);
  const value = shown(payload.value);
  return endOf(title) === noun.toLowerCase() ? value : ["the", noun, value].filter(Boolean).join(" ");
}

/** The machine or share that something of this machine is brought to. */
function targetOf({ writes }: Payloads, told: Payload): string {
  const target = told.where === "local" ? writes.find(({ remote }) => remote) : undefined;
  return target ? `, to ${shown(target.value)}` : "";
}

/**
 * “regsvr32.exe runs a COM scriptlet: the scriptlet https://…”.
 * @param all the invocations that this one is among
 */
export function sentenceOf(
  invocation: ResolvedInvocation,
  behaviour: ResolvedBehaviour,
  all: readonly ResolvedInvocation[],
): string {
  const { title } = behaviour.behaviour;
  const payload = toldOf(behaviour);
  const what =
    payload && payload.what !== "inlineCode" ? `: ${toldAs(title, payload)}${targetOf(behaviour, payload)}` : "";
  return `${actorOf(invocation, all)} ${lowered(title)}${what}`;
}
