/**
 * Milliseconds that a run takes: the least of what the clock and this process's CPU say, of as many runs as it takes to come below
 * `enough`, but no more than `tries`. Other work on the machine is in the clock, other test files of the process are in its CPU, so
 * that one measurement alone says little.
 */
export function millis(run: () => void, enough: number, tries = 4): number {
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < tries && least >= enough; attempt++) {
    const [started, before] = [performance.now(), process.cpuUsage()];
    run();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, performance.now() - started, (user + system) / 1000);
  }
  return least;
}
