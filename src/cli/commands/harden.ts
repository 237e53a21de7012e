import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { Option } from "commander";
import { WhatranError } from "../../errors.ts";
import { reasonOf } from "../../model/reason.ts";
import { plural } from "../../outputs/counts.ts";
import type { Planned } from "../../policies/plan/plan.ts";
import { checkChoice, type LogFlags, logOptions, terminalOptions } from "../flags.ts";
import type { Io } from "../io.ts";
import { makeFolder } from "../output-file.ts";
import { Reading } from "../reading.ts";
import { writeResult } from "../result-file.ts";
import type { Define } from "./define.ts";

const HELP = `
Examples:
  whatran harden ./last-month -o ./hardening                 a plan, and policies in audit mode
  whatran harden ./last-month -o ./hardening --mode enforce  the same to enforce
  whatran harden --baseline fleet.baseline -o ./hardening    from what was learnt
  whatran simulate -P ./hardening ./another-month            what it would have meant

Starts that score medium or above, and what they did, count as no need. A rule that would have
stopped anything else in the history is left out, and the plan says so. plan.md, plan.html and
plan.json give each measure with its evidence, what it stops, what it costs, what it does not see,
and how to roll it out and back.`;

const MODES = ["audit", "enforce"] as const;

interface Flags extends LogFlags {
  readonly output?: string;
  readonly out?: string;
  readonly baseline?: string;
  readonly mode?: (typeof MODES)[number];
  readonly clobber?: boolean;
}

async function writePlan({ plan, files }: Planned, folder: string, isForced: boolean): Promise<readonly string[]> {
  const [{ planMarkdown }, { planPage }, { jsonPretty }] = await Promise.all([
    import("../../policies/plan/markdown.ts"),
    import("../../policies/plan/page.ts"),
    import("../../outputs/escape.ts"),
  ]);
  const all = [
    { name: "plan.md", text: planMarkdown(plan) },
    { name: "plan.html", text: planPage(plan) },
    { name: "plan.json", text: `${jsonPretty(plan)}\n` },
    ...files,
  ];
  try {
    if (!isForced && existsSync(folder) && readdirSync(folder).length > 0)
      throw new WhatranError("usage", `${folder} is not empty; --clobber writes into it`);
    makeFolder(folder);
    for (const { name, text } of all) writeResult(join(folder, name), text, true);
  } catch (error) {
    if (error instanceof WhatranError) throw error;
    throw new WhatranError("usage", `${folder} cannot be written: ${reasonOf(error)}`);
  }
  return all.map(({ name }) => name);
}

async function runHarden(paths: readonly string[], flags: Flags, io: Io): Promise<number> {
  if (paths.length === 0 && flags.baseline === undefined)
    throw new WhatranError("usage", "harden needs logs or --baseline; see whatran harden --help");
  const folder = flags.output ?? flags.out;
  if (folder === undefined)
    throw new WhatranError("usage", "harden needs --output, the folder to write to; see whatran harden --help");
  checkChoice("--mode", flags.mode, MODES);
  const { harden } = await import("../../pipeline/harden.ts");
  const reading = await Reading.begin(io, paths, flags);
  const planned = await harden(paths, {
    mode: flags.mode ?? "audit",
    ...(flags.baseline !== undefined && { baseline: resolve(io.cwd, flags.baseline) }),
    ...reading.options,
  });
  const leftOff = reading.endOrLeaveOff();
  if (leftOff !== undefined) return leftOff;
  const { starts, hosts } = planned.plan.evidence;
  if (starts === 0)
    throw new WhatranError("usage", "there is no start of a program in the history: nothing says what is needed");
  const names = await writePlan(planned, resolve(io.cwd, folder), flags.clobber ?? false);
  if (!flags.quiet)
    io.stderr.write(
      `whatran: ${plural(planned.plan.measures.length, "measure")} from ${plural(starts, "start")} on ${plural(hosts, "host")}; ${plural(names.length, "file")} in ${folder}\n`,
    );
  return reading.code;
}

export const define: Define = (command, io, done) => {
  command
    .description("Plan measures against proxy execution from how programs are used here, and write them as policies.")
    .argument("[path...]", "logs of an ordinary time: files, folders or archives; - is stdin")
    .option("-o, --output <dir>", "the folder to write to")
    // As it was called before all commands called it alike.
    .addOption(new Option("--out <dir>").hideHelp())
    .option("--baseline <file>", "a baseline of whatran learn, in place of logs or beside them")
    .option("--mode <mode>", "audit (default) or enforce: how the policies are written");
  logOptions(command).option("-C, --clobber", "write into a folder that is not empty");
  terminalOptions(command)
    .addHelpText("after", HELP)
    .action(async (paths: string[], flags: Flags) => done(await runHarden(paths, flags, io)));
};
