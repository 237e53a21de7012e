import { baseName } from "../../invocations/glob.ts";
import { clip } from "../../model/clip.ts";
import type { Finding } from "../../model/finding.ts";
import { given } from "../../model/given.ts";
import type { Level } from "../../model/level.ts";
import { ROLES } from "../../model/payload.ts";
import { calledAgain } from "../../signals/again.ts";
import { shown } from "../../signals/text.ts";
import type { Trace } from "../trace.ts";

/** What a case keeps of a finding. Plain data, for snapshots. */
export interface Member {
  readonly id: string;
  readonly host?: string;
  readonly user?: string;
  /** Milliseconds since the epoch. */
  readonly time?: number;
  readonly level: Level;
  readonly score: number;
  readonly title: string;
  readonly image?: string;
  readonly commandLine?: string;
  readonly techniques: readonly string[];
  /** What else speaks for it, gravest first. */
  readonly why: readonly string[];
  readonly trace: Trace;
}

/** Evidence that a narrative repeats. */
const MAX_WHY = 2;
/** Longest command line that a tree shows. */
const MAX_LINE = 1024;

export function memberOf(finding: Finding, trace: Trace): Member {
  const { id, host, user, time, level, score, title, binary, commandLine, techniques, evidence } = finding;
  const why = evidence
    .filter((one) => one.points > 0 && !one.id.startsWith("behaviour:") && !one.id.startsWith("history-"))
    .toSorted((a, b) => Number(b.id.startsWith("chain:")) - Number(a.id.startsWith("chain:")) || b.points - a.points)
    .slice(0, MAX_WHY)
    .map(({ text }) => text);
  const payloads = ROLES.flatMap((role) => finding[role]);
  // Titles end in what they name.
  const told = payloads.find(({ value }) => title.endsWith(shown(value)));
  const again = calledAgain(told, payloads, why);
  const image = binary.path ?? binary.name;
  return given({
    id,
    host,
    user,
    time: time === undefined ? undefined : Date.parse(time),
    level,
    score,
    title,
    image,
    commandLine: commandLine === undefined ? undefined : clip(commandLine, MAX_LINE),
    techniques,
    why: why.map(again),
    trace,
  });
}

/** Programs that start much of what runs: to have one in common says nothing. */
const COMMON =
  /^(?:explorer|services|svchost|wininit|winlogon|userinit|smss|csrss|system|taskeng|taskhostw|wmiprvse|runtimebroker|sihost|systemd|init|sshd|crond?|launchd|login|gnome-shell|gnome-terminal.*|tmux.*|screen|containerd.*|dockerd|ccmexec|agent|msmpeng)(?:\.exe)?$/i;

const HOUR = 3_600_000;
/** Longest time between findings that a shared process above them joins. */
const NEAR = HOUR;
/** Longest time between findings that a shared file joins. */
export const QUIET = 24 * HOUR;

/** Whether the processes above a finding are known well enough to tell that they are nobody's shell of the day. */
const telling = (image: string | undefined) => image !== undefined && !COMMON.test(baseName(image));

function sharesProcess(a: Trace, b: Trace): boolean {
  if (a.key !== undefined && (a.key === b.key || b.above.some(({ key }) => key === a.key))) return true;
  if (b.key !== undefined && a.above.some(({ key }) => key === b.key)) return true;
  const keys = new Set(a.above.filter(({ image }) => telling(image)).map(({ key }) => key));
  return b.above.some(({ key }) => keys.has(key));
}

const meet = (a: readonly string[], b: readonly string[]) => a.some((one) => b.includes(one));

/** Whether two findings of one host belong to one intrusion: by the processes above them, or by a file that both touch. */
export function belong(a: Member, b: Member): boolean {
  const apart = a.time === undefined || b.time === undefined ? 0 : Math.abs(a.time - b.time);
  if (apart > QUIET) return false;
  const [x, y] = [a.trace, b.trace];
  const [ofX, ofY] = [x, y].map(({ uses, leaves }) => [...uses, ...leaves]) as [string[], string[]];
  if (meet(ofX, ofY)) return true;
  return apart <= NEAR && sharesProcess(x, y);
}
