import { label } from "./chains/chain.ts";
import type { Random } from "./random.ts";
import type { Truth } from "./world/events.ts";
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

/** Every so many days it runs again on a host on which it runs at all. */
const EVERY = 4;
/** A burst runs so often on each host on its day. */
const BURST = 6;

/** The day on which it begins on each host that it takes. */
function schedule(kind: CampaignKind, random: Random, hosts: readonly Host[], days: number): ReadonlyMap<Host, number> {
  const start = Math.min(2, days - 1);
  const size = { burst: Math.ceil(hosts.length / 4), slow: Math.ceil(days / 2), few: 5, many: 25 }[kind];
  const taken = random.sample(hosts, size);
  const begin = (i: number) =>
    ({ burst: start, slow: start + 2 * i, few: start, many: start + Math.floor((11 * i) / taken.length) })[kind];
  return new Map(taken.map((host, i) => [host, begin(i)]));
}

interface Use {
  readonly program: string;
  line(path: string, random: Random): string;
  readonly extension: string;
  readonly kind: Truth["kind"];
  readonly technique: string;
}

/** What a campaign wants taken for ordinary: one of these, with the same payload everywhere. */
const USES: readonly Use[] = [
  {
    program: "rundll32.exe",
    line: (path, random) => `C:\\Windows\\System32\\rundll32.exe ${path},${entryName(random)}`,
    extension: "dll",
    kind: "dll",
    technique: "T1218.011",
  },
  {
    program: "regsvr32.exe",
    line: (path) => `C:\\Windows\\System32\\regsvr32.exe /s ${path}`,
    extension: "dll",
    kind: "dll",
    technique: "T1218.010",
  },
  {
    program: "mshta.exe",
    line: (path) => `C:\\Windows\\System32\\mshta.exe ${path}`,
    extension: "hta",
    kind: "script",
    technique: "T1218.005",
  },
  {
    program: "odbcconf.exe",
    line: (path) => `C:\\Windows\\System32\\odbcconf.exe /s /a {REGSVR ${path}}`,
    extension: "dll",
    kind: "dll",
    technique: "T1218.008",
  },
  {
    program: "InstallUtil.exe",
    line: (path) =>
      `C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\InstallUtil.exe /logfile= /LogToConsole=false /U ${path}`,
    extension: "dll",
    kind: "dll",
    technique: "T1218.004",
  },
];

/** The same command everywhere, started by the task scheduler, with nothing around it that would speak against it. */
export function createCampaign(kind: CampaignKind, random: Random, fleet: readonly Host[], days: number): Campaign {
  const use = random.pick(USES);
  const payload = `C:\\ProgramData\\${properName(random)}\\${fileName(random)}.${use.extension}`;
  const line = use.line(payload, random);
  const plan = schedule(
    kind,
    random,
    fleet.filter((host) => !isLinux(host.role)),
    days,
  );
  return {
    kind,
    runs(host, day) {
      const first = plan.get(host);
      if (first === undefined || day < first) return 0;
      if (kind === "burst" && day === first) return BURST;
      return (day - first) % EVERY === 0 ? 1 : 0;
    },
    hits: (host) => plan.has(host),
    run(s) {
      const parent = s.root("schedule");
      const proc = s.spawn(parent, use.program, line);
      const note = `campaign ${kind}: one payload on many hosts, over time`;
      const truth = { payload, kind: use.kind, technique: use.technique, note };
      label(s, { parent, proc, truth, after: use.extension === "dll" ? [s.load(proc, plainFile(payload))] : [] });
    },
  };
}
