import { readFileSync } from "node:fs";

/**
 * The most memory that this process has held, in MiB. What getrusage(2) says begins on Linux with the peak of whoever started the process,
 * as it outlasts execve(2); `VmHWM` of proc(5) begins anew.
 */
export function peakMiB(): number {
  return Math.round((highWater() ?? process.resourceUsage().maxRSS) / 1024);
}

function highWater(): number | undefined {
  try {
    const kilobytes = /^VmHWM:\s{1,16}(\d{1,12}) kB$/m.exec(readFileSync("/proc/self/status", "latin1"))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes);
  } catch {
    return undefined;
  }
}
