import { resolve } from "node:path";
import { WhatranError } from "../../errors.ts";
import { plural } from "../../outputs/counts.ts";
import { EXIT } from "../exit.ts";
import { type LogFlags, logOptions, terminalOptions } from "../flags.ts";
import { checkOutput } from "../output-file.ts";
import { Reading } from "../reading.ts";
import type { Define } from "./define.ts";

const HELP = `
Examples:
  whatran learn /var/logs/2026-10 --baseline fleet.baseline     begins a baseline, or adds to it
  whatran scan ./today --baseline fleet.baseline                weighs today's findings by it

A baseline holds masked argument templates and counts, never raw logs. Learning a log twice
changes nothing. Starts that score medium or above teach nothing, unless they stop at medium and run
only what administrators have put in place. It weighs findings once it knows
20 hosts over 14 days; what is younger than 7 days or was seen on fewer than 5 hosts counts as
never seen. It lowers nothing on hosts that it never watched, under their present name, and nothing
more than 90 days after its end. Events before 2000 or in the future are not learnt.`;

interface Flags extends LogFlags {
  readonly baseline: string;
}

export const define: Define = (command, io, done) => {
  command
    .description("Learn from logs what trusted binaries normally do here, and keep it in one file.")
    .argument("<path...>", "files, folders or archives; - is stdin")
    .requiredOption("--baseline <file>", "the baseline to begin or to add to");
  logOptions(command);
  terminalOptions(command)
    .addHelpText("after", HELP)
    .action(async (paths: string[], flags: Flags) => {
      const quiet = flags.quiet ?? false;
      checkOutput(flags.baseline, true, io);
      const { learn } = await import("../../pipeline/learn.ts");
      const reading = await Reading.begin(io, paths, flags);
      const learnt = await learn(paths, resolve(io.cwd, flags.baseline), reading.options);
      const leftOff = reading.endOrLeaveOff();
      if (leftOff !== undefined) return done(leftOff);
      if (learnt.events === 0 && reading.code === EXIT.input)
        throw new WhatranError("usage", "nothing was learnt: no input could be read");
      if (!quiet) {
        const left = [
          learnt.alerted > 0 && `${plural(learnt.alerted, "suspicious start")} taught nothing`,
          learnt.undated > 0 && `left out for want of a host or a plausible time: ${plural(learnt.undated, "event")}`,
        ].filter(Boolean);
        const rest = left.length > 0 ? ` (${left.join("; ")})` : "";
        io.stderr.write(
          `whatran: learnt ${plural(learnt.events, "event")}${rest}; the baseline has ${plural(learnt.keys, "key")}\n`,
        );
      }
      done(reading.code);
    });
};
