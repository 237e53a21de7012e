import { templateKey } from "../baseline/keys.ts";
import { isInstalled } from "../cmdline/normal/classify.ts";
import { identity } from "../cmdline/normal/identity.ts";
import type { Platform } from "../model/event.ts";
import { type Payload, resolvedOf } from "../model/payload.ts";
import type { Host, Known } from "./host.ts";
import type { Pending } from "./pending.ts";

/** How far up the processes above a finding are followed. */
const MAX_LINEAGE = 8;
/** Most files of one finding that are compared. */
const MAX_FILES = 16;

/** A process above a finding. */
interface Forebear {
  readonly key: string;
  readonly image?: string;
  readonly time?: number;
}

/** What a finding has in common with others, beside what it says itself. Plain data, for snapshots. */
export interface Trace {
  /** Key of its process, where it is one. */
  readonly key?: string;
  /** Processes above it, nearest first. */
  readonly above: readonly Forebear[];
  /** What it runs and reads, as it is compared; files that belong to installed software are left out. */
  readonly uses: readonly string[];
  /** What it leaves behind. */
  readonly leaves: readonly string[];
  /** Way of calling, as the baseline knows it. */
  readonly template: string;
}

function telling(payloads: readonly Payload[], platform: Platform): string[] {
  return (
    payloads
      .filter(({ what, where }) => what !== "inlineCode" && where !== "inline" && where !== "registry")
      .map((payload) => identity(resolvedOf(payload), platform))
      // A bare name is that of many files, and what belongs to the system is used by everybody.
      .filter((id) => /[\\/]/.test(id) && !isInstalled(id, platform))
      .slice(0, MAX_FILES)
  );
}

export function traceOf(host: Host, { subject, judgement, resolution }: Pending): Trace {
  const above: Forebear[] = [];
  let at = subject.key === undefined ? undefined : host.processes.get(subject.key)?.parentKey;
  while (at !== undefined && above.length < MAX_LINEAGE) {
    const known: Known | undefined = host.processes.get(at);
    const { image, time } = known ?? {};
    above.push({ key: at, ...(image !== undefined && { image }), ...(time !== undefined && { time }) });
    at = known?.parentKey;
  }
  const { invocation, behaviour } = judgement;
  const all = invocation.behaviours;
  const of = (role: "runs" | "fetches" | "reads" | "writes") =>
    telling(
      all.flatMap((one) => one[role]),
      resolution.platform,
    );
  return {
    ...(subject.key !== undefined && { key: subject.key }),
    above,
    uses: [...new Set([...of("runs"), ...of("fetches"), ...of("reads")])],
    leaves: [...new Set(of("writes"))],
    template: templateKey(invocation, behaviour),
  };
}
