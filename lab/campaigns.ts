import { label } from "./chains/chain.ts";
import type { Random } from "./random.ts";
import { type Host, isLinux } from "./world/fleet.ts";
import { entryName, fileName, properName } from "./world/names.ts";
import { plainFile } from "./world/programs.ts";
import type { Session } from "./world/session.ts";

/** Ways to teach a baseline that something is ordinary. */
export const CAMPAIGNS = ["burst", "slow", "few", "many"] as const;

export type CampaignKind = (typeof CAMPAIGNS)[number];

/** When it runs where: number of runs by host and day. */
export interface Campaign {
  readonly kind: CampaignKind;
  runs(host: Host, day: number): number;
  hits(host: Host): boolean;
  run(session: Session): void;
}

/** Hosts in the order in which the campaign takes them, and the day on which each begins. */
function schedule(
  kind: CampaignKind,
  random: Random,
  hosts: readonly Host[],
  days: number,
): ReadonlyMap<Host, readonly [first: number, last: number, perDay: number]> {
  const start = Math.min(2, days - 1);
  const size = { burst: Math.ceil(hosts.length / 4), slow: Math.ceil(days / 2), few: 5, many: 25 }[kind];
  const taken = random.sample(hosts, size);
  const begin = (i: number) =>
    ({ burst: start, slow: start + 2 * i, few: start, many: start + Math.floor((11 * i) / taken.length) })[kind];
  return new Map(
    taken.map((host, i) => [host, [begin(i), kind === "burst" ? start : days - 1, kind === "burst" ? 6 : 1]]),
  );
}

/** The same library and entry everywhere, started by the task scheduler, with nothing around it that would speak against it. */
export function createCampaign(kind: CampaignKind, random: Random, fleet: readonly Host[], days: number): Campaign {
  const dll = `C:\\ProgramData\\${properName(random)}\\${fileName(random)}.dll`;
  const entry = entryName(random);
  const plan = schedule(
    kind,
    random,
    fleet.filter((host) => !isLinux(host.role)),
    days,
  );
  return {
    kind,
    runs(host, day) {
      const [first, last, perDay] = plan.get(host) ?? [1, 0, 0];
      return day >= first && day <= last ? perDay : 0;
    },
    hits: (host) => plan.has(host),
    run(s) {
      const parent = s.root("schedule");
      const proc = s.spawn(parent, "rundll32.exe", `C:\\Windows\\System32\\rundll32.exe ${dll},${entry}`);
      const truth = {
        payload: dll,
        kind: "dll",
        technique: "T1218.011",
        note: `campaign ${kind}: one library on many hosts, over time`,
      } as const;
      label(s, { parent, proc, truth, after: [s.load(proc, plainFile(dll))] });
    },
  };
}
