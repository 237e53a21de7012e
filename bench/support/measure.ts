import { spawnSync } from "node:child_process";

/** What a whole process took: CPU is user and system time of all its threads. Seconds. */
export interface Cost {
  readonly cpu: number;
  readonly wall: number;
}

const TIMED = 'TIMEFORMAT="%U %S %R"; { time "$@" >/dev/null 2>&3; } 3>/dev/null';

/** Without what the machine sets for every Node: certificates of its own (NODE_EXTRA_CA_CERTS) alone take 0.04 s to read. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("NODE_")));

/** Runs a program to its end, its output thrown away. Throws where it fails: a number for a failed run would lie. */
export function measure(command: readonly string[]): Cost {
  const run = spawnSync("bash", ["-c", `${TIMED}`, "bash", ...command], {
    encoding: "utf8",
    maxBuffer: 1 << 26,
    env,
  });
  const [user, system, wall] = (run.stderr.trim().split("\n").at(-1) ?? "").split(" ").map(Number);
  if (run.status !== 0 || user === undefined || system === undefined || wall === undefined) {
    throw new Error(`${command.join(" ")} ended with ${run.status}: ${run.stderr.slice(-500)}`);
  }
  return { cpu: user + system, wall };
}

/** The cheapest of some runs, the contenders taking turns: what else the machine does then troubles all alike. */
export function contest<K extends string>(runs: number, contenders: Readonly<Record<K, () => Cost>>): Record<K, Cost> {
  const best: Partial<Record<K, Cost>> = {};
  for (let run = 0; run < runs; run++) {
    for (const name of Object.keys(contenders) as K[]) {
      const cost = contenders[name]();
      const before = best[name];
      best[name] =
        before === undefined ? cost : { cpu: Math.min(before.cpu, cost.cpu), wall: Math.min(before.wall, cost.wall) };
    }
  }
  return best as Record<K, Cost>;
}

/** CPU seconds of a piece of work in this process, the cheapest of some runs. */
export function cpuOf(runs: number, work: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / 1e6);
  }
  return best;
}
