import { resolve } from "node:path";
import { WhatranError } from "../../errors.ts";
import { isLevel } from "../../model/level.ts";
import { settings } from "../config/resolve.ts";
import { type LogFlags, logOptions, terminalOptions } from "../flags.ts";
import { dataText, formatOption } from "../format-option.ts";
import { Reading } from "../reading.ts";
import type { Define } from "./define.ts";

const HELP = `
An entry is as narrow as the history shows: a behaviour, the folder and the signer (or the hashes)
of what it ran, and whatever else was always the same, such as the parent, the hosts, the users. It
is refused until it has a reason and an author. What lies where anybody can put a file is proposed
only with a signer or a hash; what is never normal is not proposed at all.

Examples:
  whatran tune ./logs > allow.yaml                           proposals, with what each would hide
  whatran tune ./logs --labels ./labelled > allow.yaml       … that hide no labelled true act
  whatran scan ./logs --allow allow.yaml                     when each has a reason and an author`;

const FORMATS = ["yaml", "json", "ndjson"] as const;

interface Flags extends LogFlags {
  readonly labels?: string;
  readonly feedback?: string;
  readonly times: string;
  readonly minLevel: string;
  readonly days: string;
  readonly author?: string;
  readonly reason?: string;
  readonly baseline?: string;
  readonly format?: (typeof FORMATS)[number];
}

const DAY = 86_400_000;

function countOf(name: string, text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text))
    throw new WhatranError("usage", `--${name}: “${text}” is no whole number from 1 on`);
  return Number(text);
}

export const define: Define = (command, io, done) => {
  command
    .description("Propose allow-list entries from findings that recur, and prove that they hide nothing true.")
    .argument("<path...>", "the history: files, folders or archives")
    .option("--labels <dir>", "a folder of labelled logs with truth.jsonl; what would hide a true act is refused")
    .option("--feedback <file>", "labels of whatran feedback (default: whatran-feedback.ndjson, if it is there)")
    .option("--times <n>", "a finding recurs if there are so many like it", "3")
    .option("-m, --min-level <level>", "findings of this level and above", "medium")
    .option("--days <n>", "how long the entries hold from today on", "90")
    .option("--author <name>", "who answers for all of the entries")
    .option("--reason <text>", "why all of them are ordinary")
    .option("--baseline <file>", "weigh findings by what is normal here, as scan does");
  logOptions(command);
  formatOption(command, FORMATS, "yaml, an allow-list", "ndjson");
  terminalOptions(command)
    .addHelpText("after", HELP)
    .action(async (paths: string[], flags: Flags) => {
      const { minLevel, labels, baseline, format = "yaml" } = flags;
      if (!isLevel(minLevel)) throw new WhatranError("usage", `“${minLevel}” is no level`);
      if (paths.includes("-")) throw new WhatranError("usage", "tune reads its inputs twice, which stdin cannot be");
      const { readFeedback } = await import("../../pipeline/labels/feedback.ts");
      const { file = "" } = await settings("feedback", { file: flags.feedback }, io);
      const { tune } = await import("../../pipeline/tune/tune.ts");
      const { proposalsJson, proposalsText } = await import("../tune/text.ts");
      const reading = await Reading.begin(io, paths, flags);
      const now = Date.now();
      const tuned = await tune(paths, {
        minLevel,
        times: countOf("times", flags.times),
        ...(labels !== undefined && { labels: resolve(io.cwd, labels) }),
        ...(baseline !== undefined && { baseline: resolve(io.cwd, baseline) }),
        feedback: readFeedback(resolve(io.cwd, file), reading.options.onDiagnostic).labels,
        now,
        expires: new Date(now + countOf("days", flags.days) * DAY).toISOString().slice(0, 10),
        ...reading.options,
      });
      const leftOff = reading.endOrLeaveOff();
      if (leftOff !== undefined) return done(leftOff);
      const answered = { reason: flags.reason ?? "", author: flags.author ?? "" };
      io.stdout.write(format === "yaml" ? proposalsText(tuned, answered) : dataText(proposalsJson(tuned), format));
      done(reading.code);
    });
};
