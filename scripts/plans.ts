/**
 * What plans stop and break on invented fleets, by the second reader of test/policies.
 *
 *   npm run plans -- SEED… [--days 10] [--chains 50]
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { judged } from "../test/policies/fleet.ts";

const { values: flags, positionals: seeds } = parseArgs({
  allowPositionals: true,
  options: { days: { type: "string", default: "10" }, chains: { type: "string", default: "50" } },
});

const say = (line: string) => process.stdout.write(`${line}\n`);
const total = { hostDays: 0, ordinary: 0, broken: 0, windows: 0, windowsStopped: 0, linux: 0, linuxStopped: 0 };

for (const seed of seeds) {
  const folder = mkdtempSync(join(tmpdir(), "whatran-plans-"));
  try {
    const one = await judged(folder, { seed, days: Number(flags.days), chains: Number(flags.chains) });
    for (const { row, by } of one.broken) say(`broken  ${row.command_line}: ${by}`);
    for (const text of one.brokenStarts) say(`broken  ${text}`);
    for (const row of [...one.windows.passed, ...one.linux.passed])
      say(`passed  ${row.technique}: ${row.command_line}`);
    total.hostDays += one.hostDays;
    total.ordinary += one.asked + one.starts;
    total.broken += one.broken.length + one.brokenStarts.length;
    total.windows += one.windows.rows.length;
    total.windowsStopped += one.windows.rows.length - one.windows.passed.length;
    total.linux += one.linux.rows.length;
    total.linuxStopped += one.linux.rows.length - one.linux.passed.length;
    say(`${seed}: ${JSON.stringify(total)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
