import { WhatranError } from "../../errors.ts";
import { settings } from "../config/resolve.ts";
import { collect, given, logOptions, terminalOptions } from "../flags.ts";
import type { Define } from "./define.ts";

const HELP = `
Examples:
  whatran scan C:\\Windows\\System32\\winevt\\Logs         every log of this machine
  whatran scan ./case42 -o report.html --hash          a page that names its inputs by SHA-256
  whatran scan ./case42 -o all.csv -m informational    everything, for a spreadsheet
  whatran scan ./case42 --time-offset 30d -m high      the last month, what matters
  whatran scan ./nightly --fail-level high -q          exit code 1 for a pipeline
  whatran scan --follow /var/log/audit --state w.state from now on, also after a restart

A path is a file, a folder or an archive; formats are told by content. The format of the output is
told by the name of the file, or by --format; on a terminal it is a table, in a pipe NDJSON
(whatran/finding/1).`;

export interface ScanFlags extends Record<string, unknown> {
  readonly output?: readonly string[];
  readonly directory?: readonly string[];
  readonly file?: readonly string[];
}

export const define: Define = (command, io, done) => {
  command
    .description("Find system binary proxy execution in logs: Windows, Sysmon, EDR, auditd and others.")
    .argument("[path...]", "files, folders or archives; - is stdin")
    .optionsGroup("Input:")
    .option("-d, --directory <dir>", "a folder to scan, as with PATH; repeatable", collect)
    .option("-f, --file <file>", "a file to scan, as with PATH; repeatable", collect);
  logOptions(command)
    .option("--baseline <file>", "weigh findings by what is normal here (see whatran learn)")
    .option("--self-baseline", "weigh findings by how rare they are inside the scanned data")
    .option(
      "--prior <share>",
      "how many of all findings are true here, by which their likelihood is told (docs/score.md)",
    )
    .option("--allow <file>", "keep back findings that an allow-list answers for (docs/tuning.md); repeatable", collect)
    .option("--internal <range>", "a host, address or range of the site, beside the private ones; repeatable", collect)
    .option(
      "--trusted-hosts <file>",
      "hosts outside that programs may be in touch with, one a line; repeatable",
      collect,
    )
    .option(
      "--indicators <file>",
      "hosts, addresses, ranges and hashes that are hostile, one a line; repeatable",
      collect,
    )
    .option(
      "--set <chain.name=value>",
      "a setting of a chain of events (see whatran catalog chains); repeatable",
      collect,
    )
    .option(
      "--threads <n>",
      "threads that read and detect (default: as many as processors, at most 4, for 128 MiB and more)",
    )
    .option("--follow", "go on reading files that grow, new files, and an endless -, until stopped")
    .option("--state <file>", "with --follow: keep what is known there, to go on after a stop or a kill")
    .optionsGroup("Output:")
    .option("-o, --output <file>", "write to a file, format by its name; repeatable", collect)
    .option("-t, --format <name>", "table, ndjson, json, csv or html")
    .option("-p, --profile <name>", "columns of csv: standard, verbose (default) or timesketch")
    .option("--summary <file>", "write what was read and found (whatran/summary/1)")
    .option("--hash", "SHA-256 of every input, in the summary and in reports")
    .option("--redact", "mask passwords, tokens and keys")
    .option("--cases", "also join the findings of an intrusion to cases (whatran/case/1)")
    .option("--cures", "say what would have stopped each finding, and what that would have cost in these logs")
    .option("-C, --clobber", "overwrite existing files");
  terminalOptions(command)
    .optionsGroup("Which findings:")
    .option("-m, --min-level <level>", "informational, low (default), medium, high or critical")
    .option("--fail-level <level>", "exit with 1 if there is a finding of this level or above")
    .option("--include-tag <id>", "only these techniques, such as T1218.011; repeatable", collect)
    .option("--exclude-tag <id>", "none of these techniques; repeatable", collect)
    .option("--include-computer <name>", "only these hosts; repeatable", collect)
    .option("--exclude-computer <name>", "none of these hosts; repeatable", collect)
    .option("--include-eid <id>", "only events with these ids; repeatable", collect)
    .option("--exclude-eid <id>", "no events with these ids; repeatable", collect)
    .option("--timeline-start <time>", "nothing earlier, such as 2024-05-02 or '2024-05-02 09:14' (UTC)")
    .option("--timeline-end <time>", "nothing later")
    .option("--time-offset <period>", "only the last 30d, 12h, 90m, 3M, 1y")
    .addHelpText("after", HELP)
    .action(async (words: string[], flags: ScanFlags) => {
      const paths = [...words, ...(flags.directory ?? []), ...(flags.file ?? [])];
      if (paths.length === 0) throw new WhatranError("usage", "scan needs a file or a folder; see whatran scan --help");
      const { directory, file, output, ...rest } = given(flags);
      const values = await settings("scan", rest, io);
      const { runScan } = await import("../scan/run.ts");
      done(await runScan(paths, output ?? [], values, io));
    });
};
