import { readFileSync } from "node:fs";

/** What Node has since 23.9. */
const { threadCpuUsage } = process as { threadCpuUsage?: () => NodeJS.CpuUsage };

/** Milliseconds by which the account of a thread may lag behind: Linux brings it up to date at each tick. */
const TICK = 4;

/**
 * Milliseconds that this thread has had of a processor: neither other work on the machine is in it, as in the clock, nor the other
 * test files of the process, as in the process's CPU. Where nothing tells it (no Linux, and a Node before 23.9) it is the process's.
 */
export function threadMillis(): number {
  if (!threadCpuUsage) {
    try {
      // Its first number is nanoseconds on a processor: https://docs.kernel.org/scheduler/sched-stats.html
      return Number.parseInt(readFileSync("/proc/thread-self/schedstat", "latin1"), 10) / 1e6;
    } catch {
      // As below.
    }
  }
  const { user, system } = (threadCpuUsage ?? process.cpuUsage).call(process);
  return (user + system) / 1000;
}

/**
 * Milliseconds of CPU that a run takes: the least of as many runs as it takes to come below `enough`, but no more than `tries`. It is
 * never less than can be measured, so that a multiple of it is a fair limit.
 */
export function millis(run: () => void, enough: number, tries = 4): number {
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < tries && least >= enough; attempt++) {
    const before = threadMillis();
    run();
    least = Math.min(least, threadMillis() - before);
  }
  return Math.max(least, TICK);
}
