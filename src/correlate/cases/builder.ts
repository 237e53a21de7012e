import { createHash } from "node:crypto";
import type { Case, CaseLink } from "../../model/case.ts";
import type { Finding } from "../../model/finding.ts";
import { shortHost } from "../../model/host.ts";
import { atLeast } from "../../model/level.ts";
import type { Trace } from "../trace.ts";
import { belong, type Member, memberOf, QUIET } from "./member.ts";
import { narrative } from "./text.ts";
import { treeOf } from "./tree.ts";

/** Most findings of one case, and most open cases of one host: the oldest are closed early. */
const MAX_MEMBERS = 200;
const MAX_OPEN = 100;
/** Closed cases that later ones may be linked with. */
const MAX_MARKS = 20_000;
const MAX_LINKS = 50;

/** What is remembered of a case for links. */
interface Mark {
  readonly id: string;
  readonly host?: string;
}

/** The state as JSON can carry it. */
export interface CasesState {
  readonly open: readonly (readonly Member[])[];
  readonly marks: readonly (readonly [string, readonly Mark[]])[];
}

const byTime = (a: Member, b: Member) => (a.time ?? 0) - (b.time ?? 0) || (a.id < b.id ? -1 : 1);
const hostKey = (host: string | undefined) => shortHost(host ?? "");

function caseId(members: readonly Member[]): string {
  const first = members[0] as Member;
  return createHash("sha256")
    .update(`case\0${hostKey(first.host)}\0${first.id}`)
    .digest("hex")
    .slice(0, 16);
}

/** What other cases may have in common with this one: payloads of any level, ways of calling of grave findings. */
function traitsOf(members: readonly Member[]): string[] {
  const payloads = members.flatMap(({ trace }) => trace.uses.map((use) => `payload|${use}`));
  const templates = members
    .filter(({ level }) => atLeast(level, "high"))
    .map(({ trace }) => `template|${trace.template}`);
  return [...new Set([...payloads, ...templates])];
}

/** Joins findings to cases: those of one host that share processes or files, while they lie near one another in time. */
export class CaseBuilder {
  #open = new Map<string, Member[][]>();
  #marks = new Map<string, Mark[]>();

  /** Takes a finding in, and yields the groups of its host that it shows to be over. */
  add(finding: Finding, trace: Trace): Case[] {
    const member = memberOf(finding, trace);
    const key = hostKey(finding.host);
    const groups = this.#open.get(key) ?? [];
    const mine = groups.filter((group) => group.some((other) => belong(other, member)));
    const joined = [member, ...mine.flat()].toSorted(byTime);
    const others = groups.filter((group) => !mine.includes(group));
    const { time } = member;
    const over = (group: readonly Member[]) =>
      time !== undefined && group.every((one) => one.time === undefined || one.time < time - QUIET);
    const closed = others.filter(over);
    const left = others.filter((group) => !closed.includes(group));
    if (joined.length > MAX_MEMBERS) closed.push(joined);
    else left.push(joined);
    while (left.length > MAX_OPEN) closed.push(left.shift() as Member[]);
    this.#open.set(key, left);
    return this.#close(closed);
  }

  /** No more findings: all that is open is over. */
  finish(): Case[] {
    const groups = [...this.#open.values()].flat();
    this.#open = new Map();
    return this.#close(groups);
  }

  save(): CasesState {
    return { open: [...this.#open.values()].flat(), marks: [...this.#marks] };
  }

  restore({ open, marks }: CasesState): void {
    this.#open = new Map();
    for (const group of open) {
      const key = hostKey(group[0]?.host);
      this.#open.set(key, [...(this.#open.get(key) ?? []), [...group]]);
    }
    this.#marks = new Map(marks.map(([trait, list]) => [trait, [...list]]));
  }

  /** Cases are marked before any of them is told, so that those which close together name each other. */
  #close(groups: readonly (readonly Member[])[]): Case[] {
    const grave = groups
      .filter((group) => group.some(({ level }) => atLeast(level, "medium")))
      .toSorted((a, b) => byTime(a[0] as Member, b[0] as Member));
    for (const group of grave) this.#mark(group);
    return grave.map((group) => this.#tell(group));
  }

  #mark(group: readonly Member[]): void {
    const host = group[0]?.host;
    const mark: Mark = { id: caseId(group), ...(host !== undefined && { host }) };
    for (const trait of traitsOf(group)) {
      const marks = this.#marks.get(trait) ?? [];
      this.#marks.delete(trait);
      this.#marks.set(trait, [...marks, mark].slice(-MAX_LINKS));
      if (this.#marks.size > MAX_MARKS) this.#marks.delete(this.#marks.keys().next().value as string);
    }
  }

  #links(group: readonly Member[], id: string): CaseLink[] {
    const key = hostKey(group[0]?.host);
    const links = new Map<string, CaseLink>();
    for (const trait of traitsOf(group)) {
      const [by, value] = [trait.slice(0, trait.indexOf("|")), trait.slice(trait.indexOf("|") + 1)];
      for (const mark of this.#marks.get(trait) ?? [])
        if (mark.id !== id && hostKey(mark.host) !== key && !links.has(mark.id))
          links.set(mark.id, { ...mark, by: by === "payload" ? "payload" : "template", value });
    }
    return [...links.values()].slice(0, MAX_LINKS);
  }

  #tell(members: readonly Member[]): Case {
    const id = caseId(members);
    const gravest = members.reduce((a, b) => (b.score > a.score ? b : a));
    const times = members.flatMap(({ time }) => time ?? []);
    const [start, end] = [times[0], times.at(-1)];
    const more = members.length - 1;
    const linked = this.#links(members, id);
    const { host, level, score, title } = gravest;
    return {
      schema: "whatran/case/1",
      id,
      ...(host !== undefined && { host }),
      ...(start !== undefined && { start: new Date(start).toISOString() }),
      ...(end !== undefined && { end: new Date(end).toISOString() }),
      level,
      score,
      title: more === 0 ? title : `${title}, with ${more === 1 ? "one further finding" : `${more} further findings`}`,
      text: narrative(members, linked),
      techniques: [...new Set(members.flatMap(({ techniques }) => techniques))].toSorted(),
      tree: treeOf(members),
      findings: members.map((member) => member.id),
      linked,
    };
  }
}
