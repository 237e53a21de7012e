import { baseName } from "../../invocations/glob.ts";
import type { CaseLink } from "../../model/case.ts";
import { shown } from "../../signals/text.ts";
import { span } from "../facts/fact.ts";
import type { Member } from "./member.ts";

/** Findings that a narrative tells one by one. */
const MAX_TOLD = 12;

const clock = (time: number) => new Date(time).toISOString().slice(11, 19);
const day = (time: number) => new Date(time).toISOString().slice(0, 10);

/** Logs of Linux that name nobody have numbers. */
const userOf = (user: string): string => {
  if (user === "0") return "root (user 0)";
  return /^\d{1,10}$/.test(user) ? `user ${user}` : shown(user);
};

function opening(members: readonly Member[]): string {
  const [first] = members;
  const times = members.flatMap(({ time }) => time ?? []);
  const [from, to] = [times[0], times.at(-1)];
  const users = [...new Set(members.flatMap(({ user }) => user ?? []))].slice(0, 3).map(userOf);
  const where = first?.host === undefined ? "On a host that the log does not name" : `On ${shown(first.host)}`;
  const who = users.length === 0 ? "" : `, as ${users.join(" and ")}`;
  if (from === undefined || to === undefined) return `${where}${who}:`;
  const lasted = to - from < 1000 ? "" : `, within ${span(to - from)}`;
  return `${where}${who}, on ${day(from)} (UTC)${lasted}:`;
}

/** Findings that say the same, with the times of the others. */
interface Told {
  readonly member: Member;
  readonly again: number[];
}

/** What happened again and again is told once. */
function together(members: readonly Member[]): Told[] {
  const all = new Map<string, Told>();
  for (const member of members) {
    const same = [member.title, ...member.why].join("\0");
    const first = all.get(same);
    if (first) first.again.push(member.time ?? Number.NaN);
    else all.set(same, { member, again: [] });
  }
  return [...all.values()];
}

/** “(3 times, until 14:02:51)” */
function repeated({ member, again }: Told): string {
  if (again.length === 0) return "";
  const last = Math.max(...again);
  const until = Number.isNaN(last) || last - (member.time ?? last) < 1000 ? "" : `, until ${clock(last)}`;
  return ` (${again.length + 1} times${until})`;
}

function told(one: Told): string {
  const { member } = one;
  const at = member.time === undefined ? "" : `${clock(member.time)} `;
  const parent = member.trace.above.find(({ image }) => image !== undefined)?.image;
  const started = parent === undefined ? "" : ` (started by ${shown(baseName(parent))})`;
  // A chain that no invocation carries gives the finding its title: it is not said twice.
  const chain = member.why.find((text) => text.startsWith(`${member.title}: `));
  const what = chain === undefined ? "." : chain.slice(member.title.length);
  const why = member.why.filter((text) => text !== chain).map((text) => ` ${text}`);
  return `${at}${member.title}${started}${repeated(one)}${what}${why.join("")}`;
}

function elsewhere(linked: readonly CaseLink[]): string {
  const hosts = [...new Set(linked.flatMap(({ host }) => host ?? []))];
  if (hosts.length === 0) return "";
  const named = hosts.slice(0, 5).map(shown).join(", ");
  const more = hosts.length > 5 ? ` and ${hosts.length - 5} more` : "";
  const what = linked.some(({ by }) => by === "payload") ? "The same payload" : "The same way of calling";
  return ` ${what} was seen on ${named}${more}.`;
}

/** The story of a case: where and when, then finding after finding, then where else. */
export function narrative(members: readonly Member[], linked: readonly CaseLink[]): string {
  const all = together(members);
  const more = all.length - MAX_TOLD;
  const rest = more > 0 ? ` ${more} further findings follow.` : "";
  return `${opening(members)} ${all.slice(0, MAX_TOLD).map(told).join(" ")}${rest}${elsewhere(linked)}`;
}
